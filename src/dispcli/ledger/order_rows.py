"""Orders and their lines: rows to values and back."""

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from dispcli.core.moments import require_instant
from dispcli.core.money import money_of
from dispcli.core.orders import Line, Order, OrderStatus, Seller
from dispcli.ledger.rows import Row, damaged

if TYPE_CHECKING:
    from dispcli.core.new_orders import NewLine, NewOrder


_NEW_ORDER = (
    "id",
    "marketplace",
    "number",
    "seller_id",
    "placed",
    "placed_exact",
    "status",
    "status_raw",
    "currency",
    "total_minor",
    "shipped",
    "promised",
    "delivered",
    "protection_ends",
    "protection_basis",
    "tracking",
    "purchase_id",
    "seen_at",
    "updated_at",
)
_NEW_LINE = (
    "order_id",
    "position",
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
"""The columns of an order and a line in the order of the statements that add them."""

# Looking a word up is a third of the time of asking its class.
_STATUSES = {str(status): status for status in OrderStatus}


def order_of(row: Row, lines: Sequence[Line]) -> Order:
    """An order from ORDERS_WHOLE with its lines. Raises LedgerTrouble."""
    id_, marketplace, number, placed, status, raw, currency, minor, *dates = row[:12]
    basis, tracking, purchase_id, _exact, _seen_at, *seller = row[12:]
    shipped, promised, delivered, protection_ends = dates
    try:
        for moment in (placed, *dates):
            if moment is not None:
                require_instant(moment)
        return Order(
            id_,
            marketplace,
            number,
            placed,
            _STATUSES[status],
            raw,
            _seller(*seller) if seller[0] is not None else None,
            money_of(minor, currency),
            shipped,
            promised,
            delivered,
            protection_ends,
            basis,
            tracking,
            purchase_id,
            lines,
        )
    except (ValueError, TypeError, KeyError) as problem:
        raise damaged(f"order {marketplace}:{number}", problem) from problem


_seller = lru_cache(256)(Seller)
"""The same seller again: orders of one shop are often read together."""


def knowledge_of(row: Row) -> tuple[bool, str]:
    """How sure the day of an order from ORDERS_WHOLE is, and how old the newest knowledge about it is."""
    exact, seen_at = row[15:17]
    return bool(exact), seen_at


def line_of(row: Row) -> Line:
    """An order's line as LINES_OF_ORDERS has it after the order's id. Raises LedgerTrouble."""
    id_, position, title, quantity, minor, currency, *rest = row
    try:
        return Line(id_, position, title, quantity, money_of(minor, currency), *rest)
    except (ValueError, TypeError) as problem:
        raise damaged(f"order line {id_}", problem) from problem


def order_facts(new: "NewOrder", seller_id: int | None, at: str) -> dict[str, Any]:
    """The binds of SET_ORDER, the order's id apart."""
    names = _NEW_ORDER[3:]
    return dict(zip(names, order_row(0, new, seller_id, at)[3:], strict=True))


def order_row(order_id: int, new: "NewOrder", seller_id: int | None, at: str) -> tuple[Any, ...]:
    """The binds of ADD_ORDER and STAGE_ORDER."""
    total = new.total
    priced = total or next((line.unit_price for line in new.lines if line.unit_price), None)
    return (
        order_id,
        new.marketplace,
        new.number,
        seller_id,
        new.placed,
        int(new.placed_exact),
        new.status,
        new.status_raw,
        priced.currency if priced else None,
        total.minor if total else None,
        new.shipped,
        new.promised,
        new.delivered,
        new.protection_ends,
        new.protection_basis,
        new.tracking,
        new.purchase_id,
        new.seen_at,
        at,
    )


def line_facts(line: "NewLine") -> dict[str, Any]:
    """The binds of SET_LINE, the line's id apart."""
    return dict(zip(_NEW_LINE[2:], line_row(0, 0, line)[2:], strict=True))


def line_row(order_id: int, position: int, line: "NewLine") -> tuple[Any, ...]:
    """The binds of ADD_LINE and STAGE_LINE."""
    title, quantity, price, platform_id, product_id, sku_id, attributes, url = line
    minor, currency = price or (None, None)
    return (
        order_id,
        position,
        platform_id,
        product_id,
        sku_id,
        title,
        attributes,
        quantity,
        minor,
        currency,
        url,
    )
