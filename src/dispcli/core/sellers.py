"""How it went with a seller: what was bought, how disputes ended, how soon they answer, what is late."""

from collections.abc import Callable, Iterable, Mapping
from itertools import groupby
from operator import itemgetter
from types import MappingProxyType
from typing import Any

from dispcli.core.lateness import ClockOf, days_later
from dispcli.core.states import FINAL, Outcome, State
from dispcli.namedtuples import NamedTuple

REFUNDS = (Outcome.REFUNDED, Outcome.PARTLY_REFUNDED, Outcome.RETURNED_AND_REFUNDED)
"""Outcomes that brought money back, all of it or a part."""

_FOUGHT = (*REFUNDS, Outcome.REPLACED, Outcome.REJECTED, Outcome.EXPIRED)
"""Outcomes that are known: nobody gave the dispute up, and how it ended was told."""


class SellerRecord(NamedTuple):
    """What is known of a seller from the buyer's own orders and disputes.

    `kept` and `late` are the orders that came by the promised day, and those that came later or are awaited
    after it. `endings` tells how many disputes ended or stand how, those recorded in error apart. `answers`
    are the days it took the seller to answer a claim, for each claim that was answered. `rating` is the
    newest one, 1 (bad) to 5.
    """

    orders: int = 0
    kept: int = 0
    late: int = 0
    endings: Mapping[str, int] = MappingProxyType({})
    answers: tuple[int, ...] = ()
    rating: int | None = None

    @property
    def disputes(self) -> int:
        """How many disputes there ever were."""
        return sum(self.endings.values())

    @property
    def open(self) -> int:
        """How many disputes go on."""
        return self._ended(*(state for state in State if state not in FINAL))

    @property
    def cancelled(self) -> int:
        """How many disputes the buyer gave up."""
        return self._ended(State.CANCELLED)

    @property
    def refunded(self) -> int:
        """How many disputes brought money back, all of it or a part."""
        return self._ended(*REFUNDS)

    @property
    def refund_share(self) -> int | None:
        """How many percent of the disputes brought money back: of those that were fought to a known end.

        None where there is none of those.
        """
        fought = self._ended(*_FOUGHT)
        return (100 * self.refunded + fought // 2) // fought if fought else None

    @property
    def answer_days(self) -> int | None:
        """The days within which half of the claims were answered that were answered at all."""
        return sorted(self.answers)[(len(self.answers) - 1) // 2] if self.answers else None

    @property
    def promised(self) -> int:
        """How many orders came, or were due to, of those with a promised day."""
        return self.kept + self.late

    def ended(self, outcome: Outcome) -> int:
        """How many disputes had this outcome."""
        return self._ended(outcome)

    def _ended(self, *words: str) -> int:
        return sum(self.endings.get(word, 0) for word in words)


class SellerSummary(NamedTuple):
    """A seller in a list, with how it went."""

    id: int
    marketplace: str
    store_id: str | None
    name: str
    url: str | None = None
    record: SellerRecord = SellerRecord()

    @property
    def short(self) -> str:
        """The short stable id: `S3`."""
        return f"S{self.id}"


class Turn(NamedTuple):
    """The buyer claims something, or the seller says something: on this day or at this instant."""

    seller_id: int
    marketplace: str
    dispute_id: int
    at: str
    is_claim: bool


def answer_days(turns: Iterable[Turn], clock_of: ClockOf) -> Mapping[int, tuple[int, ...]]:
    """For each seller, the days between a claim and the first answer to it, on the marketplace's clock.

    `turns` come dispute by dispute, the oldest first. A claim that is changed before it was answered counts
    from its beginning: the buyer has waited since then.
    """
    days: dict[int, list[int]] = {}
    for _, dispute in groupby(turns, itemgetter(2)):
        waiting: str | None = None
        for turn in dispute:
            if turn.is_claim:
                waiting = waiting or turn.at
            elif waiting is not None:
                days.setdefault(turn.seller_id, []).append(
                    days_later(waiting, turn.at, clock_of(turn.marketplace))
                )
                waiting = None
    return {seller_id: tuple(found) for seller_id, found in days.items()}


def _lowest_first(value: int | None) -> tuple[bool, int]:
    return value is None, value or 0


SELLER_SORTS: Mapping[str, Callable[[SellerRecord], Any]] = MappingProxyType(
    {
        "name": lambda _record: 0,
        "orders": lambda record: -record.orders,
        "disputes": lambda record: -record.disputes,
        "open": lambda record: -record.open,
        "refund-share": lambda record: _lowest_first(record.refund_share),
        "answer-days": lambda record: 1 if record.answer_days is None else -record.answer_days,
        "rating": lambda record: _lowest_first(record.rating),
        "late": lambda record: -record.late,
    }
)
"""The order of a list of sellers, which are by name where this is equal: what to beware of comes first."""
