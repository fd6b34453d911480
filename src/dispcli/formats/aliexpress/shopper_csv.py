"""AliExpress shopper CSV: one row a line. It has no line ids, and its day can be one too early."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from dispcli.core.moments import parse_day
from dispcli.core.money import Money
from dispcli.errors import BadInput
from dispcli.formats.aliexpress.shopper import Dating, Keys, as_printed, order_of
from dispcli.formats.source import Entry, Mistake, Piece, Source, TableFormat
from dispcli.formats.tables import Row, Table
from dispcli.formats.values import required

_KEYS = Keys(
    number="Order ID",
    line_id="",
    title="Title",
    quantity="Qty",
    price="Price",
    price_info="Price Info",
    currency="Currency",
    status="Status",
    store="Store",
    store_url="Store Url",
    product_id="Product ID",
    sku_id="SKU ID",
    attributes="Attributes",
    url="Product Url",
)
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_NEEDED = frozenset({"Order Date", "Order ID", "Title", "Qty", "Price", "Currency", "Status"})


def _read(table: Table, source: Source) -> Iterator[Piece]:
    if missing := _NEEDED.difference(table.names):
        raise BadInput(f"{source.name}: a column is missing: {', '.join(sorted(missing))}")
    order = source.asked.date_order
    dating = Dating(
        lambda row: (_day(required(row, "Order Date"), order), False), lambda _: source.modified_at
    )
    for rows in table.rows():
        yield [_entry(row, dating) for row in rows]


def _day(text: str, order: str | None) -> str:
    """The extension writes ISO days; a spreadsheet that saved the file may have written its own."""
    if order is None and _ISO.fullmatch(text):
        return parse_day(text)
    if order is None:
        raise ValueError(f"not a day: {text[:40]!r} (if a spreadsheet wrote it, say --date-order dmy or mdy)")
    from dispcli.core.day_order import read_day

    return read_day(text, order)


def _entry(row: Row, dating: Dating) -> Entry | Mistake:
    if row.problem is not None:
        return Mistake(row.problem, row.line)
    try:
        return Entry(order_of(row.values, _KEYS, dating, _price), row.line)
    except ValueError as problem:
        return Mistake(str(problem), row.line)


def _price(row: Mapping[str, Any], currency: str) -> Money | None:
    return as_printed(row, _KEYS, currency)


FORMAT = TableFormat("aliexpress-shopper-csv", _NEEDED.issubset, _read)
