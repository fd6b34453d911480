"""The buyer's list of orders: what a saved answer of the web page tells."""

from typing import Any

import pytest

from dispcli.core.money import Money
from dispcli.core.new_orders import NewLine, NewOrder
from dispcli.core.orders import OrderStatus
from tests.formats.aliexpress.answers import MODIFIED, Read, real, refused

LINE = {
    "currencyCode": "BRL",
    "formatPriceInfo": "R$1.026,59|1.026|59",
    "itemDetailUrl": "//www.aliexpress.com/item/1005000000000001.html",
    "itemPriceText": "R$1.026,59",
    "itemTitle": "Desk lamp",
    "orderLineId": "8200000000010001",
    "productId": "1005000000000001",
    "quantity": 2,
    "skuAttrs": [{"id": 14, "name": "Color", "text": "Brass"}, {"id": 9, "name": "Length", "text": "2m"}],
    "skuId": "12000000000000001",
}


def fields(**changes: Any) -> dict[str, Any]:
    told = {
        "currencyCode": "BRL",
        "formatPriceInfo": "R$2.060,00|2.060|00",
        "orderDateText": "Jul 5, 2026 ",
        "orderId": "8200000000000001",
        "orderLines": [LINE],
        "statusText": "Awaiting delivery ",
        "storeName": "Bright Store",
        "storePageUrl": "//www.aliexpress.com/store/1105843321",
        "totalPriceText": "R$2.060,00",
    }
    return {key: value for key, value in {**told, **changes}.items() if value is not None}


def answer(*orders: dict[str, Any]) -> dict[str, Any]:
    blocks = {f"pc_om_list_order_{number}": {"fields": order} for number, order in enumerate(orders)}
    return {
        "api": "mtop.aliexpress.trade.buyer.order.list",
        "data": {"container": {}, "data": {"pc_om_list_header_1": {"fields": {"text": "x"}}, **blocks}},
        "ret": ["SUCCESS::ok"],
    }


def test_an_order_has_everything_the_page_shows() -> None:
    read = Read(answer(fields()))
    assert read.format == "aliexpress-order-list"
    assert read.told == [
        NewOrder(
            marketplace="aliexpress",
            number="8200000000000001",
            placed="2026-07-05",
            placed_exact=True,
            status=OrderStatus.SHIPPED,
            status_raw="Awaiting delivery",
            seen_at=MODIFIED,
            seller_name="Bright Store",
            store_id="1105843321",
            store_url="https://www.aliexpress.com/store/1105843321",
            total=Money(206000, "BRL"),
            lines=(
                NewLine(
                    title="Desk lamp",
                    quantity=2,
                    unit_price=Money(102659, "BRL"),
                    platform_id="8200000000010001",
                    product_id="1005000000000001",
                    sku_id="12000000000000001",
                    attributes="Color: Brass, Length: 2m",
                    url="https://www.aliexpress.com/item/1005000000000001.html",
                ),
            ),
        )
    ]


def test_only_number_day_and_currency_are_needed() -> None:
    bare = {"orderId": 8200000000000001, "orderDateText": "Dec 31, 2025", "currencyCode": "USD"}
    (order,) = Read(answer(bare)).orders
    assert (order.number, order.placed) == ("8200000000000001", "2025-12-31")
    assert (order.status, order.status_raw) == (OrderStatus.UNKNOWN, None), "not told"
    assert (order.total, order.lines, order.store_id) == (None, (), None)


def test_a_status_nobody_knows_keeps_its_word() -> None:
    (order,) = Read(answer(fields(statusText="Wird geprüft"))).orders
    assert (order.status, order.status_raw) == (OrderStatus.UNKNOWN, "Wird geprüft")


def test_a_price_without_its_parts_is_read_from_the_text() -> None:
    (order,) = Read(answer(fields(formatPriceInfo=None))).orders
    assert order.total == Money(206000, "BRL")


def test_a_price_taken_apart_without_the_currency_s_decimals_is_read_from_the_text() -> None:
    told = fields(
        currencyCode="JPY", formatPriceInfo="￥4,200|4|200", totalPriceText="￥4,200", orderLines=[]
    )
    (order,) = Read(answer(told)).orders
    assert order.total == Money(4200, "JPY")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"orderId": None}, "orderId '0' is not a number of 6 to 32 digits"),
        ({"orderId": "8.2E+15"}, "orderId '8.2E+15' is not a number"),
        ({"orderId": 8200000000000001.5}, "orderId is not text"),
        ({"orderId": "123"}, "orderId '123' is not a number of 6 to 32 digits"),
        ({"orderDateText": "Feb 30, 2026"}, "no such day: '2026-02-30' (day is out of range for month)"),
        ({"orderDateText": "5/7/2026"}, "no day that can be read: '5/7/2026' (as in 'Jul 15, 2026')"),
        ({"currencyCode": None}, "currencyCode is missing"),
        ({"currencyCode": "R$"}, "not a currency code: 'R$' (three capital letters, as in USD)"),
        ({"totalPriceText": "free", "formatPriceInfo": None}, "not one amount: 'free'"),
        (
            {"totalPriceText": "-R$ 5,00", "formatPriceInfo": ""},
            "a minus sign away from its number: '-R$ 5,00'",
        ),
        ({"orderLines": [{**LINE, "quantity": 0}]}, "quantity '0' is not a whole number from 1 to 999999"),
        ({"orderLines": ["lamp"]}, "orderLines holds something that is not an object"),
        ({"orderLines": "lamp"}, "'lamp' is not a list"),
    ],
)
def test_what_is_wrong_is_said_with_its_place_and_the_next_order_is_read(
    changes: dict[str, Any], message: str
) -> None:
    read = Read(answer(fields(**changes), fields(orderId="8200000000000002")))
    (mistake,) = read.mistakes
    assert (mistake.message, mistake.item) == (message, 1)
    assert mistake.key == "data.data.pc_om_list_order_0.fields"
    assert [order.number for order in read.orders] == ["8200000000000002"]


def test_several_answers_can_be_one_list() -> None:
    read = Read([answer(fields()), answer(fields(orderId="8200000000000002"))])
    assert [order.number for order in read.orders] == ["8200000000000001", "8200000000000002"]


def test_an_answer_that_is_an_error_is_refused_with_its_words() -> None:
    expired = {
        "api": "mtop.aliexpress.trade.buyer.order.list",
        "data": {},
        "ret": ["FAIL_SYS_SESSION_EXPIRED::Session expired"],
    }
    assert "FAIL_SYS_SESSION_EXPIRED::Session expired" in refused(expired)
    assert "item 2" in refused([answer(fields()), expired])


def test_an_answer_without_orders_where_they_belong_is_refused() -> None:
    assert "data.data is missing" in refused({"api": "mtop.aliexpress.trade.buyer.order.list", "data": {}})


def test_a_real_answer() -> None:
    read = Read(real("buyer_order_list.json"))
    assert (read.format, read.mistakes) == ("aliexpress-order-list", [])
    assert [
        (one.number, one.placed, one.status, str(one.total), one.seller_name, one.store_id, len(one.lines))
        for one in read.orders
    ] == [
        ("8212313961591322", "2026-07-15", "completed", "BRL 132.74", "Vega Store", "1105843321", 1),
        ("8211748238135282", "2026-05-18", "completed", "BRL 87.82", "NANO Store", "1104336407", 2),
        ("8212611134562621", "2026-06-26", "completed", "BRL 335.07", "XENON Store", "1936564", 1),
        ("8211781299384136", "2026-05-27", "completed", "BRL 400.20", "Bravo Store", "301635", 1),
    ]
    assert [
        (line.platform_id, line.product_id, line.sku_id, line.quantity, str(line.unit_price), line.attributes)
        for order in read.orders
        for line in order.lines
    ] == [
        ("8212840438652111", "1005745176332016", "12008585716928855", 1, "BRL 126.59",
         "Color: HDMI-compatible 2.1, Length: 2m"),
        ("8211887789632170", "1005924558387036", "12007632852108348", 1, "BRL 37.79",
         "Color: EDXProX Black MIC"),
        ("8211005868302376", "1005924558387036", "12000387684563755", 1, "BRL 35.10",
         "Color: EDXProX Clear NOMIC"),
        ("8212751922320187", "1005203774414767", "12006774513776774", 1, "BRL 328.65", "Color: black"),
        ("8211146434102767", "1005556346511095", "12008612752283644", 1, "BRL 448.85",
         "Color: 40Gbps, Ships From: brazil"),
    ]  # fmt: skip


def test_a_hidden_order_number_is_taken_from_the_key() -> None:
    for hidden in ({}, {"orderId": None}):
        told = {**fields(), **hidden}
        if not hidden:
            del told["orderId"]
        (order,) = Read({"data": {"data": {"pc_om_list_order_8200000000000009": {"fields": told}}}}).orders
        assert order.number == "8200000000000009"


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("Jul 15, 2026", "2026-07-15"),
        ("July 15, 2026", "2026-07-15"),
        ("Sept 5, 2026", "2026-09-05"),
        ("15 Jul 2026", "2026-07-15"),
        ("15 jul, 2026", "2026-07-15"),
        ("15 de jul. de 2026", "2026-07-15"),
        ("15. Juli 2026", "2026-07-15"),
        ("3 févr. 2026", "2026-02-03"),
        ("15 lip 2026", "2026-07-15"),
        ("15 сент. 2026 г.", "2026-09-15"),
        ("2026-07-15", "2026-07-15"),
        ("2026年7月5日", "2026-07-05"),
        ("2026. 7. 5.", "2026-07-05"),
    ],
)
def test_days_are_read_in_the_languages_of_the_page(printed: str, day: str) -> None:
    (order,) = Read(answer(fields(orderDateText=printed))).orders
    assert (order.placed, order.placed_exact) == (day, True)


@pytest.mark.parametrize("printed", ["15/7/2026", "7. 5. 2026", "15 xyz 2026", "15 jul 26", "١٥ jul 2026"])
def test_a_day_that_is_not_clear_is_refused(printed: str) -> None:
    (mistake,) = Read(answer(fields(orderDateText=printed))).mistakes
    assert "no day that can be read" in mistake.message
