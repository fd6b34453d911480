"""Lists of disputes as they stand."""

from typing import Any

from sqlalchemy import and_, case, exists, func, literal_column, or_, tuple_
from sqlalchemy.orm import aliased
from sqlmodel import col

from dispcli.core.states import State
from dispcli.ledger.models import Disputes, Messages, OrderLines, Orders, Sellers, Settlements
from dispcli.ledger.statements.narrowing import amounts, unindexed, within
from dispcli.ledger.statements.parts import (
    ONE,
    OPEN,
    Listing,
    among,
    like,
    number,
    select,
    sellers_named,
    text,
)

_newest = aliased(Settlements)
_newest_seq = (
    select(func.max(_newest.seq))
    .where(_newest.dispute_id == Settlements.dispute_id)
    .correlate(Settlements)
    .scalar_subquery()
)
_latest_settlement = (
    select(Settlements.stage)
    .where(Settlements.dispute_id == Disputes.id, Settlements.seq == _newest_seq)
    .correlate(Disputes)
    .scalar_subquery()
)
_its_line = and_(
    col(OrderLines.order_id) == col(Disputes.order_id),
    or_(
        col(OrderLines.id) == col(Disputes.line_id),
        and_(col(Disputes.line_id).is_(None), col(OrderLines.position) == ONE),
    ),
)
_line_position = case((col(Disputes.line_id).is_not(None), col(OrderLines.position)))
_CLOSED: Any = literal_column("0")


def _has_message(condition: Any) -> Any:
    return exists().where(and_(col(Messages.dispute_id) == Disputes.id, condition)).correlate(Disputes)


def _found(*, folds: bool = False) -> Any:
    """What is searched for stands somewhere in the number, the seller's name, the title, or a message."""
    return or_(
        like(Orders.number, "search", folds=folds),
        like(Sellers.name, "search", folds=folds),
        like(OrderLines.title, "search", folds=folds),
        _has_message(like(Messages.text, "search", folds=folds)),
    )


DISPUTES = Listing(
    query=select(
        Disputes.id,
        Orders.marketplace,
        Orders.number,
        _line_position.label("line"),
        col(Sellers.name).label("seller"),
        OrderLines.title,
        Disputes.state,
        Disputes.outcome,
        Disputes.reason,
        Disputes.remedy,
        Disputes.amount_minor,
        Disputes.currency,
        Disputes.opened_at,
        Disputes.updated_at,
        Disputes.seen_at,
        _latest_settlement.label("settlement"),
        Disputes.platform_id,
    )
    .select_from(Disputes)
    .join(Orders, col(Orders.id) == Disputes.order_id)
    .outerjoin(Sellers, col(Sellers.id) == Orders.seller_id)
    .outerjoin(OrderLines, _its_line),
    filters={
        "open": col(Disputes.is_open) == OPEN,
        "closed": col(Disputes.is_open) == _CLOSED,
        "state": among(Disputes.state, "states"),
        "outcome": among(Disputes.outcome, "outcomes"),
        "reason": among(Disputes.reason, "reasons"),
        "remedy": among(Disputes.remedy, "remedies"),
        "settlement": among(_latest_settlement, "stages"),
        "seller": col(Orders.seller_id).in_(sellers_named()),
        "seller_folded": col(Orders.seller_id).in_(sellers_named(folds=True)),
        "seller_id": col(Orders.seller_id) == number("seller_id"),
        "title": like(OrderLines.title, "title"),
        "title_folded": like(OrderLines.title, "title", folds=True),
        "number": col(Orders.number) == text("number"),
        "marketplace": among(unindexed(Orders.marketplace), "marketplaces"),
        "dispute": among(Disputes.id, "disputes"),
        "opened": within(col(Disputes.opened_at)),
        "updated": within(col(Disputes.updated_at)),
        "amount": amounts(Disputes, Disputes.amount_minor),
        "currency": among(Disputes.currency, "currencies"),
        "message": _has_message(like(Messages.text, "message")),
        "message_folded": _has_message(like(Messages.text, "message", folds=True)),
        "unseen": and_(
            col(Disputes.state) == literal_column(f"'{State.CANCELLED}'"),
            col(Disputes.seen_at).is_(None),
            col(Disputes.replaced_by).is_(None),
        ),
        "order": col(Disputes.order_id) == number("order_id"),
        "search": _found(),
        "search_folded": _found(folds=True),
    },
    sorts={
        "open": (
            (col(Disputes.is_open).desc(), col(Disputes.opened_at).desc(), col(Disputes.id).desc()),
            tuple_(Disputes.is_open, Disputes.opened_at, Disputes.id)
            < tuple_(number("after_open"), text("after_opened"), number("after_id")),
        ),
        "newest": (
            (col(Disputes.opened_at).desc(), col(Disputes.id).desc()),
            tuple_(Disputes.opened_at, Disputes.id) < tuple_(text("after_opened"), number("after_id")),
        ),
        "oldest": (
            (col(Disputes.opened_at), col(Disputes.id)),
            tuple_(Disputes.opened_at, Disputes.id) > tuple_(text("after_opened"), number("after_id")),
        ),
        "amount": (
            (col(Disputes.sort_currency).desc(), col(Disputes.sort_minor).desc(), col(Disputes.id).desc()),
            tuple_(Disputes.sort_currency, Disputes.sort_minor, Disputes.id)
            < tuple_(text("after_currency"), number("after_minor"), number("after_id")),
        ),
    },
)

DISPUTE_SORT_KEY = select(
    col(Disputes.is_open).label("after_open"),
    col(Disputes.opened_at).label("after_opened"),
    col(Disputes.sort_currency).label("after_currency"),
    col(Disputes.sort_minor).label("after_minor"),
    col(Disputes.id).label("after_id"),
).where(Disputes.id == number("id"))
