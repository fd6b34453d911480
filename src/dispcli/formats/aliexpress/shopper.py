"""What the shopper extension's CSV and JSON have in common: one row a line of an order, priced per piece."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from dispcli.core.money import Money
from dispcli.core.new_orders import NewLine, NewOrder
from dispcli.formats.aliexpress.order_status import WORDS
from dispcli.formats.aliexpress.printed import printed_price, store_id
from dispcli.formats.values import digits, optional, quantity, required, web_address
from dispcli.namedtuples import NamedTuple

_NUMBER = re.compile(r"[0-9]{6,32}", re.ASCII)


class Dating(NamedTuple):
    """How a format tells the day of an order, with whether that day is sure, and how old a row is."""

    day: Callable[[Mapping[str, Any]], tuple[str, bool]]
    seen_at: Callable[[Mapping[str, Any]], str]


class Keys(NamedTuple):
    """What a format calls each value of a row; its own names stand in what is wrong."""

    number: str
    line_id: str
    title: str
    quantity: str
    price: str
    price_info: str
    currency: str
    status: str
    store: str
    store_url: str
    product_id: str
    sku_id: str
    attributes: str
    url: str


PriceReader = Callable[[Mapping[str, Any], str], Money | None]
"""From a row and its currency to the price of a piece. Raises ValueError."""


def order_of(row: Mapping[str, Any], keys: Keys, dating: Dating, price: PriceReader) -> NewOrder:
    """An order with the one line the row tells of. Raises ValueError with a sentence."""
    number = required(row, keys.number)
    if not _NUMBER.fullmatch(number):
        raise ValueError(f"order number {number!r} is not a number of 6 to 32 digits")
    currency = required(row, keys.currency)
    raw_status = optional(row, keys.status)
    unit_price = price(row, currency)
    if unit_price is None:
        raise ValueError(f"{keys.price} is missing")
    placed, exact = dating.day(row)
    line = NewLine(
        title=required(row, keys.title),
        quantity=quantity(required(row, keys.quantity)),
        unit_price=unit_price,
        platform_id=digits(row, keys.line_id),
        product_id=digits(row, keys.product_id),
        sku_id=digits(row, keys.sku_id),
        attributes=optional(row, keys.attributes),
        url=web_address(row, keys.url),
    )
    page = web_address(row, keys.store_url)
    return NewOrder(
        marketplace="aliexpress",
        number=number,
        placed=placed,
        placed_exact=exact,
        status=WORDS.order_status(raw_status),
        status_raw=raw_status,
        seen_at=dating.seen_at(row),
        seller_name=optional(row, keys.store),
        store_id=store_id(page),
        store_url=page,
        lines=(line,),
    )


def as_printed(row: Mapping[str, Any], keys: Keys, currency: str) -> Money | None:
    """The price as the page prints it. Raises ValueError."""
    return printed_price(optional(row, keys.price), optional(row, keys.price_info), currency)
