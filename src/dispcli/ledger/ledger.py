"""The ledger: load cases, append events. Values in, values out."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING, Any

from dispcli.core.disputes import Dossier
from dispcli.core.events import Event, Sketch
from dispcli.core.histories import Gist, History, gist_of
from dispcli.core.orders import Line, Order, Rating
from dispcli.core.recording import Recording
from dispcli.ledger import compiled as sql
from dispcli.ledger import dispute_rows, order_rows
from dispcli.ledger.binds import array
from dispcli.ledger.dispute_rows import event_of
from dispcli.ledger.order_writer import OrderWriter
from dispcli.ledger.rows import Row, damaged
from dispcli.namedtuples import NamedTuple

if TYPE_CHECKING:
    from dispcli.core.idempotency import Key
    from dispcli.core.new_orders import NewOrder


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

    _steps_staged = 0

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

    def _lines(self, orders: str) -> dict[int, tuple[Line, ...]]:
        found = _grouped(self._all(sql.LINES_OF_ORDERS, orders=orders))
        return {order_id: tuple(map(order_rows.line_of, lines)) for order_id, lines in found.items()}

    def _lines_now(self, orders: str) -> Callable[[int], Sequence[Line]]:
        lines = self._lines(orders)
        return lambda order_id: lines.get(order_id, ())

    def _lines_later(self, orders: str) -> Callable[[int], Sequence[Line]]:
        from dispcli.ledger.later import Later  # for batches alone

        return partial(Later, cache(partial(self._lines, orders)))

    def dossiers(self, orders: Collection[int], *, later: bool = False) -> list[Dossier]:
        """These orders with all their disputes. Raises LedgerTrouble if a row is damaged.

        With `later` the orders' lines and the whole events are fetched once somebody looks at one of them,
        which must be in the same transaction.
        """
        binds = {"orders": str(list(orders))}
        lines_of = self._lines_later(binds["orders"]) if later else self._lines_now(binds["orders"])
        linked = _grouped(self._all(sql.LINKED_ORDERS, **binds))
        disputes = list(map(dispute_rows.dispute_of, self._all(sql.DISPUTES_OF_ORDERS, **binds)))
        read = self._outlined if later else self.histories
        histories = read([dispute.id for dispute in disputes])
        found = {
            order[0]: Dossier(
                order_rows.order_of(order, lines_of(order[0])),
                {},
                {},
                tuple(linked_id for (linked_id,) in linked.get(order[0], ())),
            )
            for order in self._all(sql.ORDERS_WHOLE, **binds)
        }
        for dispute in disputes:
            dossier = found.get(dispute.order_id)
            if dossier is None:
                raise damaged(f"dispute {dispute.name}", LookupError("its order is not there"))
            dossier.disputes[dispute.id] = dispute
            dossier.histories[dispute.id] = histories[dispute.id]
        return list(found.values())

    def histories(self, disputes: Collection[int]) -> dict[int, History]:
        """The events of these disputes, oldest first. Raises LedgerTrouble if one is damaged."""
        found = self._events(disputes)
        return {dispute_id: History(map(event_of, found.get(dispute_id, ()))) for dispute_id in disputes}

    def _events(self, disputes: Collection[int]) -> dict[int, list[Any]]:
        found: dict[int, list[Any]] = {}
        for row in self._all(sql.HISTORIES, disputes=str(list(disputes))):
            found.setdefault(row[0], []).append(row)
        return found

    def _outlined(self, disputes: Collection[int]) -> dict[int, History]:
        """The same, as they are seen at a glance. Whoever looks closer at one has the rest of all fetched."""
        fetch = cache(partial(self._events, disputes))

        def events(dispute_id: int) -> list[Event]:
            return list(map(event_of, fetch().pop(dispute_id, ())))

        moments: dict[int, list[str]] = {dispute_id: [] for dispute_id in disputes}
        seen: dict[int, list[Sketch]] = {dispute_id: [] for dispute_id in disputes}
        for dispute_id, moment, *words in self._all(sql.OUTLINES, disputes=str(list(disputes))):
            moments[dispute_id].append(moment)
            try:
                seen[dispute_id].append(dispute_rows.sketch_of(*words))
            except KeyError as problem:
                event = f"event {len(moments[dispute_id])} of dispute D{dispute_id}"
                raise damaged(event, problem) from problem
        return {
            dispute_id: History.later(
                _gist(tuple(sketches)), moments[dispute_id], partial(events, dispute_id)
            )
            for dispute_id, sketches in seen.items()
        }

    def asked(self, fingerprints: Collection[str]) -> list[tuple[str, int]]:
        """(asked, dispute id) of those of these fingerprints that are known."""
        return self._all(sql.ASKED, asked=array(fingerprints))

    def recorded_under(self, operation_id: str, dispute_id: int) -> set[str]:
        """The actions in a dispute's history that stand under an operation's id."""
        return {
            action for (action,) in self._all(sql.RECORDED_UNDER, operation=operation_id, dispute=dispute_id)
        }

    def said(self, operation_id: str, kind: str, dispute_id: int) -> str | None:
        """What an operation of this kind said about a dispute, as a fingerprint."""
        row = self._one(sql.SAID, operation=operation_id, kind=kind, dispute=dispute_id)
        return str(row[0]) if row else None

    # --- writing: the history ---

    def next_dispute_id(self) -> int:
        """The id the next dispute that is opened gets. It holds for as long as the lock is held."""
        return self.next_id("disputes")

    def append(self, recordings: Iterable[Recording]) -> None:
        """The next events of disputes, in this order; everything else follows from them by itself.

        A writer that read an older version of a dispute fails on the first of them.
        """
        events = ((event, recording.place) for recording in recordings for event in recording.events)
        self._connection.executemany(sql.ADD_EVENT, [dispute_rows.event_row(*entry) for entry in events])

    def add_keys(self, keys: "Iterable[tuple[int, Key]]", at: str) -> None:
        """From now on this was asked."""
        rows = [(id, kind, dispute_id, asked, said, at) for dispute_id, (id, kind, asked, said) in keys]
        self._connection.executemany(sql.ADD_KEY, rows)

    def stage(self, recordings: Iterable[Recording]) -> None:
        """Lay events down beside the ledger, to be appended together. They go with the transaction."""
        self._lay_out()
        numbers: dict[object, int] = {}
        takers, steps = [], []
        for recording in recordings:
            dispute_id, version, changes, (at, actor, source, operation_id), findings, place = recording
            # A fact of one kind may be equal to one of another: Done() and Upheld() are.
            kinds = [type(change.intent.fact) for change in changes]
            number = numbers.get(alike := (changes, *kinds, at, actor, place))
            if number is None:
                numbers[alike] = number = self._steps_staged = self._steps_staged + 1
                steps += dispute_rows.staged_steps(number, recording)
            found = dispute_rows.findings_text(findings)
            takers.append((dispute_id, version, source, operation_id, found, number))
        self._connection.executemany(sql.STAGE_STEP, steps)
        self._connection.executemany(sql.STAGE, takers)

    def append_staged(self) -> None:
        """Append all that was staged, in its order."""
        self._connection.execute(sql.WRITE_STAGED)
        self.drop_staged()

    def drop_staged(self) -> None:
        """Forget what was staged."""
        self._lay_out()
        self._connection.execute(sql.CLEAR_STAGED)
        self._connection.execute(sql.CLEAR_STAGED_STEPS)
        self._steps_staged = 0

    def _lay_out(self) -> None:
        """The tables to stage in; they may have gone with a transaction that was taken back."""
        self._connection.execute(sql.STAGING)
        self._connection.execute(sql.STAGING_STEPS)

    def staged(self, disputes: Collection[int]) -> list[Event]:
        """The events of these disputes that are staged, in their order."""
        return [event_of(row) for row in self._all(sql.STAGED_HISTORIES, disputes=str(list(disputes)))]

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

_LONG = 32


def _gist(seen: tuple[Sketch, ...]) -> Gist:
    return gist_of(seen) if len(seen) > _LONG else _known_gist(seen)


_known_gist = lru_cache(1024)(gist_of)
"""Of short histories there are not many kinds."""


def _known(row: Row, lines: Sequence[Row]) -> Known:
    order = order_rows.order_of(row, tuple(map(order_rows.line_of, lines)))
    return Known(order, *order_rows.knowledge_of(row))


def _grouped(found: Sequence[Any]) -> dict[int, list[Any]]:
    """Rows by their first column, which is taken off."""
    groups: dict[int, list[Any]] = {}
    for key, *row in found:
        groups.setdefault(key, []).append(row)
    return groups
