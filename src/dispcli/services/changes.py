"""A change to a dispute that is there: how it is decided, recorded and reported."""

from collections.abc import Callable
from typing import NamedTuple

from dispcli.core.cancelling import Decision, Steps
from dispcli.core.disputes import Case, Event
from dispcli.core.facts import Claim, Offer, Settlement, told
from dispcli.core.machine import Intent, Refusal, Unchanged
from dispcli.core.money import Money
from dispcli.core.moving import is_same
from dispcli.core.recording import Stamp
from dispcli.core.results import Result
from dispcli.core.states import Action, Party, State
from dispcli.errors import NotFound
from dispcli.services.caseload import Caseload
from dispcli.services.targets import Target, find_dispute

Decide = Callable[[Case], Decision]


class Job(NamedTuple):
    """What is to be done to each dispute: what is said about it, and how that is decided.

    What was said is what a repeat under the same operation id is compared with. A job that `continues`
    may find its first step recorded, as the newest event, and goes on from there.
    """

    intents: Callable[[Case], tuple[Intent, ...]]
    decide: Decide
    operation_id: str | None = None
    continues: bool = False


class PlannedChange(NamedTuple):
    """One dispute as it stood, and what is decided about it."""

    case: Case
    decision: Decision


def plan_change(caseload: Caseload, target: Target, job: Job) -> PlannedChange:
    """Find the dispute and decide. Raises NotFound, Ambiguous or UsageProblem; a refusal is a value."""
    dispute_id = find_dispute(caseload, target)
    case = caseload.case(dispute_id)
    if case is None:
        raise NotFound(f"there is no dispute D{dispute_id}")
    return PlannedChange(case, _repeated(case, job) or job.decide(case))


def record_change(caseload: Caseload, planned: PlannedChange, stamp: Stamp) -> PlannedChange:
    """What was decided counts from now on."""
    if isinstance(planned.decision, Steps):
        caseload.record(planned.case.dispute, planned.decision, stamp)
    return planned


def _repeated(case: Case, job: Job) -> Decision | None:
    """What an earlier run of the same actions under the same operation id means for this one."""
    if job.operation_id is None:
        return None
    intents = job.intents(case)
    actions = {action for intent in intents for action in _actions(intent)}
    recorded = [
        event for event in case.history if event.operation_id == job.operation_id and event.action in actions
    ]
    if not recorded:
        return None
    done = [any(_says(event, intent) for event in recorded) for intent in intents]
    if all(done) and len(recorded) == len(intents):
        return Unchanged("this operation is recorded already")
    begun = done[0] and len(recorded) == 1 and case.history[-1] is recorded[0]
    if job.continues and begun:
        return None
    return Refusal(
        "operation-reused",
        f"operation {job.operation_id} recorded something else on {case.dispute.name}",
        hint="give every operation an id of its own",
    )


_SETTLING = (Action.NOTE, Action.ISSUE, Action.RECEIVE)


def _actions(intent: Intent) -> tuple[Action, ...]:
    """Under which actions an intent is recorded: a settlement moves the dispute where it can."""
    return _SETTLING if isinstance(intent.fact, Settlement) else (intent.action,)


def _says(event: Event, intent: Intent) -> bool:
    return event.action in _actions(intent) and is_same(event, intent._replace(action=event.action))


def change_result(planned: PlannedChange, status: str) -> Result:
    """What to report about one dispute; `status` is what becomes of the steps if there are any."""
    case, decision = planned
    state = case.dispute.state
    base = Result(
        dispute=case.dispute.name,
        marketplace=case.order.marketplace,
        order=case.order.number,
        title=case.title,
        actions=(),
        from_state=state,
        to_state=state,
        status="unchanged",
        message="",
        outcome=case.dispute.outcome,
        amount=case.dispute.claim.amount,
    )
    if isinstance(decision, Unchanged):
        return base._replace(message=decision.message, reason=_cancel_reason(case, state))
    if isinstance(decision, Refusal):
        hint = decision.hint or _instead(case, decision)
        return base._replace(status="refused", message=decision.message, problem=decision._replace(hint=hint))
    last = decision.changes[-1]
    return base._replace(
        actions=tuple(change.intent.action for change in decision.changes),
        to_state=last.to_state,
        status=status,
        message=remark(case, decision),
        reason=decision.changes[0].intent.reason or _cancel_reason(case, last.to_state),
        outcome=last.outcome or case.dispute.outcome,
        amount=amount_of(case, decision),
        findings=decision.findings,
        accepted=decision.risks,
    )


def _instead(case: Case, refusal: Refusal) -> str | None:
    if refusal.code == "final":
        command = f"dispcli dispute open {case.order.number} --replaces {case.dispute.name}"
        return f"what was recorded in error is replaced: {command}"
    from dispcli.services.steps import possible

    commands = possible(refusal.allowed)
    return f"possible now: {commands}" if commands else None


def _cancel_reason(case: Case, state: State) -> str | None:
    return case.request.reason if case.request and state is State.CANCELLED else None


def amount_of(case: Case, decision: Steps) -> Money | None:
    """What the change is about: the offer, the settlement, else what is claimed."""
    intent = decision.changes[0].intent
    if intent.action is Action.ACCEPT and case.offers:
        return case.offers[-1][1].amount
    told = intent.fact.amount if isinstance(intent.fact, Claim | Offer | Settlement) else None
    return told or case.dispute.claim.amount


def remark(case: Case, decision: Steps) -> str:
    """What a person should know about the change besides the states."""
    first = decision.changes[0]
    remarks = []
    if first.intent.action is Action.ACCEPT and case.offers:
        remarks.append(f"the seller {told(case.offers[-1][1])}; the claim was {told(case.dispute.claim)}")
    elif first.intent.fact is not None and not isinstance(first.intent.fact, Claim):
        remarks.append(told(first.intent.fact))
    withdrawn = case.dispute.state is State.CANCEL_REQUESTED and first.to_state is not State.CANCEL_REQUESTED
    if withdrawn and first.intent.party is not Party.BUYER:
        remarks.append("this withdraws the request to cancel")
    return "; ".join(remarks)
