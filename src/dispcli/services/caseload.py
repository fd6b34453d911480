"""The disputes a piece of work is about: loaded together, decided one by one, written together."""

from collections.abc import Collection, Iterable

from dispcli.core.cancelling import Steps
from dispcli.core.disputes import Case, Channel, Dispute, Dossier
from dispcli.core.events import Event
from dispcli.core.facts import Claim
from dispcli.core.histories import History
from dispcli.core.orders import Order
from dispcli.core.recording import Place, Recording, Stamp, moved, opened
from dispcli.core.states import FINAL
from dispcli.ledger.ledger import Ledger
from dispcli.ledger.reader import Named
from dispcli.services.asked import Asked
from dispcli.services.endings import Endings
from dispcli.services.names import dispute_number


class _Loaded:
    """What was read of the ledger, by the ids and the names under which it is asked for.

    `ahead` is what was decided about the disputes of an order and is not in its dossier yet: most are not
    asked for again.
    """

    def __init__(self) -> None:
        self.dossiers: dict[int, Dossier] = {}
        self.ahead: dict[int, list[Recording]] = {}
        self.order_of: dict[int, int] = {}
        self.numbered: dict[str, list[Named]] = {}
        self.lines: dict[str, list[tuple[int, int]]] = {}
        self.known: dict[str, list[int]] = {}

    def events(self) -> int:
        """How long all histories are together."""
        dossiers = self.dossiers.values()
        return sum(len(history) for dossier in dossiers for history in dossier.histories.values())


class _Pending:
    """What was decided and is not written yet: events, some of them staged, and what openings brought."""

    def __init__(self) -> None:
        self.decided: list[Recording] = []
        self.staged: set[int] = set()
        self.openings: dict[int, dict[int, Place]] = {}
        self.order_of: dict[int, int] = {}
        self.platform_ids: dict[str, list[int]] = {}
        self.newest: int | None = None


class Caseload:
    """What is known about some orders and disputes, and what has been decided about them.

    What was decided counts for what is decided next, as if it had been written already; `write` writes all
    of it, in order. One transaction of the ledger is one `begin` to the next.

    With `later` the orders' lines and the whole events are read only where somebody looks at them within the
    transaction: right where nothing is shown afterwards but what was decided.
    """

    def __init__(self, ledger: Ledger, *, later: bool = False) -> None:
        self._ledger = ledger
        self._later = later
        self._version: int | None = None
        self._endings = Endings(ledger)
        self.asked = Asked(ledger)
        self._loaded = _Loaded()
        self._before = _Loaded()
        self._pending = _Pending()

    def begin(self, *, alone: bool = False) -> None:
        """A transaction has begun: what others may have changed since the last one is not known any more.

        `alone` tells that nobody else writes through this ledger's connection, and that the last transaction
        was not taken back: then what is known holds unless another process has written.
        """
        version = self._ledger.data_version()
        unwritten = self._pending.decided or self._pending.staged
        self._turn_over()
        if unwritten or not alone or version != self._version:
            self._endings = Endings(self._ledger)
            self._before = _Loaded()
        self._version = version
        if unwritten:
            self._ledger.drop_staged()
        self._pending = _Pending()
        self.asked.begin()

    def set_aside(self) -> None:
        """Free the memory, in the midst of a transaction; what was decided is kept beside the ledger."""
        pending = self._pending
        if pending.decided:
            self._ledger.stage(pending.decided)
            pending.staged.update(recording.dispute_id for recording in pending.decided)
            pending.decided = []
        self._turn_over()
        self.asked.set_aside()

    def _turn_over(self) -> None:
        """What was loaded last is kept unless it is much: many lines may be about the same dispute."""
        if self._loaded.dossiers:
            self._before = self._loaded if self._loaded.events() <= _MOST_KEPT else _Loaded()
        self._loaded = _Loaded()

    # --- by name ---

    def load(self, words: Iterable[str]) -> None:
        """Everything these words may mean, as orders, lines, disputes or their platform's ids."""
        found = {word: dispute_number(word) for word in words}
        numbers = {number for number in found.values() if number is not None}
        # A dispute's own id means nothing else.
        names = {word for word, number in found.items() if number is None}
        names |= {word.partition(":")[2] for word in found if ":" in word}
        self.load_orders(self._named(names) | self._orders_of(numbers - self._loaded.order_of.keys()))

    def _named(self, names: Collection[str]) -> set[int]:
        """Look these names up, and tell the orders they may have to do with."""
        loaded = self._loaded
        orders: set[int] = set()
        new = [name for name in names if name not in loaded.numbered]
        if not new:
            return orders
        for meanings in (loaded.numbered, loaded.lines, loaded.known):
            meanings.update((name, []) for name in new)
        for order in self._ledger.orders_numbered(*new):
            loaded.numbered[order.number].append(order)
            orders.add(order.id)
        for name, order_id, line_id in self._ledger.lines_known_as(new):
            loaded.lines[name].append((order_id, line_id))
            orders.add(order_id)
        for name, dispute_id, order_id in self._ledger.disputes_known_as(new):
            loaded.known[name].append(dispute_id)
            orders.add(order_id)
        return orders

    def _load_name(self, name: str) -> None:
        self.load_orders(self._named([name]))

    def _orders_of(self, disputes: Collection[int]) -> set[int]:
        opened = self._pending.order_of
        orders = {opened[dispute_id] for dispute_id in disputes if dispute_id in opened}
        found = self._ledger.orders_of_disputes(disputes) if disputes else ()
        return orders | {order_id for _, order_id in found}

    def orders_numbered(self, number: str) -> list[Named]:
        """The orders with exactly this number, on any marketplace."""
        if number not in self._loaded.numbered:
            self._load_name(number)
        return self._loaded.numbered[number]

    def orders_numbered_like(self, part: str, most: int) -> list[Named]:
        """Some orders whose number has this part."""
        return self._ledger.orders_numbered_like(part, most)

    def lines_known_as(self, platform_id: str) -> list[tuple[int, int]]:
        """(order id, line id) of the lines with this platform id."""
        if platform_id not in self._loaded.lines:
            self._load_name(platform_id)
        return self._loaded.lines[platform_id]

    def disputes_known_as(self, platform_id: str) -> list[int]:
        """The disputes with this platform id."""
        if platform_id not in self._loaded.known:
            self._load_name(platform_id)
        known = self._loaded.known[platform_id]
        if platform_id in self._pending.platform_ids:
            known = [*known, *self._pending.platform_ids[platform_id]]
        if not known:
            return known
        now = ((dispute_id, self.dispute(dispute_id)) for dispute_id in known)
        return [dispute_id for dispute_id, found in now if found and found.platform_id == platform_id]

    # --- orders, disputes, cases ---

    def load_orders(self, orders: Collection[int]) -> None:
        """These orders with their disputes, and what those are decided by besides."""
        missing = [order_id for order_id in orders if not self._has(order_id)]
        sellers = set()
        while missing:
            found = self._ledger.dossiers(missing, later=self._later)
            for dossier in found:
                self._loaded.dossiers[dossier.order.id] = dossier
                self._loaded.order_of.update(dict.fromkeys(dossier.disputes, dossier.order.id))
                if dossier.order.seller:
                    sellers.add(dossier.order.seller.id)
            if self._pending.staged:
                self._catch_up(found)
            linked = {order_id for dossier in found for order_id in dossier.linked}
            missing = [order_id for order_id in linked if not self._has(order_id)]
        self._endings.load(sellers)

    def _has(self, order_id: int) -> bool:
        """Whether the order is loaded; what was loaded before is taken over."""
        loaded, before = self._loaded, self._before
        if order_id in loaded.dossiers:
            return True
        dossier = before.dossiers.get(order_id)
        if dossier is None or not all(linked in before.dossiers for linked in dossier.linked):
            return False
        # What is here already has gone on, and must not be set back.
        for each in {order_id, *dossier.linked} - loaded.dossiers.keys():
            loaded.dossiers[each] = before.dossiers[each]
            loaded.order_of.update(dict.fromkeys(before.dossiers[each].disputes, each))
            if each in before.ahead:
                loaded.ahead[each] = before.ahead[each]
        return True

    def _catch_up(self, dossiers: list[Dossier]) -> None:
        """Take the dossiers further by what has been decided about them and is not written yet."""
        places = {
            dispute_id: place
            for dossier in dossiers
            for dispute_id, place in self._pending.openings.get(dossier.order.id, {}).items()
        }
        known = {dispute_id for dossier in dossiers for dispute_id in dossier.disputes}
        again = (known | places.keys()) & self._pending.staged
        for event in self._ledger.staged(again) if again else ():
            if event.seq == 1:
                place = places[event.dispute_id]
                self._begin(self._loaded.dossiers[place.order_id], event, place)
            else:
                _advance(self._loaded.dossiers[self._loaded.order_of[event.dispute_id]], event)

    def _begin(self, dossier: Dossier, event: Event, place: Place) -> None:
        if not isinstance(event.fact, Claim):
            raise TypeError("an opening carries its claim")
        dossier.disputes[event.dispute_id] = opened(event, event.fact, place)
        dossier.histories[event.dispute_id] = History([event])
        self._loaded.order_of[event.dispute_id] = place.order_id

    def _dossier(self, order_id: int) -> Dossier | None:
        """The order as everything that was decided leaves it."""
        if order_id not in self._loaded.dossiers:
            self.load_orders([order_id])
        dossier = self._loaded.dossiers.get(order_id)
        if dossier is not None and order_id in self._loaded.ahead:
            for recording in self._loaded.ahead.pop(order_id):
                for event in recording.events:
                    _advance(dossier, event)
        return dossier

    def _dossier_of(self, dispute_id: int) -> Dossier | None:
        if dispute_id not in self._loaded.order_of:
            self.load_orders(self._orders_of([dispute_id]))
        return self._dossier(self._loaded.order_of.get(dispute_id, 0))

    def order(self, order_id: int) -> Order | None:
        """An order with its lines."""
        dossier = self._dossier(order_id)
        return dossier.order if dossier else None

    def linked(self, order_id: int) -> tuple[int, ...]:
        """The orders that are about the same purchase elsewhere."""
        dossier = self._dossier(order_id)
        return dossier.linked if dossier else ()

    def disputes_of(self, order_id: int) -> tuple[Dispute, ...]:
        """Every dispute of an order, oldest first."""
        dossier = self._dossier(order_id)
        return tuple(dossier.disputes.values()) if dossier else ()

    def dispute(self, dispute_id: int) -> Dispute | None:
        """A dispute as it stands. Raises LedgerTrouble if its row is damaged."""
        dossier = self._dossier_of(dispute_id)
        return dossier.disputes[dispute_id] if dossier else None

    def history(self, dispute_id: int) -> History:
        """A dispute's events, oldest first."""
        dossier = self._dossier_of(dispute_id)
        return dossier.histories[dispute_id] if dossier else History()

    def case(self, dispute_id: int) -> Case | None:
        """A dispute with all that bears on a decision about it."""
        dossier = self._dossier_of(dispute_id)
        if dossier is None:
            return None
        dispute = dossier.disputes[dispute_id]
        return Case(
            dispute,
            dossier.order,
            dossier.histories[dispute_id],
            past=self._endings.past(dossier.order.seller, dispute),
            channels=self._channels(dossier),
        )

    def _channels(self, dossier: Dossier) -> tuple[Channel, ...]:
        if not dossier.linked:
            return ()
        open_elsewhere = (
            Channel(dispute.id, linked.order.marketplace, linked.order.number)
            for order_id in dossier.linked
            if (linked := self._dossier(order_id))
            for dispute in linked.disputes.values()
            if dispute.state not in FINAL
        )
        return tuple(sorted(open_elsewhere))

    # --- deciding and writing ---

    def record(self, dispute: Dispute, steps: Steps, stamp: Stamp) -> Recording:
        """The steps count from now on."""
        recording = Recording(dispute.id, dispute.version, steps.changes, stamp, steps.recorded())
        self._pending.decided.append(recording)
        self._loaded.ahead.setdefault(dispute.order_id, []).append(recording)
        self.asked.note(recording)
        self._endings.move(self._loaded.dossiers[dispute.order_id].order.seller, dispute, steps.changes)
        return recording

    def open(self, place: Place, steps: Steps, stamp: Stamp) -> Dispute:
        """A new dispute, with the id it is going to have."""
        dispute_id = (
            self._ledger.next_dispute_id() if self._pending.newest is None else self._pending.newest + 1
        )
        self._pending.newest = dispute_id
        recording = Recording(dispute_id, 0, steps.changes, stamp, steps.recorded(), place)
        (event,) = recording.events
        dossier = self._loaded.dossiers[place.order_id]
        self._begin(dossier, event, place)
        self._pending.decided.append(recording)
        self.asked.note(recording)
        self._pending.openings.setdefault(place.order_id, {})[dispute_id] = place
        self._pending.order_of[dispute_id] = place.order_id
        if place.platform_id:
            self._pending.platform_ids.setdefault(place.platform_id, []).append(dispute_id)
        self._endings.add(dossier.order.seller, event.to_state)
        return dossier.disputes[dispute_id]

    def write(self, at: str) -> None:
        """Write what was decided since the transaction began, to be committed with it."""
        decided = self._pending.decided
        if self._pending.staged or sum(len(recording.changes) for recording in decided) >= _MANY:
            self._ledger.stage(decided)
            self._ledger.append_staged()
        else:
            self._ledger.append(decided)
        self.asked.write(at)
        self._turn_over()
        self._pending = _Pending()


_MANY = 32
"""From how many events on it pays to stage them first."""

_MOST_KEPT = 40_000
"""How many events are kept in memory from one thousand lines to the next."""


def _advance(dossier: Dossier, event: Event) -> None:
    dossier.disputes[event.dispute_id] = moved(dossier.disputes[event.dispute_id], event)
    dossier.histories[event.dispute_id] = dossier.histories[event.dispute_id].then(event)
