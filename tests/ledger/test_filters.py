"""What a list leaves out, and what it must not."""

import pytest

from dispcli.core.facts import Done, Message
from dispcli.core.new_orders import NewLine
from dispcli.core.orders import OrderStatus
from dispcli.core.states import Party
from dispcli.core.summaries import DisputeQuery, OrderQuery
from dispcli.ledger.ledger import Ledger
from tests.ledger.builders import (
    ACCEPT,
    ANSWER,
    AT,
    CONFIRM,
    REQUEST,
    move,
    note,
    open_dispute,
    order,
    writing,
)


@pytest.fixture
def ledger(tmp_path):
    with writing(tmp_path / "ledger.db") as made:
        yield made


def numbers(ledger: Ledger, **query) -> list[str]:
    return [row.number for row in ledger.orders(OrderQuery(sort="number", **query))]


def names(ledger: Ledger, **query) -> list[str]:
    return [row.name for row in ledger.disputes(DisputeQuery(sort="oldest", **query))]


TITLES = ("100% cotton", "100 cotton", "a_b", "axb", "back\\slash", "backslash", 'it\'s "new"', "LAMP é")
WILD = {
    "%": {"100% cotton"},
    "0% c": {"100% cotton"},
    "_": {"a_b"},
    "a_b": {"a_b"},
    "\\": {"back\\slash"},
    "k\\s": {"back\\slash"},
    "\\%": set(),
    "'": {'it\'s "new"'},
    '"new"': {'it\'s "new"'},
    "lamp": {"LAMP é"},
    "é": {"LAMP é"},
    "cotton": {"100% cotton", "100 cotton"},
    "": set(TITLES),
}


@pytest.mark.parametrize("search", WILD)
@pytest.mark.parametrize("where", ["title", "second line", "seller", "number"])
def test_a_search_means_what_it_says(where, search, ledger):
    for count, title in enumerate(TITLES):
        lines = (NewLine(title),) if where == "title" else (NewLine("x"), NewLine(title))
        told = {
            "lines": lines if where in ("title", "second line") else (),
            "seller_name": title if where == "seller" else "nobody",
        }
        ledger.add_order(order(title if where == "number" else f"#{count}", **told), AT)
    found = numbers(ledger, search=search)
    shown = found if where == "number" else [TITLES[int(number[1:])] for number in found]
    assert set(shown) == WILD[search]
    assert len(shown) == len(set(shown))


@pytest.mark.parametrize("search", WILD)
@pytest.mark.parametrize("where", ["title", "seller", "number", "message"])
def test_a_search_for_disputes_means_what_it_says(where, search, ledger):
    for count, title in enumerate(TITLES):
        told = {
            "lines": (NewLine(title if where == "title" else "x"),),
            "seller_name": title if where == "seller" else "nobody",
        }
        order_id = ledger.add_order(order(title if where == "number" else f"#{count}", **told), AT)
        said = title if where == "message" else "x"
        open_dispute(ledger, order_id, 1, note(Message(Party.BUYER, "x")), note(Message(Party.SELLER, said)))
    found = {TITLES[int(name[1:]) - 1] for name in names(ledger, search=search)}
    assert found == WILD[search]


@pytest.mark.parametrize("search", sorted(set(WILD) - {""}))
def test_part_of_a_number_means_what_it_says(search, ledger):
    for title in TITLES:
        ledger.add_order(order(title), AT)
    assert {found.number for found in ledger.orders_numbered_like(search, 99)} == WILD[search]


def test_only_so_many_are_named_by_part_of_a_number(ledger):
    for count in range(5):
        ledger.add_order(order(f"100{count}"), AT)
    assert len(ledger.orders_numbered_like("100", 3)) == 3


# Rows around midnight of November 2nd, as a day and as instants.
PLACED = (
    "2026-11-01",
    "2026-11-01T15:59:59Z",
    "2026-11-01T16:00:00Z",
    "2026-11-01T23:59:59Z",
    "2026-11-02",
    "2026-11-02T00:00:00Z",
    "2026-11-02T07:59:59Z",
    "2026-11-02T08:00:00Z",
    "2026-11-02T23:59:59Z",
    "2026-11-03",
    "2026-11-03T00:00:00Z",
)
SHANGHAI, LONDON, PACIFIC = "2026-11-01T16:00:00Z", "2026-11-02T00:00:00Z", "2026-11-02T08:00:00Z"


@pytest.fixture
def dated(ledger):
    for placed in reversed(PLACED):
        ledger.add_order(order(placed, placed=placed), AT)
    return ledger


@pytest.mark.parametrize("start", [SHANGHAI, LONDON, PACIFIC])
def test_since_counts_days_as_days_and_instants_as_instants(start, dated):
    days = {"2026-11-02", "2026-11-03"}
    instants = {placed for placed in PLACED if len(placed) > 10 and placed >= start}
    assert set(numbers(dated, since=("2026-11-02", start))) == days | instants


@pytest.mark.parametrize("end", [SHANGHAI, LONDON, PACIFIC])
def test_until_takes_the_whole_last_day_and_stops_before_the_instant(end, dated):
    instants = {placed for placed in PLACED if len(placed) > 10 and placed < end}
    assert set(numbers(dated, until=("2026-11-01", end))) == {"2026-11-01"} | instants


def test_one_day_has_its_day_and_its_instants(dated):
    found = numbers(dated, since=("2026-11-02", LONDON), until=("2026-11-02", "2026-11-03T00:00:00Z"))
    assert found == [placed for placed in PLACED if placed.startswith("2026-11-02")]


def test_orders_by_status(ledger):
    for status in OrderStatus:
        ledger.add_order(order(str(status), status=status), AT)
    assert numbers(ledger, statuses=("paid", "frozen")) == ["frozen", "paid"]
    assert numbers(ledger, statuses=("no such",)) == []


def test_orders_with_a_dispute_even_a_closed_one(ledger):
    ids = [ledger.add_order(order(number), AT) for number in ("1001", "1002", "1003")]
    open_dispute(ledger, ids[0])
    open_dispute(ledger, ids[2], 1, REQUEST, CONFIRM)
    assert numbers(ledger, disputed=True) == ["1001", "1003"]


@pytest.mark.parametrize("seller", ["lamp", "p Sh", "S-1"])
def test_a_seller_by_part_of_the_name_or_by_the_whole_store_id(seller, ledger):
    theirs = ledger.add_order(order("1001", seller_name="Lamp Shop", store_id="S-1"), AT)
    other = ledger.add_order(order("1002", seller_name="Other", store_id="S-11"), AT)
    open_dispute(ledger, theirs)
    open_dispute(ledger, other)
    assert numbers(ledger, seller=seller) == ["1001"]
    assert names(ledger, seller=seller) == ["D1"]
    assert [found.store_id for found in ledger.sellers(seller)] == ["S-1"]


def test_a_seller_by_its_id(ledger):
    for number in ("1001", "1002"):
        open_dispute(ledger, ledger.add_order(order(number, seller_name="Same", store_id=number), AT))
    assert numbers(ledger, seller_id=2) == ["1002"]
    assert names(ledger, seller_id=2) == ["D2"]


@pytest.fixture
def disputed(ledger):
    """D1 opened, D2 answered, D3 cancelled, D4 seen so, D5 resolved, D6 agreed, D7 requested."""
    lives = (
        (),
        (ANSWER,),
        (REQUEST, CONFIRM),
        (REQUEST, CONFIRM, note(Done())),
        (move("lapse", Party.TIME, outcome="expired"),),
        (ANSWER, ACCEPT),
        (REQUEST,),
    )
    for count, moves in enumerate(lives):
        open_dispute(ledger, ledger.add_order(order(f"100{count}"), AT), 1, *moves)
    return ledger


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["D1", "D2", "D6", "D7"]),
        ({"all": True}, ["D1", "D2", "D3", "D4", "D5", "D6", "D7"]),
        ({"states": ("cancelled",)}, ["D3", "D4"]),
        ({"states": ("answered", "resolved")}, ["D2", "D5"]),
        ({"unseen": True}, ["D3"]),
        ({"unseen": True, "states": ("cancelled",)}, ["D3"]),
        ({"unseen": True, "states": ("opened",)}, []),
        ({"order_id": 3}, []),
        ({"order_id": 3, "all": True}, ["D3"]),
    ],
)
def test_disputes_by_how_they_stand(query, found, disputed):
    assert names(disputed, **query) == found
