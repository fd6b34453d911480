"""Orders told in parts, one a row: the total is the sum, and one cancelled line doesn't cancel all.

The rows of an order need not stand together, so the file is read once to add up what they say, and once to
tell it. That takes memory for each order, so it is done for the mappings alone that need it.
"""

from collections.abc import Iterable

from dispcli.core.money import Money
from dispcli.core.new_orders import NewOrder
from dispcli.core.orders import OrderStatus
from dispcli.formats.source import Entry, Mistake, Piece
from dispcli.namedtuples import NamedTuple

OrderKey = tuple[str, str]
"""The marketplace and the order's number there."""

_NOT_ALIVE = (OrderStatus.CANCELLED, OrderStatus.UNKNOWN)


class _Whole(NamedTuple):
    """What the rows of an order say together; no total where the share of one row is unknown."""

    total: Money | None
    status: OrderStatus
    status_raw: str | None


_SPOILT = _Whole(None, OrderStatus.UNKNOWN, None)


class Shares:
    """Adds up the rows of every order."""

    def __init__(self) -> None:
        self._wholes: dict[OrderKey, _Whole] = {}

    def add(self, row: NewOrder) -> None:
        """One row of an order."""
        key = row.marketplace, row.number
        told = _Whole(row.total, row.status, row.status_raw)
        known = self._wholes.get(key)
        self._wholes[key] = told if known is None else _together(known, told)

    def spoil(self, key: OrderKey) -> None:
        """A row of the order can't be read: without its share, what the others add up to would be wrong."""
        self._wholes[key] = self._wholes.get(key, _SPOILT)._replace(total=None)

    def told(self, entries: Iterable[Entry | Mistake]) -> Piece:
        """The rows, each with what all rows of its order say together."""
        return [self._whole(entry) if isinstance(entry, Entry) else entry for entry in entries]

    def _whole(self, entry: Entry) -> Entry:
        row = entry.told
        if not isinstance(row, NewOrder):
            return entry
        whole = self._wholes[row.marketplace, row.number]
        if (
            whole.total and whole.total.minor < 0
        ):  # what came back is more than what was paid: not all is told
            whole = whole._replace(total=None)
        return entry._replace(told=row._replace(**whole._asdict()))


def _together(one: _Whole, other: _Whole) -> _Whole:
    alive = other if one.status in _NOT_ALIVE and other.status != OrderStatus.UNKNOWN else one
    return alive._replace(total=_sum(one.total, other.total))


def _sum(one: Money | None, other: Money | None) -> Money | None:
    if one is None or other is None or one.currency != other.currency:
        return None
    return Money(one.minor + other.minor, one.currency)
