"""A dispute, its history, and the case around it that decisions are made from."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from types import MappingProxyType
from typing import NamedTuple, TypeVar, overload

from dispcli.core.facts import Claim, Due, Evidence, EvidenceRemoved, Fact, Message, Offer, Payout, Settlement
from dispcli.core.machine import Position
from dispcli.core.money import Money
from dispcli.core.orders import Line, Order
from dispcli.core.states import Action, Outcome, Party, State

_PAUSES = (Action.NOTE, Action.REQUEST_CANCEL, Action.KEEP)
_SOLVING = (Action.ACCEPT, Action.CONCEDE, Action.DECIDE)

F = TypeVar("F", bound=Fact)


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
        """When it happened, as far as is known."""
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


class Gist(NamedTuple):
    """Where the events stand in a history that decisions ask about; settlements and offers oldest first."""

    last_move: int | None = None
    request: int | None = None
    solved: int | None = None
    entered: int | None = None
    dues: tuple[int, ...] = ()
    settlements: tuple[int, ...] = ()
    offers: tuple[int, ...] = ()
    seller_acted: bool = False

    def then(self, place: int, seen: Sketch) -> "Gist":
        """The gist of the history with this event at its end."""
        last_move, request, solved, entered, dues, settlements, offers, seller_acted = self
        if seen.action is not Action.NOTE:
            last_move = place
            request = place if seen.action is Action.REQUEST_CANCEL else request
            solved = place if seen.action in _SOLVING else solved
        if starts_window(seen.action, stays=seen.stays):
            entered, dues = place, ()
        if seen.fact is Due:
            dues = (*dues, place)
        elif seen.fact is Settlement:
            settlements = (*settlements, place)
        elif seen.fact is Offer:
            offers = (*offers, place)
        seller_acted = seller_acted or Party.SELLER in (seen.party, seen.speaker)
        return Gist(last_move, request, solved, entered, dues, settlements, offers, seller_acted)


def gist_of(seen: Sequence[Sketch]) -> Gist:
    """The gist of a history of which this was seen."""
    gist = Gist()
    for place, sketch in enumerate(seen):
        gist = gist.then(place, sketch)
    return gist


class History(Sequence[Event]):
    """The events of one dispute, oldest first, and what decisions ask about them, found once.

    It never changes. `then` gives the longer one; both share the events they have in common, so going on
    from a long history costs no more than from a short one.
    """

    __slots__ = ("_count", "_events", "_fetch", "_gist", "entered")

    def __init__(self, events: Iterable[Event] = ()) -> None:
        known = list(events)
        self._events: list[Event] | None = known
        self._fetch: Callable[[], Sequence[Event]] = tuple
        self._count = len(known)
        self._gist = gist_of([event.sketch for event in known])
        self.entered = known[self._gist.entered].moment if self._gist.entered is not None else None
        """The moment from which a window counts: notes and a pending cancel don't restart one."""

    @classmethod
    def later(cls, gist: Gist, moments: Sequence[str], fetch: Callable[[], Sequence[Event]]) -> "History":
        """A history of which this is known; the events themselves are fetched when one is asked for."""
        history = cls.__new__(cls)
        history._events = None
        history._count = len(moments)
        history._gist = gist
        history._fetch = fetch
        history.entered = moments[gist.entered] if gist.entered is not None else None
        return history

    def then(self, event: Event) -> "History":
        """The history with this event at its end."""
        events = self._known
        longer = History.__new__(History)
        # Another history may have gone on from here already.
        longer._events = events if len(events) == self._count else events[: self._count]
        longer._events.append(event)
        longer._count = self._count + 1
        longer._gist = self._gist.then(self._count, event.sketch)
        longer.entered = event.moment if longer._gist.entered == self._count else self.entered
        return longer

    @property
    def _known(self) -> list[Event]:
        if self._events is None:
            self._events = list(self._fetch()[: self._count])
        return self._events

    def _at(self, place: int | None) -> Event | None:
        return None if place is None else self._known[place]

    @property
    def settlements(self) -> tuple[tuple[Event, Settlement], ...]:
        """Every settlement noted, oldest first."""
        return self._facts(self._gist.settlements, Settlement)

    @property
    def offers(self) -> tuple[tuple[Event, Offer], ...]:
        """Every answer of the seller, oldest first."""
        return self._facts(self._gist.offers, Offer)

    def _facts(self, places: tuple[int, ...], kind: type[F]) -> tuple[tuple[Event, F], ...]:
        if not places:
            return ()
        events = [self._known[place] for place in places]
        return tuple((event, event.fact) for event in events if isinstance(event.fact, kind))

    @property
    def dues(self) -> tuple[tuple[Event, Due], ...]:
        """The dates told since the dispute last moved: the newest of each party, oldest first."""
        newest: dict[Party, tuple[Event, Due]] = {}
        for event, due in self._facts(self._gist.dues[::-1], Due):
            newest.setdefault(due.party, (event, due))
        return tuple(reversed(newest.values()))

    @property
    def entry(self) -> Event | None:
        """The event since which it stands as it does."""
        return self._at(self._gist.entered)

    @property
    def last_move(self) -> Event | None:
        """The newest event that is more than a note."""
        return self._at(self._gist.last_move)

    @property
    def request(self) -> Event | None:
        """The newest request to cancel."""
        return self._at(self._gist.request)

    @property
    def solved(self) -> Event | None:
        """The newest event that made a solution stand."""
        return self._at(self._gist.solved)

    @property
    def seller_acted(self) -> bool:
        """Whether the seller ever answered, conceded, settled or wrote."""
        return self._gist.seller_acted

    @property
    def seller_events(self) -> tuple[Event, ...]:
        """Whatever the seller answered, conceded, settled or wrote, oldest first."""
        return tuple(event for event in self if Party.SELLER in (event.party, event.sketch.speaker))

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> Event: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Event, ...]: ...

    def __getitem__(self, index: int | slice) -> Event | tuple[Event, ...]:
        if isinstance(index, slice):
            return tuple(self._known[slice(*index.indices(self._count))])
        return self._known[range(self._count)[index]]

    def __iter__(self) -> Iterator[Event]:
        return islice(self._known, self._count)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, tuple | History) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]  # as of a list: nobody looks one up by its events

    def __repr__(self) -> str:
        return f"History({self._known[: self._count]})"


class Dispute(NamedTuple):
    """A dispute as it stands. `line_id` None means the whole order; `version` is the newest event's seq."""

    id: int
    order_id: int
    line_id: int | None
    platform_id: str | None
    claim: Claim
    state: State
    version: int
    opened_at: str
    updated_at: str
    origin: State | None = None
    outcome: Outcome | None = None
    seen_at: str | None = None
    replaced_by: int | None = None

    @property
    def name(self) -> str:
        """The short stable id: `D12`."""
        return f"D{self.id}"

    @property
    def position(self) -> Position:
        """Where it stands for the machine."""
        return Position(self.state, self.origin)

    @property
    def ending(self) -> str:
        """How it ended, or how it stands."""
        return self.outcome or self.state

    @property
    def standing(self) -> State:
        """The state, seeing through a pending request to cancel."""
        return self.origin or self.state


class Dossier(NamedTuple):
    """An order with all of its disputes and their histories.

    `linked` are the orders that are about the same purchase, at a payment service for example.
    """

    order: Order
    disputes: dict[int, Dispute]
    histories: dict[int, History]
    linked: tuple[int, ...] = ()


class Channel(NamedTuple):
    """An open dispute about the same purchase somewhere else, at a payment service for example."""

    dispute_id: int
    marketplace: str
    number: str


class Solution(NamedTuple):
    """What the seller owes: the remedy and its amount, as far as they are known."""

    remedy: str
    amount: Money | None


class Case(NamedTuple):
    """A dispute with all that bears on a decision about it.

    `past` tells how many other disputes with this seller ended or stand how: `{"cancelled": 2, "opened": 1}`.
    """

    dispute: Dispute
    order: Order
    history: History
    past: Mapping[str, int] = MappingProxyType({})
    channels: tuple[Channel, ...] = ()

    @property
    def line(self) -> Line | None:
        """The line it is about; None for the whole order."""
        return next((line for line in self.order.lines if line.id == self.dispute.line_id), None)

    @property
    def title(self) -> str:
        """What it is about, for a person."""
        if self.line:
            return self.line.title
        return self.order.lines[0].title if self.order.lines else f"order {self.order.number}"

    @property
    def payouts(self) -> tuple[tuple[Event, Payout], ...]:
        """Whatever was given to the own customer, oldest first."""
        return tuple((event, event.fact) for event in self.history if isinstance(event.fact, Payout))

    @property
    def messages(self) -> tuple[tuple[Event, Message], ...]:
        """Every message, oldest first."""
        return tuple((event, event.fact) for event in self.history if isinstance(event.fact, Message))

    @property
    def evidence(self) -> tuple[tuple[Event, Evidence], ...]:
        """Every file kept as evidence, oldest first; what was removed afterwards is left out."""
        kept: dict[int, tuple[Event, Evidence]] = {}
        for event in self.history:
            match event.fact:
                case Evidence():
                    kept[event.seq] = (event, event.fact)
                case EvidenceRemoved(sha256):
                    kept = {seq: pair for seq, pair in kept.items() if pair[1].sha256 != sha256}
        return tuple(kept.values())

    @property
    def solution(self) -> Solution:
        """What is owed: the accepted offer where the last solution was one, else what is claimed."""
        claim = self.dispute.claim
        solved = self.history.solved
        if solved is None or solved.action is not Action.ACCEPT:
            return Solution(claim.remedy, claim.amount)
        offers = reversed(self.history.offers)
        offer = next((offer for event, offer in offers if event.seq < solved.seq), None)
        return Solution(offer.remedy, offer.amount) if offer and offer.remedy else Solution(*claim[1:3])
