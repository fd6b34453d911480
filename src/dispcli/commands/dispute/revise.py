"""dispcli dispute revise."""

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
from dispcli.core.reasons import CLAIM_REASONS
from dispcli.errors import UsageProblem
from dispcli.services.moves import revise_job


def revise(
    run: Run,
    choosing: Choosing,
    telling: Telling,
    writing: Writing,
    showing: Showing,
    orders: OrderWords = None,
    reason: Annotated[
        str | None, typer.Option("--reason", metavar="CODE", help="Another claim; see 'dispute reasons'.")
    ] = None,
    remedy: Annotated[
        str | None, typer.Option("--remedy", metavar="REMEDY", help=f"{', '.join(REMEDIES)}.")
    ] = None,
    amount: Annotated[
        str | None, typer.Option("--amount", metavar="AMOUNT", help="Another amount: 10.00 or 'USD 10.00'.")
    ] = None,
) -> int:
    """Change the claim; what is not named stays."""
    if not (reason or remedy or amount):
        raise UsageProblem("nothing to change", hint="give --reason, --remedy or --amount")
    output = changes_output(run, showing)
    claim = one_of(reason, tuple(CLAIM_REASONS), "--reason") if reason else None
    asked = one_of(remedy, REMEDIES, "--remedy") if remedy else None
    job = revise_job(claim, asked, amount, said(run, telling, writing))
    done = change(run, orders, choosing, writing, job, "revise")
    return report(run, output, done.results)
