"""What the Open Platform's two answers about one order have in common."""

from collections.abc import Iterable, Mapping
from typing import Any

from dispcli.core.new_orders import NewLine, NewOrder
from dispcli.core.orders import OrderStatus
from dispcli.formats.aliexpress.amounts import money_of
from dispcli.formats.aliexpress.answers import objects
from dispcli.formats.aliexpress.order_status import WORDS, status_of
from dispcli.formats.aliexpress.times import pacific
from dispcli.formats.values import digits, optional, quantity


def open_order(values: Mapping[str, Any], number: str, seen_at: str) -> NewOrder:
    """The order with its day, status and lines. Raises ValueError with a sentence."""
    placed = pacific(values, "gmt_create")
    if placed is None:
        raise ValueError("gmt_create is missing")
    children = objects(values, "child_order_list")
    status, word = status_of(optional(values, "order_status"), _ends(values, children))
    if WORDS.order_status(optional(values, "frozen_status")) is OrderStatus.FROZEN:
        status = OrderStatus.FROZEN
    return NewOrder(
        marketplace="aliexpress",
        number=number,
        placed=placed,
        placed_exact=True,
        status=status,
        status_raw=word,
        seen_at=seen_at,
        lines=tuple(map(_line, children)),
    )


def tracking_of(parcels: Iterable[Mapping[str, Any]]) -> str | None:
    """The numbers of the parcels, each once; None where none has one yet."""
    numbers = (optional(parcel, "logistics_no") for parcel in parcels)
    return ", ".join(dict.fromkeys(number for number in numbers if number)) or None


def _ends(values: Mapping[str, Any], children: list[Mapping[str, Any]]) -> list[str | None]:
    """Why the order ended; where it isn't told, why each of its lines did."""
    end = optional(values, "order_end_reason") or optional(values, "end_reason")
    return [end] if end else [optional(child, "end_reason") for child in children]


def _line(child: Mapping[str, Any]) -> NewLine:
    """A line, priced per piece; what was paid for all of it (`actual_fee`) holds shipping and tax too."""
    product = digits(child, "product_id")
    return NewLine(
        title=optional(child, "product_name") or (f"product {product}" if product else "unnamed product"),
        quantity=quantity(optional(child, "product_count") or "1"),
        unit_price=money_of(child, "product_price"),
        platform_id=digits(child, "child_order_id") or digits(child, "id"),
        product_id=product,
        sku_id=digits(child, "sku_id"),
    )
