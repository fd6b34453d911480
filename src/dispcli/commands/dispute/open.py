"""dispcli dispute open."""

from typing import Annotated

import typer

from dispcli.commands.changing import carry_out, changes_output, report
from dispcli.commands.context import Run
from dispcli.commands.listing import one_of
from dispcli.commands.options.showing import Showing
from dispcli.commands.options.targets import Choosing, OrderWords
from dispcli.commands.options.writing import Telling, Writing
from dispcli.commands.targeting import targets_of
from dispcli.commands.typed import dispute_id
from dispcli.core.facts import REMEDIES
from dispcli.core.opening import REOPENING
from dispcli.core.reasons import CLAIM_REASONS
from dispcli.errors import UsageProblem
from dispcli.services.opening import NewClaim, Opening


def open_dispute(
    run: Run,
    choosing: Choosing,
    telling: Telling,
    writing: Writing,
    showing: Showing,
    orders: OrderWords = None,
    reason: Annotated[
        str | None,
        typer.Option("--reason", "-r", metavar="CODE", help="What is claimed; see 'dispute reasons'."),
    ] = None,
    remedy: Annotated[
        str | None,
        typer.Option("--remedy", metavar="REMEDY", help=f"{', '.join(REMEDIES)}. Default: refund."),
    ] = None,
    amount: Annotated[
        str | None, typer.Option("--amount", metavar="AMOUNT", help="How much: 10.00 or 'USD 10.00'.")
    ] = None,
    platform_id: Annotated[
        str | None, typer.Option("--platform-id", metavar="ID", help="The platform's own id of the dispute.")
    ] = None,
    replaces: Annotated[
        str | None,
        typer.Option("--replaces", metavar="D12", help="Takes the place of a final record made in error."),
    ] = None,
    accept_risk: Annotated[
        list[str] | None,
        typer.Option("--accept-risk", metavar="CODE", help="reopening: open again after a cancel."),
    ] = None,
) -> int:
    """Record a dispute opened on the site.

    An order with several lines needs --line N or --whole-order.
    """
    output = changes_output(run, showing)
    if reason is None and replaces is None:
        raise UsageProblem("--reason is missing", hint="see 'dispcli dispute reasons'")
    targets = targets_of(run, orders, choosing, disputes=False)
    if len(targets.found) > 1 and (platform_id or replaces):
        raise UsageProblem("--platform-id and --replaces are for one ORDER")
    claim = NewClaim(
        reason=one_of(reason, tuple(CLAIM_REASONS), "--reason") if reason else None,
        remedy=one_of(remedy, REMEDIES, "--remedy") if remedy else None,
        amount=amount,
        note=telling.note,
        happened_at=run.past(telling.at, "--at"),
        platform_id=platform_id,
        accepted=tuple(one_of(code, (REOPENING,), "--accept-risk") for code in accept_risk or ()),
        replaces=dispute_id(replaces, "--replaces") if replaces else None,
        operation_id=writing.operation_id,
    )
    done = carry_out(run, targets, writing, Opening(claim, run.policies, run.now), "open")
    return report(run, output, done.results)
