"""Cancel and confirm as jobs."""

from datetime import datetime

from dispcli.core.cancelling import CancelAsk, Decision, decide_cancel, decide_confirm
from dispcli.core.disputes import Case
from dispcli.core.states import State
from dispcli.policies import Policies
from dispcli.services.changes import Job


def cancel_job(
    ask: CancelAsk, policies: Policies, now: datetime, operation_id: str | None, *, kind: str = "cancel"
) -> Job:
    """Ask to cancel, and confirm in the same transaction when the ask says so.

    `kind` is `request-cancel` where no more than the request was ever meant.
    """

    def decide(case: Case) -> Decision:
        policy = policies.policy_for(case.order.marketplace)
        pending = case.dispute.state is State.CANCEL_REQUESTED
        request = case.history.request if pending and ask.confirm and operation_id else None
        if request and request.operation_id == operation_id:
            return decide_confirm(case, ask.accepted, policy, now)
        return decide_cancel(case, ask, policy, now)

    return Job(kind, (ask.reason, ask.note), decide, operation_id, continues=ask.confirm)


def confirm_job(
    accepted: tuple[str, ...], policies: Policies, now: datetime, operation_id: str | None
) -> Job:
    """Confirm a pending request."""

    def decide(case: Case) -> Decision:
        return decide_confirm(case, accepted, policies.policy_for(case.order.marketplace), now)

    return Job("confirm", (), decide, operation_id)
