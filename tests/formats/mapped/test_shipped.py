"""The shipped mappings: what the samples and files of their kind say, compared by hand."""

import pytest

from dispcli.core.money import Money
from dispcli.core.orders import OrderStatus
from dispcli.errors import BadInput
from tests.formats.reading import SEEN, Read, sample

AMAZON = (
    'ASIN,Currency,"Order Date","Order ID","Order Status","Original Quantity","Product Name","Ship Date",'
    '"Total Amount","Total Discounts","Unit Price",Website'
)
TEMU = (
    '"Order ID","Item description at order time","Order time","Shipped date","Price","Price tax",'
    '"Shipping cost","Order total","Order detail URL"'
)
USERSCRIPT = (
    "Order Number\tOrder Date\tTotal\tStore Name\tOrder Status\tProduct Title\tOption\tPrice\tQuantity\t"
    "Pieces Per Pack\tTotal Quantity\tLanded Cost\tProduct URL\tImage URL\t"
)


def amazon(*rows: str) -> str:
    return "\n".join([AMAZON, *rows])


def amazon_row(number: str = "404-1", total: str = "10.00", status: str = "Closed", asin: str = "B01") -> str:
    day = "2024-08-06T06:46:32Z"
    return f'{asin},EUR,{day},{number},{status},1,Lamp,Not Available,"{total}",0,8.1,Amazon.de'


def userscript(*rows: str) -> str:
    return "\n".join([USERSCRIPT, *rows])


def test_every_order_of_the_amazon_sample() -> None:
    read = Read(sample("orders_misc/amazon_amazon-sample.csv"))
    assert (read.format, read.mistakes) == ("amazon", [])
    told = [
        (one.number, one.placed, one.status, one.total, one.lines[0].quantity, one.lines[0].unit_price)
        for one in read.orders
    ]
    done = OrderStatus.COMPLETED
    assert told == [
        ("404-9369579-4557113", "2020-03-07T15:05:24Z", done, Money(11065, "EUR"), 1, Money(8133, "EUR")),
        ("403-9728884-8943564", "2021-10-31T17:12:54Z", done, Money(8966, "PLN"), 1, Money(7289, "PLN")),
        ("407-5290159-8741121", "2024-08-06T06:46:32Z", done, Money(170000, "PLN"), 1, Money(138211, "PLN")),
        ("171-1774724-9272335", "2026-01-25T18:59:19Z", done, Money(2813, "PLN"), 1, Money(2828, "PLN")),
        ("205-2922957-8849935", "2025-03-26T20:55:11Z", done, Money(1484, "GBP"), 1, Money(963, "GBP")),
        ("113-4333969-0641019", "2022-05-31T12:13:19Z", done, Money(7610, "USD"), 1, Money(4998, "USD")),
        ("407-1234567-8901234", "2024-10-15T19:30:00Z", done, Money(3686, "PLN"), 3, Money(999, "PLN")),
        (
            "408-9876543-2109876",
            "2025-06-10T09:15:00Z",
            OrderStatus.CANCELLED,
            Money(0, "PLN"),
            1,
            Money(5999, "PLN"),
        ),
    ]
    assert {one.marketplace for one in read.orders} == {"amazon"}
    assert read.orders[1].lines[0].title == 'ELEGOO Wyswietlacz 3,5" TFT LCD Touch Screen Monitor 480 x 320'
    assert read.orders[0].lines[0].product_id == "B00ARPM4XY"
    assert read.orders[3].shipped == "2026-01-27T18:42:45Z", "fractions of a second are dropped"
    assert read.orders[7].shipped is None
    assert read.orders[0].tracking == "UPS_EU_GROUND(1Z123)"


def test_amazon_tells_the_total_of_a_row_and_the_order_is_their_sum() -> None:
    apart = amazon(amazon_row(total="1,382.11"), amazon_row("404-2"), amazon_row(total="'-6.66'", asin="B02"))
    assert [one.total for one in Read(apart).orders] == [
        Money(137545, "EUR"),
        Money(1000, "EUR"),
        Money(137545, "EUR"),
    ]


def test_a_total_is_unknown_where_the_share_of_a_row_is() -> None:
    read = Read(amazon(amazon_row(), amazon_row(total="Not Available", asin="B02"), amazon_row("404-2")))
    assert [one.total for one in read.orders] == [None, None, Money(1000, "EUR")]


def test_a_row_that_is_wrong_leaves_its_order_without_a_total() -> None:
    read = Read(amazon(amazon_row(), amazon_row(total="free", asin="B02")))
    assert read.mistakes == ["3: not an amount with '.' before its decimals: 'free'"]
    assert [one.total for one in read.orders] == [None]


@pytest.mark.parametrize("first", ["Closed", "Cancelled"])
def test_one_cancelled_row_does_not_cancel_the_order(first: str) -> None:
    second = {"Closed": "Cancelled", "Cancelled": "Closed"}[first]
    read = Read(amazon(amazon_row(status=first), amazon_row(status=second, asin="B02")))
    assert [(one.status, one.status_raw) for one in read.orders] == [(OrderStatus.COMPLETED, "Closed")] * 2


def test_cells_that_say_they_are_not_available_say_nothing() -> None:
    assert Read(amazon(amazon_row())).order.shipped is None


def test_every_order_of_the_temu_sample() -> None:
    read = Read(sample("orders_misc/temu_sample-orders.csv"), currency="USD")
    assert (read.format, read.mistakes) == ("temu", [])
    told = [(one.number, one.placed, one.shipped, one.total, one.lines[0].unit_price) for one in read.orders]
    assert told == [
        ("PO-162-21726517842553634", "2023-11-14", "2023-11-15", Money(7048, "PLN"), Money(7048, "PLN")),
        ("PO-162-31827628953664745", "2024-03-22", "2024-03-25", Money(5149, "PLN"), Money(4599, "PLN")),
        ("PO-162-41938739064775856", "2024-06-10", "2024-06-13", Money(1499, "USD"), Money(1299, "USD")),
        ("PO-162-52049840175886967", "2024-08-05", "2024-08-07", Money(1520, "PLN"), Money(1520, "PLN")),
        ("PO-162-63150951286997078", "2024-12-01", "2024-12-04", Money(1149, "EUR"), Money(999, "EUR")),
    ]
    assert read.orders[0].status is OrderStatus.UNKNOWN
    assert read.orders[0].status_raw is None, "not told, which is not the same as a word nobody knows"


def test_a_bare_dollar_sign_asks_for_the_currency() -> None:
    row = 'PO-1,Lamp,2024/06/10,,"$12.99","$0.00","$2.00","$14.99",'
    with pytest.raises(BadInput, match="file:2: nothing tells the currency") as told:
        Read(f"{TEMU}\n{row}")
    assert "--currency" in (told.value.hint or "")
    assert Read(f"{TEMU}\n{row}", currency="CAD").order.total == Money(1499, "CAD")


def test_a_sign_that_tells_its_currency_goes_before_the_one_that_was_asked() -> None:
    row = 'PO-1,Lamp,2024/06/10,,"12,99 zł",,,"R$14,99",'
    order = Read(f"{TEMU}\n{row}", currency="CAD").order
    assert (order.total, order.lines[0].unit_price) == (Money(1499, "BRL"), Money(1299, "PLN"))


def test_a_sign_of_letters_nobody_knows_is_a_mistake() -> None:
    row = 'PO-1,Lamp,2024/06/10,,"12.99 gold",,,"14.99",'
    assert "which currency is 'gold'" in Read(f"{TEMU}\n{row}", currency="USD").mistakes[0]


ONE = "8190000000000001\t3/9/2026\t120.95\tBright\tCompleted\tLamp\tBrass\t60.47\t2\t1\t2\t120.95\thttps://a.b/i\t\t"
MANY = "8190000000000002\t12/31/2025\t15.10\tBright\tAwaiting delivery\t\t\t\t\t\t\t\t\t\t"


def test_a_userscript_table_is_read_month_first() -> None:
    read = Read(userscript(ONE, MANY), currency="USD")
    assert (read.format, read.mistakes) == ("aliexpress-userscript", [])
    lamp, many = read.orders
    assert (lamp.placed, lamp.status, lamp.total) == (
        "2026-03-09",
        OrderStatus.COMPLETED,
        Money(12095, "USD"),
    )
    line = lamp.lines[0]
    assert (line.title, line.quantity, line.unit_price) == ("Lamp", 2, Money(6047, "USD"))
    assert (many.placed, many.lines, many.total) == ("2025-12-31", (), Money(1510, "USD"))
    assert many.seller_name == "Bright"
    assert many.status is OrderStatus.SHIPPED
    assert many.seen_at == SEEN


def test_a_userscript_table_needs_a_currency() -> None:
    with pytest.raises(BadInput, match="currency") as told:
        Read(userscript(ONE))
    assert "--currency" in (told.value.hint or "")


@pytest.mark.parametrize(
    ("text", "currency", "total"),
    [
        ("12946", "PLN", None),  # printed as 129,46zł: the comma is lost
        ("1.23456", "EUR", None),  # printed as 1.234,56
        ("129.46", "PLN", Money(12946, "PLN")),
        ("12946", "JPY", Money(12946, "JPY")),
        ("12946", "USD", Money(1294600, "USD")),
        ("1234.56", "USD", Money(123456, "USD")),
    ],
)
def test_an_amount_that_may_have_lost_its_comma_is_not_taken(
    text: str, currency: str, total: Money | None
) -> None:
    row = MANY.replace("15.10", text)
    assert Read(userscript(row), currency=currency).order.total == total


@pytest.mark.parametrize("ends", ["header", "rows", "neither"])
def test_the_tab_at_the_end_may_be_missing(ends: str) -> None:
    header = USERSCRIPT if ends == "header" else USERSCRIPT.rstrip("\t")
    row = ONE if ends == "rows" else ONE.removesuffix("\t")
    assert Read(f"{header}\n{row}", currency="USD").order.number == "8190000000000001"


def test_a_row_with_one_cell_too_many_is_a_mistake() -> None:
    assert Read(f"{USERSCRIPT}\n{ONE}\textra", currency="USD").mistakes == [
        "2: 16 cells, but the header has 15"
    ]


REQUEST = (
    "order_id,parent_orderid,gmt_create_order_time,order_status,item_name,unit_price,payable_amt,"
    "gmt_pay_order_time,gmt_trade_end_time,end_reason,is_success_pay,frozen_status"
)


def request(*rows: str) -> str:
    return "\n".join([REQUEST, *rows])


def request_row(
    line: str = "8190000000000011", paid: str = "2500", reason: str = "", status: str = "FINISH"
) -> str:
    return (
        f"{line},8190000000000001,2026-01-16 15:12:27,{status},Lamp,3000,{paid},"
        f"2026-01-16 15:13:00,,{reason},true,NO_FROZEN"
    )


def test_a_data_request_tells_lines_of_orders_in_cents() -> None:
    read = Read(request(request_row(), request_row("8190000000000012", "199")), currency="EUR")
    assert (read.format, read.mistakes) == ("aliexpress-data-request", [])
    first, second = read.orders
    assert (first.number, first.lines[0].platform_id) == ("8190000000000001", "8190000000000011")
    assert second.lines[0].platform_id == "8190000000000012"
    assert first.lines[0].unit_price == Money(3000, "EUR")
    assert first.total == second.total == Money(2699, "EUR"), "what was paid for both lines"
    assert first.placed == "2026-01-16T23:12:27Z", "Pacific time"
    assert first.placed_exact is False, "which is only assumed"
    assert first.status is OrderStatus.COMPLETED


def test_a_data_request_needs_a_currency() -> None:
    with pytest.raises(BadInput, match="currency"):
        Read(request(request_row()))


@pytest.mark.parametrize(
    ("reason", "status"),
    [
        ("buyer_cancel_order", OrderStatus.CANCELLED),
        ("cancel_order_close_trade", OrderStatus.CANCELLED),
        ("pay_timeout", OrderStatus.CANCELLED),
        ("CANCELED", OrderStatus.CANCELLED),
        ("buyer_accept_goods", OrderStatus.COMPLETED),
        ("", OrderStatus.COMPLETED),
    ],
)
def test_a_finished_order_that_ended_by_cancelling_is_cancelled(reason: str, status: OrderStatus) -> None:
    order = Read(request(request_row(reason=reason)), currency="USD").order
    assert (order.status, order.status_raw) == (status, "FINISH")


def test_cents_with_a_fraction_are_refused() -> None:
    assert "not a whole number" in Read(request(request_row(paid="25.5")), currency="USD").mistakes[0]


OURS = (
    "marketplace,order,date,status,status_raw,seller,store,store_url,total,currency,shipped,delivered,"
    "protection_ends,line,title,quantity,unit_price,line_id,product,sku,attributes,url,seen_at"
)


def test_what_was_exported_comes_back_unchanged() -> None:
    row = (
        "aliexpress,8190000000000001,2026-10-02T10:00:00Z,frozen,IN_FROZEN,'=Shop,1100,https://a.b/store,"
        "1234.50,USD,2026-10-03,,2026-12-31,1,'@home lamp,2,617.25,77,1005,12,Color: Brass,https://a.b/i,"
        "2026-10-09T08:07:06Z"
    )
    order = Read(f"{OURS}\n{row}").order
    assert (order.marketplace, order.number, order.placed) == (
        "aliexpress",
        "8190000000000001",
        "2026-10-02T10:00:00Z",
    )
    assert (order.status, order.status_raw) == (OrderStatus.FROZEN, "IN_FROZEN")
    assert (order.seller_name, order.store_id, order.store_url) == ("=Shop", "1100", "https://a.b/store")
    assert (order.total, order.shipped, order.delivered) == (Money(123450, "USD"), "2026-10-03", None)
    assert (order.protection_ends, order.seen_at) == ("2026-12-31", "2026-10-09T08:07:06Z")
    line = order.lines[0]
    assert (line.title, line.quantity, line.unit_price) == ("@home lamp", 2, Money(61725, "USD"))
    assert (line.platform_id, line.product_id, line.sku_id) == ("77", "1005", "12")
    assert (line.attributes, line.url) == ("Color: Brass", "https://a.b/i")


@pytest.mark.parametrize("status", [status.value for status in OrderStatus])
def test_every_status_of_ours_comes_back(status: str) -> None:
    row = f"ebay,1-2,2026-10-02,{status},,,,,,,,,,,,,,,,,,,2026-10-09T08:07:06Z"
    order = Read(f"{OURS}\n{row}").order
    assert (order.status.value, order.status_raw) == (status, None)
    assert order.lines == ()


def test_a_status_that_is_none_of_ours_is_told_as_the_platforms_word() -> None:
    row = "ebay,1-2,2026-10-02,complet,,,,,,,,,,,,,,,,,,,2026-10-09T08:07:06Z"
    order = Read(f"{OURS}\n{row}").order
    assert (order.status, order.status_raw) == (OrderStatus.UNKNOWN, "complet")


def test_one_json_object_a_line_says_the_same() -> None:
    text = (
        '{"marketplace":"ebay","order":"1-2","date":"2026-10-02","status":"paid","status_raw":null,"line":1,'
        '"title":"Lamp","quantity":2,"unit_price":"12.30","currency":"EUR","total":24.6,'
        '"seen_at":"2026-10-09T08:07:06Z"}'
    )
    for content in (text, f"{text}\n", f"{text}\n{text.replace('1-2', '1-3')}\n"):
        read = Read(content)
        assert read.format == "dispcli"
        first = read.orders[0]
        assert (first.number, first.total) == ("1-2", Money(2460, "EUR"))
        assert first.lines[0].unit_price == Money(1230, "EUR")
    assert [one.number for one in read.orders] == ["1-2", "1-3"]


def test_how_many_amounts_were_left_out_is_told() -> None:
    read = Read(
        userscript(MANY.replace("15.10", "12946"), ONE.replace("8190000000000001", "8190000000000009")),
        currency="PLN",
    )
    assert [one.message.partition(":")[0] for one in read.asides] == ["1 amount is left out"]
