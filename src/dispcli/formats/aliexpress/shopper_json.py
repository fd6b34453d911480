"""AliExpress shopper JSON: an array of lines, with line ids, the true day and the age of each row."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from dispcli.core.moments import instant, parse_day
from dispcli.errors import BadInput
from dispcli.formats.aliexpress.shopper import Dating, Keys, order_of
from dispcli.formats.source import DocumentFormat, Entry, Mistake, Source

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_PRINTED_DAY = re.compile(r"([A-Za-z]{3}) ([0-9]{1,2}), ([0-9]{4})", re.ASCII)
_DAYS = ("orderDate", "orderDateIso")
_LATEST = datetime(2200, 1, 1, tzinfo=UTC).timestamp() * 1000


_KEYS = Keys(
    number="orderId",
    line_id="orderLineId",
    title="title",
    quantity="quantity",
    price="price",
    price_info="priceInfo",
    currency="currency",
    status="status",
    store="storeName",
    store_url="storePageUrl",
    product_id="productId",
    sku_id="skuId",
    attributes="attributes",
    url="productUrl",
)


def _recognises(data: Any) -> bool:
    first = data[0] if isinstance(data, list) and data else None
    return isinstance(first, dict) and "orderId" in first and any(key in first for key in _DAYS)


def _read(data: Any, source: Source) -> Iterator[Entry | Mistake]:
    if not isinstance(data, list):
        raise BadInput(f"{source.name}: not a list of order lines")
    dating = Dating(_day, True, lambda row: _seen_at(row, source))
    for number, row in enumerate(data, start=1):
        try:
            if not isinstance(row, dict):
                raise ValueError("not an object")
            yield Entry(order_of(row, _KEYS, dating), item=number)
        except ValueError as problem:
            yield Mistake(str(problem), item=number)


def _day(row: Mapping[str, Any]) -> str:
    """The printed day is the true one; the ISO day can be one too early."""
    printed = row.get("orderDate")
    if isinstance(printed, str) and (match := _PRINTED_DAY.fullmatch(printed.strip())):
        month = match[1].lower()
        if month in _MONTHS:
            return parse_day(f"{match[3]}-{_MONTHS.index(month) + 1:02d}-{int(match[2]):02d}")
    iso = row.get("orderDateIso")
    if not isinstance(iso, str):
        raise ValueError("orderDate is missing")
    return parse_day(iso.strip())


def _seen_at(row: Mapping[str, Any], source: Source) -> str:
    """When the row was saved: epoch milliseconds, a number or its text."""
    stamp = row.get("timestamp")
    if stamp is None:
        return source.modified_at
    text = str(stamp)
    if not (text.isascii() and text.isdigit()) or int(text) > _LATEST:
        raise ValueError(f"timestamp {text[:40]!r} is no time in epoch milliseconds")
    return instant(datetime.fromtimestamp(int(text) / 1000, UTC))


FORMAT = DocumentFormat("aliexpress-shopper-json", _recognises, _read)
