"""Reading a ledger: one open file, its transactions, lists and names. Enough for every list command."""

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from dispcli.errors import NotFound
from dispcli.ledger import compiled as sql
from dispcli.ledger import connection as files
from dispcli.ledger.binds import EARLIEST, LATEST, anywhere, array, day_after, within
from dispcli.ledger.folding import by_letters, folded
from dispcli.ledger.header import version
from dispcli.ledger.listing import Listing, Narrowed
from dispcli.namedtuples import NamedTuple

if TYPE_CHECKING:
    from datetime import datetime

    from dispcli.core.evidence import Piece
    from dispcli.core.lateness import ClockOf
    from dispcli.core.reach import Reach
    from dispcli.core.sellers import SellerRecord, SellerSummary
    from dispcli.core.summaries import (
        Conflict,
        DisputeMark,
        DisputeQuery,
        DisputeSummary,
        OrderQuery,
        OrderSummary,
    )


class Named(NamedTuple):
    """An order by its number."""

    id: int
    marketplace: str
    number: str

    @property
    def name(self) -> str:
        """The order's full name: `aliexpress:3069099405659913`."""
        return f"{self.marketplace}:{self.number}"


class Reader:
    """One open ledger file. Everything happens inside `reading()` or `writing()`."""

    wrote = False
    """Whether something was written into it: a transaction of `writing()` has come to its end."""

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
        def kept() -> None:
            self.wrote = self.wrote or write

        try:
            with files.transaction(self._connection, write=write, kept=kept):
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

        narrowed = _narrow_orders(query)
        found = self._list(sql.ORDERS, narrowed, query, sql.ORDER_SORT_KEY)
        every = not (narrowed.filters or narrowed.uses) and query.limit is None and query.after is None
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

        found = self._list(sql.DISPUTES, _narrow_disputes(query), query, sql.DISPUTE_SORT_KEY)
        return [DisputeSummary(*row) for row in found]

    def conflicts(self) -> "list[Conflict]":
        """The final disputes that the site contradicts."""
        from dispcli.core.summaries import Conflict

        return [Conflict(*row) for row in self._all(sql.CONFLICTS)]

    def kept_evidence(self) -> "list[Piece]":
        """Every file that is kept as evidence now. A record made in error has handed it over."""
        from dispcli.core.evidence import Piece
        from dispcli.core.facts import Evidence

        return [
            Piece(dispute_id, seq, at, Evidence(*file))
            for dispute_id, seq, at, *file in self._all(sql.KEPT_EVIDENCE)
        ]

    def sellers(self, name: str | None = None, limit: int | None = None) -> "list[SellerSummary]":
        """Sellers by store id or part of their name, or all; by name. How it went with them is told apart."""
        if name is None:
            return self._sellers([], limit)
        filters = [by_letters("named", name)]
        return self._sellers(filters, limit, seller=anywhere(folded(name)), store=name)

    def seller(self, seller_id: int) -> "SellerSummary | None":
        """The seller of this id."""
        return next(iter(self._sellers(["id"], None, seller_id=seller_id)), None)

    def _sellers(self, filters: Sequence[str], limit: int | None, **binds: Any) -> "list[SellerSummary]":
        from dispcli.core.sellers import SellerSummary

        most = -1 if limit is None else limit
        found = self._all(sql.SELLERS.sql(filters, "name"), **binds, limit=most)
        return [SellerSummary(*row) for row in found]

    def seller_records(
        self, sellers: Collection[int], clock_of: "ClockOf", now: "datetime"
    ) -> "dict[int, SellerRecord]":
        """How it went with these sellers until now, in days of the marketplaces' clocks."""
        from dispcli.ledger.seller_records import read_records

        return read_records(self._all, sellers, self.endings(sellers), clock_of, now)

    def endings(self, sellers: Collection[int]) -> dict[int, dict[str, int]]:
        """How many disputes with these sellers ended or stand how; those recorded in error apart."""
        found: dict[int, dict[str, int]] = {seller_id: {} for seller_id in sellers}
        for seller_id, ending, count in self._all(sql.ENDINGS_OF_SELLERS, sellers=str(list(sellers))):
            found.setdefault(seller_id, {})[ending] = count
        return found

    def _list(
        self, listing: Listing, narrowed: Narrowed, query: "OrderQuery | DisputeQuery", key: str
    ) -> list[Any]:
        binds = dict(narrowed.binds)
        if query.after is not None:
            cursor = self._connection.execute(key, {"id": query.after})
            names = [description[0] for description in cursor.description]
            row = cursor.fetchone()
            if row is None:
                raise NotFound(f"nothing has the id {query.after}, so no page can follow it")
            binds.update(zip(names, row, strict=True))
        statement = listing.sql(
            narrowed.filters, query.sort, uses=narrowed.uses, after=query.after is not None
        )
        return self._all(statement, **binds, limit=-1 if query.limit is None else query.limit)

    # --- finding by name ---

    def orders_numbered(self, *numbers: str) -> list[Named]:
        """The orders with exactly one of these numbers, on any marketplace."""
        return [Named(*row) for row in self._all(sql.ORDERS_NUMBERED, numbers=array(numbers))]

    def orders_numbered_like(self, part: str, most: int) -> list[Named]:
        """Some orders whose number has this part."""
        cursor = self._connection.execute(sql.ORDERS_NUMBERED_LIKE, {"pattern": anywhere(part)})
        return [Named(*row) for row in cursor.fetchmany(most)]

    def lines_known_as(self, platform_ids: Collection[str]) -> list[tuple[str, int, int]]:
        """(platform id, order id, line id) of the lines with one of these platform ids."""
        return self._all(sql.LINES_KNOWN_AS, names=array(platform_ids))

    def disputes_known_as(self, platform_ids: Collection[str]) -> list[tuple[str, int, int]]:
        """(platform id, dispute id, order id) of the disputes with one of these platform ids."""
        return self._all(sql.DISPUTES_KNOWN_AS, names=array(platform_ids))

    def orders_of_disputes(self, disputes: Collection[int]) -> list[tuple[int, int]]:
        """(dispute id, order id) of those of these disputes that there are."""
        return self._all(sql.ORDERS_OF_DISPUTES, disputes=str(list(disputes))) if disputes else []

    def orders_in_dispute(self) -> set[int]:
        """The orders with an open dispute, and with one that the site has not been seen to cancel."""
        found = (*self._all(sql.ORDERS_IN_DISPUTE), *self._all(sql.ORDERS_TO_CANCEL_ON_SITE))
        return {order_id for (order_id,) in found}

    def orders_to_dispute(self, statuses: Collection[str], reach: "Reach") -> set[int]:
        """The orders of these statuses within reach with something that no dispute is about."""
        binds = {"placed_since": reach.placed_since, "marketplaces": array(reach.marketplaces)}
        for name in ("protected", "delivered", "promised", "paid"):
            first, last = getattr(reach, name)
            binds.update({f"{name}_first": first, f"{name}_after": f"{last}~"})
        found = self._all(sql.ORDERS_TO_DISPUTE, statuses=array(statuses), **binds)
        return {order_id for (order_id,) in found}

    # --- the ledger itself ---

    @property
    def version(self) -> int:
        """The version of the file's schema."""
        return version(self._connection)

    def counts(self) -> dict[str, int]:
        """How many orders, sellers, disputes and events it holds."""
        return dict(zip(("orders", "sellers", "disputes", "events"), self._one(sql.COUNTS), strict=True))

    def marketplaces(self) -> list[str]:
        """The marketplaces that it has orders of."""
        return [marketplace for (marketplace,) in self._all(sql.MARKETPLACES)]

    def problems(self) -> list[str]:
        """Every row that does not follow from the history, and every difference in the schema."""
        from dispcli.ledger.check import problems

        return problems(self._connection)


def _narrow_orders(query: "OrderQuery") -> Narrowed:
    filters: list[str] = []
    binds: dict[str, Any] = {}
    if query.statuses:
        filters.append("status")
        binds["statuses"] = array(query.statuses)
    if query.disputed:
        filters.append("disputed")
    if query.since or query.until:
        filters.append("placed")
        until = (day_after(query.until[0]), query.until[1]) if query.until else LATEST
        binds.update(within(query.since or EARLIEST, until))
    _add_words(filters, binds, query)
    if not query.where:
        return Narrowed(filters, binds)
    from dispcli.ledger.where import order_uses

    uses, values = order_uses(query.where)
    return Narrowed(filters, {**binds, **values}, uses)


def _narrow_disputes(query: "DisputeQuery") -> Narrowed:
    filters: list[str] = []
    binds: dict[str, Any] = {}
    only_open = not (query.all or query.states or query.unseen)
    if query.states:
        filters.append("state")
        binds["states"] = array(query.states)
    if query.unseen:
        filters.append("unseen")
    if query.order_id is not None:
        filters.append("order")
        binds["order_id"] = query.order_id
    _add_words(filters, binds, query)
    if not query.where:
        return Narrowed([*filters, "open"] if only_open else filters, binds)
    from dispcli.ledger.where import dispute_uses, say_how_they_stand

    uses, values = dispute_uses(query.where)
    if only_open and not say_how_they_stand(query.where):
        filters.append("open")
    return Narrowed(filters, {**binds, **values}, uses)


def _add_words(filters: list[str], binds: dict[str, Any], query: "OrderQuery | DisputeQuery") -> None:
    if query.seller is not None:
        filters.append(by_letters("seller", query.seller))
        binds.update(seller=anywhere(folded(query.seller)), store=query.seller)
    if query.seller_id is not None:
        filters.append("seller_id")
        binds["seller_id"] = query.seller_id
    if query.search is not None:
        filters.append(by_letters("search", query.search))
        binds["search"] = anywhere(folded(query.search))
