"""Cancel and confirm as jobs, and what belongs to them: the message to the seller."""

from datetime import datetime

from dispcli.core.cancelling import CancelAsk, Decision, decide_cancel, decide_confirm
from dispcli.core.disputes import Case
from dispcli.core.states import State
from dispcli.policies import policy_for
from dispcli.services.changes import Job


def cancel_job(ask: CancelAsk, now: datetime, operation_id: str | None, *, kind: str = "cancel") -> Job:
    """Ask to cancel, and confirm in the same transaction when the ask says so.

    `kind` is `request-cancel` where no more than the request was ever meant.
    """

    def decide(case: Case) -> Decision:
        policy = policy_for(case.order.marketplace)
        pending = case.dispute.state is State.CANCEL_REQUESTED
        request = case.history.request if pending and ask.confirm and operation_id else None
        if request and request.operation_id == operation_id:
            return decide_confirm(case, ask.accepted, policy, now)
        return decide_cancel(case, ask, policy, now)

    return Job(kind, (ask.reason, ask.note), decide, operation_id, continues=ask.confirm)


def confirm_job(accepted: tuple[str, ...], now: datetime, operation_id: str | None) -> Job:
    """Confirm a pending request."""

    def decide(case: Case) -> Decision:
        return decide_confirm(case, accepted, policy_for(case.order.marketplace), now)

    return Job("confirm", (), decide, operation_id)


_THANKS = {
    "received-ok": "The goods have arrived and are fine.",
    "agreement": "We have come to an agreement, as written in our messages.",
    "opened-by-mistake": "I opened it by mistake; I am sorry for the trouble.",
    "refund-received": "Your refund has arrived.",
    "replacement-received": "The replacement has arrived.",
    "keep-item": "I keep the item as it is.",
}


def message_to_seller(case: Case, reason: str | None) -> str:
    """A ready message to the seller: plain text, facts only, nothing promised."""
    why = _THANKS.get(reason or "", "The matter is settled for me.")
    return (
        f"Hello, I have cancelled my dispute about order {case.order.number} ({case.title}). {why} Thank you."
    )
