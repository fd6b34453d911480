"""The seller centre's list of disputes: what a saved answer tells a buyer's ledger."""

from collections import Counter
from typing import Any

import pytest

from dispcli.core.facts import Claim
from dispcli.core.new_orders import NewLine, NewOrder
from dispcli.core.orders import OrderStatus
from dispcli.core.states import State
from dispcli.core.told import Sight, ToldDispute
from dispcli.core.words import Standing
from tests.formats.aliexpress.answers import Read, real


def row(**changes: Any) -> dict[str, Any]:
    item = {
        "itemCount": 2,
        "itemId": 1005000000000001,
        "itemTitle": "Desk lamp",
        "itemUnitPrice": {"cent": 23587, "currency": "CNY", "formatMoney": "CN￥ 235.87"},
    }
    told = {
        "aeItemDTO": item,
        "item": item,
        "detailUrl": "/m_apps/dispute-management/detail?reverseOrderLineId=6370000000100001",
        "gmtCreate": "2026-07-16 15:12:01",
        "gmtModified": "2026-07-16 15:12:27",
        "reverseOrderId": "6370000000000001",
        "reverseOrderLineId": "6370000000100001",
        "reverseStatus": "平台介入处理中",
        "reverseType": "RETURN",
        "tradeOrderGmtCreate": "2026-01-11 21:35:51",
        "tradeOrderId": "8200000000000001",
        "tradeOrderLineId": "8200000000010001",
    }
    return {key: value for key, value in {**told, **changes}.items() if value is not None}


def answer(*rows: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"sellerReverseOrderLines": [one]} for one in rows]


def test_a_dispute_and_its_order_without_the_seller_s_prices() -> None:
    line = NewLine("Desk lamp", quantity=2, platform_id="8200000000010001", product_id="1005000000000001")
    read = Read(answer(row()))
    assert read.format == "aliexpress-dispute-list"
    assert read.told == [
        NewOrder(
            marketplace="aliexpress",
            number="8200000000000001",
            placed="2026-01-12T05:35:51Z",
            placed_exact=True,
            status=OrderStatus.UNKNOWN,
            status_raw=None,
            seen_at="2026-07-16T22:12:27Z",
            lines=(line,),
        ),
        ToldDispute(
            marketplace="aliexpress",
            order="8200000000000001",
            platform_id="6370000000100001",
            claim=Claim("other", "refund", reason_raw="RETURN"),
            opened="2026-07-16T22:12:01Z",
            sight=Sight("平台介入处理中", (Standing(State.ESCALATED),)),
            seen_at="2026-07-16T22:12:27Z",
            line=line,
            note="also known as 6370000000000001",
            aliases=("6370000000000001",),
        ),
    ]


def test_where_an_epoch_stands_beside_the_text_the_epoch_wins() -> None:
    told = row(gmtCreateTimestamp=1790000000123, tradeOrderGmtCreateTimestamp="1780000000000")
    read = Read(answer(told))
    assert read.disputes[0].opened == "2026-09-21T14:13:20Z"
    assert (read.orders[0].placed, read.orders[0].placed_exact) == ("2026-05-28T20:26:40Z", True)


def test_an_hour_that_stands_twice_is_the_later_one() -> None:
    (dispute,) = Read(answer(row(gmtModified="2026-11-01 01:30:00"))).disputes
    assert dispute.seen_at == "2026-11-01T09:30:00Z"


def test_without_the_order_s_time_the_dispute_s_day_is_assumed() -> None:
    (order,) = Read(answer(row(tradeOrderGmtCreate=None))).orders
    assert (order.placed, order.placed_exact) == ("2026-07-16", False)


def test_several_lines_of_one_reverse_order_are_several_disputes() -> None:
    other = row(reverseOrderLineId="6370000000100002", tradeOrderLineId="8200000000010002")
    read = Read({"sellerReverseOrderLines": [row(), other]})
    assert [one.platform_id for one in read.disputes] == ["6370000000100001", "6370000000100002"]


def test_a_word_nobody_knows_is_kept() -> None:
    (dispute,) = Read(answer(row(reverseStatus="等待卖家"))).disputes
    assert dispute.sight == Sight("等待卖家", ())


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"gmtModified": "2026-03-08 02:30:00"},
         "gmtModified: no such time: '2026-03-08 02:30:00' (the clocks skip it)"),
        ({"gmtCreate": "16/07/2026"}, "gmtCreate: not a time: '16/07/2026' (as in 2026-10-31 14:05:00)"),
        ({"tradeOrderId": 82000000000.5}, "tradeOrderId is not text"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_place(changes: dict[str, Any], message: str) -> None:
    read = Read(answer(row(**changes), row()))
    (mistake,) = read.mistakes
    assert (mistake.message, mistake.item, mistake.key) == (message, 1, "sellerReverseOrderLines[0]")
    assert len(read.disputes) == 1


def test_a_real_answer() -> None:
    read = Read(real("web_dispute_list.json"))
    assert (read.format, read.mistakes) == ("aliexpress-dispute-list", [])
    assert (len(read.orders), len(read.disputes)) == (40, 40)
    assert len({one.platform_id for one in read.disputes}) == 40
    assert Counter(one.sight.word for one in read.disputes) == {
        "已结束": 37,
        "等待买家退货": 2,
        "平台介入处理中": 1,
    }
    assert Counter(one.sight.standings for one in read.disputes) == {
        (Standing(State.RESOLVED), Standing(State.CANCELLED)): 37,
        (Standing(State.AGREED),): 2,
        (Standing(State.ESCALATED),): 1,
    }
    assert all(order.placed_exact and order.total is None for order in read.orders)


@pytest.mark.parametrize(
    ("platform_id", "order", "line", "placed", "opened", "seen_at"),
    [
        ("6375657552402844", "8208460785972844", "8208460785982844", "2026-01-12T05:35:51Z",
         "2026-01-16T23:12:01Z", "2026-01-16T23:12:27Z"),
        ("14281354637634630", "3061986502254630", "3061986502264630", "2025-10-09T03:02:44Z",
         "2026-01-03T08:02:13Z", "2026-01-04T06:47:09Z"),
        ("6373325508342415", "8207219507462415", "8207219507472415", "2025-11-27T05:07:04Z",
         "2025-12-07T08:25:20Z", "2025-12-18T23:04:55Z"),
    ],
)  # fmt: skip
def test_single_disputes_of_the_real_answer(
    platform_id: str, order: str, line: str, placed: str, opened: str, seen_at: str
) -> None:
    read = Read(real("web_dispute_list.json"))
    (dispute,) = [one for one in read.disputes if one.platform_id == platform_id]
    assert (dispute.order, dispute.opened, dispute.seen_at) == (order, opened, seen_at)
    assert dispute.line is not None
    assert (dispute.line.platform_id, dispute.line.unit_price) == (line, None)
    assert placed in [one.placed for one in read.orders if one.number == order]


def test_a_line_of_the_real_answer_has_two_disputes_the_older_one_first() -> None:
    read = Read(real("web_dispute_list.json"))
    disputes = [one for one in read.disputes if one.line and one.line.platform_id == "8206344733332478"]
    assert [(one.platform_id, one.opened) for one in disputes] == [
        ("6373644043142478", "2025-12-04T12:36:59Z"),
        ("6373547187742478", "2025-12-10T16:18:25Z"),
    ]


@pytest.mark.parametrize(
    ("modified", "estimated"),
    [("2026-11-01 01:30:00", True), ("2026-11-01 00:59:59", False), ("2026-11-01 02:00:00", False)],
)
def test_a_change_in_the_hour_that_comes_twice_is_estimated(modified: str, *, estimated: bool) -> None:
    (dispute,) = Read(answer(row(gmtModified=modified))).disputes
    assert dispute.estimated is estimated
    if estimated:
        assert dispute.seen_at == "2026-11-01T09:30:00Z", "the later of the two"
