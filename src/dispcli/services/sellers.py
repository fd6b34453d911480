"""Sellers: how it went with them, and what the buyer thinks of them."""

from collections.abc import Sequence
from datetime import datetime

from dispcli.core.order_views import SellerView
from dispcli.core.orders import Rating
from dispcli.core.seller_results import SellerResult
from dispcli.core.sellers import SELLER_SORTS, SellerSummary
from dispcli.core.summaries import DisputeQuery, OrderQuery
from dispcli.ledger.ledger import Ledger
from dispcli.ledger.reader import Reader
from dispcli.policies import Policies
from dispcli.services.seller_names import find_seller

_RECENT = 10


def list_sellers(
    ledger: Reader,
    name: str | None,
    limit: int | None,
    policies: Policies,
    now: datetime,
    *,
    sort: str = "name",
    disputed: bool = False,
) -> tuple[list[SellerSummary], bool]:
    """The sellers, or those with this in their name, and whether there are more than the limit.

    Only by name can the ledger stop early: everything else is to be counted for all of them first.
    """
    early = limit is not None and sort == "name" and not disputed
    with ledger.reading():
        found = ledger.sellers(name, limit + 1 if early and limit is not None else None)
        found = with_records(ledger, found, policies, now)
    if disputed:
        found = [seller for seller in found if seller.record.disputes]
    key = SELLER_SORTS[sort]
    found.sort(key=lambda seller: key(seller.record))
    return (found, False) if limit is None else (found[:limit], len(found) > limit)


def with_records(
    ledger: Reader, sellers: Sequence[SellerSummary], policies: Policies, now: datetime
) -> list[SellerSummary]:
    """The sellers with how it went with them. Inside a transaction."""
    records = ledger.seller_records([seller.id for seller in sellers], policies.clock_of, now)
    return [seller._replace(record=records[seller.id]) for seller in sellers]


def seller_view(ledger: Ledger, word: str, policies: Policies, now: datetime) -> SellerView:
    """The one seller that is meant, with ratings, orders and disputes. Raises NotFound or Ambiguous."""
    with ledger.reading():
        (seller,) = with_records(ledger, [find_seller(ledger, word, partial=True)], policies, now)
        ratings = ledger.ratings(seller.id)
        orders = ledger.orders(OrderQuery(seller_id=seller.id, limit=_RECENT))
        disputes = ledger.disputes(DisputeQuery(all=True, seller_id=seller.id))
    return SellerView(seller, tuple(reversed(ratings)), tuple(orders), tuple(disputes))


def rate_seller(ledger: Ledger, word: str, rating: Rating, *, partial: bool, dry_run: bool) -> SellerResult:
    """Keep what the buyer thinks of a seller; the very same again right after changes nothing.

    `partial` lets a part of the name count. Raises NotFound or Ambiguous.
    """
    with ledger.writing():
        seller = find_seller(ledger, word, partial=partial)
        newest = ledger.ratings(seller.id)[-1:]
        known = any((said.rating, said.note) == (rating.rating, rating.note) for said in newest)
        if not known and not dry_run:
            ledger.rate_seller(seller.id, rating)
    status = "unchanged" if known else "planned" if dry_run else "changed"
    return SellerResult(seller, status, rating.rating, rating.note)
