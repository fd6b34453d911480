"""What goes in comes out: orders, sellers, marks, names, cases."""

import pytest

from dispcli.core.disputes import Channel, PastDispute, Recorded
from dispcli.core.money import Money
from dispcli.core.new_orders import NewLine
from dispcli.core.orders import OrderStatus
from dispcli.core.summaries import DisputeMark, DisputeQuery, OrderQuery
from dispcli.ledger.ledger import Ledger, Stamp
from dispcli.ledger.reader import Named
from tests.ledger.builders import (
    AT,
    CLAIM,
    CONFIRM,
    REFUND,
    REQUEST,
    decided,
    make_ledger,
    move,
    note,
    open_dispute,
    order,
    problems,
    raw,
    writing,
)


@pytest.fixture
def ledger(tmp_path):
    with writing(tmp_path / "ledger.db") as made:
        yield made


def seller_of(ledger: Ledger, number: str, **told) -> int:
    return ledger.order(ledger.add_order(order(number, **told), AT)).seller.id


def test_a_store_id_is_the_same_seller_under_any_name(ledger):
    first = seller_of(ledger, "1001", seller_name="Lamp Shop", store_id="S1")
    newer = {"seen_at": "2026-12-01T00:00:00Z"}
    assert seller_of(ledger, "1002", seller_name="Lamps & More", store_id="S1", **newer) == first
    assert [(found.name, found.orders) for found in ledger.sellers()] == [("Lamps & More", 2)]


def test_a_seller_keeps_the_newest_name(ledger):
    seller_of(ledger, "1001", seller_name="Lamp Shop", store_id="S1", seen_at="2026-12-01T00:00:00Z")
    seller_of(ledger, "1002", seller_name="Old Name", store_id="S1", seen_at="2020-01-01T00:00:00Z")
    assert [found.name for found in ledger.sellers()] == ["Lamp Shop"]


def test_a_name_is_the_seller_where_no_store_id_is_told(ledger):
    first = seller_of(ledger, "1001", seller_name="Lamp Shop")
    assert seller_of(ledger, "1002", seller_name="Lamp Shop") == first
    assert seller_of(ledger, "1003", seller_name="lamp shop") != first


def test_the_same_name_with_another_store_id_or_marketplace_is_another_seller(ledger):
    told = [{}, {"store_id": "S1"}, {"store_id": "S2"}, {"marketplace": "ebay"}]
    ids = [seller_of(ledger, f"100{count}", **it) for count, it in enumerate(told)]
    assert len(set(ids)) == 4
    assert seller_of(ledger, "1009") == ids[0]


def test_the_same_store_id_on_another_marketplace_is_another_seller(ledger):
    assert seller_of(ledger, "1001", store_id="S1") != seller_of(
        ledger, "1001", store_id="S1", marketplace="ebay"
    )


def test_a_sellers_numbers_are_counted_by_how_disputes_stand(ledger):
    ids = [ledger.add_order(order(f"100{count}"), AT) for count in range(5)]
    ledger.add_order(order("2001", seller_name="Other"), AT)
    open_dispute(ledger, ids[0])
    open_dispute(ledger, ids[1], 1, REQUEST, CONFIRM)
    agreed = (move("concede", "seller"), move("receive", outcome="partly_refunded"))
    open_dispute(ledger, ids[2], 1, *agreed)
    open_dispute(ledger, ids[3], 1, move("lapse", "time", outcome="expired"))
    theirs, other = ledger.sellers()
    assert theirs[4:] == (5, 4, 1, 1, 1)
    assert other[4:] == (1, 0, 0, 0, 0)
    assert ledger.sellers(limit=1) == [theirs]


def test_ids_are_never_given_again(tmp_path):
    path = make_ledger(tmp_path)
    with raw(path) as connection:
        connection.execute("DELETE FROM order_lines WHERE order_id = 5")
        connection.execute("DELETE FROM orders WHERE id = 5")
    with writing(path) as ledger:
        assert ledger.order(5) is None
        assert ledger.add_order(order("9001"), AT) == 6
        assert ledger.order(6).lines[0].id > 10


def test_an_id_of_work_that_was_taken_back_is_given_to_the_next(tmp_path):
    path = make_ledger(tmp_path)
    with Ledger.open(path) as ledger:
        taken_back = []
        with pytest.raises(KeyError):
            _fail_after_opening(ledger, taken_back)
        with ledger.writing():
            assert open_dispute(ledger, 5).id == taken_back[0]
    assert problems(path) == []


def _fail_after_opening(ledger: Ledger, ids: list[int]) -> None:
    with ledger.writing():
        ids.append(open_dispute(ledger, 5).id)
        raise KeyError


def test_an_order_is_told_anew_and_its_lines_too(ledger):
    order_id = ledger.add_order(order("1001"), AT)
    told = order(
        "1001", status=OrderStatus.DELIVERED, delivered="2026-11-02", total=Money(5, "USD"), seller_name="New"
    )
    ledger.set_order(order_id, told, "2026-11-21T10:00:00Z")
    first = ledger.order(order_id).lines[0]
    ledger.set_line(first.id, NewLine("Desk lamp, red", 2))
    ledger.add_line(order_id, 3, NewLine("Shade"))
    stored = ledger.order(order_id)
    assert (stored.status, stored.delivered, stored.total) == ("delivered", "2026-11-02", Money(5, "USD"))
    assert stored.seller.name == "New"
    assert [(line.position, line.title, line.quantity) for line in stored.lines] == [
        (1, "Desk lamp, red", 2),
        (2, "Bulb", 1),
        (3, "Shade", 1),
    ]


def test_an_order_without_a_total_knows_the_currency_of_its_lines(ledger):
    ledger.add_order(order("1001", lines=(NewLine("x"), NewLine("y", unit_price=Money(5, "EUR")))), AT)
    (row,) = ledger.orders(OrderQuery())
    assert (row.currency, row.total) == ("EUR", None)


@pytest.mark.parametrize("query", [OrderQuery(sort="number"), OrderQuery(sort="number", search="1", limit=9)])
def test_a_list_of_orders_marks_their_disputes(query, ledger):
    ids = [ledger.add_order(order(number), AT) for number in ("1001", "1002")]
    open_dispute(ledger, ids[0], 1, REQUEST, CONFIRM)
    open_dispute(ledger, ids[0], 2)
    marked, plain = ledger.orders(query)
    assert marked.marks == (DisputeMark(ids[0], 1, "cancelled"), DisputeMark(ids[0], 2, "opened"))
    assert plain.marks == ()
    assert (marked.title, marked.lines, marked.seller) == ("Desk lamp", 2, "Lamp Shop")


def test_a_list_of_disputes_shows_the_line_and_the_newest_settlement(ledger):
    order_id = ledger.add_order(order("1001"), AT)
    issued, promised = REFUND._replace(stage="issued"), REFUND
    open_dispute(ledger, order_id, 2, note(issued), note(promised), note(note="x"), platform_id="P1")
    whole = ledger.add_order(order("1002"), AT)
    open_dispute(ledger, whole, None)
    first, second = ledger.disputes(DisputeQuery(sort="oldest"))
    assert (first.line, first.title, first.settlement, first.platform_id) == (2, "Bulb", "promised", "P1")
    assert (second.line, second.title, second.settlement, second.platform_id) == (
        None,
        "Desk lamp",
        None,
        None,
    )
    assert first.amount == CLAIM.amount


def test_things_are_found_by_their_exact_names(ledger):
    ids = [ledger.add_order(order("1001", marketplace=market), AT) for market in ("aliexpress", "ebay")]
    ledger.add_order(order("10012"), AT)
    dispute = open_dispute(ledger, ids[0], 1, platform_id="P1")
    assert ledger.orders_numbered("1001") == [
        Named(ids[0], "aliexpress", "1001"),
        Named(ids[1], "ebay", "1001"),
    ]
    assert ledger.orders_numbered("100") == []
    assert ledger.lines_known_as("L1") == [(1, 1), (2, 3), (3, 5)]
    assert ledger.lines_known_as("L") == []
    assert ledger.disputes_known_as("P1") == [dispute.id]
    assert ledger.disputes_known_as("P") == []


@pytest.mark.parametrize("read", [Ledger.order, Ledger.known, Ledger.dispute, Ledger.case])
def test_what_is_not_there_is_none(read, ledger):
    assert read(ledger, 99) is None


def test_an_opening_is_found_by_its_operation(ledger):
    order_id = ledger.add_order(order("1001"), AT)
    opening = decided(None, move("open", fact=CLAIM))
    findings = (Recorded("reopening", "block", "D1", True),)
    event = ledger.open_dispute(order_id, 1, None, opening, Stamp(AT, "ada", "test", "op-1"), findings)
    assert event.findings == findings
    assert ledger.opened_by("op-1") == (event,)
    assert ledger.opened_by("op-2") == ()


def test_a_case_has_the_past_with_the_seller_and_other_channels(ledger):
    bought = ledger.add_order(order("1001"), AT)
    paid = ledger.add_order(order("PAY-1", marketplace="paypal", seller_name=None, purchase_id=bought), AT)
    before = ledger.add_order(order("1000"), AT)
    elsewhere = ledger.add_order(order("1002", seller_name="Other"), AT)
    old = open_dispute(ledger, before, 1, REQUEST, CONFIRM)
    open_dispute(ledger, elsewhere)
    here = open_dispute(ledger, bought)
    there = open_dispute(ledger, paid, None)
    case = ledger.case(here.id)
    assert case.past == (PastDispute(old.id, "cancelled", None),)
    assert case.channels == (Channel(there.id, "paypal", "PAY-1"),)
    assert ledger.case(there.id).channels == (Channel(here.id, "aliexpress", "1001"),)
    assert [event.seq for event in case.history] == [1]
    assert case.order == ledger.order(bought)


def test_disputes_of_an_order_come_oldest_first(ledger):
    order_id = ledger.add_order(order("1001"), AT)
    other = ledger.add_order(order("1002"), AT)
    first = open_dispute(ledger, order_id, 1, REQUEST, CONFIRM)
    open_dispute(ledger, other)
    second = open_dispute(ledger, order_id, 1)
    assert ledger.disputes_of(order_id) == (first, second)


def test_the_ledger_counts_what_it_holds(tmp_path):
    with Ledger.open(make_ledger(tmp_path)) as ledger:
        assert ledger.counts() == {"orders": 5, "sellers": 1, "disputes": 5, "events": 4 + 3 + 2 + 1 + 3}


def test_two_connections_give_different_ids(tmp_path):
    path = tmp_path / "ledger.db"
    ids = []
    with Ledger.create(path) as one, Ledger.open(path) as other:
        for count, ledger in enumerate((one, other, one)):
            with ledger.writing():
                ids.append(ledger.add_order(order(f"100{count}"), AT))
    assert ids == [1, 2, 3]
