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
from dispcli.core.facts import PAYOUT_STAGE, SETTLEMENT_KINDS, SETTLEMENT_STAGES
from dispcli.core.states import Party
from dispcli.errors import UsageProblem
from dispcli.services.moves import NewPayout, NewSettlement, payout_job, settlement_job


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
    by: Annotated[
        str | None, typer.Option("--by", metavar="PARTY", help="seller or platform. Default: seller.")
    ] = None,
    to: Annotated[
        str | None,
        typer.Option("--to", metavar="WHO", help="customer: what you, a reseller, gave your own customer."),
    ] = None,
    reference: Annotated[
        str | None,
        typer.Option("--reference", metavar="TEXT", help="A payment's reference or a tracking number."),
    ] = None,
) -> int:
    """Note a settlement.

    It can be noted in any state. Once a solution stands, issued moves the dispute on, and a receipt in full
    resolves it. What you gave your own customer (issued AMOUNT --to customer) moves nothing.
    """
    output = changes_output(run, showing)
    orders, stage, amount = _parted(words or [])
    one_of(stage, SETTLEMENT_STAGES, "STAGE")
    known = one_of(kind, SETTLEMENT_KINDS, "--kind") if kind else None
    told = said(run, telling, writing)
    if to is None:
        party = Party(one_of(by or "seller", ("seller", "platform"), "--by"))
        job = settlement_job(NewSettlement(known, stage, amount, reference, party), told)
    else:
        one_of(to, ("customer",), "--to")
        _require_payout(stage, amount, known, by)
        job = payout_job(NewPayout(known or "refund", amount, reference), told)
    done = change(run, orders, choosing, writing, job, "settlement")
    return report(run, output, done.results)


def _require_payout(stage: str, amount: str | None, kind: str | None, by: str | None) -> None:
    """Raises UsageProblem for what can't be said of something that a customer got."""
    hint = f"dispcli dispute settlement ORDER {PAYOUT_STAGE} AMOUNT --to customer"
    if stage != PAYOUT_STAGE:
        raise UsageProblem(
            f"--to customer goes with {PAYOUT_STAGE}, not with {stage}: "
            "what is only promised is not gone yet, and a customer's receipt is none of yours",
            hint=hint,
        )
    if by is not None:
        raise UsageProblem("--by doesn't go with --to customer: that was your doing", hint=hint)
    if amount is None and kind != "replacement":
        raise UsageProblem("AMOUNT is missing: nothing else tells what the customer got", hint=hint)


def _parted(words: list[str]) -> tuple[list[str], str, str | None]:
    """ORDERs, STAGE, AMOUNT: the stage is the last word or the one before it."""
    last = [word for word in words[-2:] if word in SETTLEMENT_STAGES]
    if len(words) > 1 and last and words[-1] not in SETTLEMENT_STAGES:
        return words[:-2], words[-2], words[-1]
    if not words:
        raise UsageProblem("STAGE is missing", hint=f"one of: {', '.join(SETTLEMENT_STAGES)}")
    return words[:-1], words[-1], None
