"""A dispute rebuilt from its history alone: what the ledger's own rows must be equal to."""

from collections.abc import Sequence

from dispcli.core.disputes import Dispute
from dispcli.core.events import Event
from dispcli.core.facts import Claim
from dispcli.core.machine import Intent, Position, Refusal, decide
from dispcli.core.recording import Place, moved, opened
from dispcli.core.states import UNOPENED


class BrokenHistory(ValueError):
    """An event that does not follow from those before it; `seq` is its number."""

    def __init__(self, seq: int, message: str) -> None:
        super().__init__(message)
        self.seq = seq


def replay(events: Sequence[Event], place: Place) -> Dispute:
    """The dispute these events make. Raises BrokenHistory at the first that the machine refuses."""
    dispute: Dispute | None = None
    for expected, event in enumerate(events, start=1):
        _require_follows(dispute.position if dispute else None, event, expected)
        if dispute is not None:
            dispute = moved(dispute, event)
        elif isinstance(event.fact, Claim):
            dispute = opened(event, event.fact, place)
        else:
            break
    if dispute is None:
        raise BrokenHistory(1, "the history does not begin with a claim being opened")
    return dispute


def _require_follows(position: Position | None, event: Event, expected: int) -> None:
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
