"""What `dispcli export` writes, in every format, as whoever opens it sees it."""

import csv
import io
import json
from datetime import datetime
from typing import Any

import openpyxl
import pytest
from jsonschema import Draft202012Validator

from dispcli.core.exports import ExportedLine, ExportedMessage
from dispcli.core.facts import Message
from dispcli.core.states import Party
from dispcli.ledger import compiled
from dispcli.ledger.listing import Listing
from dispcli.render.schemas import schemas
from tests.cli.harness import Cli
from tests.export.ledgers import LAMP, PAYMENT, RISKY, SHOES, filled
from tests.ledger.builders import AT, note, open_dispute, order, raw, tamper, writing

HEADER = (
    "marketplace,order,date,status,status_raw,seller,store,store_url,total,currency,shipped,delivered,"
    "protection_ends,line,title,quantity,unit_price,unit_currency,line_id,product,sku,attributes,url,seen_at,"
    "promised,tracking,protection_basis"
)
ORDERS = HEADER.split(",")
LAMP_ROW = [
    "aliexpress",
    LAMP,
    "2026-10-01",
    "shipped",
    "Awaiting delivery",
    "Lamp Shop",
    "1100000001",
    "https://www.aliexpress.com/store/1100000001",
    "12.50",
    "USD",
    "2026-10-02T08:00:00Z",
    "",
    "2026-12-30",
    "1",
    "Desk lamp, brass",
    "2",
    "5.00",
    "USD",
    "L1",
    "1005",
    "12000",
    "Color: Brass",
    "",
    AT,
    "2026-10-31",
    "LP00123456789, =RB2",
    "entered",
]
LISTS = {"orders": ("order_lines", 4), "disputes": ("disputes", 2), "history": ("history", 6)}
LISTS["messages"] = ("messages", 1)


@pytest.fixture
def full(cli: Cli) -> Cli:
    filled(cli.ledger)
    return cli


def rows_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text), strict=True))


def test_a_row_is_a_line_of_an_order(full: Cli) -> None:
    header, first, second, shoes, payment = rows_of(full.ok("export", "orders", "--format", "csv").stdout)
    assert header == ORDERS
    assert first == LAMP_ROW
    assert second[:13] == LAMP_ROW[:13]
    assert second[13:18] == ["2", f"'{RISKY}", "1", "2.50", "USD"]
    assert shoes[8:10] == ["4200", "JPY"]
    assert payment[:2] == ["paypal", PAYMENT]
    assert payment[13:23] == [""] * 10


def test_a_pipe_gets_tsv(full: Cli) -> None:
    lines = full.ok("export", "orders").stdout.splitlines()
    assert lines[0].split("\t") == ORDERS
    assert lines[1].split("\t") == LAMP_ROW
    assert lines[2].split("\t")[14] == RISKY, "a tab-separated cell is as it is"


@pytest.mark.parametrize("what", LISTS)
def test_json_is_what_its_schema_says(full: Cli, what: str) -> None:
    name, count = LISTS[what]
    document = full.ok("export", what, "--format", "json").json()
    Draft202012Validator(schemas()[name]).validate(document)
    assert len(document[name]) == count
    lines = full.ok("export", what, "--format", "ndjson").stdout.splitlines()
    assert [json.loads(line) for line in lines] == [
        {"schema_version": document["schema_version"], **record} for record in document[name]
    ]


@pytest.mark.parametrize("what", LISTS)
def test_every_format_has_every_record(full: Cli, what: str) -> None:
    _, count = LISTS[what]
    tsv = [line.split("\t") for line in full.ok("export", what, "--format", "tsv").stdout.splitlines()]
    raw = rows_of(full.ok("export", what, "--format", "csv", "--raw").stdout)
    assert tsv == raw
    assert len(raw) == count + 1


def test_amounts_are_never_taken_for_formulas(full: Cli) -> None:
    tamper(full.ledger, f"UPDATE orders SET total_minor = -1250 WHERE number = '{LAMP}'")
    assert rows_of(full.ok("export", "orders", "--format", "csv").stdout)[1][8] == "-12.50"


def test_raw_cells_are_as_they_are(full: Cli) -> None:
    assert rows_of(full.ok("export", "orders", "--format", "csv", "--raw").stdout)[2][14] == RISKY
    assert rows_of(full.ok("export", "messages", "--format", "csv").stdout)[1][7] == "'-5% if you cancel"


def test_history_says_which_order_it_is_about(full: Cli) -> None:
    first = full.ok("export", "history").rows()[0]
    assert (first["order"], first["dispute"], first["seq"], first["action"]) == (LAMP, "D1", "1", "open")


def test_a_message_says_when_it_was_said_and_when_recorded(full: Cli) -> None:
    row = full.ok("export", "messages").row()
    assert (row["order"], row["dispute"], row["from"]) == (LAMP, "D1", "seller")
    assert (row["at"], row["recorded"]) == ("2026-11-18T07:30:00Z", AT)


def test_closed_disputes_are_exported_too(full: Cli) -> None:
    assert [row["state"] for row in full.ok("export", "disputes").rows()] == ["opened", "cancelled"]


def test_fields_are_chosen_and_ordered(full: Cli) -> None:
    assert full.ok("export", "disputes", "--fields", "state,dispute").stdout == (
        "state\tdispute\nopened\tD1\ncancelled\tD2\n"
    )
    assert full.run("export", "disputes", "--fields", "nosuch").code == 2


def test_a_column_of_empty_cells_alone_is_still_rows(full: Cli) -> None:
    assert full.ok("export", "disputes", "--fields", "outcome", "--format", "csv").stdout == (
        'outcome\n""\n""\n'
    )


# --- spreadsheets ---


def sheet(cli: Cli, what: str, *more: str) -> Any:
    path = cli.home.parent / f"{what}.xlsx"
    cli.ok("export", what, "-o", str(path), "--force", *more)
    return openpyxl.load_workbook(path)[LISTS[what][0]]


def test_a_spreadsheet_has_real_types(full: Cli) -> None:
    lines = sheet(full, "orders")
    cells = dict(zip(ORDERS, lines[2], strict=True))
    assert (cells["order"].value, cells["order"].data_type) == (LAMP, "s")
    assert (cells["store"].value, cells["line_id"].value) == ("1100000001", "L1")
    assert (cells["total"].value, cells["total"].number_format) == (12.5, "0.00")
    assert (cells["date"].value, cells["date"].number_format) == (datetime(2026, 10, 1), "yyyy-mm-dd")
    assert cells["shipped"].value == datetime(2026, 10, 2, 8)
    assert cells["shipped"].number_format == "yyyy-mm-dd hh:mm:ss"
    assert (cells["line"].value, cells["quantity"].value) == (1, 2)
    assert cells["delivered"].value is None
    yen = dict(zip(ORDERS, lines[4], strict=True))
    assert (yen["order"].value, yen["total"].value, yen["total"].number_format) == (SHOES, 4200, "0")


def test_a_spreadsheet_runs_no_formula(full: Cli) -> None:
    cell = sheet(full, "orders")["O3"]
    assert (cell.value, cell.data_type) == (RISKY, "s")


def test_a_spreadsheet_has_a_frozen_header_and_a_filter(full: Cli) -> None:
    lines = sheet(full, "orders")
    assert [cell.value for cell in lines[1]] == ORDERS
    assert lines.freeze_panes == "A2"
    assert lines.auto_filter.ref == "A1:AA5"


def test_a_text_longer_than_a_cell_is_cut_and_said(cli: Cli) -> None:
    with writing(cli.ledger) as ledger:
        number = ledger.add_order(order(), AT)
        open_dispute(ledger, number, 1, note(Message(Party.SELLER, "x" * 40_000)))
    path = cli.home.parent / "messages.xlsx"
    said = cli.ok("export", "messages", "--output", str(path)).stderr
    text = openpyxl.load_workbook(path)["messages"]["H2"].value
    assert len(text) == 32_767
    assert text.endswith("x … (cut)")
    assert "1 text was longer than a cell holds" in said


def test_more_rows_than_a_worksheet_holds_go_on_in_the_next(
    full: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dispcli.render.xlsx.MOST_ROWS", 4)
    lines = sheet(full, "orders")
    further = lines.parent["order_lines 2"]
    assert (lines.max_row, further.max_row) == (4, 2)
    assert [cell.value for cell in further[1]] == ORDERS
    assert further["B2"].value == PAYMENT


def test_a_moment_that_a_spreadsheet_can_not_count_is_text(full: Cli) -> None:
    tamper(full.ledger, f"UPDATE orders SET placed = '1066-10-14' WHERE number = '{LAMP}'")
    assert sheet(full, "orders")["C2"].value == "1066-10-14"


def test_more_digits_than_a_spreadsheet_keeps_are_text(full: Cli) -> None:
    tamper(full.ledger, f"UPDATE orders SET total_minor = 1234567890123456 WHERE number = '{LAMP}'")
    assert sheet(full, "orders")["I2"].value == "12345678901234.56"


@pytest.mark.parametrize(
    ("listing", "record"),
    [(compiled.EXPORTED_LINES, ExportedLine), (compiled.EXPORTED_MESSAGES, ExportedMessage)],
)
def test_a_record_has_the_columns_of_its_statement_in_their_order(
    full: Cli, listing: Listing, record: Any
) -> None:
    with raw(full.ledger) as connection:
        cursor = connection.execute(listing.sql([], "entered"), {"limit": 1})
        names = [column[0] for column in cursor.description]
    assert names == list(record._fields)
