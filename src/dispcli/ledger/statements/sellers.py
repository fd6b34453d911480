"""Sellers."""

from typing import Any

from sqlalchemy import func, literal_column, or_, tuple_, update
from sqlmodel import col

from dispcli.core.states import Action, Party
from dispcli.ledger.models import Disputes, Events, Orders, SellerRatings, Sellers
from dispcli.ledger.statements.orders import awaited
from dispcli.ledger.statements.parts import (
    Listing,
    add,
    among,
    binds,
    number,
    one_of,
    select,
    seller_named,
    text,
)

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

_seller = among(Orders.seller_id, "sellers")


ORDERS_OF_SELLERS = select(Orders.seller_id, func.count()).where(_seller).group_by(col(Orders.seller_id))
PROMISES_OF_SELLERS = select(Orders.seller_id, Orders.marketplace, Orders.promised, Orders.delivered).where(
    _seller, col(Orders.promised).is_not(None), or_(col(Orders.delivered).is_not(None), awaited)
)
_is_claim = one_of(Events.action, (Action.OPEN, Action.REVISE))
_sellers_word: Any = literal_column(f"'{Party.SELLER}'")
TURNS_OF_SELLERS = (
    select(
        Orders.seller_id,
        Orders.marketplace,
        Events.dispute_id,
        func.coalesce(Events.happened_at, Events.at),
        _is_claim.label("is_claim"),
    )
    .select_from(Orders)
    .join(Disputes, col(Disputes.order_id) == col(Orders.id))
    .join(Events, col(Events.dispute_id) == col(Disputes.id))
    .where(
        _seller,
        col(Disputes.replaced_by).is_(None),
        or_(_is_claim, col(Events.party) == _sellers_word, col(Events.speaker) == _sellers_word),
    )
    .order_by(col(Events.dispute_id), col(Events.seq))
)
RATINGS_OF_SELLERS = (
    select(SellerRatings.seller_id, SellerRatings.rating)
    .where(among(SellerRatings.seller_id, "sellers"), col(SellerRatings.rating).is_not(None))
    .order_by(col(SellerRatings.seller_id), col(SellerRatings.seq))
)

SELLERS = Listing(
    query=select(Sellers.id, Sellers.marketplace, Sellers.store_id, Sellers.name, Sellers.url),
    filters={
        "named": seller_named(),
        "named_folded": seller_named(folds=True),
        "id": col(Sellers.id) == number("seller_id"),
    },
    sorts={
        "name": (
            (col(Sellers.name), col(Sellers.id)),
            tuple_(Sellers.name, Sellers.id) > tuple_(text("after_name"), number("after_id")),
        )
    },
)
