"""A dispute, its history, and the case around it that decisions are made from."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from dispcli.core.facts import Claim, Due, Evidence, EvidenceRemoved, Fact, Message, Offer, Payout, Settlement
from dispcli.core.machine import Position
from dispcli.core.money import Money
from dispcli.core.orders import Line, Order
from dispcli.core.states import Action, Outcome, Party, State

_PAUSES = (Action.NOTE, Action.REQUEST_CANCEL, Action.KEEP)


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
    histories: dict[int, tuple[Event, ...]]
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
    history: tuple[Event, ...]
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
    def settlements(self) -> tuple[tuple[Event, Settlement], ...]:
        """Every settlement noted, oldest first."""
        return tuple((event, event.fact) for event in self.history if isinstance(event.fact, Settlement))

    @property
    def payouts(self) -> tuple[tuple[Event, Payout], ...]:
        """Whatever was given to the own customer, oldest first."""
        return tuple((event, event.fact) for event in self.history if isinstance(event.fact, Payout))

    @property
    def messages(self) -> tuple[tuple[Event, Message], ...]:
        """Every message, oldest first."""
        return tuple((event, event.fact) for event in self.history if isinstance(event.fact, Message))

    @property
    def offers(self) -> tuple[tuple[Event, Offer], ...]:
        """Every answer of the seller, oldest first."""
        return tuple((event, event.fact) for event in self.history if isinstance(event.fact, Offer))

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
        solving = (Action.ACCEPT, Action.CONCEDE, Action.DECIDE)
        solved = next((event for event in reversed(self.history) if event.action in solving), None)
        if solved is None or solved.action is not Action.ACCEPT:
            return Solution(claim.remedy, claim.amount)
        offer = next((offer for event, offer in reversed(self.offers) if event.seq < solved.seq), None)
        return Solution(offer.remedy, offer.amount) if offer and offer.remedy else Solution(*claim[1:3])

    @property
    def dues(self) -> tuple[tuple[Event, Due], ...]:
        """The dates told since the dispute last moved: the newest of each party, oldest first."""
        newest: dict[Party, tuple[Event, Due]] = {}
        for event in reversed(self.history):
            if isinstance(event.fact, Due):
                newest.setdefault(event.fact.party, (event, event.fact))
            if event.starts_window:
                break
        return tuple(reversed(newest.values()))

    @property
    def due(self) -> Due | None:
        """The newest of these dates."""
        return self.dues[-1][1] if self.dues else None

    @property
    def last_move(self) -> Event | None:
        """The newest event that is more than a note."""
        return next((event for event in reversed(self.history) if event.action is not Action.NOTE), None)

    @property
    def request(self) -> Event | None:
        """The newest request to cancel."""
        asked = (event for event in reversed(self.history) if event.action is Action.REQUEST_CANCEL)
        return next(asked, None)

    @property
    def seller_events(self) -> tuple[Event, ...]:
        """Whatever the seller answered, conceded, settled or wrote, oldest first."""
        return tuple(
            event
            for event in self.history
            if event.party is Party.SELLER
            or (isinstance(event.fact, Message) and event.fact.speaker is Party.SELLER)
        )

    @property
    def seller_acted(self) -> bool:
        """Whether the seller ever did anything."""
        return bool(self.seller_events)
