"""What the shopper extension's CSV and JSON have in common: one row a line of an order, priced per piece."""

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from dispcli.core.money import Money, exponent, parse_printed
from dispcli.core.new_orders import NewLine, NewOrder
from dispcli.formats.values import digits, optional, quantity, required, web_address
from dispcli.policies import words_for

WORDS = words_for("aliexpress")

_NUMBER = re.compile(r"[0-9]{6,32}", re.ASCII)
_STORE = re.compile(r"/store/([0-9]{1,20})(?:[/?#]|$)", re.ASCII)
_PRICE_INFO = re.compile(r"[^|]*\|([0-9., \u00a0\u202f]+)\|([0-9]*)", re.ASCII)


class Dating(NamedTuple):
    """How a format tells the day of an order, whether that day is sure, and how old a row is."""

    day: Callable[[Mapping[str, Any]], str]
    exact: bool
    seen_at: Callable[[Mapping[str, Any]], str]


def order_of(row: Mapping[str, Any], dating: Dating) -> NewOrder:
    """An order with the one line the row tells of. Raises ValueError with a sentence.

    Keys are those of the JSON: orderId, orderLineId, title, quantity, price, priceInfo, currency,
    status, storeName, storePageUrl, productId, skuId, attributes, productUrl.
    """
    number = required(row, "orderId")
    if not _NUMBER.fullmatch(number):
        raise ValueError(f"order number {number!r} is not a number of 6 to 32 digits")
    currency = required(row, "currency")
    raw_status = optional(row, "status")
    line = NewLine(
        title=required(row, "title"),
        quantity=quantity(required(row, "quantity")),
        unit_price=_price(row, currency),
        platform_id=digits(row, "orderLineId"),
        product_id=digits(row, "productId"),
        sku_id=digits(row, "skuId"),
        attributes=optional(row, "attributes"),
        url=web_address(row, "productUrl"),
    )
    page = web_address(row, "storePageUrl")
    store = _STORE.search(page or "")
    return NewOrder(
        marketplace="aliexpress",
        number=number,
        placed=dating.day(row),
        placed_exact=dating.exact,
        status=WORDS.order_status(raw_status),
        status_raw=raw_status,
        seen_at=dating.seen_at(row),
        seller_name=optional(row, "storeName"),
        store_id=store[1] if store else None,
        store_url=page,
        lines=(line,),
    )


def _price(row: Mapping[str, Any], currency: str) -> Money:
    """The unit price. `priceInfo` (`129,46zł|129|46`) says which digits are decimals, so it goes first."""
    info = optional(row, "priceInfo")
    match = _PRICE_INFO.fullmatch(info) if info else None
    if match and len(match[2]) == exponent(currency):
        whole = re.sub(r"[^0-9]", "", match[1])
        if 0 < len(whole) <= 15:
            return Money(int(whole + match[2]), currency)
    price = parse_printed(required(row, "price"), currency)
    if price.minor < 0:
        raise ValueError(f"price {row['price']!r} is below zero")
    return price
