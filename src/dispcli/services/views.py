"""What there is to know about one dispute, put together for showing."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from dispcli.core.checks import Ask, run_checks
from dispcli.core.deadlines import deadline, deadlines
from dispcli.core.dispute_views import DisputeView
from dispcli.core.disputes import Case
from dispcli.core.machine import allowed
from dispcli.core.states import Action, State
from dispcli.errors import NotFound
from dispcli.ledger.ledger import Ledger
from dispcli.policies import Policies
from dispcli.services.caseload import Caseload
from dispcli.services.pages import order_page
from dispcli.services.steps import next_steps
from dispcli.services.targets import Target, find_dispute

if TYPE_CHECKING:
    from dispcli.ledger.evidence_store import EvidenceStore


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


def dispute_view(case: Case, policies: Policies, now: datetime) -> DisputeView:
    """The dispute, what the checks would say to a cancel, and what may be done now."""
    policy = policies.policy_for(case.order.marketplace)
    request = case.history.request
    reason = request.reason if request and case.dispute.state is State.CANCEL_REQUESTED else None
    live = Action.REQUEST_CANCEL in allowed(case.dispute.state)
    return DisputeView(
        case=case,
        deadline=deadline(case, policy),
        deadlines=deadlines(case, policy),
        findings=run_checks(case, Ask(reason, policy, now)) if live else (),
        next_steps=next_steps(case),
        page=order_page(case.order, policy),
    )


def lost_files(case: Case, store: "EvidenceStore") -> Mapping[str, str]:
    """What is wrong with files kept of a dispute, by their digests, as far as it shows unread."""
    digests = {file.sha256: store.seen_problem(file.sha256, file.size) for _, file in case.evidence}
    return {digest: problem for digest, problem in digests.items() if problem}
