"""What a marketplace's own words mean in ours. The data is in TOML beside the policies."""

from collections.abc import Mapping

from dispcli.core.orders import OrderStatus
from dispcli.core.states import Outcome, State
from dispcli.namedtuples import NamedTuple


class Standing(NamedTuple):
    """A state in which a dispute may be, with its outcome where the word tells it."""

    state: State
    outcome: Outcome | None = None


class Words(NamedTuple):
    """The words of one marketplace, case-folded.

    A word for a dispute stands for every state it may mean, in the order of a dispute's life; the same word
    may mean something else in another of the platform's vocabularies.
    """

    orders: Mapping[str, OrderStatus]
    disputes: Mapping[str, Mapping[str, tuple[Standing, ...]]]
    claims: Mapping[str, str]

    def order_status(self, word: str | None) -> OrderStatus:
        """How far an order is; `unknown` for a word nobody knows, and for none."""
        return self.orders.get(_folded(word), OrderStatus.UNKNOWN) if word else OrderStatus.UNKNOWN

    def standings(self, vocabulary: str, word: str) -> tuple[Standing, ...]:
        """Where a dispute may stand; nowhere for a word nobody knows."""
        return self.disputes[vocabulary].get(_folded(word), ())

    def claim_reason(self, word: str | None) -> str:
        """Our slug for a reason to open a dispute; `other` for a word nobody knows, and for none."""
        return self.claims.get(_folded(word), "other") if word else "other"


def _folded(word: str) -> str:
    return word.strip().casefold()
