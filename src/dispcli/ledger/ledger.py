"""The ledger: load cases, append events. Values in, values out."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from dispcli.core.disputes import Dossier, Event
from dispcli.core.orders import Order, Rating
from dispcli.ledger import compiled as sql
from dispcli.ledger import rows
from dispcli.ledger.binds import array
from dispcli.ledger.order_writer import OrderWriter
from dispcli.ledger.rows import Row

if TYPE_CHECKING:
    from dispcli.core.idempotency import Key
    from dispcli.core.new_orders import NewOrder
    from dispcli.ledger.rows import Entry


OrderName = tuple[str, str]
"""An order's marketplace and number."""


class Known(NamedTuple):
    """What the ledger knows about an order beyond the order itself: how sure and how old it is."""

    order: Order
    placed_exact: bool
    seen_at: str


class _TakenBack(Exception):
    """Ends a rehearsal."""


class Ledger(OrderWriter):
    """An open ledger with everything in it. All happens inside `reading()` or `writing()`."""

    @contextmanager
    def rehearsing(self) -> Iterator[None]:
        """A transaction in which everything can be tried; at its end all of it is taken back.

        Raises LedgerTrouble.
        """
        try:
            with self.writing():
                yield
                raise _TakenBack
        except _TakenBack:
            pass

    # --- loading ---

    def known(self, order_id: int) -> Known | None:
        """An order with how sure and how old the knowledge about it is."""
        return next((_known(*found) for found in self._orders([order_id])), None)

    def known_of(self, told: "Mapping[OrderName, NewOrder]") -> Iterator[tuple[OrderName, Known | None]]:
        """Those that are known, each with what is known of it; None where that is just what is told."""
        from dispcli.ledger.likeness import is_known_so

        for row, lines in self._orders([one.id for one in self.orders_numbered(*(n for _, n in told))]):
            name = row[1], row[2]
            if name in told:
                yield name, None if is_known_so(row, lines, told[name]) else _known(row, lines)

    def _orders(self, orders: Collection[int]) -> Iterator[tuple[Row, Sequence[Row]]]:
        """The rows of orders, each with those of its lines."""
        if orders:
            binds = {"orders": str(list(orders))}
            lines = _grouped(self._all(sql.LINES_OF_ORDERS, **binds))
            yield from ((row, lines.get(row[0], ())) for row in self._all(sql.ORDERS_WHOLE, **binds))

    def dossiers(self, orders: Collection[int]) -> list[Dossier]:
        """These orders with all their disputes. Raises LedgerTrouble if a row is damaged."""
        binds = {"orders": str(list(orders))}
        linked = _grouped(self._all(sql.LINKED_ORDERS, **binds))
        disputes = list(map(rows.dispute_of, self._all(sql.DISPUTES_OF_ORDERS, **binds)))
        histories = self.histories([dispute.id for dispute in disputes])
        found = {
            row[0]: Dossier(
                rows.order_of(row, lines),
                {},
                {},
                tuple(linked_id for (linked_id,) in linked.get(row[0], ())),
            )
            for row, lines in self._orders(orders)
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

    def asked(self, fingerprints: Collection[str]) -> list[tuple[str, int]]:
        """(asked, dispute id) of those of these fingerprints that are known."""
        return self._all(sql.ASKED, asked=array(fingerprints))

    def said(self, operation_id: str, kind: str, dispute_id: int) -> str | None:
        """What an operation of this kind said about a dispute, as a fingerprint."""
        row = self._one(sql.SAID, operation=operation_id, kind=kind, dispute=dispute_id)
        return str(row[0]) if row else None

    # --- writing: the history ---

    def next_dispute_id(self) -> int:
        """The id the next dispute that is opened gets. It holds for as long as the lock is held."""
        return self.next_id("disputes")

    def append(self, entries: "Sequence[Entry]") -> None:
        """The next events of disputes, in this order; everything else follows from them by itself.

        A writer that read an older version of a dispute fails on the first of them.
        """
        self._connection.executemany(sql.ADD_EVENT, [rows.event_row(*entry) for entry in entries])

    def add_keys(self, keys: "Iterable[tuple[int, Key]]", at: str) -> None:
        """From now on this was asked."""
        rows = [(id, kind, dispute_id, asked, said, at) for dispute_id, (id, kind, asked, said) in keys]
        self._connection.executemany(sql.ADD_KEY, rows)

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

    # --- what the buyer thinks of sellers ---

    def ratings(self, seller_id: int) -> list[Rating]:
        """What was said about a seller, oldest first."""
        return [Rating(*row) for row in self._all(sql.RATINGS_OF_SELLER, seller_id=seller_id)]

    def rate_seller(self, seller_id: int, rating: Rating) -> None:
        """Say something about a seller, after what was said before."""
        facts = {"seller_id": seller_id, "seq": 1 + len(self.ratings(seller_id)), **rating._asdict()}
        self._connection.execute(sql.ADD_RATING, facts)

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


def _known(row: Row, lines: Sequence[Row]) -> Known:
    return Known(rows.order_of(row, lines), *rows.knowledge_of(row))


def _grouped(found: Sequence[Any]) -> dict[int, list[Any]]:
    """Rows by their first column, which is taken off."""
    groups: dict[int, list[Any]] = {}
    for key, *row in found:
        groups.setdefault(key, []).append(row)
    return groups
