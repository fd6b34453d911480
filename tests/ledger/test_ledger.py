"""What goes in comes out: orders, sellers, marks, names, cases."""

import pytest

from dispcli.core.facts import Message, Replaced
from dispcli.core.idempotency import Key
from dispcli.core.money import Money
from dispcli.core.new_orders import NewLine
from dispcli.core.orders import OrderStatus, Rating
from dispcli.core.sellers import SellerRecord
from dispcli.core.states import Party
from dispcli.core.summaries import DisputeMark, DisputeQuery, OrderQuery
from dispcli.ledger.ledger import Ledger
from dispcli.ledger.reader import Named
from dispcli.policies import SHIPPED
from tests.core.builders import NOW
from tests.ledger.builders import (
    ANSWER,
    AT,
    CLAIM,
    CONFIRM,
    REFUND,
    REQUEST,
    dispute_in,
    history_in,
    make,
    make_ledger,
    move,
    note,
    open_dispute,
    order,
    order_in,
    problems,
    raw,
    writing,
)


@pytest.fixture
def ledger(tmp_path):
    with writing(tmp_path / "ledger.db") as made:
        yield made


def records(ledger: Ledger) -> list[SellerRecord]:
    """How it went with each seller, by name."""
    ids = [seller.id for seller in ledger.sellers()]
    return list(ledger.seller_records(ids, SHIPPED.clock_of, NOW).values())


def seller_of(ledger: Ledger, number: str, **told) -> int:
    return order_in(ledger, ledger.add_order(order(number, **told), AT)).seller.id


def test_a_store_id_is_the_same_seller_under_any_name(ledger):
    first = seller_of(ledger, "1001", seller_name="Lamp Shop", store_id="S1")
    newer = {"seen_at": "2026-12-01T00:00:00Z"}
    assert seller_of(ledger, "1002", seller_name="Lamps & More", store_id="S1", **newer) == first
    assert [found.name for found in ledger.sellers()] == ["Lamps & More"]
    assert [record.orders for record in records(ledger)] == [2]


def test_a_seller_keeps_the_newest_name(ledger):
    seller_of(ledger, "1001", seller_name="Lamp Shop", store_id="S1", seen_at="2026-12-01T00:00:00Z")
    seller_of(ledger, "1002", seller_name="Old Name", store_id="S1", seen_at="2020-01-01T00:00:00Z")
    assert [found.name for found in ledger.sellers()] == ["Lamp Shop"]


def test_a_seller_keeps_an_address_that_newer_orders_do_not_tell(ledger):
    told = {"store_id": "S1", "seen_at": "2026-11-21T00:00:00Z"}
    seller_of(ledger, "1001", seller_name="Lamp Shop", store_url="https://shop.example/1", **told)
    newer = {"store_id": "S1", "seen_at": "2026-12-01T00:00:00Z"}
    order_id = ledger.add_order(order("1002", seller_name="Lamps & More", **newer), AT)
    seller = order_in(ledger, order_id).seller
    assert (seller.name, seller.url) == ("Lamps & More", "https://shop.example/1")


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
    assert records(ledger) == [
        SellerRecord(
            5, endings={"opened": 1, "cancelled": 1, "partly_refunded": 1, "expired": 1}, answers=(0,)
        ),
        SellerRecord(1),
    ]
    theirs, other = ledger.sellers()
    assert ledger.sellers(limit=1) == [theirs]
    assert ledger.seller(other.id) == other
    assert ledger.seller(99) is None


def test_what_was_recorded_in_error_is_no_dispute_of_the_seller(ledger):
    order_id = ledger.add_order(order("1001"), AT)
    wrong = open_dispute(ledger, order_id, 1, ANSWER, REQUEST, CONFIRM)
    right = open_dispute(ledger, order_id, 2)
    make(ledger, wrong.id, note(Replaced(right.id)))
    assert records(ledger) == [SellerRecord(1, endings={"opened": 1})]


@pytest.mark.parametrize(
    ("promised", "delivered", "kept", "late"),
    [
        ("2026-11-10", "2026-11-10", 1, 0),
        ("2026-11-10", "2026-11-11", 0, 1),
        ("2026-11-10", "2026-11-10T23:00:00Z", 1, 0),
        ("2026-11-10T08:00:00Z", "2026-11-10T23:00:00Z", 1, 0),
        ("2026-11-10T08:00:00Z", "2026-11-11", 0, 1),
        ("2026-11-10", None, 0, 1),
        ("2026-11-20", None, 0, 0),
        (None, "2026-11-10", 0, 0),
        ("2026-11-10", "2026-11-11T07:59:59Z", 1, 0),
        ("2026-11-10", "2026-11-11T08:00:00Z", 0, 1),
    ],
)
def test_a_delivery_is_late_after_the_promised_day_on_the_marketplace_s_clock(
    promised, delivered, kept, late, ledger
):
    ledger.add_order(order("1001", promised=promised, delivered=delivered), AT)
    assert records(ledger) == [SellerRecord(1, kept, late)]


def test_a_marketplace_whose_clock_is_not_known_has_days_of_utc(ledger):
    ledger.add_order(
        order("1001", marketplace="elsewhere", promised="2026-11-10", delivered="2026-11-11T07:59:59Z"), AT
    )
    assert records(ledger) == [SellerRecord(1, late=1)]


def test_the_newest_rating_counts_whatever_is_noted_after_it(ledger):
    seller = seller_of(ledger, "1001")
    other = seller_of(ledger, "1002", seller_name="Other")
    for rating, note_ in ((5, None), (2, "late"), (None, "never again")):
        ledger.rate_seller(seller, Rating(AT, "ada", rating, note_))
    ledger.rate_seller(other, Rating(AT, "ada", None, "new"))
    assert [record.rating for record in records(ledger)] == [2, None]


def test_a_sellers_answers_are_those_of_the_seller_alone(ledger):
    ids = [ledger.add_order(order(f"100{count}"), AT) for count in range(4)]
    claimed = {"happened_at": "2026-11-01"}
    told = move("answer", "seller", happened_at="2026-11-04T01:00:00Z")
    open_dispute(ledger, ids[0], 1, told, **claimed)
    wait = Message(Party.SELLER, "wait")
    from_seller = move("note", Party.IMPORT, fact=wait, happened_at="2026-11-06")
    from_buyer = note(Message(Party.BUYER, "hello"), happened_at="2026-11-02")
    open_dispute(ledger, ids[1], 1, from_buyer, from_seller, **claimed)
    open_dispute(
        ledger, ids[2], 1, move("observe", "import", to="answered", happened_at="2026-11-02"), **claimed
    )
    other = ledger.add_order(order("2001", seller_name="Other"), AT)
    open_dispute(ledger, other, 1, **claimed)
    theirs, others = records(ledger)
    assert (sorted(theirs.answers), others.answers) == ([2, 5], ())


def test_ids_are_never_given_again(tmp_path):
    path = make_ledger(tmp_path)
    with raw(path) as connection:
        connection.execute("DELETE FROM order_lines WHERE order_id = 5")
        connection.execute("DELETE FROM orders WHERE id = 5")
    with writing(path) as ledger:
        assert order_in(ledger, 5) is None
        assert ledger.add_order(order("9001"), AT) == 6
        assert order_in(ledger, 6).lines[0].id > 10


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
    known = order_in(ledger, order_id)
    changed = [(known.lines[0].id, NewLine("Desk lamp, red", 2))]
    ledger.merge_order(known, told, changed, [NewLine("Shade")], "2026-11-21T10:00:00Z")
    stored = order_in(ledger, order_id)
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
    assert ledger.lines_known_as(["L1"]) == [("L1", 1, 1), ("L1", 2, 3), ("L1", 3, 5)]
    assert ledger.lines_known_as(["L"]) == []
    assert ledger.disputes_known_as(["P1"]) == [("P1", dispute.id, ids[0])]
    assert ledger.disputes_known_as(["P"]) == []


def test_many_are_found_at_once_each_by_its_own_name(ledger):
    ids = [
        ledger.add_order(order(number, lines=(NewLine("Lamp", platform_id=line),)), AT)
        for number, line in (("1001", "L1"), ("1002", "L'2"), ("1003", 'L"3\\ é'))
    ]
    found = [open_dispute(ledger, order_id, platform_id=f"P {order_id} \u2713") for order_id in ids]
    assert {named.number: named.id for named in ledger.orders_numbered("1003", "1001", "9")} == {
        "1001": ids[0],
        "1003": ids[2],
    }
    assert sorted(ledger.lines_known_as(["L'2", 'L"3\\ é', "L"])) == [('L"3\\ é', 3, 3), ("L'2", 2, 2)]
    assert sorted(ledger.disputes_known_as([f"P {ids[2]} \u2713", f"P {ids[0]} \u2713", "P"])) == [
        (f"P {dispute.order_id} \u2713", dispute.id, dispute.order_id) for dispute in (found[0], found[2])
    ]
    assert sorted(ledger.orders_of_disputes([3, 2, 9])) == [(2, ids[1]), (3, ids[2])]


def test_what_is_not_there_is_not_made_up(ledger):
    open_dispute(ledger, ledger.add_order(order("1001"), AT))
    assert ledger.known(99) is None
    assert ledger.dossiers([99]) == []
    assert ledger.dossiers([]) == []
    assert ledger.histories([99]) == {99: ()}
    assert ledger.endings([99]) == {99: {}}
    assert ledger.orders_of_disputes([99]) == []
    assert ledger.orders_numbered() == []


def test_what_an_operation_asked_is_found_by_its_id(ledger):
    order_id = ledger.add_order(order("1001"), AT)
    one, other = (open_dispute(ledger, order_id, line, claim=CLAIM).id for line in (1, 2))
    ledger.add_keys([(one, Key("op-1", "cancel", "a", "b")), (other, Key("op-1", "open", "c", "d"))], AT)
    assert sorted(ledger.asked(["a", "c", "e"])) == [("a", one), ("c", other)]
    assert (ledger.said("op-1", "cancel", one), ledger.said("op-1", "open", other)) == ("b", "d")
    assert (ledger.said("op-1", "open", one), ledger.said("op-2", "open", other)) == (None, None)


def test_how_disputes_with_a_seller_ended_is_counted_those_in_error_apart(ledger):
    ids = [ledger.add_order(order(f"100{count}"), AT) for count in range(4)]
    other = ledger.add_order(order("2001", seller_name="Other"), AT)
    seller, another = (order_in(ledger, order_id).seller.id for order_id in (ids[0], other))
    assert ledger.endings([seller, another]) == {seller: {}, another: {}}
    for order_id in ids[:2]:
        open_dispute(ledger, order_id, 1, REQUEST, CONFIRM)
    open_dispute(ledger, ids[2], 1, move("lapse", "time", outcome="expired"))
    open_dispute(ledger, ids[2], 2)
    open_dispute(ledger, ids[3], 1, REQUEST, CONFIRM, note(Replaced(1)))
    open_dispute(ledger, other)
    expected = {"cancelled": 2, "expired": 1, "opened": 1}
    assert ledger.endings([seller]) == {seller: expected}
    assert ledger.endings([another, seller]) == {seller: expected, another: {"opened": 1}}


def test_orders_about_the_same_purchase_are_linked_with_each_other(ledger):
    bought, unrelated = (ledger.add_order(order(number), AT) for number in ("1001", "1002"))
    paid, card = (
        ledger.add_order(order(number, marketplace=market, seller_name=None, purchase_id=bought), AT)
        for number, market in (("PAY-1", "paypal"), ("CARD-1", "visa"))
    )
    linked = {found.order.id: found.linked for found in ledger.dossiers([card, unrelated, bought, paid])}
    assert linked == {bought: (paid, card), paid: (bought, card), card: (bought, paid), unrelated: ()}


def test_a_dossier_is_the_order_with_all_its_disputes_and_their_histories(ledger):
    order_id = ledger.add_order(order("1001"), AT)
    other = ledger.add_order(order("1002"), AT)
    first = open_dispute(ledger, order_id, 1, REQUEST, CONFIRM)
    elsewhere = open_dispute(ledger, other)
    second = open_dispute(ledger, order_id, 1)
    here, there = sorted(ledger.dossiers([other, order_id]), key=lambda found: found.order.id)
    assert (here.order, there.order) == (order_in(ledger, order_id), order_in(ledger, other))
    assert list(here.disputes.items()) == [(first.id, first), (second.id, second)], "oldest first"
    assert there.disputes == {elsewhere.id: elsewhere}
    assert here.histories == {dispute.id: history_in(ledger, dispute.id) for dispute in (first, second)}
    assert [event.seq for event in here.histories[first.id]] == [1, 2, 3]
    assert dispute_in(ledger, first.id) == first


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
