"""A change to a dispute that is there: how it is decided, recorded and reported."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from dispcli.core.cancelling import Decision, Steps
from dispcli.core.disputes import Case
from dispcli.core.facts import Claim, Due, Offer, Payout, Settlement, told
from dispcli.core.machine import Change, Refusal, Unchanged
from dispcli.core.money import Money
from dispcli.core.recording import Stamp
from dispcli.core.results import Result
from dispcli.core.states import Action, Party, State
from dispcli.errors import NotFound
from dispcli.namedtuples import NamedTuple
from dispcli.services.caseload import Caseload
from dispcli.services.targets import Target, find_dispute

if TYPE_CHECKING:
    from dispcli.core.idempotency import Key

Decide = Callable[[Case], Decision]


class Job(NamedTuple):
    """What is to be done to each dispute: what is said, as it was said, and how that is decided.

    What was said is what a repeat under the same operation id is compared with. A job that `continues`
    goes on where its first step is recorded and its second is not.
    """

    kind: str
    said: tuple[object, ...]
    decide: Decide
    operation_id: str | None = None
    continues: bool = False

    def key(self, target: Target) -> "Key | None":
        """What is asked, as a repeat will ask it again; None without an operation id."""
        if self.operation_id is None:
            return None
        from dispcli.core.idempotency import Key  # few have an id

        return Key.of(self.operation_id, self.kind, target[:3], self.said)

    def plan(self, caseload: Caseload, target: Target) -> "PlannedChange":
        """Find the dispute and decide. Raises NotFound, Ambiguous or UsageProblem; a refusal is a value."""
        key = self.key(target)
        if key is None:
            return _fresh(caseload, find_dispute(caseload, target), self)
        if (asked := caseload.asked.before(key)) is not None:
            return _again(_case(caseload, asked), self)  # whatever its word means by now
        dispute_id = find_dispute(caseload, target)
        said = caseload.asked.said(key, dispute_id)
        if said is None:
            return _unless_recorded(caseload, _fresh(caseload, dispute_id, self)._replace(key=key), key)
        case = _case(caseload, dispute_id)
        return _again(case, self) if said == key.said else PlannedChange(case, reused(key, case.dispute.name))


class PlannedChange(NamedTuple):
    """One dispute as it stood, and what is decided about it.

    `key` is what is to be remembered with it: None without an operation id, and where it is known already.
    """

    case: Case
    decision: Decision
    key: "Key | None" = None

    @property
    def about(self) -> object:
        """What tells it from others: two words may mean the same dispute."""
        return self.case.dispute.id

    def record(self, caseload: Caseload, stamp: Stamp) -> "PlannedChange":
        """What was decided counts from now on, with a warning of what is unlikely about it."""
        case, decision, key = self
        if isinstance(decision, Steps):
            decision = _doubted(case, decision, stamp.at)
            caseload.record(case.dispute, decision, stamp)
        if key is not None and not isinstance(decision, Refusal):
            caseload.asked.remember(case.dispute.id, key)
        return self._replace(decision=decision)

    def result(self, status: str) -> Result:
        """What to report; `status` is what becomes of the steps if there are any."""
        case, decision, _ = self
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
            refusal = decision._replace(allowed=case.without_refused(decision.allowed))
            problem = refusal._replace(hint=decision.hint or _instead(case, refusal))
            return base._replace(status="refused", message=decision.message, problem=problem)
        last = decision.changes[-1]
        return base._replace(
            actions=tuple(change.intent.action for change in decision.changes),
            to_state=last.to_state,
            status=status,
            message=remark(case, decision),
            due=_due(decision),
            reason=decision.changes[0].intent.reason or _cancel_reason(case, last.to_state),
            outcome=last.outcome or case.dispute.outcome,
            amount=amount_of(case, decision),
            findings=decision.findings,
            accepted=decision.risks,
        )


def reused(key: "Key", name: str) -> Refusal:
    """The id stands for something else already."""
    return Refusal(
        "operation-reused",
        f"operation {key.operation_id} said something else about {name} ({key.kind})",
        hint="give every operation an id of its own",
    )


def _case(caseload: Caseload, dispute_id: int) -> Case:
    case = caseload.case(dispute_id)
    if case is None:
        raise NotFound(f"there is no dispute D{dispute_id}")
    return case


def _fresh(caseload: Caseload, dispute_id: int, job: Job) -> PlannedChange:
    case = _case(caseload, dispute_id)
    return PlannedChange(case, job.decide(case))


def _doubted(case: Case, decision: Steps, at: str) -> Steps:
    """What was decided, with a warning of whatever is unlikely about it as it is recorded at that instant."""
    if not any(map(_tells_something, decision.changes)):
        return decision
    from dispcli.core.plausibility import doubts_of_changes

    doubts = doubts_of_changes(case, decision.changes, at)
    return decision._replace(findings=(*decision.findings, *doubts)) if doubts else decision


def _tells_something(change: Change) -> bool:
    said = change.intent
    return said.fact is not None or said.happened_at is not None or said.action is Action.LAPSE


def _again(case: Case, job: Job) -> PlannedChange:
    """It was asked before; only a cancel that was not confirmed then goes on, unless it was overtaken."""
    state = case.dispute.state
    if job.continues and state is State.CANCEL_REQUESTED:
        return PlannedChange(case, job.decide(case))
    if job.continues and state is not State.CANCELLED:
        told = f"the cancel that operation {job.operation_id} asked for was taken back; now it is {state}"
        return PlannedChange(case, Refusal("operation-reused", told, hint="ask again under another id"))
    return PlannedChange(case, Unchanged("this operation is recorded already"))


def _unless_recorded(caseload: Caseload, planned: PlannedChange, key: "Key") -> PlannedChange:
    """The history has each action once under an id: another kind of operation may have recorded it."""
    if isinstance(planned.decision, Steps):
        dispute = planned.case.dispute
        recorded = caseload.asked.recorded(key.operation_id, dispute.id)
        if any(change.intent.action in recorded for change in planned.decision.changes):
            return planned._replace(decision=reused(key, dispute.name))
    return planned


def _instead(case: Case, refusal: Refusal) -> str | None:
    if refusal.code == "final":
        command = f"dispcli dispute open {case.order.number} --replaces {case.dispute.name}"
        return f"what was recorded in error is replaced: {command}"
    from dispcli.services.steps import possible

    commands = possible(refusal.allowed)
    return f"possible now: {commands}" if commands else None


def _cancel_reason(case: Case, state: State) -> str | None:
    return case.history.request.reason if case.history.request and state is State.CANCELLED else None


def amount_of(case: Case, decision: Steps) -> Money | None:
    """What the change is about: the offer, the settlement, the payout, else what is claimed."""
    intent = decision.changes[0].intent
    if intent.action is Action.ACCEPT and (offer := case.answer):
        return offer.amount
    told = intent.fact.amount if isinstance(intent.fact, _PRICED) else None
    return told or case.dispute.claim.amount


_PRICED = (Claim, Offer, Settlement, Payout)


def _due(decision: Steps) -> str | None:
    fact = decision.changes[0].intent.fact
    return fact.at if isinstance(fact, Due) else None


def remark(case: Case, decision: Steps) -> str:
    """What a person should know about the change besides the states."""
    first = decision.changes[0]
    remarks = []
    if first.intent.action is Action.ACCEPT:
        offer = case.answer
        offered = f"the seller {told(offer)}" if offer else "what the seller offers is not recorded"
        remarks.append(f"{offered}; the claim was {told(case.dispute.claim)}")
    elif first.intent.fact is not None and not isinstance(first.intent.fact, Claim):
        remarks.append(told(first.intent.fact))
    elif first.intent.action is Action.LAPSE and not _has_date_of_buyer(case):
        remarks.append("no date for it was told or entered; what the rules say is only an estimate")
    withdrawn = case.dispute.state is State.CANCEL_REQUESTED and first.to_state is not State.CANCEL_REQUESTED
    if withdrawn and first.intent.party is not Party.BUYER:
        remarks.append("this withdraws the request to cancel")
    return "; ".join(remarks)


def _has_date_of_buyer(case: Case) -> bool:
    return any(due.party is Party.BUYER for _, due in case.history.dues)
