"""AliExpress shopper JSON: an array of lines, with line ids, the true day and the age of each row."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from dispcli.core.moments import parse_day
from dispcli.core.money import Money
from dispcli.formats.aliexpress.amounts import decimal_money
from dispcli.formats.aliexpress.printed import printed_day, required_day
from dispcli.formats.aliexpress.shopper import Dating, Keys, as_printed, order_of
from dispcli.formats.aliexpress.times import epoch_instant
from dispcli.formats.source import DocumentFormat, Entry, Mistake, Source
from dispcli.formats.values import optional

_DAYS = ("orderDate", "orderDateIso")
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


def _recognises(row: Any) -> bool:
    return isinstance(row, dict) and "orderId" in row and any(key in row for key in _DAYS)


def _read(rows: Iterator[Any], source: Source) -> Iterator[Entry | Mistake]:
    dating = Dating(_day, lambda row: epoch_instant(row, "timestamp") or source.modified_at)
    for number, row in enumerate(rows, start=1):
        try:
            if not isinstance(row, dict):
                raise ValueError("not an object")
            yield Entry(order_of(row, _KEYS, dating, _price), item=number)
        except ValueError as problem:
            yield Mistake(str(problem), item=number)


def _day(row: Mapping[str, Any]) -> tuple[str, bool]:
    """The printed day is the true one; the ISO day can be one too early, so it isn't sure."""
    printed, iso = optional(row, "orderDate"), optional(row, "orderDateIso")
    if printed is not None and (day := printed_day(printed)):
        return day, True
    if iso is not None:
        return parse_day(iso), False
    if printed is None:
        raise ValueError("orderDate is missing")
    return required_day(printed), True


def _price(row: Mapping[str, Any], currency: str) -> Money | None:
    """The price as the page prints it, or as a number."""
    is_number = isinstance(row.get(_KEYS.price), Decimal)
    return decimal_money(row, _KEYS.price, currency) if is_number else as_printed(row, _KEYS, currency)


FORMAT = DocumentFormat("aliexpress-shopper-json", _recognises, _read)
