"""Storing what files tell: new things, changed things, nothing twice, nothing older than what is known."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager

from dispcli.core.new_orders import NewOrder
from dispcli.core.orders import OrderStatus
from dispcli.core.recording import Stamp
from dispcli.core.told import Told, ToldDispute, ToldRefund
from dispcli.ledger.ledger import Known, Ledger
from dispcli.namedtuples import NamedTuple
from dispcli.services.brought import Brought, Name
from dispcli.services.caseload import Caseload
from dispcli.services.merging import joined, merge_order
from dispcli.services.reconciling import reconcile


class Gathered(NamedTuple):
    """What rows tell, each order once with all of its lines; `problems` are those that can't be one order."""

    orders: Mapping[Name, NewOrder]
    others: Sequence[ToldDispute | ToldRefund]
    problems: Sequence[tuple[Name, str]]

    def __len__(self) -> int:
        return len(self.orders) + len(self.others)


def gather(told: Iterable[Told]) -> Gathered:
    """One order of each number."""
    rows: dict[Name, list[NewOrder]] = {}
    others: list[ToldDispute | ToldRefund] = []
    for one in told:
        if isinstance(one, NewOrder):
            rows.setdefault((one.marketplace, one.number), []).append(one)
        else:
            others.append(one)
    orders: dict[Name, NewOrder] = {}
    problems: list[tuple[Name, str]] = []
    for name, parts in rows.items():
        try:
            orders[name] = joined(parts)
        except ValueError as problem:
            problems.append((name, f"order {name[1]}: {problem}"))
    return Gathered(orders, others, problems)


class Importer:
    """Stores what files tell, inside its transactions; a rehearsal takes everything back at their end."""

    def __init__(self, ledger: Ledger, stamp: Stamp, *, rehearse: bool) -> None:
        self._ledger = ledger
        self._stamp = stamp
        self._rehearse = rehearse
        self._caseload = Caseload(ledger)

    def transaction(self) -> AbstractContextManager[None]:
        """All that is stored inside is written at its end, or nothing. Raises LedgerTrouble."""
        return self._ledger.rehearsing() if self._rehearse else self._ledger.writing()

    def store(self, told: Gathered, source: str) -> list[Brought]:
        """Store this, which comes from there. The same again changes nothing."""
        brought = list(self._orders(told.orders))
        if told.others:
            self._caseload.begin()
            brought += reconcile(self._caseload, told.others, self._stamp._replace(source=source))
            self._caseload.write(self._stamp.at)
        return brought

    def _orders(self, told: Mapping[Name, NewOrder]) -> Iterator[Brought]:
        known = dict(self._ledger.known_of(told))
        added = [order for name, order in told.items() if name not in known]
        self._ledger.add_orders(added, self._stamp.at)
        for name, order in told.items():
            if name not in known:
                yield Brought("order", name, "new", _unknown_word(order))
            elif (before := known[name]) is None:
                yield Brought("order", name, "same", _unknown_word(order))
            else:
                yield self._taken_further(before, order)

    def _taken_further(self, before: Known, order: NewOrder) -> Brought:
        name = order.marketplace, order.number
        try:
            merge = merge_order(before, order)
        except ValueError as problem:
            return Brought("order", name, "same", problem=f"order {name[1]}: {problem}")
        if merge.changes:
            self._ledger.merge_order(before.order, *merge[:3], self._stamp.at)
        return Brought("order", name, "changed" if merge.changes else "same", _unknown_word(order))


def _unknown_word(order: NewOrder) -> str | None:
    return order.status_raw if order.status is OrderStatus.UNKNOWN else None
