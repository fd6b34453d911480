"""The plain way to the same rows: csv.reader and executemany into the tables of a ledger, nothing checked.

The tables, triggers and indexes are dispcli's own, made by it beforehand; all is one transaction.
"""

import csv
import sqlite3
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

MANY = 10_000
SEEN = "2026-10-15T12:00:00Z"
_SELLERS = "INSERT INTO sellers (id, marketplace, name, seen_at, url) VALUES (?, ?, ?, ?, ?)"
_ORDERS = (
    "INSERT INTO orders (id, marketplace, number, seller_id, placed, placed_exact, status, status_raw,"
    " currency, total_minor, seen_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_LINES = (
    "INSERT INTO order_lines (order_id, position, product_id, sku_id, title, attributes, quantity,"
    " unit_minor, currency, url) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
Row = Mapping[str, str]


def main() -> None:
    """`python -m bench.plain_import CSV LEDGER`; the ledger is there and empty."""
    table, ledger = sys.argv[1:]
    with (
        closing(sqlite3.connect(ledger, isolation_level=None)) as opened,
        Path(table).open(newline="") as file,
    ):
        opened.execute("BEGIN IMMEDIATE")
        sellers: dict[str, int] = {}
        order = 0
        for part in _parts(file):
            order = _write(opened, part, sellers, order)
        opened.execute("COMMIT")


def _parts(file: Any) -> Iterator[list[list[str]]]:
    rows = csv.reader(file)
    next(rows)
    part: list[list[str]] = []
    for row in rows:
        if len(part) >= MANY and row[1] != part[-1][1]:
            yield part
            part = []
        part.append(row)
    yield part


def _write(opened: sqlite3.Connection, rows: Sequence[list[str]], sellers: dict[str, int], order: int) -> int:
    """Columns by their place in the header of `bench.imports`. Returns the newest order's id."""
    new_sellers, orders, lines = [], [], []
    number, position = "", 0
    for (
        day,
        told,
        title,
        quantity,
        price,
        store,
        product,
        sku,
        attributes,
        _,
        currency,
        status,
        url,
        *_,
    ) in rows:
        if store not in sellers:
            sellers[store] = len(sellers) + 1
            new_sellers.append((sellers[store], "aliexpress", store, SEEN, None))
        if told != number:
            number, position, order = told, 0, order + 1
            seller = sellers[store]
            total = _minor(price)
            orders.append(
                (
                    order,
                    "aliexpress",
                    number,
                    seller,
                    day,
                    0,
                    "completed",
                    status,
                    currency,
                    total,
                    SEEN,
                    SEEN,
                )
            )
        position += 1
        unit = _minor(price)
        lines.append((order, position, product, sku, title, attributes, int(quantity), unit, currency, url))
    opened.executemany(_SELLERS, new_sellers)
    opened.executemany(_ORDERS, orders)
    opened.executemany(_LINES, lines)
    return order


def _minor(price: str) -> int:
    """`US $12.34` as cents, whatever it says."""
    return int(price[4:].replace(".", ""))


if __name__ == "__main__":
    main()
