"""dispcli dispute message."""

from typing import Annotated

import typer

from dispcli.commands.changing import change, changes_output
from dispcli.commands.context import Run
from dispcli.commands.listing import one_of
from dispcli.commands.options.showing import Showing
from dispcli.commands.options.targets import Narrowing, OneOrder
from dispcli.commands.options.writing import Telling, Writing
from dispcli.commands.telling import said
from dispcli.commands.typed import read_text_argument
from dispcli.core.states import Party
from dispcli.services.moves import message_job


def message(
    run: Run,
    order: OneOrder,
    text: Annotated[
        str, typer.Argument(metavar="TEXT", help="What was said; - reads it from standard input.")
    ],
    narrowing: Narrowing,
    telling: Telling,
    writing: Writing,
    showing: Showing,
    speaker: Annotated[
        str, typer.Option("--from", metavar="PARTY", help="buyer, seller or platform.")
    ] = "seller",
) -> None:
    """Record what was said. It moves nothing, and it is what counts later."""
    output = changes_output(run, showing)
    party = Party(one_of(speaker, ("buyer", "seller", "platform"), "--from"))
    job = message_job(party, read_text_argument(run, text, "TEXT"), said(run, telling, writing))
    _, results = change(run, [order], narrowing, writing, job, "message")
    output.changes(results)
