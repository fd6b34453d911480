"""dispcli dispute set."""

from typing import Annotated

import typer

from dispcli.commands.changing import change, changes_output, report
from dispcli.commands.context import Run
from dispcli.commands.listing import one_of
from dispcli.commands.options.showing import Showing
from dispcli.commands.options.targets import Choosing, OrderWords
from dispcli.commands.options.writing import Telling, Writing
from dispcli.commands.telling import said
from dispcli.core.facts import NOTHING
from dispcli.core.states import Party
from dispcli.errors import UsageProblem
from dispcli.services.moves import due_job

_PARTIES = ("buyer", "seller", "platform")


def set_due(
    run: Run,
    choosing: Choosing,
    telling: Telling,
    writing: Writing,
    showing: Showing,
    orders: OrderWords = None,
    due: Annotated[
        str | None,
        typer.Option(
            "--due", metavar="WHEN", help="By when, as the site shows it: 2026-11-30, +3d, +48h; or none."
        ),
    ] = None,
    by: Annotated[
        str | None,
        typer.Option("--by", metavar="PARTY", help="buyer, seller or platform; default: whose move is next."),
    ] = None,
) -> int:
    """Set a deadline.

    The date counts instead of what the marketplace's rules would make it, until another one is set for that
    party or the dispute moves.

    The word none takes a date away again that was entered for that party, as in --due none; what the
    platform gave counts then, else the rules.
    """
    if due is None:
        raise UsageProblem("say by when", hint="--due 2026-11-30, or --due 2026-11-30T18:00")
    at = None if due == NOTHING else run.moment(due, "--due")
    output = changes_output(run, showing)
    party = Party(one_of(by, _PARTIES, "--by")) if by else None
    done = change(run, orders, choosing, writing, due_job(at, party, said(run, telling, writing)), "set")
    return report(run, output, done.results)
