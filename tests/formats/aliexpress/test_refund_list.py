"""The buyer's list of refunds and disputes: what a saved answer of the web page tells."""

from typing import Any

import pytest

from dispcli.core.facts import Claim
from dispcli.core.money import Money
from dispcli.core.new_orders import NewLine, NewOrder
from dispcli.core.orders import OrderStatus
from dispcli.core.states import State
from dispcli.core.told import Sight, ToldDispute
from dispcli.core.words import Standing
from tests.formats.aliexpress.answers import Read, real

ITEM = {
    "itemCount": 3,
    "itemDetailUrl": "https://www.aliexpress.com/item/32810000001.html",
    "itemId": 32810000001,
    "itemTitle": "Desk lamp",
    "itemUnitPrice": {"cent": 6125, "currency": "BRL", "formatMoney": "R$61,25"},
}
PROGRESS = ("opened", "answered", "escalated", "agreed", "returning", "settling")


def row(**changes: Any) -> dict[str, Any]:
    told = {
        "aeItemDTO": ITEM,
        "gmtCreate": "1790000000123",
        "gmtCreateFormat": "2020-01-01 00:00:00",
        "gmtModified": "1790086400999",
        "reverseOrderId": "6230000000000001",
        "reverseOrderLineId": "6230000000100001",
        "reverseStatus": 3,
        "reverseType": "RETURN",
        "seller": {"storeId": 1816519, "storeUrl": "//www.aliexpress.com/store/1816519", "userId": 1},
        "tradeOrderId": "8140000000000001",
        "tradeOrderLineId": "8140000000010001",
    }
    return {key: value for key, value in {**told, **changes}.items() if value is not None}


def answer(*rows: Any) -> dict[str, Any]:
    items = [{"reverseOrderLines": [one], "shopName": "Bright Store"} for one in rows]
    return {
        "api": "mtop.aliexpress.buyer.reverse.queryreverseorderpagelistforbuyer",
        "data": {"module": {"items": items, "total": len(items)}},
        "ret": ["SUCCESS::ok"],
    }


def test_a_dispute_and_its_order_have_everything_the_list_shows() -> None:
    line = NewLine(
        title="Desk lamp",
        quantity=3,
        unit_price=Money(6125, "BRL"),
        platform_id="8140000000010001",
        product_id="32810000001",
        url="https://www.aliexpress.com/item/32810000001.html",
    )
    read = Read(answer(row()))
    assert read.format == "aliexpress-refund-list"
    assert read.told == [
        NewOrder(
            marketplace="aliexpress",
            number="8140000000000001",
            placed="2026-09-21",
            placed_exact=False,
            status=OrderStatus.UNKNOWN,
            status_raw=None,
            seen_at="2026-09-22T14:13:20Z",
            seller_name="Bright Store",
            store_id="1816519",
            store_url="https://www.aliexpress.com/store/1816519",
            lines=(line,),
        ),
        ToldDispute(
            marketplace="aliexpress",
            order="8140000000000001",
            platform_id="6230000000100001",
            claim=Claim("other", "refund", reason_raw="RETURN"),
            opened="2026-09-21T14:13:20Z",
            sight=Sight("3", tuple(Standing(State(state)) for state in PROGRESS)),
            seen_at="2026-09-22T14:13:20Z",
            line=line,
            note="also known as 6230000000000001",
            aliases=("6230000000000001",),
        ),
    ]


@pytest.mark.parametrize(
    ("status", "states"), [(2, PROGRESS), ("3", PROGRESS), (4, ("resolved", "cancelled")), (7, ())]
)
def test_the_status_is_a_number(status: object, states: tuple[str, ...]) -> None:
    (dispute,) = Read(answer(row(reverseStatus=status))).disputes
    assert dispute.sight.word == str(status)
    assert tuple(standing.state for standing in dispute.sight.standings) == states


def test_a_change_before_the_opening_does_not_make_it_older_than_that() -> None:
    (dispute,) = Read(answer(row(gmtModified="1780000000000"))).disputes
    assert dispute.seen_at == dispute.opened == "2026-09-21T14:13:20Z"


def test_a_time_without_an_epoch_is_pacific() -> None:
    (dispute,) = Read(answer(row(gmtCreate=None, gmtCreateFormat="2026-09-21 07:13:20"))).disputes
    assert dispute.opened == "2026-09-21T14:13:20Z"


def test_without_a_line_it_is_about_the_whole_order() -> None:
    read = Read(answer(row(tradeOrderLineId=None)))
    assert read.disputes[0].line is None
    assert read.orders[0].lines == ()


def test_several_disputes_of_one_line_come_oldest_first() -> None:
    newer = row(gmtCreate="1790500000000", gmtModified=None, reverseOrderLineId="6230000000100009")
    read = Read(answer(newer, row()))
    assert [one.platform_id for one in read.disputes] == ["6230000000100001", "6230000000100009"]
    assert [type(one).__name__ for one in read.told] == ["NewOrder", "ToldDispute"] * 2


def test_the_reverse_order_names_the_dispute_where_its_line_is_not_told() -> None:
    (dispute,) = Read(answer(row(reverseOrderLineId=None))).disputes
    assert (dispute.platform_id, dispute.note) == ("6230000000000001", None)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"tradeOrderId": None}, "tradeOrderId is missing"),
        ({"gmtCreate": None, "gmtCreateFormat": None}, "gmtCreate is missing"),
        ({"gmtCreate": "16480808871O8"}, "gmtCreate '16480808871O8' is not a time in epoch milliseconds"),
        ({"gmtCreate": "99999999999999999999999"},
         "gmtCreate '99999999999999999999999' is not a time in epoch milliseconds"),
        ({"reverseStatus": None}, "reverseStatus is missing"),
        ({"reverseOrderId": None, "reverseOrderLineId": None}, "reverseOrderLineId is missing"),
        ({"reverseOrderLineId": 6.2e15}, "reverseOrderLineId is not text"),
        ({"aeItemDTO": {**ITEM, "itemUnitPrice": {"cent": 61.25, "currency": "BRL"}}}, "cent is not text"),
        ({"aeItemDTO": {**ITEM, "itemUnitPrice": {"cent": 6125}}}, "itemUnitPrice has no currency"),
        ({"aeItemDTO": [ITEM]}, "item is not an object"),
        ({"seller": "me"}, "seller is not an object"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_place(changes: dict[str, Any], message: str) -> None:
    read = Read(answer(row(tradeOrderId="8140000000000009"), row(**changes)))
    (mistake,) = read.mistakes
    assert (mistake.message, mistake.item) == (message, 2)
    assert mistake.key == "data.module.items[1].reverseOrderLines[0]"
    assert [order.number for order in read.orders] == ["8140000000000009"]


def test_a_list_may_be_an_object_or_empty() -> None:
    one = {"data": {"module": {"items": {"reverseOrderLines": {**row()}, "shopName": "Bright Store"}}}}
    assert len(Read(one).disputes) == 1
    assert Read({"data": {"module": {"items": []}}}).told == []


def test_what_is_no_object_where_one_belongs_is_a_mistake() -> None:
    read = Read({"data": {"module": {"items": [{"reverseOrderLines": ["lamp"], "shopName": "x"}]}}})
    assert [one.message for one in read.mistakes] == ["not an object"]


def test_a_real_answer() -> None:
    read = Read(real("buyer_refund_list.json"))
    assert (read.format, read.mistakes) == ("aliexpress-refund-list", [])
    assert [
        (one.order, one.line and one.line.platform_id, one.platform_id, one.opened, one.sight.word)
        for one in read.disputes
    ] == [
        ("8142247025479021", "8142306633611334", "230619598499278", "2021-12-17T03:15:02Z", "4"),
        ("8143536486605361", "8143355043086413", "6234417803672596", "2022-01-31T13:07:59Z", "4"),
        ("8144543148947317", "8144101709301607", "6239649418962814", "2022-03-24T00:14:47Z", "4"),
    ]
    assert [
        (one.number, one.seller_name, one.store_id, str(one.lines[0].unit_price), one.lines[0].quantity)
        for one in read.orders
    ] == [
        ("8142247025479021", "ZETA Store", "912255364", "BRL 56.17", 3),
        ("8143536486605361", "Cabo Store", "325087", "BRL 52.73", 1),
        ("8144543148947317", "FENIX Store", "1816519", "BRL 61.25", 1),
    ]
    assert {one.sight.standings for one in read.disputes} == {
        (Standing(State.RESOLVED), Standing(State.CANCELLED))
    }
