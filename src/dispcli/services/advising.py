"""Whether a dispute should be cancelled, with all that bears on it."""

from datetime import datetime

from dispcli.core.advice import recommend, situation
from dispcli.core.advice_views import Advice
from dispcli.core.checks import Ask, run_checks
from dispcli.core.stakes import balances, by_waiting, lost_by_cancelling
from dispcli.ledger.ledger import Ledger
from dispcli.policies import Policies
from dispcli.services.sellers import with_records
from dispcli.services.targets import Target
from dispcli.services.views import case_meant


def advise(ledger: Ledger, target: Target, reason: str | None, policies: Policies, now: datetime) -> Advice:
    """Whether to cancel the one dispute that is meant for this reason (None: none in particular).

    The seller's record has this dispute too. Raises NotFound or Ambiguous.
    """
    with ledger.reading():
        case = case_meant(ledger, target)
        seller = ledger.seller(case.order.seller.id) if case.order.seller else None
        known = with_records(ledger, [seller] if seller else [], policies, now)
    policy = policies.policy_for(case.order.marketplace)
    findings = run_checks(case, Ask(reason, policy, now))
    return Advice(
        case,
        reason,
        findings,
        next(iter(known), None),
        cancelling=lost_by_cancelling(case, policy, now),
        waiting=by_waiting(case, policy, now),
        money=balances(case),
        recommendation=recommend(situation(case, reason, findings, policy, now)),
    )
