"""Lists of orders, disputes and sellers."""

from typing import TYPE_CHECKING, TypeVar

from dispcli.core.money import Money, totals
from dispcli.core.summaries import DisputeQuery, DisputeSummary, OrderQuery, OrderSummary
from dispcli.ledger.reader import Reader
from dispcli.services.names import only_order

if TYPE_CHECKING:
    from dispcli.core.filters import Term

T = TypeVar("T")


def list_orders(ledger: Reader, query: OrderQuery, after: str | None) -> tuple[list[OrderSummary], bool]:
    """The orders, and whether there are more than the limit. `after` names the last one seen."""
    with ledger.reading():
        if after is not None:
            query = query._replace(after=only_order(ledger, after).id)
        found = ledger.orders(query._replace(limit=_one_more(query.limit)))
    return _cut(found, query.limit)


def list_disputes(
    ledger: Reader, query: DisputeQuery, after: int | None
) -> tuple[list[DisputeSummary], bool]:
    """The disputes, and whether there are more than the limit. Raises NotFound for an unknown `after`."""
    with ledger.reading():
        found = ledger.disputes(query._replace(after=after, limit=_one_more(query.limit)))
    return _cut(found, query.limit)


def matching_disputes(ledger: Reader, terms: "tuple[Term, ...]") -> list[str]:
    """The ids of the disputes that a filter finds, as a list shows them. Inside a transaction."""
    return [dispute.name for dispute in ledger.disputes(DisputeQuery(where=terms))]


def matching_orders(ledger: Reader, terms: "tuple[Term, ...]") -> list[str]:
    """The names of the orders that a filter finds, as a list shows them. Inside a transaction."""
    return [f"{order.marketplace}:{order.number}" for order in ledger.orders(OrderQuery(where=terms))]


def shown_totals(amounts: list[Money | None]) -> tuple[Money, ...]:
    """The sums of what is shown, per currency."""
    return totals([amount for amount in amounts if amount])


def _one_more(limit: int | None) -> int | None:
    return None if limit is None else limit + 1


def _cut(found: list[T], limit: int | None) -> tuple[list[T], bool]:
    return (found, False) if limit is None else (found[:limit], len(found) > limit)
