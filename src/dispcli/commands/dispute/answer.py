"""dispcli dispute answer."""

from typing import Annotated

import typer

from dispcli.commands.changing import change, changes_output, report
from dispcli.commands.context import Run
from dispcli.commands.listing import one_of
from dispcli.commands.options.showing import Showing
from dispcli.commands.options.targets import Choosing, OrderWords
from dispcli.commands.options.writing import Telling, Writing
from dispcli.commands.telling import said
from dispcli.core.facts import REMEDIES
from dispcli.core.states import Party
from dispcli.errors import UsageProblem
from dispcli.services.moves import answer_job


def answer(
    run: Run,
    choosing: Choosing,
    telling: Telling,
    writing: Writing,
    showing: Showing,
    orders: OrderWords = None,
    offer: Annotated[
        str | None,
        typer.Option("--offer", metavar="AMOUNT", help="What the seller offers: 10.00 or 'USD 10.00'."),
    ] = None,
    remedy: Annotated[
        str | None, typer.Option("--remedy", metavar="REMEDY", help=f"{', '.join(REMEDIES)}.")
    ] = None,
    refuse: Annotated[bool, typer.Option("--refuse", help="The seller refuses.")] = False,
    due: Annotated[
        str | None,
        typer.Option("--due", metavar="WHEN", help="By when you must answer, as the site shows it."),
    ] = None,
) -> int:
    """Record the seller's answer.

    --offer AMOUNT is a partial refund unless --remedy says otherwise.
    """
    if refuse == bool(offer or remedy):
        raise UsageProblem("say what the seller did", hint="--offer AMOUNT, --remedy REMEDY, or --refuse")
    output = changes_output(run, showing)
    chosen = None if refuse else one_of(remedy or "partial_refund", REMEDIES, "--remedy")
    job = answer_job(chosen, offer, said(run, telling, writing, due, Party.BUYER))
    done = change(run, orders, choosing, writing, job, "answer")
    return report(run, output, done.results)
