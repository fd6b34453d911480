"""The agenda is read at once: what is over is not looked at, and no dispute costs a query of its own."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dispcli.core.agenda import AgendaQuery
from dispcli.core.disputes import Dossier
from dispcli.core.facts import Done, Settlement
from dispcli.core.filter_fields import DISPUTE_FIELDS
from dispcli.core.filters import parse_filter
from dispcli.core.new_orders import NewLine
from dispcli.core.orders import OrderStatus
from dispcli.core.states import Action
from dispcli.ledger.ledger import Ledger
from dispcli.policies import SHIPPED
from dispcli.services.agenda import agenda, entries
from tests.ledger.builders import ANSWER, AT, CONFIRM, REQUEST, move, note, open_dispute, order, writing

NOW = datetime(2026, 12, 20, 12, tzinfo=UTC)
RESOLVED = move(Action.LAPSE, outcome="expired")
EVERYTHING = AgendaQuery(days=400, waiting=True)


def ago(days: int) -> str:
    return f"{NOW - timedelta(days=days):%Y-%m-%d}"


class Watched(Ledger):
    """Remembers the numbers of the orders it has loaded."""

    numbers: tuple[str, ...] = ()

    def dossiers(self, orders: Collection[int]) -> list[Dossier]:
        found = super().dossiers(orders)
        self.numbers = (*self.numbers, *(dossier.order.number for dossier in found))
        return found


def looked_at(path: Path) -> list[str]:
    """The numbers of the orders that are loaded for the agenda."""
    with Watched.open(path) as ledger:
        agenda(ledger, AgendaQuery(), SHIPPED, NOW)
        return sorted(ledger.numbers)


def test_disputes_that_are_over_are_not_loaded(tmp_path):
    path = tmp_path / "ledger.db"
    histories = {
        "open": (),
        "pending": (REQUEST,),
        "unseen": (REQUEST, CONFIRM),
        "seen": (REQUEST, CONFIRM, note(Done())),
        "resolved": (RESOLVED,),
    }
    with writing(path) as ledger:
        for number, moves in histories.items():
            open_dispute(ledger, ledger.add_order(order(number, delivered=ago(3)), AT), None, *moves)
    assert looked_at(path) == ["open", "pending", "unseen"]


TWO = (NewLine("Desk lamp"), NewLine("Bulb"))


@pytest.mark.parametrize(
    ("lines", "disputed", "left"),
    [
        (TWO, (), ["Desk lamp", "Bulb"]),
        (TWO, (1,), ["Bulb"]),
        (TWO, (2,), ["Desk lamp"]),
        (TWO, (1, 2), None),
        (TWO, (None,), None),
        ((), (), []),
        ((), (None,), None),
    ],
)
@pytest.mark.parametrize("moves", [(), (RESOLVED,)], ids=["open", "over"])
def test_a_dispute_is_about_its_own_lines_alone(tmp_path, lines, disputed, left, moves):
    with writing(tmp_path / "ledger.db") as ledger:
        order_id = ledger.add_order(order("1", protection_ends=ago(-5), lines=lines), AT)
        for line in disputed:
            open_dispute(ledger, order_id, line, *moves)
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        found = [item for item in agenda(ledger, EVERYTHING, SHIPPED, NOW) if item.dispute is None]
    titles = [[line.title for line in item.lines] for item in found]
    assert titles == ([] if left is None else [left])


def test_orders_that_nothing_can_be_done_about_are_not_loaded(tmp_path):
    path = tmp_path / "ledger.db"
    shipped, delivered = {"status": OrderStatus.SHIPPED}, {"status": OrderStatus.DELIVERED}
    known = {
        "just delivered": {**delivered, "delivered": ago(3)},
        "delivered at an instant": {**delivered, "delivered": f"{ago(14)}T23:00:00Z"},
        "delivered long ago": {**delivered, "delivered": ago(40)},
        "delivered on a day unknown": delivered,
        "protected": {**shipped, "protection_ends": ago(-5)},
        "protected for long": {**shipped, "protection_ends": ago(-60)},
        "not protected any more": {**shipped, "protection_ends": ago(5)},
        "protection that does not matter": {**delivered, "protection_ends": ago(-5)},
        "called off": {"status": OrderStatus.CANCELLED, "delivered": ago(3), "protection_ends": ago(-5)},
        "very old": {**shipped, "placed": ago(900), "protection_ends": ago(-5)},
        "promised and not come": {**shipped, "promised": ago(5)},
        "promised long ago": {**shipped, "promised": ago(40)},
        "paid through PayPal": {**shipped, "marketplace": "paypal", "placed": ago(170)},
        "paid elsewhere": {**shipped, "placed": ago(170)},
    }
    with writing(path) as ledger:
        for number, facts in known.items():
            ledger.add_order(order(number, **{"placed": ago(60), **facts}), AT)
    assert looked_at(path) == [
        "delivered at an instant",
        "just delivered",
        "paid through PayPal",
        "promised and not come",
        "protected",
        "protection that does not matter",
    ]


@pytest.mark.parametrize("filter", ["", "state:answered"], ids=["all", "filtered"])
def test_many_disputes_cost_no_more_statements_than_one(tmp_path, filter):
    where = parse_filter(filter, DISPUTE_FIELDS, NOW) if filter else ()
    said = []
    for count in (1, 30):
        path = tmp_path / f"{count}.db"
        with writing(path) as ledger:
            for number in range(count):
                order_id = ledger.add_order(order(str(1000 + number)), AT)
                open_dispute(ledger, order_id, 1, ANSWER, note(Settlement("refund", "promised")))
        with Ledger.open(path) as ledger:
            statements: list[str] = []
            ledger._connection.set_trace_callback(statements.append)
            found = agenda(ledger, EVERYTHING, SHIPPED, NOW, where)
            ledger._connection.set_trace_callback(None)
        assert len(found) == 2 * count
        said.append(len(statements))
    assert said[0] == said[1] <= 12


def test_an_empty_ledger_has_an_empty_agenda(tmp_path):
    with writing(tmp_path / "ledger.db"):
        pass
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        assert entries(agenda(ledger, EVERYTHING, SHIPPED, NOW)) == []
