"""The ledger: load cases, append events. Values in, values out."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from dispcli.core.disputes import Case, Channel, Dispute, Event, PastDispute, Recorded
from dispcli.core.machine import Change
from dispcli.core.orders import Order
from dispcli.ledger import compiled as sql
from dispcli.ledger import rows
from dispcli.ledger.reader import Reader

if TYPE_CHECKING:
    from dispcli.core.new_orders import NewLine, NewOrder


class Stamp(NamedTuple):
    """Who records something, when (UTC instant), from where, and under which operation id."""

    at: str
    actor: str
    source: str
    operation_id: str | None = None


class Known(NamedTuple):
    """What the ledger knows about an order beyond the order itself: how sure and how old it is."""

    order: Order
    placed_exact: bool
    seen_at: str


class Ledger(Reader):
    """An open ledger with everything in it. All happens inside `reading()` or `writing()`."""

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
