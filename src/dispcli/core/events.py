"""An entry of a dispute's history, and what is seen of it at a glance."""

from dispcli.core.facts import Fact, Message
from dispcli.core.states import Action, Outcome, Party, State
from dispcli.namedtuples import NamedTuple

_PAUSES = (Action.NOTE, Action.REQUEST_CANCEL, Action.KEEP)


def starts_window(action: Action, *, stays: bool) -> bool:
    """Whether time counts anew from there: not after a note, a pending cancel, the same state again."""
    return action not in _PAUSES and not (stays and action is Action.OBSERVE)


class Recorded(NamedTuple):
    """A finding as it was when the request to cancel was recorded; `basis` is what it rested on."""

    code: str
    level: str
    basis: str
    accepted: bool = False


class Event(NamedTuple):
    """One entry of a dispute's history.

    `at` is the UTC instant it was recorded, `happened_at` the day or instant it is said to have
    happened (None: not said). `source` tells where the entry came from (`dispute cancel`, a file).
    """

    dispute_id: int
    seq: int
    at: str
    actor: str
    source: str
    action: Action
    party: Party
    from_state: State | None
    to_state: State
    outcome: Outcome | None = None
    reason: str | None = None
    note: str | None = None
    fact: Fact | None = None
    happened_at: str | None = None
    operation_id: str | None = None
    findings: tuple[Recorded, ...] = ()

    @property
    def moment(self) -> str:
        """When it happened as far as that is said, else when it was recorded."""
        return self.happened_at or self.at

    @property
    def sketch(self) -> "Sketch":
        """What is seen of it at a glance."""
        speaker = self.fact.speaker if isinstance(self.fact, Message) else None
        fact = type(self.fact) if self.fact is not None else None
        return Sketch(self.action, self.party, self.from_state is self.to_state, fact, speaker)

    @property
    def starts_window(self) -> bool:
        """Whether time counts anew from here."""
        return starts_window(self.action, stays=self.from_state is self.to_state)

    @property
    def accepted(self) -> tuple[str, ...]:
        """The codes of the risks that were accepted with this event."""
        return tuple(finding.code for finding in self.findings if finding.accepted)


class Sketch(NamedTuple):
    """What is seen of an event at a glance. Few are different: those of many disputes are much alike."""

    action: Action
    party: Party
    stays: bool
    fact: type[Fact] | None = None
    speaker: Party | None = None
