"""dispcli dispute message."""

from typing import Annotated

import typer

from dispcli.commands.changing import carry_out, changes_output, report
from dispcli.commands.context import STANDARD_INPUT, Run
from dispcli.commands.listing import one_of
from dispcli.commands.options.showing import Showing
from dispcli.commands.options.targets import Choosing, LineOption, WhereTargets, WholeOrder
from dispcli.commands.options.writing import Telling, Writing
from dispcli.commands.targeting import targets_of
from dispcli.commands.telling import said
from dispcli.commands.typed import read_text_argument
from dispcli.core.states import Party
from dispcli.errors import UsageProblem
from dispcli.services.moves import message_job
from dispcli.services.names import dispute_number


def message(
    run: Run,
    telling: Telling,
    writing: Writing,
    showing: Showing,
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="ORDER... TEXT", help="To which ORDERs, and what was said; - reads the text."),
    ] = None,
    line: LineOption = None,
    whole_order: WholeOrder = False,
    orders_from: Annotated[
        str | None, typer.Option("--orders-from", metavar="FILE", help="Read the ORDERs from a file.")
    ] = None,
    where: WhereTargets = None,
    speaker: Annotated[
        str, typer.Option("--from", metavar="PARTY", help="buyer, seller or platform.")
    ] = "seller",
) -> int:
    """Record what was said. It moves nothing, and it is what counts later."""
    output = changes_output(run, showing)
    party = Party(one_of(speaker, ("buyer", "seller", "platform"), "--from"))
    *orders, text = words or [""]
    if not text or dispute_number(text) is not None or not (orders or orders_from or where):
        told = f"; {text} is taken for the ORDER" if text else ""
        raise UsageProblem(f"TEXT is missing{told}", hint="dispcli dispute message ORDER... TEXT")
    if text == STANDARD_INPUT and STANDARD_INPUT in orders:
        raise UsageProblem("ORDER and TEXT can't both come from standard input")
    choosing = Choosing(line, whole_order, orders_from, where)
    targets = targets_of(run, orders, choosing)
    job = message_job(party, read_text_argument(run, text, "TEXT"), said(run, telling, writing))
    return report(run, output, carry_out(run, targets, writing, job, "message").results)
