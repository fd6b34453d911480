"""Reading a ledger: one open file, its transactions, lists and names. Enough for every list command."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from dispcli.errors import NotFound
from dispcli.ledger import compiled as sql
from dispcli.ledger import connection as files
from dispcli.ledger.header import version
from dispcli.ledger.listing import Listing

if TYPE_CHECKING:
    from dispcli.core.summaries import (
        DisputeMark,
        DisputeQuery,
        DisputeSummary,
        OrderQuery,
        OrderSummary,
        SellerSummary,
    )


class Named(NamedTuple):
    """An order by its number."""

    id: int
    marketplace: str
    number: str


class Reader:
    """One open ledger file. Everything happens inside `reading()` or `writing()`."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self.path = path

    @classmethod
    def open(cls, path: Path) -> Self:
        """An existing ledger. Raises LedgerTrouble."""
        return cls(files.connect(path), path)

    @classmethod
    def create(cls, path: Path) -> Self:
        """A ledger that is made if it is not there yet. Raises LedgerTrouble."""
        return cls(files.create(path), path)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """A transaction that sees one state of the ledger. Raises LedgerTrouble."""
        with self._transaction(write=False):
            yield

    @contextmanager
    def writing(self) -> Iterator[None]:
        """A transaction that holds the lock from its first moment; all of it happens or none.

        Raises LedgerTrouble.
        """
        with self._transaction(write=True):
            yield

    @contextmanager
    def _transaction(self, *, write: bool) -> Iterator[None]:
        try:
            with files.transaction(self._connection, write=write):
                yield
        except files.DRIVER_ERRORS as problem:
            raise files.trouble(problem, self.path) from problem

    def _all(self, statement: str, **binds: Any) -> list[Any]:
        return self._connection.execute(statement, binds).fetchall()

    def _one(self, statement: str, **binds: Any) -> Any:
        return self._connection.execute(statement, binds).fetchone()

    # --- lists ---

    def orders(self, query: "OrderQuery") -> "list[OrderSummary]":
        """Orders with the disputes they have. Raises NotFound when there is nothing to continue after."""
        from dispcli.core.summaries import OrderSummary

        filters, binds = _order_filters(query)
        found = self._list(
            sql.ORDERS, filters, binds, query.sort, query.limit, sql.ORDER_SORT_KEY, query.after
        )
        every = not filters and query.limit is None and query.after is None
        marks = self._marks(None if every else [row[0] for row in found])
        return [OrderSummary(*row)._replace(marks=tuple(marks.get(row[0], ()))) for row in found]

    def _marks(self, orders: Sequence[int] | None) -> "dict[int, list[DisputeMark]]":
        from dispcli.core.summaries import DisputeMark

        if orders is None:
            found = self._all(sql.MARKS_OF_ALL_ORDERS)
        else:
            found = self._all(sql.MARKS_OF_ORDERS, orders=str(list(orders)))
        marks: dict[int, list[DisputeMark]] = {}
        for row in found:
            marks.setdefault(row[0], []).append(DisputeMark(*row))
        return marks

    def disputes(self, query: "DisputeQuery") -> "list[DisputeSummary]":
        """Disputes as they stand. Raises NotFound when there is nothing to continue after."""
        from dispcli.core.summaries import DisputeSummary

        filters, binds = _dispute_filters(query)
        found = self._list(
            sql.DISPUTES, filters, binds, query.sort, query.limit, sql.DISPUTE_SORT_KEY, query.after
        )
        return [DisputeSummary(*row) for row in found]

    def sellers(self, name: str | None = None, limit: int | None = None) -> "list[SellerSummary]":
        """Sellers by store id or part of their name, or all."""
        from dispcli.core.summaries import SellerSummary

        filters, binds = ([], {}) if name is None else (["named"], {"seller": _anywhere(name), "store": name})
        most = -1 if limit is None else limit
        return [
            SellerSummary(*row) for row in self._all(sql.SELLERS.sql(filters, "name"), **binds, limit=most)
        ]

    def _list(
        self,
        listing: Listing,
        filters: list[str],
        binds: dict[str, Any],
        sort: str,
        limit: int | None,
        key: str,
        after: int | None,
    ) -> list[Any]:
        if after is not None:
            cursor = self._connection.execute(key, {"id": after})
            names = [description[0] for description in cursor.description]
            row = cursor.fetchone()
            if row is None:
                raise NotFound(f"nothing has the id {after}, so no page can follow it")
            binds.update(zip(names, row, strict=True))
        statement = listing.sql(filters, sort, after=after is not None)
        return self._all(statement, **binds, limit=-1 if limit is None else limit)

    # --- finding by name ---

    def orders_numbered(self, number: str) -> list[Named]:
        """The orders with exactly this number, on any marketplace."""
        return [Named(*row) for row in self._all(sql.ORDERS_NUMBERED, number=number)]

    def orders_numbered_like(self, part: str, most: int) -> list[Named]:
        """Some orders whose number has this part."""
        cursor = self._connection.execute(sql.ORDERS_NUMBERED_LIKE, {"pattern": _anywhere(part)})
        return [Named(*row) for row in cursor.fetchmany(most)]

    def lines_known_as(self, platform_id: str) -> list[tuple[int, int]]:
        """(order id, line id) of the lines with this platform id."""
        return [(row[0], row[1]) for row in self._all(sql.ORDERS_OF_LINE, platform_id=platform_id)]

    def disputes_known_as(self, platform_id: str) -> list[int]:
        """The disputes with this platform id."""
        return [row[0] for row in self._all(sql.DISPUTES_KNOWN_AS, platform_id=platform_id)]

    # --- the ledger itself ---

    @property
    def version(self) -> int:
        """The version of the file's schema."""
        return version(self._connection)

    def counts(self) -> dict[str, int]:
        """How many orders, sellers, disputes and events it holds."""
        return dict(zip(("orders", "sellers", "disputes", "events"), self._one(sql.COUNTS), strict=True))

    def problems(self) -> list[str]:
        """Every row that does not follow from the history, and every difference in the schema."""
        from dispcli.ledger.check import problems

        return problems(self._connection)


def _anywhere(part: str) -> str:
    escaped = part.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


def _order_filters(query: "OrderQuery") -> tuple[list[str], dict[str, Any]]:
    filters: list[str] = []
    binds: dict[str, Any] = {}
    if query.statuses:
        filters.append("status")
        binds["statuses"] = _array(query.statuses)
    if query.disputed:
        filters.append("disputed")
    if query.since:
        filters.append("since")
        binds.update(since=min(query.since), since_day=query.since[0], since_instant=query.since[1])
    if query.until:
        filters.append("until")
        binds.update(until=max(query.until), until_day=query.until[0], until_instant=query.until[1])
    _add_words(filters, binds, query)
    return filters, binds


def _dispute_filters(query: "DisputeQuery") -> tuple[list[str], dict[str, Any]]:
    filters: list[str] = []
    binds: dict[str, Any] = {}
    if query.states:
        filters.append("state")
        binds["states"] = _array(query.states)
    if query.unseen:
        filters.append("unseen")
    if query.order_id is not None:
        filters.append("order")
        binds["order_id"] = query.order_id
    if not (query.all or query.states or query.unseen):
        filters.append("open")
    _add_words(filters, binds, query)
    return filters, binds


def _add_words(filters: list[str], binds: dict[str, Any], query: "OrderQuery | DisputeQuery") -> None:
    if query.seller is not None:
        filters.append("seller")
        binds.update(seller=_anywhere(query.seller), store=query.seller)
    if query.seller_id is not None:
        filters.append("seller_id")
        binds["seller_id"] = query.seller_id
    if query.search is not None:
        filters.append("search")
        binds["search"] = _anywhere(query.search)


def _array(words: Sequence[str]) -> str:
    import json

    return json.dumps(words)
