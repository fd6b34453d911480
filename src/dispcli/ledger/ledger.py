"""The ledger: load cases, list, find, append events. Values in, values out."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple, Self

from dispcli.core.disputes import Case, Channel, Dispute, Event, PastDispute, Recorded
from dispcli.core.machine import Change
from dispcli.core.money import Money
from dispcli.core.orders import Line, NewLine, NewOrder, Order
from dispcli.core.summaries import (
    DisputeMark,
    DisputeQuery,
    DisputeSummary,
    OrderQuery,
    OrderSummary,
    SellerSummary,
)
from dispcli.errors import NotFound
from dispcli.ledger import compiled as sql
from dispcli.ledger import connection as files
from dispcli.ledger import rows
from dispcli.ledger.listing import Listing


class Stamp(NamedTuple):
    """Who records something, when (UTC instant), from where, and under which operation id."""

    at: str
    actor: str
    source: str
    operation_id: str | None = None


class Named(NamedTuple):
    """An order by its number."""

    id: int
    marketplace: str
    number: str


class Known(NamedTuple):
    """What the ledger knows about an order beyond the order itself: how sure and how old it is."""

    order: Order
    placed_exact: bool
    seen_at: str


class Ledger:
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

    def orders(self, query: OrderQuery) -> list[OrderSummary]:
        """Orders with the disputes they have. Raises NotFound when there is nothing to continue after."""
        filters, binds = _order_filters(query)
        found = self._list(
            sql.ORDERS, filters, binds, query.sort, query.limit, sql.ORDER_SORT_KEY, query.after
        )
        every = not filters and query.limit is None and query.after is None
        marks = self._marks(None if every else [row[0] for row in found])
        return [OrderSummary(*row)._replace(marks=tuple(marks.get(row[0], ()))) for row in found]

    def _marks(self, orders: Sequence[int] | None) -> dict[int, list[DisputeMark]]:
        if orders is None:
            found = self._all(sql.MARKS_OF_ALL_ORDERS)
        else:
            found = self._all(sql.MARKS_OF_ORDERS, orders=json.dumps(orders))
        marks: dict[int, list[DisputeMark]] = {}
        for row in found:
            marks.setdefault(row[0], []).append(DisputeMark(*row))
        return marks

    def disputes(self, query: DisputeQuery) -> list[DisputeSummary]:
        """Disputes as they stand. Raises NotFound when there is nothing to continue after."""
        filters, binds = _dispute_filters(query)
        found = self._list(
            sql.DISPUTES, filters, binds, query.sort, query.limit, sql.DISPUTE_SORT_KEY, query.after
        )
        return [DisputeSummary(*row) for row in found]

    def sellers(self, name: str | None = None, limit: int | None = None) -> list[SellerSummary]:
        """Sellers by store id or part of their name, or all."""
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

    # --- loading whole values ---

    def order(self, order_id: int) -> Order | None:
        """An order with its lines."""
        known = self.known(order_id)
        return known.order if known else None

    def known(self, order_id: int) -> Known | None:
        """An order with how sure and how old the knowledge about it is."""
        row = self._one(sql.ORDER, id=order_id)
        if row is None:
            return None
        order = rows.order_of(row, self._all(sql.LINES, order_id=order_id))
        return Known(order, placed_exact=bool(row[12]), seen_at=row[13])

    def dispute(self, dispute_id: int) -> Dispute | None:
        """A dispute as it stands. Raises LedgerTrouble if the row is damaged."""
        row = self._one(sql.DISPUTE, id=dispute_id)
        return rows.dispute_of(row) if row else None

    def disputes_of(self, order_id: int) -> tuple[Dispute, ...]:
        """Every dispute of an order, oldest first."""
        return tuple(map(rows.dispute_of, self._all(sql.DISPUTES_OF_ORDER, order_id=order_id)))

    def history(self, dispute_id: int) -> tuple[Event, ...]:
        """A dispute's events, oldest first. Raises LedgerTrouble if one is damaged."""
        return tuple(map(rows.event_of, self._all(sql.HISTORY, dispute_id=dispute_id)))

    def opened_by(self, operation_id: str) -> tuple[Event, ...]:
        """The openings recorded under an operation id."""
        return tuple(map(rows.event_of, self._all(sql.OPENED_BY_OPERATION, operation_id=operation_id)))

    def case(self, dispute_id: int) -> Case | None:
        """A dispute with all that bears on a decision about it."""
        dispute = self.dispute(dispute_id)
        order = self.order(dispute.order_id) if dispute else None
        if dispute is None or order is None:
            return None
        past: tuple[PastDispute, ...] = ()
        if order.seller:
            found = self._all(sql.PAST_WITH_SELLER, seller_id=order.seller.id, dispute_id=dispute_id)
            past = tuple(PastDispute(*row) for row in found)
        channels = self._all(sql.OPEN_CHANNELS, order_id=order.id, purchase_id=order.purchase_id)
        return Case(
            dispute=dispute,
            order=order,
            history=self.history(dispute_id),
            past=past,
            channels=tuple(Channel(*row) for row in channels if row[0] != dispute_id),
        )

    # --- writing: orders ---

    def add_order(self, new: NewOrder, at: str) -> int:
        """A new order with its lines; returns its id."""
        order_id = self._next_id("orders")
        facts = self._order_facts(new, at)
        self._connection.execute(
            sql.ADD_ORDER, {**facts, "id": order_id, "marketplace": new.marketplace, "number": new.number}
        )
        for position, line in enumerate(new.lines, start=1):
            self.add_line(order_id, position, line)
        return order_id

    def set_order(self, order_id: int, new: NewOrder, at: str) -> None:
        """What is known about an order from now on (its lines apart)."""
        self._connection.execute(sql.SET_ORDER, {**self._order_facts(new, at), "order_id": order_id})

    def add_line(self, order_id: int, position: int, line: NewLine) -> None:
        """One more line."""
        self._connection.execute(
            sql.ADD_LINE, {**_line_facts(line), "order_id": order_id, "position": position}
        )

    def set_line(self, line_id: int, line: NewLine) -> None:
        """What is known about a line from now on."""
        self._connection.execute(sql.SET_LINE, {**_line_facts(line), "line_id": line_id})

    def _order_facts(self, new: NewOrder, at: str) -> dict[str, Any]:
        return {
            "seller_id": self._seller(new),
            "placed": new.placed,
            "placed_exact": int(new.placed_exact),
            "status": new.status,
            "status_raw": new.status_raw,
            "currency": new.total.currency if new.total else _currency(new.lines),
            "total_minor": new.total.minor if new.total else None,
            "shipped": new.shipped,
            "delivered": new.delivered,
            "protection_ends": new.protection_ends,
            "purchase_id": new.purchase_id,
            "seen_at": new.seen_at,
            "updated_at": at,
        }

    def _seller(self, new: NewOrder) -> int | None:
        """The seller's id, made where it is new: by store id where there is one, else by name."""
        if new.seller_name is None:
            return None
        where = {"marketplace": new.marketplace}
        named = {"name": new.seller_name, "url": new.store_url}
        if new.store_id is not None:
            found = self._one(sql.SELLER_BY_STORE, **where, store_id=new.store_id)
        else:
            found = self._one(sql.SELLER_BY_NAME, **where, name=new.seller_name)
        if found is None:
            seller_id = self._next_id("sellers")
            self._connection.execute(
                sql.ADD_SELLER, {**where, **named, "id": seller_id, "store_id": new.store_id}
            )
            return seller_id
        if found[1:] != (new.seller_name, new.store_url):
            self._connection.execute(sql.RENAME_SELLER, {**named, "seller_id": found[0]})
        return int(found[0])

    def _next_id(self, table: str) -> int:
        """Ids are allocated under the lock, and never used again."""
        row = self._one(sql.LAST_ID, table=table)
        return (row[0] if row else 0) + 1

    # --- writing: the history ---

    def open_dispute(
        self,
        order_id: int,
        line_id: int | None,
        platform_id: str | None,
        change: Change,
        stamp: Stamp,
        findings: tuple[Recorded, ...] = (),
    ) -> Event:
        """The first event of a new dispute; the dispute's row follows from it by itself."""
        place = rows.Place(order_id, line_id, platform_id)
        return self._add_event(self._next_id("disputes"), 1, change, stamp, findings, place)

    def append(
        self, dispute: Dispute, changes: Sequence[Change], stamp: Stamp, findings: tuple[Recorded, ...] = ()
    ) -> tuple[Event, ...]:
        """The next events of a dispute. A writer that read an older version fails on the first of them."""
        return tuple(
            self._add_event(dispute.id, dispute.version + count, change, stamp, findings)
            for count, change in enumerate(changes, start=1)
        )

    def _add_event(
        self,
        dispute_id: int,
        seq: int,
        change: Change,
        stamp: Stamp,
        findings: tuple[Recorded, ...],
        place: rows.Place | None = None,
    ) -> Event:
        intent = change.intent
        event = Event(
            dispute_id=dispute_id,
            seq=seq,
            at=stamp.at,
            actor=stamp.actor,
            source=stamp.source,
            action=intent.action,
            party=intent.party,
            from_state=change.from_state,
            to_state=change.to_state,
            outcome=change.outcome,
            reason=intent.reason,
            note=intent.note,
            fact=intent.fact,
            happened_at=intent.happened_at,
            operation_id=stamp.operation_id,
            findings=findings,
        )
        self._connection.execute(sql.ADD_EVENT, rows.event_row(event, place))
        return event

    # --- the ledger itself ---

    @property
    def version(self) -> int:
        """The version of the file's schema."""
        return files.version(self._connection)

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


def _order_filters(query: OrderQuery) -> tuple[list[str], dict[str, Any]]:
    filters: list[str] = []
    binds: dict[str, Any] = {}
    if query.statuses:
        filters.append("status")
        binds["statuses"] = json.dumps(query.statuses)
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


def _dispute_filters(query: DisputeQuery) -> tuple[list[str], dict[str, Any]]:
    filters: list[str] = []
    binds: dict[str, Any] = {}
    if query.states:
        filters.append("state")
        binds["states"] = json.dumps(query.states)
    if query.unseen:
        filters.append("unseen")
    if query.order_id is not None:
        filters.append("order")
        binds["order_id"] = query.order_id
    if not (query.all or query.states or query.unseen):
        filters.append("open")
    _add_words(filters, binds, query)
    return filters, binds


def _add_words(filters: list[str], binds: dict[str, Any], query: OrderQuery | DisputeQuery) -> None:
    if query.seller is not None:
        filters.append("seller")
        binds.update(seller=_anywhere(query.seller), store=query.seller)
    if query.seller_id is not None:
        filters.append("seller_id")
        binds["seller_id"] = query.seller_id
    if query.search is not None:
        filters.append("search")
        binds["search"] = _anywhere(query.search)


def _currency(lines: Sequence[NewLine] | Sequence[Line]) -> str | None:
    return next((line.unit_price.currency for line in lines if line.unit_price), None)


def _line_facts(line: NewLine) -> dict[str, Any]:
    price: Money | None = line.unit_price
    facts = line._asdict()
    del facts["unit_price"]
    return {
        **facts,
        "unit_minor": price.minor if price else None,
        "currency": price.currency if price else None,
    }
