"""An order as the Open Platform's findorderbyid tells it."""

from typing import Any

import pytest

from dispcli.core.money import Money
from dispcli.core.new_orders import NewLine, NewOrder
from dispcli.core.orders import OrderStatus
from tests.formats.aliexpress.answers import MODIFIED, Read, refused

CHILD = {
    "id": 8190000000010001,
    "product_count": 2,
    "product_id": 1005000000000001,
    "product_name": "Desk lamp",
    "product_price": {"amount": "10.00", "cent": 1000, "cent_factor": 100, "currency_code": "USD"},
    "order_status": "WAIT_BUYER_ACCEPT_GOODS",
}
MONEY = {"amount": "24.50", "cent": 2450, "cent_factor": 100, "currency": {"currency_code": "USD"}}


def answer(envelope: dict[str, Any] | None = None, **changes: Any) -> dict[str, Any]:
    told = {
        "id": 8190000000000001,
        "gmt_create": "2026-07-04 09:00:00",
        "order_status": "WAIT_BUYER_ACCEPT_GOODS",
        "frozen_status": "NO_FROZEN",
        "issue_status": "NO_ISSUE",
        "order_amount": MONEY,
        "child_order_list": {"aeop_tp_child_order_dto": [CHILD]},
        "child_order_ext_info_list": {"aeop_tp_order_product_info_dto": [{"product_id": 1005000000000001}]},
        "logistic_info_list": {},
        "over_time_left": "2026-11-20 23:30:00",
        "seller_signer_fullname": "Bright Store",
    }
    target = {key: value for key, value in {**told, **changes}.items() if value is not None}
    response = {"target": target, **(envelope or {})}
    return {"aliexpress_trade_new_redefining_findorderbyid_response": response}


def test_an_order_has_everything_the_answer_tells() -> None:
    read = Read(answer({"time_stamp": "2026-11-10 16:00:00"}))
    assert (read.format, read.mistakes) == ("aliexpress-find-order", [])
    assert read.told == [
        NewOrder(
            marketplace="aliexpress",
            number="8190000000000001",
            placed="2026-07-04T16:00:00Z",
            placed_exact=True,
            status=OrderStatus.SHIPPED,
            status_raw="WAIT_BUYER_ACCEPT_GOODS",
            seen_at="2026-11-10T08:00:00Z",
            seller_name="Bright Store",
            total=Money(2450, "USD"),
            lines=(
                NewLine(
                    title="Desk lamp",
                    quantity=2,
                    unit_price=Money(1000, "USD"),
                    platform_id="8190000000010001",
                    product_id="1005000000000001",
                ),
            ),
            protection_ends="2026-11-21T07:30:00Z",
            protection_basis="given",
        )
    ]


def test_without_a_time_stamp_the_file_s_own_age_counts() -> None:
    assert Read(answer()).orders[0].seen_at == MODIFIED


@pytest.mark.parametrize(
    ("parcels", "shipped", "delivered"),
    [
        ([("2026-07-05 08:00:00", None)], "2026-07-05T15:00:00Z", None),
        ([("2026-07-05 08:00:00", "2026-07-20 08:00:00"), ("2026-07-08 08:00:00", None)],
         "2026-07-08T15:00:00Z", None),
        ([("2026-07-05 08:00:00", "2026-07-20 08:00:00"), ("2026-07-08 08:00:00", "2026-07-18 08:00:00")],
         "2026-07-08T15:00:00Z", "2026-07-20T15:00:00Z"),
    ],
)  # fmt: skip
def test_parcels_tell_when_the_last_one_was_sent_and_when_all_had_come(
    parcels: list[tuple[str, str | None]], shipped: str, delivered: str | None
) -> None:
    told = [{"gmt_send": sent, "gmt_received": come} for sent, come in parcels]
    (order,) = Read(answer(logistic_info_list={"aeop_tp_logistic_info_dto": told})).orders
    assert (order.shipped, order.delivered) == (shipped, delivered)


def test_parcels_have_tracking_numbers_each_told_once() -> None:
    numbers: list[Any] = ["LP001", None, "RB2", "LP001", 773]
    parcels = [{"logistics_no": number} for number in numbers]
    (order,) = Read(answer(logistic_info_list={"aeop_tp_logistic_info_dto": parcels})).orders
    assert order.tracking == "LP001, RB2, 773"


@pytest.mark.parametrize(
    ("word", "end", "status", "raw"),
    [
        ("FINISH", None, "completed", "FINISH"),
        ("FINISH", "buyer_accept_goods", "completed", "FINISH"),
        ("FINISH", "pay_timeout", "cancelled", "FINISH"),
        ("FINISH", "cancel_order_close_trade", "cancelled", "FINISH"),
        ("WAIT_BUYER_ACCEPT_GOODS", "pay_timeout", "shipped", "WAIT_BUYER_ACCEPT_GOODS"),
        ("RISK_CONTROL", None, "paid", "RISK_CONTROL"),
        ("IN_FROZEN", None, "frozen", "IN_FROZEN"),
        ("IN_ISSUE", None, "unknown", None),
        ("IN_CANCEL", None, "unknown", None),
        ("FUND_PROCESSING", None, "unknown", "FUND_PROCESSING"),
    ],
)
def test_the_status_and_the_reason_for_the_end(
    word: str, end: str | None, status: str, raw: str | None
) -> None:
    (order,) = Read(answer(order_status=word, order_end_reason=end)).orders
    assert (order.status, order.status_raw) == (status, raw)


@pytest.mark.parametrize(
    ("money", "expected"),
    [
        ({"cent": 2450, "currency_code": "USD"}, Money(2450, "USD")),
        ({"amount": 24.5, "currency_code": "USD"}, Money(2450, "USD")),
        ({"cent": 1200, "currency_code": "JPY"}, Money(1200, "JPY")),
        ({"amount": "1200", "cent": 120000, "cent_factor": 100, "currency_code": "JPY"}, Money(1200, "JPY")),
        ({"amount": "1.2345", "cent": 1234, "cent_factor": 1000, "currency_code": "KWD"}, None),
    ],
)
def test_money_is_told_in_several_ways(money: dict[str, Any], expected: Money | None) -> None:
    read = Read(answer(order_amount=money))
    assert [order.total for order in read.orders] == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"id": None}, "id is missing"),
        ({"gmt_create": "2026-03-08 02:30:00"},
         "gmt_create: no such time: '2026-03-08 02:30:00' (the clocks skip it)"),
        ({"over_time_left": "soon"}, "over_time_left: not a time: 'soon' (as in 2026-10-31 14:05:00)"),
        ({"order_amount": {**MONEY, "cent": 2451}}, "order_amount says both USD 24.50 and USD 24.51"),
        ({"order_amount": {"cent": 2450, "cent_factor": 1000, "currency_code": "USD"}},
         "order_amount: 1000 cent are no unit of USD"),
        ({"order_amount": {"cent": "24,50", "currency_code": "USD"}},
         "order_amount: cent '24,50' is not a whole number"),
        ({"order_amount": {"cent": 10**17, "currency_code": "USD"}}, "amount out of range"),
        ({"order_amount": {"cent": "0" * 19, "currency_code": "USD"}},
         "order_amount: cent '0000000000000000000' is not a whole number"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_place(changes: dict[str, Any], message: str) -> None:
    (mistake,) = Read(answer(**changes)).mistakes
    assert mistake.message == message
    assert mistake.key == "aliexpress_trade_new_redefining_findorderbyid_response.target"


def test_an_answer_without_an_order_is_refused() -> None:
    assert "the answer has no target" in refused({"findorderbyid_response": {"target": {}}})
    assert "the answer has no target" in refused({"findorderbyid_response": None})


def test_a_frozen_order_is_frozen_however_far_it_is() -> None:
    (order,) = Read(answer(frozen_status="IN_FROZEN")).orders
    assert (order.status, order.status_raw) == (OrderStatus.FROZEN, "WAIT_BUYER_ACCEPT_GOODS")


@pytest.mark.parametrize(
    "response",
    [
        {"result": {"error_code": 1, "error_message": "no such order", "success": False}},
        {"target": {"error_code": 1, "error_message": "no such order"}},
        {"error_code": 1, "error_message": "no such order"},
    ],
)
def test_an_error_inside_is_told_in_its_own_words(response: dict[str, Any]) -> None:
    told = refused({"aliexpress_trade_new_redefining_findorderbyid_response": response})
    assert "1: no such order" in told
