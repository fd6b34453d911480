"""AliExpress shopper CSV: one row a line. It has no line ids, and its day can be one too early."""

from collections.abc import Iterator

from dispcli.core.moments import parse_day
from dispcli.errors import BadInput
from dispcli.formats.aliexpress.shopper import Dating, order_of
from dispcli.formats.source import Entry, Mistake, Piece, Source, TableFormat
from dispcli.formats.tables import Row, Table
from dispcli.formats.values import required

_KEYS = {
    "Order Date": "orderDate",
    "Order ID": "orderId",
    "Title": "title",
    "Qty": "quantity",
    "Price": "price",
    "Store": "storeName",
    "Product ID": "productId",
    "SKU ID": "skuId",
    "Attributes": "attributes",
    "Price Info": "priceInfo",
    "Currency": "currency",
    "Status": "status",
    "Product Url": "productUrl",
    "Store Url": "storePageUrl",
}
_NEEDED = frozenset({"Order Date", "Order ID", "Title", "Qty", "Price", "Currency", "Status"})


def _read(table: Table, source: Source) -> Iterator[Piece]:
    if missing := _NEEDED.difference(table.names):
        raise BadInput(f"{source.name}: a column is missing: {', '.join(sorted(missing))}")
    dating = Dating(lambda row: parse_day(required(row, "orderDate")), False, lambda _: source.modified_at)
    for rows in table.rows():
        yield [_entry(row, dating) for row in rows]


def _entry(row: Row, dating: Dating) -> Entry | Mistake:
    if row.problem is not None:
        return Mistake(row.problem, row.line)
    values = {_KEYS[name]: value for name, value in row.values.items() if name in _KEYS}
    try:
        return Entry(order_of(values, dating), row.line)
    except ValueError as problem:
        return Mistake(str(problem), row.line)


FORMAT = TableFormat("aliexpress-shopper-csv", _NEEDED.issubset, _read)
