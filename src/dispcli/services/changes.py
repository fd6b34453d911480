"""Every change to existing disputes: plan, then apply. All targets change, or none does."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from dispcli.core.cancelling import Decision, Steps
from dispcli.core.disputes import Case, Event
from dispcli.core.facts import Claim, Offer, Settlement, told
from dispcli.core.machine import Intent, Refusal, Unchanged, is_irreversible
from dispcli.core.money import Money
from dispcli.core.moving import is_same
from dispcli.core.results import Result
from dispcli.core.states import Action, Party, State
from dispcli.errors import NotFound, Refused
from dispcli.ledger.ledger import Ledger, Stamp

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


class Planned(NamedTuple):
    """One dispute and what is going to happen to it."""

    case: Case
    decision: Steps | Unchanged

    @property
    def irreversible(self) -> bool:
        """Whether a person should be asked first."""
        return isinstance(self.decision, Steps) and any(map(is_irreversible, self.decision.changes))


def plan(ledger: Ledger, dispute_ids: Sequence[int], job: Job) -> tuple[Planned, ...]:
    """Decide for every dispute; nothing is written. Raises Refused if any is refused, naming each."""
    with ledger.reading():
        decided = [_decide(ledger, dispute_id, job) for dispute_id in dict.fromkeys(dispute_ids)]
    return _all_allowed(decided)


def apply(
    ledger: Ledger, planned: Sequence[Planned], job: Job, stamp: Stamp, *, shown: bool = False
) -> tuple[tuple[Planned, tuple[Event, ...]], ...]:
    """Decide again under the lock and write. Raises Refused, with nothing written, if a plan is stale.

    Once a person was shown the plan and agreed to it, nothing about the dispute may have changed.
    """
    done = []
    with ledger.writing():
        decided = [_decide(ledger, item.case.dispute.id, job) for item in planned]
        for before, now in zip(planned, _all_allowed(decided), strict=True):
            if _moves(before) != _moves(now) or (shown and before.case != now.case):
                raise Refused(
                    f"{now.case.dispute.name} has changed meanwhile; nothing was written",
                    code="changed-meanwhile",
                    hint=f"look at it again: dispcli dispute show {now.case.dispute.name}",
                )
            done.append((now, _write(ledger, now, stamp)))
    return tuple(done)


def _decide(ledger: Ledger, dispute_id: int, job: Job) -> tuple[Case, Decision]:
    case = ledger.case(dispute_id)
    if case is None:
        raise NotFound(f"there is no dispute D{dispute_id}")
    return case, _repeated(case, job) or job.decide(case)


def _repeated(case: Case, job: Job) -> Decision | None:
    """What an earlier run of the same actions under the same operation id means for this one."""
    intents = job.intents(case)
    actions = {action for intent in intents for action in _actions(intent)}
    recorded = [
        event
        for event in case.history
        if job.operation_id and event.operation_id == job.operation_id and event.action in actions
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


def _all_allowed(decided: list[tuple[Case, Decision]]) -> tuple[Planned, ...]:
    refused = [(case, decision) for case, decision in decided if isinstance(decision, Refusal)]
    if not refused:
        return tuple(Planned(case, d) for case, d in decided if not isinstance(d, Refusal))
    reasons = "; ".join(
        f"{case.dispute.name} ({case.order.number}): {refusal.message}" for case, refusal in refused
    )
    first = refused[0][1]
    nothing = " (nothing was written)" if len(decided) > 1 else ""
    raise Refused(
        f"{reasons}{nothing}",
        code=first.code,
        hint=first.hint or _instead(refused[0][0], first),
        allowed=tuple(first.allowed),
        findings=tuple(dict.fromkeys(code for _, refusal in refused for code in refusal.findings)),
        details=tuple(dict.fromkeys(text for _, refusal in refused for text in refusal.details)),
    )


def _instead(case: Case, refusal: Refusal) -> str | None:
    if refusal.code == "final":
        command = f"dispcli dispute open {case.order.number} --replaces {case.dispute.name}"
        return f"what was recorded in error is replaced: {command}"
    from dispcli.services.steps import possible

    commands = possible(refusal.allowed)
    return f"possible now: {commands}" if commands else None


def _moves(item: Planned) -> object:
    if isinstance(item.decision, Unchanged):
        return None
    steps = [(change.intent, change.from_state, change.to_state) for change in item.decision.changes]
    return (steps, [(found.code, found.basis) for found in item.decision.findings if found.level != "info"])


def _write(ledger: Ledger, item: Planned, stamp: Stamp) -> tuple[Event, ...]:
    if isinstance(item.decision, Unchanged):
        return ()
    return ledger.append(item.case.dispute, item.decision.changes, stamp, item.decision.recorded())


def result(item: Planned, *, written: bool) -> Result:
    """What to report about one dispute; not written yet means planned."""
    case, decision = item.case, item.decision
    base = Result(
        dispute=case.dispute.name,
        marketplace=case.order.marketplace,
        order=case.order.number,
        title=case.title,
        actions=(),
        from_state=case.dispute.state,
        to_state=case.dispute.state,
        status="unchanged",
        message="",
        outcome=case.dispute.outcome,
        amount=case.dispute.claim.amount,
    )
    if isinstance(decision, Unchanged):
        return base._replace(message=decision.message, reason=_cancel_reason(case, case.dispute.state))
    last = decision.changes[-1]
    return base._replace(
        actions=tuple(change.intent.action for change in decision.changes),
        to_state=last.to_state,
        status="changed" if written else "planned",
        message=_told(case, decision),
        reason=decision.changes[0].intent.reason or _cancel_reason(case, last.to_state),
        outcome=last.outcome or case.dispute.outcome,
        amount=_amount(case, decision) or case.dispute.claim.amount,
        findings=decision.findings,
        accepted=tuple(found.code for found in decision.recorded() if found.accepted),
    )


def _cancel_reason(case: Case, state: State) -> str | None:
    return case.request.reason if case.request and state is State.CANCELLED else None


def _amount(case: Case, decision: Steps) -> Money | None:
    intent = decision.changes[0].intent
    if intent.action is Action.ACCEPT and case.offers:
        return case.offers[-1][1].amount
    return intent.fact.amount if isinstance(intent.fact, Claim | Offer | Settlement) else None


def _told(case: Case, decision: Steps) -> str:
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
