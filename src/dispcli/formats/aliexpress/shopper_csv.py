"""AliExpress shopper CSV: one row a line. It has no line ids, and its day can be one too early."""

import csv
import io
from collections.abc import Iterator

from dispcli.core.moments import parse_day
from dispcli.formats.shopper import Dating, Row, read_rows
from dispcli.formats.source import MAX_FIELD, Format, Mistake, Read, Source, Words

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
_NEEDED = ("Order Date", "Order ID", "Title", "Qty", "Price", "Currency", "Status")


def _recognises(text: str) -> bool:
    header = text.partition("\n")[0]
    return all(name in header for name in _NEEDED) and not header.lstrip().startswith(("{", "["))


def _read(source: Source, words: Words) -> Read:
    mistakes: list[Mistake] = []
    dating = Dating(lambda row: parse_day(row["orderDate"].strip()), False, lambda _: source.modified_at)
    return read_rows(_rows(source.text, mistakes), dating, words, mistakes)


def _rows(text: str, mistakes: list[Mistake]) -> Iterator[Row]:
    """Each row by its column names, with the line it ends on; what is no row becomes a mistake."""
    csv.field_size_limit(MAX_FIELD)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [name.strip() for name in next(reader)]
        if twice := sorted({name for name in header if header.count(name) > 1}):
            mistakes.append(Mistake(f"a column stands twice: {', '.join(twice)}", 1))
            return
        if missing := [name for name in _NEEDED if name not in header]:
            mistakes.append(Mistake(f"a column is missing: {', '.join(missing)}", 1))
            return
        for row in reader:
            if not row:
                continue
            if len(row) != len(header):
                told = f"{len(row)} fields where the header has {len(header)}"
                mistakes.append(Mistake(told, reader.line_num))
                continue
            values = zip(header, row, strict=True)
            yield Row({_KEYS[name]: value for name, value in values if name in _KEYS}, reader.line_num)
    except csv.Error as problem:
        mistakes.append(Mistake(f"not well-formed CSV: {problem}", reader.line_num))


FORMAT = Format("aliexpress-shopper-csv", "aliexpress", _recognises, _read)
