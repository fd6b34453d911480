"""dispcli dispute open."""

from dispcli.commands.changing import carry_out, changes_output, report
from dispcli.commands.context import Run
from dispcli.commands.dispute.claiming import Claiming
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
    claiming: Claiming,
    orders: OrderWords = None,
) -> int:
    """Record a dispute opened on the site.

    An order with several lines needs --line N or --whole-order.
    """
    output = changes_output(run, showing)
    if claiming.reason is None and claiming.replaces is None:
        raise UsageProblem("--reason is missing", hint="see 'dispcli dispute reasons'")
    targets = targets_of(run, orders, choosing, disputes=False)
    if len(targets.found) > 1 and (claiming.platform_id or claiming.replaces):
        raise UsageProblem("--platform-id and --replaces are for one ORDER")
    claim = _claim(run, claiming, telling, writing.operation_id)
    done = carry_out(run, targets, writing, Opening(claim, run.policies, run.now), "open")
    return report(run, output, done.results)


def _claim(run: Run, claiming: Claiming, telling: Telling, operation_id: str | None) -> NewClaim:
    """The claim as it was typed. Raises UsageProblem for a word that nobody knows."""
    reason, remedy, replaces = claiming.reason, claiming.remedy, claiming.replaces
    return NewClaim(
        reason=one_of(reason, tuple(CLAIM_REASONS), "--reason") if reason else None,
        remedy=one_of(remedy, REMEDIES, "--remedy") if remedy else None,
        amount=claiming.amount,
        note=telling.note,
        happened_at=run.past(telling.at, "--at"),
        platform_id=claiming.platform_id,
        accepted=tuple(one_of(code, (REOPENING,), "--accept-risk") for code in claiming.accept_risk or ()),
        replaces=dispute_id(replaces, "--replaces") if replaces else None,
        operation_id=operation_id,
    )
