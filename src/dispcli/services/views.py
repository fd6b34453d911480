"""What there is to know about one dispute, put together for showing."""

from datetime import datetime

from dispcli.core.checks import Ask, run_checks
from dispcli.core.deadlines import deadline
from dispcli.core.dispute_views import DisputeView
from dispcli.core.disputes import Case
from dispcli.core.machine import allowed
from dispcli.core.states import Action, State
from dispcli.errors import NotFound
from dispcli.ledger.ledger import Ledger
from dispcli.policies import policy_for
from dispcli.services.caseload import Caseload
from dispcli.services.pages import order_page
from dispcli.services.steps import next_steps
from dispcli.services.targets import Target, find_dispute


def load_case(ledger: Ledger, target: Target) -> Case:
    """The one dispute that is meant, with all around it. Raises NotFound or Ambiguous."""
    with ledger.reading():
        return case_meant(ledger, target)


def case_meant(ledger: Ledger, target: Target) -> Case:
    """The same inside a transaction."""
    caseload = Caseload(ledger)
    case = caseload.case(find_dispute(caseload, target))
    if case is None:
        raise NotFound(f"no dispute is known as {target.word!r}")
    return case


def dispute_view(case: Case, now: datetime) -> DisputeView:
    """The dispute, what the checks would say to a cancel, and what may be done now."""
    policy = policy_for(case.order.marketplace)
    reason = case.request.reason if case.request and case.dispute.state is State.CANCEL_REQUESTED else None
    live = Action.REQUEST_CANCEL in allowed(case.dispute.state)
    return DisputeView(
        case=case,
        deadline=deadline(case, policy),
        findings=run_checks(case, Ask(reason, policy, now)) if live else (),
        next_steps=next_steps(case),
        page=order_page(case.order, policy),
    )
