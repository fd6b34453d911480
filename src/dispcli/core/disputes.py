"""A dispute, and the case around it that decisions are made from."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from dispcli.core.events import Event
from dispcli.core.facts import Claim, Evidence, EvidenceRemoved, Message, Offer, Payout
from dispcli.core.histories import History
from dispcli.core.machine import Position, allowed
from dispcli.core.money import Money
from dispcli.core.orders import Line, Order
from dispcli.core.states import Action, Outcome, State
from dispcli.namedtuples import NamedTuple


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

    @property
    def undisputed(self) -> tuple[Line, ...]:
        """The lines no dispute, open or over, is about; one about the whole order is about each of them."""
        about = {dispute.line_id for dispute in self.disputes.values()}
        return () if None in about else tuple(line for line in self.order.lines if line.id not in about)


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
        claim, offer = self.dispute.claim, self.history.accepted
        if offer is None or offer.remedy is None:
            return Solution(claim.remedy, claim.amount)
        return Solution(offer.remedy, offer.amount)

    @property
    def answer(self) -> Offer | None:
        """What the seller answered, as it stands; None where it has not, or what isn't known."""
        return self.history.answer if self.dispute.standing is State.ANSWERED else None

    @property
    def is_refused(self) -> bool:
        """Whether the seller's answer, as it stands, is that there is no offer."""
        return self.answer is not None and self.answer.remedy is None

    @property
    def possible(self) -> tuple[Action, ...]:
        """What may be recorded as it stands; where the seller refused, there is nothing to accept."""
        return self.without_refused(allowed(self.dispute.state))

    def without_refused(self, actions: Iterable[Action]) -> tuple[Action, ...]:
        """These actions, but to accept only where the seller didn't refuse."""
        return tuple(action for action in actions if action is not Action.ACCEPT or not self.is_refused)
