"""The ledger: load cases, append events. Values in, values out."""

from collections.abc import Collection, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from dispcli.core.disputes import Dossier, Event
from dispcli.core.orders import Order
from dispcli.ledger import compiled as sql
from dispcli.ledger import rows
from dispcli.ledger.reader import Reader

if TYPE_CHECKING:
    from dispcli.core.new_orders import NewLine, NewOrder
    from dispcli.ledger.rows import Entry


class Known(NamedTuple):
    """What the ledger knows about an order beyond the order itself: how sure and how old it is."""

    order: Order
    placed_exact: bool
    seen_at: str


class Ledger(Reader):
    """An open ledger with everything in it. All happens inside `reading()` or `writing()`."""

    # --- loading ---

    def known(self, order_id: int) -> Known | None:
        """An order with how sure and how old the knowledge about it is."""
        row = self._one(sql.ORDER, id=order_id)
        if row is None:
            return None
        order = rows.order_of(row, self._all(sql.LINES, order_id=order_id))
        return Known(order, placed_exact=bool(row[12]), seen_at=row[13])

    def dossiers(self, orders: Collection[int]) -> list[Dossier]:
        """These orders with all their disputes. Raises LedgerTrouble if a row is damaged."""
        binds = {"orders": str(list(orders))}
        lines = _grouped(self._all(sql.LINES_OF_ORDERS, **binds))
        linked = _grouped(self._all(sql.LINKED_ORDERS, **binds))
        disputes = list(map(rows.dispute_of, self._all(sql.DISPUTES_OF_ORDERS, **binds)))
        histories = self.histories([dispute.id for dispute in disputes])
        found = {
            row[0]: Dossier(
                rows.order_of(row, lines.get(row[0], ())),
                {},
                {},
                tuple(linked_id for (linked_id,) in linked.get(row[0], ())),
            )
            for row in self._all(sql.ORDERS_WHOLE, **binds)
        }
        for dispute in disputes:
            if dispute.order_id not in found:
                raise rows.damaged(f"dispute {dispute.name}", LookupError("its order is not there"))
            found[dispute.order_id].disputes[dispute.id] = dispute
            found[dispute.order_id].histories[dispute.id] = histories[dispute.id]
        return list(found.values())

    def histories(self, disputes: Collection[int]) -> dict[int, tuple[Event, ...]]:
        """The events of these disputes, oldest first. Raises LedgerTrouble if one is damaged."""
        found: dict[int, list[Event]] = {dispute_id: [] for dispute_id in disputes}
        for row in self._all(sql.HISTORIES, disputes=str(list(disputes))):
            found.setdefault(row[0], []).append(rows.event_of(row))
        return {dispute_id: tuple(events) for dispute_id, events in found.items()}

    def endings(self, sellers: Collection[int]) -> dict[int, dict[str, int]]:
        """How many disputes with these sellers ended or stand how; those recorded in error apart."""
        found: dict[int, dict[str, int]] = {seller_id: {} for seller_id in sellers}
        for seller_id, ending, count in self._all(sql.ENDINGS_OF_SELLERS, sellers=str(list(sellers))):
            found.setdefault(seller_id, {})[ending] = count
        return found

    def opened_by(self, operation_id: str) -> tuple[Event, ...]:
        """The openings recorded under an operation id."""
        return tuple(map(rows.event_of, self._all(sql.OPENED_BY_OPERATION, operation_id=operation_id)))

    # --- writing: orders ---

    def add_order(self, new: "NewOrder", at: str) -> int:
        """A new order with its lines; returns its id."""
        order_id = self._next_id("orders")
        facts = self._order_facts(new, at)
        self._connection.execute(
            sql.ADD_ORDER, {**facts, "id": order_id, "marketplace": new.marketplace, "number": new.number}
        )
        for position, line in enumerate(new.lines, start=1):
            self.add_line(order_id, position, line)
        return order_id

    def set_order(self, order_id: int, new: "NewOrder", at: str) -> None:
        """What is known about an order from now on (its lines apart)."""
        self._connection.execute(sql.SET_ORDER, {**self._order_facts(new, at), "order_id": order_id})

    def add_line(self, order_id: int, position: int, line: "NewLine") -> None:
        """One more line."""
        self._connection.execute(
            sql.ADD_LINE, {**_line_facts(line), "order_id": order_id, "position": position}
        )

    def set_line(self, line_id: int, line: "NewLine") -> None:
        """What is known about a line from now on."""
        self._connection.execute(sql.SET_LINE, {**_line_facts(line), "line_id": line_id})

    def _order_facts(self, new: "NewOrder", at: str) -> dict[str, Any]:
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

    def _seller(self, new: "NewOrder") -> int | None:
        """The seller's id, made where it is new: by store id where there is one, else by name.

        A seller is renamed only by what is newer than what is known.
        """
        if new.seller_name is None:
            return None
        where = {"marketplace": new.marketplace}
        named = {"name": new.seller_name, "url": new.store_url, "seen_at": new.seen_at}
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
        seller_id, *facts, seen_at = found
        if facts != [new.seller_name, new.store_url] and new.seen_at > seen_at:
            self._connection.execute(sql.RENAME_SELLER, {**named, "seller_id": seller_id})
        return int(seller_id)

    def _next_id(self, table: str) -> int:
        """Ids are allocated under the lock, and never used again."""
        row = self._one(sql.LAST_ID, table=table)
        return (row[0] if row else 0) + 1

    # --- writing: the history ---

    def next_dispute_id(self) -> int:
        """The id the next dispute that is opened gets. It holds for as long as the lock is held."""
        return self._next_id("disputes")

    def append(self, entries: "Sequence[Entry]") -> None:
        """The next events of disputes, in this order; everything else follows from them by itself.

        A writer that read an older version of a dispute fails on the first of them.
        """
        self._connection.executemany(sql.ADD_EVENT, [rows.event_row(*entry) for entry in entries])

    def stage(self, entries: "Sequence[Entry]") -> None:
        """Lay events down beside the ledger, to be appended together. They go with the transaction."""
        self._connection.execute(sql.STAGING)
        for plain, run in groupby(entries, lambda entry: entry[0].fact is None):
            if plain:
                self._connection.executemany(sql.STAGE_STEP, [rows.staged_step(event) for event, _ in run])
            else:
                self._connection.executemany(sql.STAGE_EVENT, [rows.staged_event(*entry) for entry in run])

    def append_staged(self) -> None:
        """Append all that was staged, in its order."""
        self._connection.execute(sql.WRITE_STAGED)
        self.drop_staged()

    def drop_staged(self) -> None:
        """Forget what was staged; the table may have gone with a transaction that was taken back."""
        self._connection.execute(sql.STAGING)
        self._connection.execute(sql.CLEAR_STAGED)

    def staged(self, disputes: Collection[int]) -> list[Event]:
        """The events of these disputes that are staged, in their order."""
        return [rows.event_of(row) for row in self._all(sql.STAGED_HISTORIES, disputes=str(list(disputes)))]

    def expect_many(self) -> None:
        """Keep more pages in memory: much is going to be read and written."""
        self._connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")

    def data_version(self) -> int:
        """A number that changes when another process has written."""
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    # --- how far a batch has come ---

    def batch(self, name: str) -> "tuple[int, str] | None":
        """How many lines of the batch of this name are done, and the digest of these lines."""
        row = self._one(sql.BATCH, batch=name)
        return (row[0], row[1]) if row else None

    def set_batch(self, name: str, lines: int, digest: str, at: str) -> None:
        """So many lines of the batch are done."""
        facts = {"lines": lines, "digest": digest, "updated_at": at}
        if self.batch(name) is None:
            self._connection.execute(sql.ADD_BATCH, {"name": name, **facts})
        else:
            self._connection.execute(sql.SET_BATCH, {"batch": name, **facts})


_CACHE_KIB = 32 * 1024


def _grouped(found: Sequence[Any]) -> dict[int, list[Any]]:
    """Rows by their first column, which is taken off."""
    groups: dict[int, list[Any]] = {}
    for key, *row in found:
        groups.setdefault(key, []).append(row)
    return groups


def _currency(lines: "Sequence[NewLine]") -> str | None:
    return next((line.unit_price.currency for line in lines if line.unit_price), None)


def _line_facts(line: "NewLine") -> dict[str, Any]:
    price = line.unit_price
    facts = line._asdict()
    del facts["unit_price"]
    return {
        **facts,
        "unit_minor": price.minor if price else None,
        "currency": price.currency if price else None,
    }
