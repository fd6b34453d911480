"""What the shopper extension's CSV and JSON have in common: one row a line of an order, priced per piece."""

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from dispcli.core.money import Money, exponent, parse_printed
from dispcli.core.new_orders import NewLine, NewOrder
from dispcli.formats.values import digits, optional, quantity, required, web_address
from dispcli.policies import words_for

_NUMBER = re.compile(r"[0-9]{6,32}", re.ASCII)
_STORE = re.compile(r"/store/([0-9]{1,20})(?:[/?#]|$)", re.ASCII)
_PRICE_INFO = re.compile(r"[^|]*\|([0-9., \u00a0\u202f]+)\|([0-9]*)", re.ASCII)

WORDS = words_for("aliexpress")
"""What AliExpress' words mean."""


class Dating(NamedTuple):
    """How a format tells the day of an order, whether that day is sure, and how old a row is."""

    day: Callable[[Mapping[str, Any]], str]
    exact: bool
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


def order_of(row: Mapping[str, Any], keys: Keys, dating: Dating) -> NewOrder:
    """An order with the one line the row tells of. Raises ValueError with a sentence."""
    number = required(row, keys.number)
    if not _NUMBER.fullmatch(number):
        raise ValueError(f"order number {number!r} is not a number of 6 to 32 digits")
    currency = required(row, keys.currency)
    raw_status = optional(row, keys.status)
    line = NewLine(
        title=required(row, keys.title),
        quantity=quantity(required(row, keys.quantity)),
        unit_price=_price(row, keys, currency),
        platform_id=digits(row, keys.line_id),
        product_id=digits(row, keys.product_id),
        sku_id=digits(row, keys.sku_id),
        attributes=optional(row, keys.attributes),
        url=web_address(row, keys.url),
    )
    page = web_address(row, keys.store_url)
    store = _STORE.search(page) if page else None
    return NewOrder(
        marketplace="aliexpress",
        number=number,
        placed=dating.day(row),
        placed_exact=dating.exact,
        status=WORDS.order_status(raw_status),
        status_raw=raw_status,
        seen_at=dating.seen_at(row),
        seller_name=optional(row, keys.store),
        store_id=store[1] if store else None,
        store_url=page,
        lines=(line,),
    )


def _price(row: Mapping[str, Any], keys: Keys, currency: str) -> Money:
    """The unit price. `priceInfo` (`129,46zł|129|46`) says which digits are decimals, so it goes first."""
    info = optional(row, keys.price_info)
    match = _PRICE_INFO.fullmatch(info) if info else None
    if match and len(match[2]) == exponent(currency):
        whole = match[1] if match[1].isdigit() else re.sub(r"[^0-9]", "", match[1])
        if 0 < len(whole) <= 15:
            return Money(int(whole + match[2]), currency)
    printed = required(row, keys.price)
    price = parse_printed(printed, currency)
    if price.minor < 0:
        raise ValueError(f"price {printed!r} is below zero")
    return price
