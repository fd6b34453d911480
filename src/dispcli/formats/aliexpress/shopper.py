"""What the shopper extension's CSV and JSON have in common: one row a line of an order, priced per piece."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from dispcli.core.money import Money, exponent, parse_printed
from dispcli.core.new_orders import NewLine, NewOrder, lines_total
from dispcli.core.orders import OrderStatus
from dispcli.formats.source import MAX_FIELD, Mistake, Read, Words, gather

_NUMBER = re.compile(r"[0-9]{6,32}", re.ASCII)
_QUANTITY = re.compile(r"[0-9]{1,6}", re.ASCII)
_STORE = re.compile(r"/store/([0-9]{1,20})(?:[/?#]|$)", re.ASCII)
_PRICE_INFO = re.compile(r"[^|]*\|([0-9., \u00a0\u202f]+)\|([0-9]*)", re.ASCII)


class Row(NamedTuple):
    """One row of a file and where it stands. Keys of the values are those of the JSON."""

    values: Mapping[str, Any]
    line: int | None = None
    item: int | None = None


class Dating(NamedTuple):
    """How a format tells the day of an order, whether that day is sure, and how old a row is."""

    day: Callable[[Mapping[str, Any]], str]
    exact: bool
    seen_at: Callable[[Mapping[str, Any]], str]


def read_rows(rows: Iterable[Row], dating: Dating, words: Words, mistakes: list[Mistake]) -> Read:
    """The orders the rows tell of; a row that is wrong becomes a mistake, and the next one is read."""
    unknown: dict[str, None] = {}
    found: list[NewOrder] = []
    for row in rows:
        try:
            order = order_of(row.values, dating, words)
        except ValueError as problem:
            mistakes.append(Mistake(str(problem), line=row.line, item=row.item))
            continue
        if words(order.status_raw or "") is None:
            unknown[order.status_raw or ""] = None
        found.append(order)
    return Read(_with_totals(gather(found), mistakes), tuple(mistakes), tuple(unknown), len(found))


def _with_totals(orders: Iterable[NewOrder], mistakes: list[Mistake]) -> tuple[NewOrder, ...]:
    """The files tell no total: it is the sum of the lines."""
    summed = []
    for order in orders:
        try:
            summed.append(order._replace(total=lines_total(order.lines)))
        except ValueError as problem:
            mistakes.append(Mistake(f"order {order.number}: {problem}"))
    return tuple(summed)


def order_of(row: Mapping[str, Any], dating: Dating, words: Words) -> NewOrder:
    """An order with the one line the row tells of. Raises ValueError with a sentence.

    Keys are those of the JSON: orderId, orderLineId, title, quantity, price, priceInfo, currency,
    status, storeName, storePageUrl, productId, skuId, attributes, productUrl.
    """
    number = _required(row, "orderId")
    if not _NUMBER.fullmatch(number):
        raise ValueError(f"order number {number!r} is not a number of 6 to 32 digits")
    currency = _required(row, "currency")
    raw_status = _optional(row, "status")
    line = NewLine(
        title=_required(row, "title"),
        quantity=_quantity(_required(row, "quantity")),
        unit_price=_price(row, currency),
        platform_id=_digits(row, "orderLineId"),
        product_id=_digits(row, "productId"),
        sku_id=_digits(row, "skuId"),
        attributes=_optional(row, "attributes"),
        url=_web_address(row, "productUrl"),
    )
    page = _web_address(row, "storePageUrl")
    store = _STORE.search(page or "")
    return NewOrder(
        marketplace="aliexpress",
        number=number,
        placed=dating.day(row),
        placed_exact=dating.exact,
        status=words(raw_status or "") or OrderStatus.UNKNOWN,
        status_raw=raw_status,
        seen_at=dating.seen_at(row),
        seller_name=_optional(row, "storeName"),
        store_id=store[1] if store else None,
        store_url=page,
        lines=(line,),
    )


def _optional(row: Mapping[str, Any], name: str) -> str | None:
    value = row.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise ValueError(f"{name} is no text")
    text = str(value).strip()
    if len(text) > MAX_FIELD:
        raise ValueError(f"{name} is longer than {MAX_FIELD // 1024} KiB")
    if any("\ud800" <= char <= "\udfff" for char in text):
        raise ValueError(f"{name} has half a character (a lone surrogate)")
    if "\x00" in text:
        raise ValueError(f"{name} has a NUL character")
    return text or None


def _required(row: Mapping[str, Any], name: str) -> str:
    text = _optional(row, name)
    if text is None:
        raise ValueError(f"{name} is missing")
    return text


def _digits(row: Mapping[str, Any], name: str) -> str | None:
    text = _optional(row, name)
    if text is not None and not (text.isascii() and text.isdigit()):
        raise ValueError(f"{name} {text!r} is not a number")
    return text


def _quantity(text: str) -> int:
    if not _QUANTITY.fullmatch(text) or int(text) == 0:
        raise ValueError(f"quantity {text!r} is not a whole number from 1 to 999999")
    return int(text)


def _price(row: Mapping[str, Any], currency: str) -> Money:
    """The unit price. `priceInfo` (`129,46zł|129|46`) says which digits are decimals, so it goes first."""
    info = _optional(row, "priceInfo")
    match = _PRICE_INFO.fullmatch(info) if info else None
    if match and len(match[2]) == exponent(currency):
        whole = re.sub(r"[^0-9]", "", match[1])
        if 0 < len(whole) <= 15:
            return Money(int(whole + match[2]), currency)
    price = parse_printed(_required(row, "price"), currency)
    if price.minor < 0:
        raise ValueError(f"price {row['price']!r} is below zero")
    return price


def _web_address(row: Mapping[str, Any], name: str) -> str | None:
    """An http(s) address; anything else is left out, as nothing hangs on it."""
    text = _optional(row, name)
    if text is None:
        return None
    text = f"https:{text}" if text.startswith("//") else text
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    return text if parts.scheme in ("http", "https") and parts.hostname else None
