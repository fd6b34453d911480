"""dispcli dispute settlement."""

from typing import Annotated

import typer

from dispcli.commands.changing import change, changes_output, report
from dispcli.commands.context import Run
from dispcli.commands.listing import one_of
from dispcli.commands.options.showing import Showing
from dispcli.commands.options.targets import Choosing
from dispcli.commands.options.writing import Telling, Writing
from dispcli.commands.telling import said
from dispcli.core.facts import SETTLEMENT_KINDS, SETTLEMENT_STAGES
from dispcli.core.states import Party
from dispcli.errors import UsageProblem
from dispcli.services.moves import NewSettlement, settlement_job


def settlement(
    run: Run,
    choosing: Choosing,
    telling: Telling,
    writing: Writing,
    showing: Showing,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="ORDER... STAGE [AMOUNT]",
            help="STAGE: promised, issued or received. AMOUNT: 10.00 or 'USD 10.00'; default: what is due.",
        ),
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option("--kind", metavar="KIND", help="refund or replacement. Default: what is owed."),
    ] = None,
    by: Annotated[str, typer.Option("--by", metavar="PARTY", help="seller or platform.")] = "seller",
    reference: Annotated[
        str | None,
        typer.Option("--reference", metavar="TEXT", help="A payment's reference or a tracking number."),
    ] = None,
) -> int:
    """Note a settlement.

    It can be noted in any state. Once a solution stands, issued moves the dispute on, and a receipt in full
    resolves it.
    """
    output = changes_output(run, showing)
    orders, stage, amount = _parted(words or [])
    new = NewSettlement(
        kind=one_of(kind, SETTLEMENT_KINDS, "--kind") if kind else None,
        stage=one_of(stage, SETTLEMENT_STAGES, "STAGE"),
        amount=amount,
        reference=reference,
        party=Party(one_of(by, ("seller", "platform"), "--by")),
    )
    job = settlement_job(new, said(run, telling, writing))
    done = change(run, orders, choosing, writing, job, "settlement")
    return report(run, output, done.results)


def _parted(words: list[str]) -> tuple[list[str], str, str | None]:
    """ORDERs, STAGE, AMOUNT: the stage is the last word or the one before it."""
    last = [word for word in words[-2:] if word in SETTLEMENT_STAGES]
    if len(words) > 1 and last and words[-1] not in SETTLEMENT_STAGES:
        return words[:-2], words[-2], words[-1]
    if not words:
        raise UsageProblem("STAGE is missing", hint=f"one of: {', '.join(SETTLEMENT_STAGES)}")
    return words[:-1], words[-1], None
