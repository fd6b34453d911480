"""dispcli dispute message."""

from collections.abc import Sequence
from typing import Annotated

import typer

from dispcli.commands.changing import carry_out, changes_output, report
from dispcli.commands.context import STANDARD_INPUT, Run
from dispcli.commands.listing import one_of
from dispcli.commands.options.showing import Showing
from dispcli.commands.options.targets import Choosing, LineOption, WhereTargets, WholeOrder
from dispcli.commands.options.writing import Telling, Writing
from dispcli.commands.targeting import reads_standard_input, targets_of
from dispcli.commands.telling import said
from dispcli.commands.typed import read_text_argument, read_text_file
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
    file: Annotated[
        str | None, typer.Option("--file", metavar="FILE", help="Read what was said from a text file.")
    ] = None,
) -> int:
    """Record what was said.

    It moves nothing, and it is what counts later. 'dispute messages' shows the conversation.
    """
    output = changes_output(run, showing)
    party = Party(one_of(speaker, ("buyer", "seller", "platform"), "--from"))
    choosing = Choosing(line, whole_order, orders_from, where)
    orders, text = (words or [], None) if file is not None else _split(words or [], choosing)
    if STANDARD_INPUT in (text, file) and reads_standard_input(orders, choosing):
        raise UsageProblem("ORDER and TEXT can't both come from standard input")
    targets = targets_of(run, orders, choosing)
    told = read_text_argument(run, text, "TEXT") if text is not None else read_text_file(run, file or "")
    job = message_job(party, told, said(run, telling, writing))
    return report(run, output, carry_out(run, targets, writing, job, "message").results)


def _split(words: Sequence[str], choosing: Choosing) -> tuple[Sequence[str], str]:
    """The ORDERs, and the TEXT after them. Raises UsageProblem where it is missing."""
    *orders, text = words or [""]
    if not text or dispute_number(text) is not None or not (orders or choosing.source or choosing.where):
        told = f"; {text} is taken for the ORDER" if text else ""
        raise UsageProblem(f"TEXT is missing{told}", hint="dispcli dispute message ORDER... TEXT")
    return orders, text
