"""The interface every importer has, and the limits every input keeps to."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from dispcli.core.new_orders import NewOrder
from dispcli.core.orders import OrderStatus

MAX_BYTES = 64 * 1024 * 1024
"""The largest file read whole. Larger exports come in pieces."""

MAX_FIELD = 256 * 1024
"""The longest single field accepted, in characters."""

MAX_MISTAKES = 20
"""How many mistakes are listed before the rest is only counted."""


class Source(NamedTuple):
    """One input: its name for messages, its text, and how old it is (UTC instant)."""

    name: str
    text: str
    modified_at: str


class Mistake(NamedTuple):
    """What is wrong, and where: line, column and item count from 1."""

    message: str
    line: int | None = None
    column: int | None = None
    item: int | None = None

    def told(self, source: str) -> str:
        """`file:12:3: message`, as compilers say it."""
        place = "".join(f":{number}" for number in (self.line, self.column) if number is not None)
        item = f" item {self.item}:" if self.item is not None else ""
        return f"{source}{place}:{item} {self.message}"


class Read(NamedTuple):
    """What a file holds: its orders, its mistakes, the status words nobody knows, how many rows it had."""

    orders: tuple[NewOrder, ...]
    mistakes: tuple[Mistake, ...]
    unknown_words: tuple[str, ...]
    rows: int


Words = Callable[[str], OrderStatus | None]
"""From a platform's word for an order's status to ours; None for a word nobody knows."""


class Format(NamedTuple):
    """An importer: its name, the marketplace it knows, how it recognises a text, how it reads it."""

    name: str
    marketplace: str
    recognises: Callable[[str], bool]
    read: Callable[[Source, Words], Read]


def gather(rows: Iterable[NewOrder]) -> tuple[NewOrder, ...]:
    """One order per number, with the lines of all its rows, in the order of the file.

    The newest row tells the status.
    """
    orders: dict[str, NewOrder] = {}
    for order in rows:
        known = orders.get(order.number)
        if known is None:
            orders[order.number] = order
        else:
            newest = order if order.seen_at > known.seen_at else known
            orders[order.number] = newest._replace(lines=(*known.lines, *order.lines))
    return tuple(orders.values())
