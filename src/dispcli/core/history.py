"""A dispute rebuilt from its history alone: what the ledger's own rows must be equal to."""

from collections.abc import Sequence

from dispcli.core.disputes import Dispute, Event
from dispcli.core.facts import Claim, Done, Replaced
from dispcli.core.machine import Intent, Position, Refusal, after, decide
from dispcli.core.states import UNOPENED, Action, Outcome, Party, State


class BrokenHistory(ValueError):
    """An event that does not follow from those before it; `seq` is its number."""

    def __init__(self, seq: int, message: str) -> None:
        super().__init__(message)
        self.seq = seq


def replay(
    events: Sequence[Event], *, order_id: int, line_id: int | None, platform_id: str | None
) -> Dispute:
    """The dispute these events make. Raises BrokenHistory at the first that the machine refuses."""
    position: Position | None = None
    claim: Claim | None = None
    seen_at: str | None = None
    replaced_by: int | None = None
    for expected, event in enumerate(events, start=1):
        position = _step(position, event, expected)
        if isinstance(event.fact, Claim):
            claim = event.fact
        if isinstance(event.fact, Done) or _seen_cancelled(event):
            seen_at = event.at
        if isinstance(event.fact, Replaced):
            replaced_by = event.fact.by
            platform_id = None
    if position is None or claim is None:
        raise BrokenHistory(1, "the history does not begin with a claim being opened")
    return Dispute(
        id=events[0].dispute_id,
        order_id=order_id,
        line_id=line_id,
        platform_id=platform_id,
        claim=claim,
        state=position.state,
        version=len(events),
        opened_at=events[0].happened_at or events[0].at,
        updated_at=events[-1].at,
        origin=position.origin,
        outcome=_outcome(events),
        seen_at=seen_at,
        replaced_by=replaced_by,
    )


def _step(position: Position | None, event: Event, expected: int) -> Position:
    if event.seq != expected:
        raise BrokenHistory(event.seq, f"event {expected} is missing")
    stands = position.state if position else None
    if event.from_state != stands:
        said = event.from_state or UNOPENED
        raise BrokenHistory(event.seq, f"it starts from {said}, but the dispute was {stands or UNOPENED}")
    intent = Intent(event.action, event.party, to=event.to_state, outcome=event.outcome)
    decision = decide(position, intent)
    if isinstance(decision, Refusal):
        raise BrokenHistory(event.seq, decision.message)
    if decision.to_state is not event.to_state:
        raise BrokenHistory(event.seq, f"it leads to {event.to_state}, the rules to {decision.to_state}")
    return after(position, decision)


def _seen_cancelled(event: Event) -> bool:
    return (
        event.action is Action.OBSERVE and event.party is Party.IMPORT and event.to_state is State.CANCELLED
    )


def _outcome(events: Sequence[Event]) -> Outcome | None:
    final = next((event for event in events if event.to_state is State.RESOLVED), None)
    return final.outcome if final else None
