"""PayPal's activity report: payments and refunds of a buyer, in English and German, in either style."""

import csv
import io
import re
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispcli.core.money import Money
from dispcli.core.new_orders import NewOrder
from dispcli.core.orders import OrderStatus
from dispcli.core.told import Told, ToldRefund
from dispcli.errors import BadInput
from dispcli.formats.opening import open_input
from dispcli.formats.source import Aside, Asked, Mistake, Source
from tests.formats.paypal.reading import SAVED, format_of, read, told

ENGLISH = (
    "Date",
    "Time",
    "TimeZone",
    "Name",
    "Type",
    "Status",
    "Currency",
    "Gross",
    "Fee",
    "Net",
    "From Email Address",
    "Transaction ID",
    "Reference Txn ID",
    "Balance Impact",
)
GERMAN = (
    "Datum",
    "Uhrzeit",
    "Zeitzone",
    "Name",
    "Typ",
    "Status",
    "Währung",
    "Brutto",
    "Gebühr",
    "Netto",
    "Absender E-Mail-Adresse",
    "Transaktionscode",
    "Zugehöriger Transaktionscode",
    "Auswirkung auf Guthaben",
)
PAID = {
    "Date": "13/11/2026",
    "Time": "18:05:09",
    "TimeZone": "PST",
    "Name": "Bright Things",
    "Type": "Express Checkout Payment",
    "Status": "Completed",
    "Currency": "USD",
    "Gross": "-59.90",
    "Fee": "0.00",
    "Net": "-59.90",
    "From Email Address": "buyer@example.org",
    "Transaction ID": "1AB22222CC3333444",
    "Reference Txn ID": "",
    "Balance Impact": "Debit",
}
BACK = PAID | {
    "Date": "20/11/2026",
    "Type": "Payment Refund",
    "Gross": "25.00",
    "Transaction ID": "9ZZ88888YY7777666",
    "Reference Txn ID": "1AB22222CC3333444",
}


def paid(**changes: str) -> dict[str, str]:
    return PAID | {name.replace("_", " "): value for name, value in changes.items()}


def back(**changes: str) -> dict[str, str]:
    return BACK | {name.replace("_", " "): value for name, value in changes.items()}


def report(*rows: dict[str, str], header: tuple[str, ...] = ENGLISH) -> str:
    """A report as PayPal writes it: every cell quoted, Windows line ends, columns in their order."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(row.values() for row in rows)
    return out.getvalue()


def order(**changes: object) -> NewOrder:
    """What PAID tells."""
    known = NewOrder(
        marketplace="paypal",
        number="1AB22222CC3333444",
        placed="2026-11-14T02:05:09Z",
        placed_exact=True,
        status=OrderStatus.PAID,
        status_raw="Completed",
        seen_at=SAVED,
        seller_name="Bright Things",
        total=Money(5990, "USD"),
    )
    return known._replace(**changes)  # type: ignore[arg-type]


def refund(**changes: object) -> ToldRefund:
    """What BACK tells."""
    known = ToldRefund(
        marketplace="paypal",
        payment="1AB22222CC3333444",
        amount=Money(2500, "USD"),
        reference="9ZZ88888YY7777666",
        at="2026-11-21T02:05:09Z",
        seen_at=SAVED,
    )
    return known._replace(**changes)  # type: ignore[arg-type]


def only(row: dict[str, str]) -> list[Told]:
    """What a row tells, in a report whose other rows tell the style and nothing else."""
    style = [
        paid(Type="General Withdrawal", Date=day, Gross="-1,000.00") for day in ("13/01/2026", "01/01/2026")
    ]
    return told(report(*style, row))


def test_a_payment_is_an_order_and_a_refund_is_money_that_came_back() -> None:
    assert format_of(report(PAID)) == "paypal-activity"
    assert told(report(PAID, BACK)) == [order(), refund()]


def test_a_german_report_says_the_same() -> None:
    rows = (
        paid(
            Date="13.11.2026",
            Time="21:15:00",
            TimeZone="Europe/Berlin",
            Type="PayPal Express-Zahlung",
            Status="Abgeschlossen",
            Currency="EUR",
            Gross="-1.234,56",
        ),
        back(
            Date="20.07.2026",
            Time="08:00:00",
            TimeZone="CEST",
            Type="Rückzahlung",
            Status="Abgeschlossen",
            Currency="EUR",
            Gross="34,56",
        ),
    )
    assert told(report(*rows, header=GERMAN).encode("utf-8-sig")) == [
        order(placed="2026-11-13T20:15:00Z", status_raw="Abgeschlossen", total=Money(123456, "EUR")),
        refund(amount=Money(3456, "EUR"), at="2026-07-20T06:00:00Z"),
    ]


def test_a_statement_has_no_status_and_calls_the_type_a_description() -> None:
    text = (
        '"Date","Time","Time Zone","Description","Currency","Gross","Fee","Net","Balance","Transaction ID",'
        '"Name","Reference Txn ID"\r\n'
        '"11/13/2026","10:40:56","America/Los_Angeles","PreApproved Payment Bill User Payment","USD","-7.00",'
        '"0.00","-7.00","0.00","1AB22222CC3333444","Bright Things","B-4XY12345AB678901C"\r\n'
    )
    assert told(text) == [order(placed="2026-11-13T18:40:56Z", status_raw=None, total=Money(700, "USD"))]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_any_separator_is_read(separator: str) -> None:
    lines = (separator.join(cells) for cells in (ENGLISH, PAID.values()))
    assert told("\n".join(lines)) == [order()]


@pytest.mark.parametrize(
    "row",
    [
        paid(Gross="59.90"),
        paid(Gross="0.00"),
        paid(Status="Pending"),
        paid(Status="Denied"),
        paid(Type="General Authorization"),
        paid(Type="Account Hold for Open Authorization"),
        paid(Type="General Currency Conversion"),
        paid(Type="General Withdrawal"),
        paid(Type="Bank Deposit to PP Account"),
        paid(Type="Shopping Cart Item"),
        paid(Type="Allgemeine Währungsumrechnung"),
        paid(Type=""),
        back(Gross="-25.00"),
        back(Status="Pending"),
        back(Type="Reversal of General Account Hold"),
        back(Type="General Payment"),
        back(Reference_Txn_ID=""),
        back(Reference_Txn_ID="B-4XY12345AB678901C"),
    ],
)
def test_what_is_neither_is_skipped(row: dict[str, str]) -> None:
    assert only(row) == []


@pytest.mark.parametrize("status", ["Refunded", "Partially Refunded"])
def test_what_was_given_back_later_has_been_paid(status: str) -> None:
    assert only(paid(Status=status)) == [order(status_raw=status)]


def test_a_payment_under_a_billing_agreement_is_an_order() -> None:
    row = paid(Type="PreApproved Payment Bill User Payment", Reference_Txn_ID="B-4XY12345AB678901C")
    assert only(row) == [order()]


@pytest.mark.parametrize(
    ("time", "zone", "placed"),
    [
        ("18:05:09", "PST", "2026-11-14T02:05:09Z"),
        ("18:05:09", "PDT", "2026-11-14T01:05:09Z"),
        ("18:05", "GMT", "2026-11-13T18:05:00Z"),
        ("1:05:09", "Europe/Berlin", "2026-11-13T00:05:09Z"),
        ("18:05:09", "", "2026-11-13"),
        ("18:05:09", "XYZ", "2026-11-13"),
        ("18:05:09", "Mars/Olympus", "2026-11-13"),
        ("18:05:09", "../../etc/localtime", "2026-11-13"),
        ("", "PST", "2026-11-13"),
    ],
)
def test_a_time_needs_a_zone_that_is_known(time: str, zone: str, placed: str) -> None:
    assert only(paid(Time=time, TimeZone=zone)) == [order(placed=placed)]


def test_month_first_is_told_from_any_row() -> None:
    rows = [paid(Date="11/12/2026", TimeZone="UTC"), paid(Date="11/13/2026", Type="General Withdrawal")]
    assert told(report(*rows)) == [order(placed="2026-11-12T18:05:09Z")]


@pytest.mark.parametrize(("asked", "day"), [("dmy", "2026-12-11"), ("mdy", "2026-11-12")])
def test_days_of_two_readings_need_the_date_order(asked: str, day: str) -> None:
    text = report(paid(Date="11/12/2026", Time=""))
    with pytest.raises(BadInput, match="--date-order"):
        read(text)
    assert told(text, asked) == [order(placed=day)]


def test_the_file_knows_better_than_the_option() -> None:
    assert told(report(PAID), "mdy") == [order()]


def test_rows_of_two_orders_are_refused() -> None:
    with pytest.raises(BadInput, match=r"^file: '13/11/2026' is not a day written as mdy"):
        read(report(PAID, paid(Date="11/13/2026")))


def test_amounts_of_two_styles_are_refused() -> None:
    with pytest.raises(BadInput, match=r"^file: '-59,90' is not an amount with \. as its decimal mark"):
        read(report(PAID, paid(Gross="-59,90")))


def test_an_amount_with_two_readings_is_refused() -> None:
    (mistake,) = read(report(paid(Gross="-1,234")))
    assert isinstance(mistake, Mistake)
    assert (mistake.line, mistake.key) == (2, "Gross")
    assert "two readings" in mistake.message


def test_another_amount_tells_how_to_read_it() -> None:
    assert told(report(paid(Gross="-1,234"), paid(Gross="-1.50", Type="General Withdrawal"))) == [
        order(total=Money(123400, "USD"))
    ]


def test_a_currency_without_decimals_can_only_group() -> None:
    assert told(report(paid(Gross="-1,234", Currency="JPY"))) == [order(total=Money(1234, "JPY"))]


@pytest.mark.parametrize(
    ("row", "key", "message"),
    [
        (paid(Date="31/11/2026"), "Date", "not a day|no such day"),
        (paid(Date="13/11/26"), "Date", "not a day"),
        (paid(Date="٣/١١/٢٠٢٦"), "Date", "not a day"),
        (paid(Date=""), "Date", "is missing"),
        (paid(Time="25:00:00"), "Time", "no such time"),
        (paid(Time="6 pm"), "Time", "not a time"),
        (paid(Gross="five"), "Gross", "not an amount"),
        (paid(Gross="-1_000.00"), "Gross", "not an amount"),
        (paid(Gross="-59.901"), "Gross", "2 decimals"),
        (paid(Gross=""), "Gross", "is missing"),
        (paid(Currency=""), "Currency", "is missing"),
        (paid(Currency="$"), "Currency", "not a currency code"),
        (paid(Transaction_ID=""), "Transaction ID", "is missing"),
        (paid(Transaction_ID="1.2E+15"), "Transaction ID", "not an id"),
        (back(Reference_Txn_ID="see above"), "Reference Txn ID", "not an id"),
    ],
)
def test_a_mistake_has_its_line_and_column(row: dict[str, str], key: str, message: str) -> None:
    before, mistake, after = read(report(PAID, row, BACK))
    assert isinstance(mistake, Mistake)
    assert (mistake.line, mistake.key) == (3, key)
    assert re.search(message, mistake.message)
    assert [getattr(entry, "told", None) for entry in (before, after)] == [order(), refund()]


def test_years_of_two_digits_are_refused() -> None:
    (mistake,) = read(report(paid(Date="13/11/26")))
    assert mistake == Mistake("not a day: '13/11/26' (its year needs four digits)", 2, key="Date")


def test_a_short_row_is_a_mistake_of_its_line() -> None:
    _, mistake = read(report(PAID) + '"13/11/2026","18:05:09"\r\n')
    assert isinstance(mistake, Mistake)
    assert (mistake.line, mistake.message) == (3, "2 cells, but the header has 14")


def test_a_report_without_rows_tells_nothing() -> None:
    assert told(report()) == []


def test_another_table_is_refused_even_when_asked_for() -> None:
    with pytest.raises(BadInput, match="a column is missing: currency, gross, transaction id"):
        read("Date,Type,Amount\n13/11/2026,Payment,5.00\n", "paypal-activity")


CELLS = st.text() | st.sampled_from(["-1,00", "-1.00", "13/11/2026", "11/13/2026", "PDT", "24:00:00", "B-1"])


@given(st.sampled_from([PAID, BACK]), st.dictionaries(st.sampled_from(ENGLISH), CELLS))
def test_whatever_stands_in_a_row_is_read_told_or_refused(row: dict[str, str], odd: dict[str, str]) -> None:
    try:
        entries = read(report(PAID, row | odd))
    except BadInput:
        return
    assert {entry.line for entry in entries if not isinstance(entry, Aside)} <= {2, 3, 4}


@pytest.mark.endurance
def test_memory_does_not_grow_with_the_report() -> None:
    def peak(rows: int) -> int:
        line = report(PAID).splitlines(keepends=True)[1]
        stream = io.BytesIO((report() + line * rows).encode())
        tracemalloc.start()
        try:
            opened = open_input(Source("file", SAVED, Asked()), stream)
            assert sum(len(piece) for piece in opened.pieces) == rows
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(1000)
    assert peak(10_000) < 1.3 * peak(3_000)


def test_what_is_left_out_is_told_by_its_kind() -> None:
    held = paid(Type="Account Hold for Open Authorization", Status="Pending")
    entries = read(report(PAID, held, held, paid(Type="General Currency Conversion")))
    (aside,) = [one for one in entries if isinstance(one, Aside)]
    assert aside.message.endswith(
        ": Account Hold for Open Authorization, Pending (2), General Currency Conversion"
    )


def test_where_nothing_is_left_out_nothing_is_told() -> None:
    assert not [one for one in read(report(PAID, BACK)) if isinstance(one, Aside)]
