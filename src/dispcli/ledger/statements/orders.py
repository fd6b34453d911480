"""Orders and their lines."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Table, and_, delete, exists, func, insert, literal_column, not_, or_, tuple_, update
from sqlalchemy.schema import CreateTable
from sqlmodel import col

from dispcli.core.orders import OrderStatus
from dispcli.ledger.models import Disputes, OrderLines, Orders, Sellers
from dispcli.ledger.models.staging import staged_lines, staged_orders
from dispcli.ledger.statements.narrowing import amounts, is_day, unindexed, within
from dispcli.ledger.statements.parts import (
    ONE,
    Listing,
    Positional,
    add,
    among,
    binds,
    like,
    number,
    one_of,
    select,
    sellers_named,
    text,
    value_for,
)

_first_line = and_(col(OrderLines.order_id) == col(Orders.id), col(OrderLines.position) == ONE)
_line_count = (
    select(func.count())
    .select_from(OrderLines)
    .where(OrderLines.order_id == Orders.id)
    .correlate(Orders)
    .scalar_subquery()
)
_parcels = literal_column("', '").op("||")(col(Orders.tracking)).op("||")(literal_column("', '"))
_says_arrived = one_of(Orders.status, (status for status in OrderStatus if status.says_arrived))
_arrived = or_(col(Orders.delivered).is_not(None), _says_arrived)


def _today(field: str) -> Any:
    """When today is or began on the clock of the order's marketplace, else on that of all others."""
    return func.coalesce(value_for(Orders.marketplace, f"today_{field}"), text(f"others_{field}"))


awaited = and_(
    one_of(Orders.status, (status for status in OrderStatus if status.is_awaited)),
    col(Orders.delivered).is_(None),
)
"""The order may still come, and has not."""

_late = and_(
    awaited,
    or_(
        and_(is_day(Orders.promised), col(Orders.promised) < _today("day")),
        and_(not_(is_day(Orders.promised)), col(Orders.promised) < _today("began")),
    ),
)
_disputed = exists().where(col(Disputes.order_id) == Orders.id)


def _has_line(condition: Any) -> Any:
    return exists().where(and_(col(OrderLines.order_id) == Orders.id, condition)).correlate(Orders)


def _found(*, folds: bool = False) -> Any:
    """What is searched for stands somewhere in the number, the seller's name, or a title."""
    return or_(
        like(Orders.number, "search", folds=folds),
        like(Sellers.name, "search", folds=folds),
        _has_line(like(OrderLines.title, "search", folds=folds)),
    )


ORDERS = Listing(
    query=select(
        Orders.id,
        Orders.marketplace,
        Orders.number,
        Orders.placed,
        Orders.status,
        col(Sellers.name).label("seller"),
        OrderLines.title,
        _line_count.label("lines"),
        Orders.total_minor,
        Orders.currency,
        Orders.promised,
        Orders.delivered,
        Orders.protection_ends,
        Orders.tracking,
    )
    .select_from(Orders)
    .outerjoin(Sellers, col(Sellers.id) == Orders.seller_id)
    .outerjoin(OrderLines, _first_line),
    filters={
        "status": among(Orders.status, "statuses"),
        "disputed": _disputed,
        "undisputed": not_(_disputed),
        "late": _late,
        "arrived": _arrived,
        "seller": col(Orders.seller_id).in_(sellers_named()),
        "seller_folded": col(Orders.seller_id).in_(sellers_named(folds=True)),
        "seller_id": col(Orders.seller_id) == number("seller_id"),
        "title": _has_line(like(OrderLines.title, "title")),
        "title_folded": _has_line(like(OrderLines.title, "title", folds=True)),
        "number": col(Orders.number) == text("number"),
        "marketplace": among(unindexed(Orders.marketplace), "marketplaces"),
        "placed": within(col(Orders.placed)),
        "shipped": within(col(Orders.shipped)),
        "promised": within(col(Orders.promised)),
        "delivered": within(col(Orders.delivered)),
        "protection_ends": within(col(Orders.protection_ends)),
        "total": amounts(Orders, Orders.total_minor),
        "tracking": _parcels.like(text("tracking"), escape="\\"),
        "currency": among(Orders.currency, "currencies"),
        "search": _found(),
        "search_folded": _found(folds=True),
    },
    sorts={
        "newest": (
            (col(Orders.placed).desc(), col(Orders.id).desc()),
            tuple_(Orders.placed, Orders.id) < tuple_(text("after_placed"), number("after_id")),
        ),
        "oldest": (
            (col(Orders.placed), col(Orders.id)),
            tuple_(Orders.placed, Orders.id) > tuple_(text("after_placed"), number("after_id")),
        ),
        "amount": (
            (col(Orders.sort_currency).desc(), col(Orders.sort_minor).desc(), col(Orders.id).desc()),
            tuple_(Orders.sort_currency, Orders.sort_minor, Orders.id)
            < tuple_(text("after_currency"), number("after_minor"), number("after_id")),
        ),
        "number": (
            (col(Orders.number), col(Orders.id)),
            tuple_(Orders.number, Orders.id) > tuple_(text("after_number"), number("after_id")),
        ),
    },
)

ORDER_SORT_KEY = select(
    col(Orders.placed).label("after_placed"),
    col(Orders.sort_currency).label("after_currency"),
    col(Orders.sort_minor).label("after_minor"),
    col(Orders.number).label("after_number"),
    col(Orders.id).label("after_id"),
).where(Orders.id == number("id"))

MARKS_OF_ORDERS = (
    select(Disputes.order_id, Disputes.id, Disputes.state)
    .where(among(Disputes.order_id, "orders"))
    .order_by(col(Disputes.order_id), col(Disputes.id))
)
MARKS_OF_ALL_ORDERS = select(Disputes.order_id, Disputes.id, Disputes.state).order_by(
    col(Disputes.order_id), col(Disputes.id)
)

_order_columns: Any = (
    Orders.id,
    Orders.marketplace,
    Orders.number,
    Orders.placed,
    Orders.status,
    Orders.status_raw,
    Orders.currency,
    Orders.total_minor,
    Orders.shipped,
    Orders.promised,
    Orders.delivered,
    Orders.protection_ends,
    Orders.protection_basis,
    Orders.tracking,
    Orders.purchase_id,
    Orders.placed_exact,
    Orders.seen_at,
    Orders.seller_id,
    col(Sellers.marketplace).label("seller_marketplace"),
    Sellers.name,
    Sellers.store_id,
    Sellers.url,
)
whole_order = (
    select(*_order_columns).select_from(Orders).outerjoin(Sellers, col(Sellers.id) == Orders.seller_id)
)
ALL_ORDERS = whole_order.order_by(col(Orders.id))
ORDERS_NUMBERED_LIKE = select(Orders.id, Orders.marketplace, Orders.number).where(
    like(Orders.number, "pattern")
)
line_columns: Any = (
    OrderLines.id,
    OrderLines.position,
    OrderLines.title,
    OrderLines.quantity,
    OrderLines.unit_minor,
    OrderLines.currency,
    OrderLines.platform_id,
    OrderLines.product_id,
    OrderLines.sku_id,
    OrderLines.attributes,
    OrderLines.url,
)
ALL_LINES = select(*line_columns).order_by(col(OrderLines.id))

_order_facts = ("seller_id", "placed", "placed_exact", "status", "status_raw", "currency", "total_minor")
_order_dates = (
    *("shipped", "promised", "delivered", "protection_ends", "protection_basis", "tracking"),
    *("purchase_id", "seen_at", "updated_at"),
)
_new_order = ("id", "marketplace", "number", *_order_facts, *_order_dates)
ADD_ORDER = Positional(add(Orders, *_new_order))
SET_ORDER = (
    update(Orders)
    .values(binds(Orders, (*_order_facts, *_order_dates)))
    .where(col(Orders.id) == number("order_id"))
)
_line_facts = (
    "platform_id",
    "product_id",
    "sku_id",
    "title",
    "attributes",
    "quantity",
    "unit_minor",
    "currency",
    "url",
)
_new_line = ("order_id", "position", *_line_facts)
ADD_LINE = Positional(add(OrderLines, *_new_line))
SET_LINE = (
    update(OrderLines).values(binds(OrderLines, _line_facts)).where(col(OrderLines.id) == number("line_id"))
)


def _from(waiting: Table, model: Any, names: Sequence[str]) -> Any:
    """All that waits there, in its order."""
    return insert(model).from_select(
        names, select(*(waiting.c[name] for name in names)).order_by(waiting.c.place)
    )


# Many at once wait beside the ledger first, as events do: it costs a third.
STAGING_ORDERS = CreateTable(staged_orders, if_not_exists=True)
STAGING_LINES = CreateTable(staged_lines, if_not_exists=True)
STAGE_ORDER = Positional(insert(staged_orders).values(binds(Orders, _new_order)))
STAGE_LINE = Positional(insert(staged_lines).values(binds(OrderLines, _new_line)))
WRITE_ORDERS = _from(staged_orders, Orders, _new_order)
WRITE_LINES = _from(staged_lines, OrderLines, _new_line)
CLEAR_ORDERS = delete(staged_orders)
CLEAR_LINES = delete(staged_lines)
