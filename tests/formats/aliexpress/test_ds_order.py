"""An order as the Open Platform tells it to dropshippers; its number comes from outside."""

from typing import Any

import pytest

from dispcli.core.money import Money
from dispcli.core.new_orders import NewLine, NewOrder
from dispcli.core.orders import OrderStatus
from tests.formats.aliexpress.answers import MODIFIED, Read, refused

NUMBER = "8190000000000001"
CHILD = {
    "actual_fee": {"amount": "9.08", "currency_code": "EUR"},
    "product_count": 2,
    "product_id": 1005000000000001,
    "product_name": "Desk lamp",
    "product_price": {"amount": "3.59", "currency_code": "EUR"},
    "shipping_fee": {"amount": "1.98", "currency_code": "EUR"},
    "sku_id": "12000000000000001",
}


def answer(**changes: Any) -> dict[str, Any]:
    told = {
        "child_order_list": {"aeop_child_order_info": [CHILD]},
        "gmt_create": "2026-07-04 09:00:00",
        "logistics_info_list": {"aeop_order_logistics_info": {"logistics_no": "X1"}},
        "logistics_status": "SELLER_SEND_GOODS",
        "order_status": "WAIT_BUYER_ACCEPT_GOODS",
        "store_info": {"store_id": 1816519, "store_name": "Bright Store"},
        "user_order_amount": {"amount": "9.08", "currency_code": "EUR"},
        "order_amount": {"amount": "10.50", "currency_code": "USD"},
    }
    result = {key: value for key, value in {**told, **changes}.items() if value is not None}
    return {"aliexpress_trade_ds_order_get_response": {"result": result, "request_id": "x"}}


def wrapped(number: Any, inside: dict[str, Any]) -> dict[str, Any]:
    return {"order_id": number, "response": inside}


def test_an_order_with_the_number_that_was_asked_for() -> None:
    read = Read(answer(), order=NUMBER)
    assert (read.format, read.mistakes) == ("aliexpress-ds-order", [])
    assert read.told == [
        NewOrder(
            marketplace="aliexpress",
            number=NUMBER,
            placed="2026-07-04T16:00:00Z",
            placed_exact=True,
            status=OrderStatus.SHIPPED,
            status_raw="WAIT_BUYER_ACCEPT_GOODS",
            seen_at=MODIFIED,
            seller_name="Bright Store",
            store_id="1816519",
            total=Money(908, "EUR"),
            tracking="X1",
            lines=(
                NewLine(
                    title="Desk lamp",
                    quantity=2,
                    unit_price=Money(359, "EUR"),
                    product_id="1005000000000001",
                    sku_id="12000000000000001",
                ),
            ),
        )
    ]


def test_other_captures_have_less() -> None:
    child = {"product_count": "3", "product_id": 1005000000000001}
    told = answer(
        child_order_list={"ae_child_order_info": child},
        store_info=None,
        user_order_amount=None,
        order_status=None,
    )
    (order,) = Read(told, order=NUMBER).orders
    assert order.lines == (NewLine("product 1005000000000001", quantity=3, product_id="1005000000000001"),)
    assert (order.total, order.seller_name) == (Money(1050, "USD"), None)
    assert (order.status, order.status_raw) == (OrderStatus.UNKNOWN, None)


def test_the_newer_method_is_the_same_answer() -> None:
    told = {"aliexpress_ds_trade_order_get_response": answer()["aliexpress_trade_ds_order_get_response"]}
    assert Read(told, order=NUMBER).orders[0].number == NUMBER


@pytest.mark.parametrize("number", [NUMBER, int(NUMBER)])
def test_the_number_can_be_wrapped_around(number: object) -> None:
    read = Read([wrapped(number, answer()), wrapped("8190000000000002", answer())])
    assert [order.number for order in read.orders] == [NUMBER, "8190000000000002"]


def test_a_wrapped_number_goes_before_the_one_asked_for() -> None:
    assert Read(wrapped(NUMBER, answer()), order="8190000000000009").orders[0].number == NUMBER


def test_without_a_number_the_option_is_named() -> None:
    assert "--order" in refused(answer())


def test_one_number_is_not_that_of_several_answers() -> None:
    assert "--order" in refused([answer(), answer()], order=NUMBER)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (
            {"error_response": {"code": 15, "msg": "Remote error", "sub_code": "isv.b", "sub_msg": "No"}},
            "15: Remote error: isv.b: No",
        ),
        ({"code": "ApiCallLimit", "type": "ISV", "message": "Too many calls", "request_id": "x"},
         "ApiCallLimit: Too many calls"),
        (wrapped(NUMBER, {"error_response": {"code": "27", "msg": "No session"}}), "27: No session"),
        ({"error_response": {}}, "an error: without a code"),
        (
            wrapped(NUMBER, {"aliexpress_trade_ds_order_get_response": {"rsp_code": 402, "rsp_msg": "none"}}),
            "the answer has no result: 402: none",
        ),
    ],
)  # fmt: skip
def test_an_error_is_refused_with_its_code_and_message(answer: dict[str, Any], said: str) -> None:
    assert said in refused(answer)


@pytest.mark.parametrize(
    ("children", "status"),
    [
        ([{"end_reason": "CANCELED"}], "cancelled"),
        ([{"end_reason": "CANCELED"}, {"end_reason": "buyer_cancel_order"}], "cancelled"),
        ([{"end_reason": "CANCELED"}, {}], "completed"),
        ([{"end_reason": "buyer_confirm_goods"}], "completed"),
        ([], "completed"),
    ],
)
def test_a_finished_order_whose_every_line_was_cancelled_is_cancelled(
    children: list[dict[str, Any]], status: str
) -> None:
    told = answer(order_status="FINISH", child_order_list={"aeop_child_order_info": children})
    (order,) = Read(told, order=NUMBER).orders
    assert (order.status, order.status_raw) == (status, "FINISH")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"gmt_create": None}, "gmt_create is missing"),
        ({"store_info": "me"}, "store_info is not an object"),
        ({"user_order_amount": "9.08"}, "user_order_amount is not an amount with a currency"),
        ({"user_order_amount": {"amount": "1e3", "currency_code": "EUR"}}, "amount '1e3' is not an amount"),
        ({"user_order_amount": {"amount": "٩", "currency_code": "EUR"}},
         "not an amount: '٩' (write it as 12.34 or 'EUR 12.34')"),
        ({"child_order_list": {"aeop_child_order_info": [{**CHILD, "product_count": "1.5"}]}},
         "quantity '1.5' is not a whole number from 1 to 999999"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_place(changes: dict[str, Any], message: str) -> None:
    (mistake,) = Read(answer(**changes), order=NUMBER).mistakes
    assert mistake.message == message
    assert mistake.key == "aliexpress_trade_ds_order_get_response.result"


def test_a_number_that_is_none_is_a_mistake() -> None:
    (mistake,) = Read(answer(), order="8.19E15").mistakes
    assert mistake.message == "order_id '8.19E15' is not a number"


def test_zeros_beyond_the_currency_s_decimals_are_no_contradiction() -> None:
    told = answer(user_order_amount={"amount": "1200.00", "currency_code": "JPY"})
    assert Read(told, order=NUMBER).orders[0].total == Money(1200, "JPY")


@pytest.mark.parametrize("name", [f"{NUMBER}.json", f"folder/order-{NUMBER}-saved.json"])
def test_the_name_of_the_file_can_tell_the_number(name: str) -> None:
    assert Read(answer(), name=name).orders[0].number == NUMBER


@pytest.mark.parametrize(
    "name", ["20261031.json", f"{NUMBER}-8190000000000002.json", f"{NUMBER}/answer.json"]
)
def test_a_name_that_tells_no_one_number_tells_none(name: str) -> None:
    assert "--order is needed" in refused(answer(), name=name)


def test_what_the_user_says_goes_before_the_name() -> None:
    assert Read(answer(), name="8190000000000002.json", order=NUMBER).orders[0].number == NUMBER


def test_of_several_answers_the_name_tells_none() -> None:
    assert "item 1: the order's number is not in the answer" in refused(
        [answer(), answer()], name=f"{NUMBER}.json"
    )
