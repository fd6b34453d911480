"""Sellers."""

from typing import Any

from sqlalchemy import func, literal_column, tuple_, update
from sqlmodel import col

from dispcli.core.states import State
from dispcli.ledger.models import Disputes, Orders, SellerRatings, Sellers
from dispcli.ledger.statements.parts import OPEN, Listing, add, binds, number, select, seller_named, text

SELLER_BY_STORE = select(Sellers.id, Sellers.name, Sellers.url, Sellers.seen_at).where(
    Sellers.marketplace == text("marketplace"), Sellers.store_id == text("store_id")
)
SELLER_BY_NAME = select(Sellers.id, Sellers.name, Sellers.url, Sellers.seen_at).where(
    Sellers.name == text("name"),
    Sellers.marketplace == text("marketplace"),
    col(Sellers.store_id).is_(None),
)
ADD_SELLER = add(Sellers, "id", "marketplace", "store_id", "name", "url", "seen_at")
RENAME_SELLER = (
    update(Sellers)
    .values(binds(Sellers, ("name", "url", "seen_at")))
    .where(col(Sellers.id) == number("seller_id"))
)
RATINGS_OF_SELLER = (
    select(SellerRatings.at, SellerRatings.actor, SellerRatings.rating, SellerRatings.note)
    .where(col(SellerRatings.seller_id) == number("seller_id"))
    .order_by(col(SellerRatings.seq))
)
ADD_RATING = add(SellerRatings, "seller_id", "seq", "at", "actor", "rating", "note")

_count = func.count
_of_seller = col(Orders.seller_id) == col(Sellers.id)
_orders_of_seller = (
    select(_count()).select_from(Orders).where(_of_seller).correlate(Sellers).scalar_subquery()
)


def _disputes_of_seller(*conditions: Any) -> Any:
    counted = select(_count()).select_from(Disputes).join(Orders, col(Orders.id) == Disputes.order_id)
    return counted.where(_of_seller, *conditions).correlate(Sellers).scalar_subquery()


_refunds: Any = literal_column("disputes.outcome IN ('refunded', 'partly_refunded', 'returned_and_refunded')")
SELLERS = Listing(
    query=select(
        Sellers.id,
        Sellers.marketplace,
        Sellers.store_id,
        Sellers.name,
        _orders_of_seller.label("orders"),
        _disputes_of_seller().label("disputes"),
        _disputes_of_seller(col(Disputes.is_open) == OPEN).label("open"),
        _disputes_of_seller(col(Disputes.state) == literal_column(f"'{State.CANCELLED}'")).label("cancelled"),
        _disputes_of_seller(_refunds).label("refunded"),
    ),
    filters={
        "named": seller_named(),
        "named_folded": seller_named(folds=True),
    },
    sorts={
        "name": (
            (col(Sellers.name), col(Sellers.id)),
            tuple_(Sellers.name, Sellers.id) > tuple_(text("after_name"), number("after_id")),
        )
    },
)
