"""A dispute, its history, and the case around it that decisions are made from."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from types import MappingProxyType
from typing import NamedTuple, overload

from dispcli.core.facts import Claim, Due, Evidence, Fact, Message, Offer, Settlement
from dispcli.core.machine import Position
from dispcli.core.money import Money
from dispcli.core.orders import Line, Order
from dispcli.core.states import Action, Outcome, Party, State

_PAUSES = (Action.NOTE, Action.REQUEST_CANCEL, Action.KEEP)
_SOLVING = (Action.ACCEPT, Action.CONCEDE, Action.DECIDE)


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
    def starts_window(self) -> bool:
        """Whether time counts anew from here: not after a note, a pending cancel, the same state again."""
        stays = self.action is Action.OBSERVE and self.from_state is self.to_state
        return self.action not in _PAUSES and not stays

    @property
    def accepted(self) -> tuple[str, ...]:
        """The codes of the risks that were accepted with this event."""
        return tuple(finding.code for finding in self.findings if finding.accepted)


class History(Sequence[Event]):
    """The events of one dispute, oldest first, and what decisions ask about them, found when they are read.

    It never changes. `then` gives the longer one; both share the events they have in common, so going on
    from a long history costs no more than from a short one.

    `settlements` and `offers` are the facts of that kind with their events, oldest first; `last_move` is the
    newest event that is more than a note, `request` the newest request to cancel, `solved` the newest event
    that made a solution stand, `entered` the one from which time counts; `due` is the newest date entered by
    hand since then; `seller_acted` tells whether the seller ever answered, conceded, settled or wrote.
    """

    __slots__ = (
        "_count",
        "_events",
        "due",
        "entered",
        "last_move",
        "offers",
        "request",
        "seller_acted",
        "settlements",
        "solved",
    )

    def __init__(self, events: Iterable[Event] = ()) -> None:
        self._events: list[Event] = []
        self._count = 0
        self.settlements: tuple[tuple[Event, Settlement], ...] = ()
        self.offers: tuple[tuple[Event, Offer], ...] = ()
        self.last_move: Event | None = None
        self.request: Event | None = None
        self.solved: Event | None = None
        self.entered: Event | None = None
        self.due: Due | None = None
        self.seller_acted = False
        for event in events:
            self._take(event)

    def then(self, event: Event) -> "History":
        """The history with this event at its end."""
        longer = History.__new__(History)
        for name in History.__slots__:
            setattr(longer, name, getattr(self, name))
        if len(self._events) > self._count:  # another history went on from here already
            longer._events = self._events[: self._count]
        longer._take(event)
        return longer

    def _take(self, event: Event) -> None:
        self._events.append(event)
        self._count += 1
        action, fact = event.action, event.fact
        if action is not Action.NOTE:
            self.last_move = event
            if action is Action.REQUEST_CANCEL:
                self.request = event
            elif action in _SOLVING:
                self.solved = event
            if event.starts_window:
                self.entered, self.due = event, None
        if event.party is Party.SELLER:
            self.seller_acted = True
        if fact is None:
            return
        if isinstance(fact, Message):
            self.seller_acted = self.seller_acted or fact.speaker is Party.SELLER
        elif isinstance(fact, Due):
            self.due = fact
        elif isinstance(fact, Settlement):
            self.settlements += ((event, fact),)
        elif isinstance(fact, Offer):
            self.offers += ((event, fact),)

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> Event: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Event, ...]: ...

    def __getitem__(self, index: int | slice) -> Event | tuple[Event, ...]:
        if isinstance(index, slice):
            return tuple(self._events[slice(*index.indices(self._count))])
        return self._events[range(self._count)[index]]

    def __iter__(self) -> Iterator[Event]:
        return islice(self._events, self._count)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, tuple | History) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]  # as of a list: nobody looks one up by its events

    def __repr__(self) -> str:
        return f"History({self._events[: self._count]})"


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
    def messages(self) -> tuple[tuple[Event, Message], ...]:
        """Every message, oldest first."""
        return tuple((event, event.fact) for event in self.history if isinstance(event.fact, Message))

    @property
    def evidence(self) -> tuple[tuple[Event, Evidence], ...]:
        """Every file kept as evidence, oldest first."""
        return tuple((event, event.fact) for event in self.history if isinstance(event.fact, Evidence))

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
