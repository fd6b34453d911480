"""Writing orders and their lines."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from dispcli.ledger import compiled as sql
from dispcli.ledger import order_rows
from dispcli.ledger.reader import Reader
from dispcli.ledger.rows import Row

if TYPE_CHECKING:
    from dispcli.core.new_orders import NewLine, NewOrder
    from dispcli.core.orders import Order

_Shop = tuple[str | None, ...]

_MANY = 32
"""From how many rows on it pays to lay them down beside the ledger first."""


class OrderWriter(Reader):
    """A ledger to which orders can be written. All happens inside `writing()`."""

    def add_order(self, new: "NewOrder", at: str) -> int:
        """A new order with its lines; returns its id."""
        return self.add_orders([new], at)[0]

    def add_orders(self, orders: "Sequence[NewOrder]", at: str) -> range:
        """New orders with their lines; returns their ids."""
        ids = range(first := self.next_id("orders"), first + len(orders))
        sellers: dict[_Shop, int | None] = {}
        told = [
            order_rows.order_row(order_id, new, self._seller_of(new, sellers), at)
            for order_id, new in zip(ids, orders, strict=True)
        ]
        if len(told) < _MANY:
            self._connection.executemany(sql.ADD_ORDER, told)
        else:
            self._connection.execute(sql.STAGING_ORDERS)
            self._connection.executemany(sql.STAGE_ORDER, told)
            self._connection.execute(sql.WRITE_ORDERS)
            self._connection.execute(sql.CLEAR_ORDERS)
        self._add_lines(
            order_rows.line_row(order_id, position, line)
            for order_id, new in zip(ids, orders, strict=True)
            for position, line in enumerate(new.lines, start=1)
        )
        return ids

    def set_order(self, order_id: int, new: "NewOrder", at: str) -> None:
        """What is known about an order from now on (its lines apart)."""
        facts = order_rows.order_facts(new, self._seller_of(new, {}), at)
        self._connection.execute(sql.SET_ORDER, {**facts, "order_id": order_id})

    def merge_order(
        self,
        order: "Order",
        new: "NewOrder",
        changed_lines: "Iterable[tuple[int, NewLine]]",
        added_lines: "Iterable[NewLine]",
        at: str,
    ) -> None:
        """What is known about an order and its lines from now on."""
        self.set_order(order.id, new, at)
        changed = [{**order_rows.line_facts(line), "line_id": line_id} for line_id, line in changed_lines]
        self._connection.executemany(sql.SET_LINE, changed)
        added = enumerate(added_lines, start=len(order.lines) + 1)
        self._add_lines(order_rows.line_row(order.id, position, line) for position, line in added)

    def _add_lines(self, lines: Iterable[Row]) -> None:
        told = list(lines)
        if len(told) < _MANY:
            self._connection.executemany(sql.ADD_LINE, told)
            return
        self._connection.execute(sql.STAGING_LINES)
        self._connection.executemany(sql.STAGE_LINE, told)
        self._connection.execute(sql.WRITE_LINES)
        self._connection.execute(sql.CLEAR_LINES)

    def _seller_of(self, new: "NewOrder", sellers: dict[_Shop, int | None]) -> int | None:
        """The seller's id; `sellers` remembers those that were looked up."""
        shop = (new.marketplace, new.store_id, new.seller_name, new.store_url, new.seen_at)
        if shop not in sellers:
            sellers[shop] = self._seller(new)
        return sellers[shop]

    def _seller(self, new: "NewOrder") -> int | None:
        """The seller's id, made where it is new: by store id where there is one, else by name.

        A seller is renamed only by what is newer than what is known; an address that isn't told stays.
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
            seller_id = self.next_id("sellers")
            facts: dict[str, Any] = {**where, **named, "id": seller_id, "store_id": new.store_id}
            self._connection.execute(sql.ADD_SELLER, facts)
            return seller_id
        seller_id, name, url, seen_at = found
        named["url"] = new.store_url or url
        if (name, url) != (new.seller_name, named["url"]) and new.seen_at > seen_at:
            self._connection.execute(sql.RENAME_SELLER, {**named, "seller_id": seller_id})
        return int(seller_id)

    def next_id(self, table: str) -> int:
        """The id the table's next row gets. It holds for as long as the lock is held; none is used again."""
        row = self._one(sql.LAST_ID, table=table)
        return (row[0] if row else 0) + 1
