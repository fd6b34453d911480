"""A change to a dispute that is there: how it is decided, recorded and reported."""

from collections.abc import Callable, Iterator
from operator import or_
from typing import NamedTuple

from dispcli.core.cancelling import Decision, Steps
from dispcli.core.disputes import Case, Event
from dispcli.core.facts import Claim, Offer, Settlement, told
from dispcli.core.fingerprints import fingerprint
from dispcli.core.machine import Intent, Refusal, Unchanged
from dispcli.core.money import Money
from dispcli.core.moving import is_same
from dispcli.core.recording import Stamp
from dispcli.core.results import Result
from dispcli.core.states import Action, Party, State
from dispcli.errors import NotFound
from dispcli.services.caseload import Caseload
from dispcli.services.targets import Target, find_dispute, may_mean

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
    """One dispute as it stood, and what is decided about it.

    `again`: the operation's id tells that it was done before, or begun.
    """

    case: Case
    decision: Decision
    again: bool = False


def plan_change(caseload: Caseload, target: Target, job: Job) -> PlannedChange:
    """Find the dispute and decide. Raises NotFound, Ambiguous or UsageProblem; a refusal is a value."""
    if job.operation_id is not None and (again := _again(caseload, target, job, job.operation_id)):
        return again
    dispute_id = find_dispute(caseload, target)
    case = caseload.case(dispute_id)
    if case is None:
        raise NotFound(f"there is no dispute D{dispute_id}")
    return PlannedChange(case, job.decide(case))


def _again(caseload: Caseload, target: Target, job: Job, operation_id: str) -> PlannedChange | None:
    """What an earlier run of the operation did, whichever dispute the word meant then."""
    carrying = caseload.carrying(operation_id)
    for dispute_id in carrying:
        case = caseload.case(dispute_id)
        if case is None or not may_mean(caseload, target, case.dispute):
            continue
        if decision := _repeated(case, job, operation_id, carrying[dispute_id]):
            return PlannedChange(case, decision, again=True)
    return None


def record_change(caseload: Caseload, planned: PlannedChange, job: Job, stamp: Stamp) -> PlannedChange:
    """What was decided counts from now on."""
    case, decision, again = planned
    if isinstance(decision, Steps):
        caseload.record(case.dispute, decision, stamp)
    elif isinstance(decision, Unchanged) and stamp.operation_id and not again:
        caseload.acknowledge(case.dispute, stamp.operation_id, fingerprint(job.intents(case)))
    return planned


def _repeated(case: Case, job: Job, operation_id: str, said: str | None) -> Decision | None:
    """What an earlier run of the same actions under the same operation id means for this one."""
    done = Unchanged("this operation is recorded already")
    if said is not None and any(said == fingerprint(job.intents(then)) for then in _claims_over_time(case)):
        return done
    intents = job.intents(case)
    actions = {action for intent in intents for action in _actions(intent)}
    recorded = [
        event for event in case.history if event.operation_id == operation_id and event.action in actions
    ]
    if not recorded and said is None:
        return None
    before = [event for event in case.history if not recorded or event.seq < recorded[0].seq]
    if recorded:
        *_, then = _claims_over_time(case._replace(history=tuple(before)))
        intents = job.intents(then)
    matched = [any(_says(event, intent) for event in recorded) for intent in intents]
    known = [any(_says(event, intent) for event in before) for intent in intents]
    if recorded and sum(matched) == len(recorded) and all(map(or_, matched, known)):
        return done
    begun = matched[0] and len(recorded) == 1 and case.history[-1] is recorded[0]
    if job.continues and begun:
        return job.decide(case)
    return Refusal(
        "operation-reused",
        f"operation {operation_id} recorded something else on {case.dispute.name}",
        hint="give every operation an id of its own",
    )


def _claims_over_time(case: Case) -> Iterator[Case]:
    """The case with each claim it ever had, oldest first: a revision says what changes of the claim then."""
    for event in case.history:
        if isinstance(event.fact, Claim):
            yield case._replace(dispute=case.dispute._replace(claim=event.fact))


_SETTLING = (Action.NOTE, Action.ISSUE, Action.RECEIVE)


def _actions(intent: Intent) -> tuple[Action, ...]:
    """Under which actions an intent is recorded: a settlement moves the dispute where it can."""
    return _SETTLING if isinstance(intent.fact, Settlement) else (intent.action,)


def _says(event: Event, intent: Intent) -> bool:
    return event.action in _actions(intent) and is_same(event, intent._replace(action=event.action))


def change_result(planned: PlannedChange, status: str) -> Result:
    """What to report about one dispute; `status` is what becomes of the steps if there are any."""
    case, decision, _ = planned
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
