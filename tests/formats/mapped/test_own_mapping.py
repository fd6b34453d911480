"""A user's own mapping: what can be said in it, and every mistake in one told at once."""

from pathlib import Path
from typing import Any

import pytest

from dispcli.core.money import Money
from dispcli.core.orders import OrderStatus
from dispcli.errors import BadInput
from dispcli.formats.mapped.mapping import TableMapping
from dispcli.formats.mapped.reading import parse_mapping, read_mapping
from tests.formats.reading import Read


def mapping(**told: Any) -> TableMapping:
    """A mapping of columns named as ours are, for a marketplace of no words of its own."""
    columns = {name: name for name in ("number", "date", "status", "title", "quantity", "unit_price")}
    data = {"marketplace": "ebay", "columns": columns, "amounts": {"currency": "USD"}, **told}
    return parse_mapping("mine", data)


def table(*rows: str) -> str:
    return "\n".join(["number,date,status,title,quantity,unit_price", *rows])


def dated(day: str, **dates: Any) -> Read:
    return Read(table(f"1-2,{day},,Lamp,,"), mapping(dates=dates))


def priced(price: str, **amounts: Any) -> Read:
    return Read(table(f'1-2,2026-10-31,,Lamp,,"{price}"'), mapping(amounts={"currency": "USD", **amounts}))


def test_a_mapping_names_the_format_it_makes() -> None:
    assert Read(table("1-2,2026-10-31,Paid,Lamp,1,1.00"), mapping()).format == "mine"


def test_words_of_the_mapping_stand_beside_those_of_the_marketplace() -> None:
    mine = mapping(words={"completed": ["Closed"], "cancelled": ["Void"]})
    rows = [f"1-{word},2026-10-31,{word},Lamp,," for word in ("closed", "VOID", "shipped", "odd")]
    told = [(one.status, one.status_raw) for one in Read(table(*rows), mine).orders]
    assert told == [
        (OrderStatus.COMPLETED, "closed"),
        (OrderStatus.CANCELLED, "VOID"),
        (OrderStatus.SHIPPED, "shipped"),
        (OrderStatus.UNKNOWN, "odd"),
    ]


@pytest.mark.parametrize(
    ("day", "order", "told"),
    [
        ("03/09/2026", "mdy", "2026-03-09"),
        ("03/09/2026", "dmy", "2026-09-03"),
        ("31.12.2025", "dmy", "2025-12-31"),
        ("2025/12/31", "ymd", "2025-12-31"),
        ("2025-12-31", "dmy", "2025-12-31"),
        ("12/31/2025 11:59 PM", "mdy", "2025-12-31"),
        ("2025-12-31 23:59:59", "mdy", "2025-12-31"),
        ("2025-12-31T23:59:59Z", "mdy", "2025-12-31T23:59:59Z"),
        ("2025-12-31T23:59:59.250+01:00", "mdy", "2025-12-31T22:59:59Z"),
        ("12/31/2025 11:59:00 PM UTC", "mdy", "2025-12-31T23:59:00Z"),
    ],
)
def test_a_day_is_read_in_the_order_of_the_mapping(day: str, order: str, told: str) -> None:
    assert dated(day, order=order).order.placed == told


@pytest.mark.parametrize(
    ("zone", "told"),
    [("none", "2026-01-16"), ("utc", "2026-01-16T15:12:00Z"), ("pacific", "2026-01-16T23:12:00Z")],
)
def test_a_time_without_a_zone_is_read_as_the_mapping_says(zone: str, told: str) -> None:
    assert dated("2026-01-16 15:12", zone=zone).order.placed == told


@pytest.mark.parametrize(
    "day",
    [
        "13/32/2026",
        "2026-02-30",
        "0/1/2026",
        "99999-01-01",
        "٢٠٢٦-١٠-٠٢",
        "31/12/25",
        "yesterday",
        "46000",
        "2026-10",
    ],
)
def test_a_day_out_of_range_or_of_another_kind_is_a_mistake_at_its_line(day: str) -> None:
    read = dated(day, order="mdy")
    assert read.orders == []
    assert read.mistakes[0].startswith("2: ")


def test_a_time_out_of_range_is_a_mistake() -> None:
    for moment in ("2026-01-16T25:00:00Z", "0001-01-01T00:00:00+14:00", "2026-03-08 02:30:00"):
        assert len(dated(moment, zone="pacific").mistakes) == 1, moment


def detected(*days: str, **asked: str) -> list[str]:
    rows = [f"1-{count},{day},,Lamp,," for count, day in enumerate(days)]
    return [one.placed for one in Read(table(*rows), mapping(dates={"order": "detect"}), **asked).orders]


def test_the_order_of_days_is_decided_from_the_whole_file() -> None:
    assert detected("03/09/2026", "31/12/2025") == ["2026-09-03", "2025-12-31"]
    assert detected("03/09/2026", "12/31/2025") == ["2026-03-09", "2025-12-31"]
    assert detected("31/12/2025", "03/09/2026", date_order="mdy")[1] == "2026-09-03", "what the file proves"


def test_days_that_leave_two_orders_need_to_be_told() -> None:
    with pytest.raises(BadInput, match="more than one order") as told:
        detected("03/09/2026", "2026-10-31")
    assert "--date-order" in (told.value.hint or "")
    assert detected("03/09/2026", date_order="dmy") == ["2026-09-03"]


def test_days_that_contradict_each_other_are_refused() -> None:
    with pytest.raises(BadInput, match="is not a day written as"):
        detected("31/12/2025", "12/31/2025")


def test_a_cell_that_is_no_day_does_not_hide_the_order_of_the_others() -> None:
    read = Read(table("1-1,soon,,Lamp,,", "1-2,31/12/2025,,Lamp,,"), mapping(dates={"order": "detect"}))
    assert [one.placed for one in read.orders] == ["2025-12-31"]
    assert len(read.mistakes) == 1


@pytest.mark.parametrize(
    ("price", "decimal", "minor"),
    [
        ("1234.5", ".", 123450),
        ("1,234.56", ".", 123456),
        ("1,700", ".", 170000),
        ("$0.50", ".", 50),
        ("12.3400", ".", 1234),
        ("1.234,56 €", ",", 123456),
        ("1.700", ",", 170000),
        ("1 234,5", ",", 123450),
        ("12", ",", 1200),
        ("US $1,234.56", "printed", 123456),
        ("70,48", "printed", 7048),
    ],
)
def test_amounts_are_read_by_the_mark_of_the_mapping(price: str, decimal: str, minor: int) -> None:
    read = priced(price, decimal=decimal, signs={"USD": ["US $", "$"], "EUR": ["€"]})
    price_read = read.order.lines[0].unit_price
    assert price_read is not None
    assert price_read.minor == minor


@pytest.mark.parametrize(
    ("price", "decimal"),
    [
        ("1,5", "."),
        ("1.5", "printed"),
        ("12.345", "."),
        ("1,23,456", "."),
        ("1.234,567.89", "."),
        ("1.000.00", ","),
        ("12-3", "."),
        ("5-", "."),
        ("1 2", "."),
        ("1e5", "."),
        ("1e9999999", "."),
        ("9" * 400, "."),
        ("٣", "."),
        ("1_0", "."),
        ("-1.00", "."),
        ("free", "printed"),
        ("", "printed"),
    ],
)
def test_an_amount_that_is_none_is_a_mistake(price: str, decimal: str) -> None:
    read = priced(price, decimal=decimal)
    if price:
        assert read.orders == []
        assert read.mistakes[0].startswith("2: ")
        assert len(read.mistakes[0]) < 200
    else:
        assert read.order.lines[0].unit_price is None


def test_a_currency_of_three_decimals_needs_a_mark_to_be_read() -> None:
    assert len(priced("1.234", currency="KWD").mistakes) == 1
    for decimal, minor in ((".", 1234), (",", 1234000)):
        line = priced("1.234", currency="KWD", decimal=decimal).order.lines[0]
        assert line.unit_price == Money(minor, "KWD")


def test_the_currency_that_was_asked_goes_before_the_mappings() -> None:
    row = table("1-2,2026-10-31,,Lamp,,12.00")
    assert Read(row, mapping(), currency="EUR").order.lines[0].unit_price == Money(1200, "EUR")


def test_the_currency_of_the_row_goes_before_all() -> None:
    text = "number,date,unit_price,title,code\n1,2026-10-31,12.00,Lamp,SEK\n2,2026-10-31,12.00,Lamp,\n"
    columns = {
        "number": "number",
        "date": "date",
        "unit_price": "unit_price",
        "title": "title",
        "currency": "code",
    }
    told = Read(text, mapping(columns=columns), currency="EUR").orders
    assert [one.lines[0].unit_price for one in told] == [Money(1200, "SEK"), Money(1200, "EUR")]


def test_a_rounded_number_of_an_order_is_refused() -> None:
    for number in ("8.2E+15", "8.19e15", "-8.2E+15", "8190000000000001.0"):
        mistake = Read(table(f"{number},2026-10-31,,Lamp,,"), mapping()).mistakes[0]
        assert "was rounded by a spreadsheet" in mistake, number


def test_a_promised_day_and_a_parcel_have_columns() -> None:
    columns = {name: name for name in ("number", "date", "promised", "tracking")}
    text = "number,date,promised,tracking\n1-2,2026-10-31,2026-11-20,UPS (1Z12)\n1-3,2026-10-31,,9.4E+21\n"
    read = Read(text, mapping(columns=columns))
    assert [(one.promised, one.tracking) for one in read.orders] == [("2026-11-20", "UPS (1Z12)")]
    assert "was rounded by a spreadsheet" in read.mistakes[0]


def test_a_number_of_json_that_may_be_rounded_is_refused() -> None:
    row = (
        '{"number": NUMBER, "date": "2026-10-31", "status": null, "title": "Lamp", "quantity": 1,'
        ' "unit_price": 0.1}'
    )
    for number in ("8190000000000001.5", "1e300", "123456789012345678901234567890"):
        assert "may be rounded" in Read(row.replace("NUMBER", number), mapping()).mistakes[0]
    order = Read(row.replace("NUMBER", "8190000000000001"), mapping()).order
    assert (order.number, order.lines[0].unit_price) == ("8190000000000001", Money(10, "USD"))
    for value in ("true", "[1]", '{"a": 1}'):
        assert "is not text" in Read(row.replace("NUMBER", value), mapping()).mistakes[0]


def test_a_row_that_is_an_order_needs_no_title() -> None:
    row = table("1-2,2026-10-31,,,3,1.00")
    assert Read(row, mapping(each="order")).order.lines == ()


def test_a_line_with_an_id_needs_a_title() -> None:
    columns = {"number": "n", "date": "d", "title": "t", "line_id": "l"}
    assert Read("n,d,t,l\n1-2,2026-10-31,,77\n", mapping(columns=columns)).mistakes == ["2: t is missing"]


def test_a_column_that_the_file_lacks_is_named_with_those_it_has() -> None:
    with pytest.raises(BadInput, match="a column is missing: 'date', 'title'") as told:
        Read("number,status,quantity,unit_price,Date\n1,2,3,4,5\n", mapping())
    assert "Date" in (told.value.hint or "")
    lenient = mapping(needed=["number", "date"])
    assert Read("number,date\n1-2,2026-10-31\n", lenient).order.lines == ()


def test_a_list_of_json_is_no_table() -> None:
    with pytest.raises(BadInput, match="not a JSON list"):
        Read('[{"number": "1"}]', mapping())


def test_every_mistake_of_a_mapping_is_told_at_once(tmp_path: Path) -> None:
    file = tmp_path / "bad.toml"
    file.write_text(
        """
        marketplace = "E Bay"
        each = "row"
        colour = "red"
        absent = [1]
        [columns]
        number = 7
        unit_price = "Price"
        prize = "Price"
        [dates]
        order = "myd"
        exact = 1
        [amounts]
        currency = "dollars"
        decimal = "'"
        total = "line"
        lost_commas = ["zł"]
        [amounts.signs]
        euro = ["€"]
        USD = ["€"]
        [words]
        lost = ["gone"]
        paid = ["Closed"]
        closed = ["CLOSED"]
        [overrides]
        reason = "x"
        """
    )
    with pytest.raises(BadInput) as told:
        read_mapping(file)
    places = [detail.removeprefix(f"{file}: ").split(": ")[0] for detail in told.value.details]
    assert sorted(places) == sorted(
        [
            "marketplace",
            "each",
            "colour",
            "absent",
            "columns.number",
            "columns.date",
            "columns.prize",
            "columns.title",
            "dates.order",
            "dates.exact",
            "amounts.currency",
            "amounts.decimal",
            "amounts.total",
            "amounts.lost_commas",
            "amounts.signs.euro",
            "amounts.signs.USD",
            "words.lost",
            "words.closed",
            "overrides.reason",
        ]
    )


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"a = ", "not TOML"),
        (b"\xff\xfe", "not TOML"),
        (b"a = " + b"[" * 100_000, "not TOML"),
        (b"#" * 300_000, "larger than 256 KiB"),
    ],
)
def test_a_file_that_is_no_mapping_is_refused(tmp_path: Path, content: bytes, told: str) -> None:
    file = tmp_path / "bad.toml"
    file.write_bytes(content)
    with pytest.raises(BadInput, match=told):
        read_mapping(file)


def test_a_mapping_that_is_not_there_is_bad_input(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="No such file"):
        read_mapping(tmp_path / "none.toml")
