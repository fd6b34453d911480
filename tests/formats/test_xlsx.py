"""Spreadsheets: what their cells say, and what is refused, in bounded time and memory."""

import io
import zipfile
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from dispcli.core.money import Money
from dispcli.errors import BadInput
from dispcli.formats.mapped.reading import parse_mapping
from dispcli.formats.tables import Row, Unreadable
from dispcli.formats.xlsx.workbook import open_workbook
from tests.batch.measuring import measured
from tests.cli.harness import Cli
from tests.formats.reading import Read

COLUMNS = {"number": "number", "date": "date", "title": "title", "unit_price": "price"}
MINE = parse_mapping(
    "mine",
    {"marketplace": "ebay", "columns": COLUMNS, "amounts": {"currency": "USD"}, "dates": {"zone": "utc"}},
)
HEADER = ["number", "date", "title", "price"]


def book(*rows: Iterable[Any], **more_sheets: list[list[Any]]) -> bytes:
    """A workbook as a widely used library writes it."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    for name, content in more_sheets.items():
        extra = made.create_sheet(name)
        for row in content:
            extra.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def changed(content: bytes, part: str, old: str, new: str) -> bytes:
    """The workbook with a part's text changed."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        assert part in source.namelist()
        for name in source.namelist():
            data = source.read(name)
            if name == part:
                assert old.encode() in data, data
                data = data.replace(old.encode(), new.encode())
            target.writestr(name, data)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
GOOD = book(HEADER, ["8190000000000001", date(2026, 10, 31), "Lamp", 12.5])


def with_cell(xml: str) -> bytes:
    """The workbook whose price is a cell written by hand."""
    return changed(GOOD, SHEET, '<c r="D2" t="n"><v>12.5</v></c>', xml)


def rows_of(content: bytes, sheet: str | None = None) -> list[Row]:
    opened = open_workbook("file", io.BytesIO(content))
    return [row for rows in opened.table(sheet or opened.sheets[0]).rows() for row in rows]


def cell(value: Any, number_format: str | None = None) -> Any:
    """What a single cell below the header `x` is read as."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet["A1"] = "x"
    sheet["A2"] = value
    if number_format:
        sheet["A2"].number_format = number_format
    out = io.BytesIO()
    made.save(out)
    return rows_of(out.getvalue())[0].values["x"]


def test_a_spreadsheet_is_read_with_a_mapping() -> None:
    order = Read(GOOD, MINE).order
    assert (order.number, order.placed) == ("8190000000000001", "2026-10-31")
    assert (order.lines[0].title, order.lines[0].unit_price) == ("Lamp", Money(1250, "USD"))


def test_a_spreadsheet_of_a_shipped_format_is_recognised_on_any_sheet() -> None:
    header = [
        "order_id",
        "parent_orderid",
        "gmt_create_order_time",
        "order_status",
        "item_name",
        "unit_price",
    ]
    row = ["8190000000000011", "8190000000000001", "2026-01-16 15:12:27", "FINISH", "Lamp", 12095]
    content = book(["about this file"], **{"Empty": [], "Order Information": [header, row]})
    read = Read(content, currency="USD")
    assert read.format == "aliexpress-data-request"
    assert (read.order.number, read.order.placed) == ("8190000000000001", "2026-01-16T23:12:27Z")
    assert read.order.lines[0].platform_id == "8190000000000011"
    assert read.order.lines[0].unit_price == Money(12095, "USD")


def test_the_sheet_of_the_mapping_is_taken() -> None:
    content = book(
        HEADER, ["1-1", "2026-10-31", "First", 1], Second=[HEADER, ["1-2", "2026-10-31", "Second", 1]]
    )
    assert Read(content, MINE).order.number == "1-1"
    assert Read(content, MINE._replace(sheet="Second")).order.number == "1-2"
    with pytest.raises(BadInput, match="no sheet 'Third'") as told:
        Read(content, MINE._replace(sheet="Third"))
    assert "Second" in (told.value.hint or "")


@pytest.mark.parametrize(
    ("value", "number_format", "told"),
    [
        ("text", None, "text"),
        ("  007 ", None, "  007 "),
        ("8190000000000001", None, "8190000000000001"),
        ("a\nb & <c>", None, "a\nb & <c>"),
        (7, None, 7),
        (8190000000000001, None, 8190000000000001),
        (12.0, None, 12),
        (12.5, '#,##0.00\\ "day"', Decimal("12.5")),
        (1.1, None, Decimal("1.1")),
        (0.1 + 0.2, None, Decimal("0.3")),
        (1e-7, None, Decimal("0.0000001")),
        (True, None, True),
        (date(2026, 10, 31), None, "2026-10-31"),
        (datetime(2026, 10, 31, 14, 5, 7), None, "2026-10-31 14:05:07"),
        (datetime(2026, 10, 31, 23, 59, 59), "[$-409]d/m/yy h:mm AM/PM;@", "2026-10-31 23:59:59"),
        (date(1900, 2, 28), None, "1900-02-28"),
        (date(1900, 3, 1), None, "1900-03-01"),
        (46000, "yyyy", "2025-12-09"),
        (46000, "[Red]0", 46000),
        (time(14, 5), None, Decimal("0.586805555555556")),
        (timedelta(days=2), None, 2),
    ],
)
def test_a_cell_is_read_exactly(value: Any, number_format: str | None, told: Any) -> None:
    read = cell(value, number_format)
    assert (type(read), read) == (type(told), told)


def test_days_of_a_workbook_that_begins_in_1904() -> None:
    made = openpyxl.Workbook()
    made.epoch = CALENDAR_MAC_1904
    sheet = made.active
    assert sheet is not None
    sheet.append(["x"])
    sheet.append([date(2026, 10, 31)])
    out = io.BytesIO()
    made.save(out)
    assert rows_of(out.getvalue())[0].values == {"x": "2026-10-31"}


@pytest.mark.parametrize(
    ("xml", "told"),
    [
        (
            '<c r="D2" t="inlineStr"><is><r><t>in</t></r><r><t>line</t></r><rPh><t>no</t></rPh></is></c>',
            "inline",
        ),
        ('<c r="D2" t="str"><f>A1</f><v>worked out</v></c>', "worked out"),
        ('<c r="D2" t="str"><v>a_x000A_b_x005F_x000A_</v></c>', "a\nb_x000A_"),
        ('<c r="D2" t="d"><v>2026-10-31T00:00:00</v></c>', "2026-10-31"),
        ("<c><v>7</v></c>", 7),
        ('<x:c r="D2" xmlns:x="http://a.b"><x:v>7</x:v></x:c>', 7),
        ('<c r="D2"><f>1+1</f><v>2</v></c>', 2),
        ('<c r="D2" s="1"/>', None),
        ('<c r="D2" t="s"><v></v></c>', Unreadable("a text that is not there")),
    ],
)
def test_cells_as_other_programs_write_them(xml: str, told: Any) -> None:
    assert rows_of(with_cell(xml))[0].values.get("price") == told


@pytest.mark.parametrize(
    ("xml", "told"),
    [
        ('<c r="D2"><f>B2*2</f></c>', "a formula without its result"),
        ('<c r="D2"><f>B2*2</f><v></v></c>', "a formula without its result"),
        ('<c r="D2" t="e"><v>#REF!</v></c>', "the spreadsheet shows #REF!"),
        ('<c r="D2" s="1"><v>99999999</v></c>', "the date 1e+08 is out of range"),
        ('<c r="D2" s="1"><v>-5</v></c>', "out of range"),
        ('<c r="D2" s="1"><v>1E999</v></c>', "out of range"),
        ('<c r="D2"><v>8.2E+15</v></c>', "may be rounded"),
        ('<c r="D2"><v>1E999</v></c>', "may be rounded"),
        ('<c r="D2"><v>nan</v></c>', "not a number: nan"),
        ('<c r="D2"><v>1_000</v></c>', "not a number"),
        ('<c r="D2"><v>٣</v></c>', "not a number"),
        (f'<c r="D2"><v>{"9" * 5000}</v></c>', "not a number: 9999"),
        ('<c r="D2" t="s"><v>4000000000</v></c>', "a text that is not there"),
        ('<c r="D2" t="b"><v>1</v></c>', "price is not text"),
    ],
)
def test_a_cell_that_cannot_be_taken_is_a_mistake_at_its_row(xml: str, told: str) -> None:
    read = Read(with_cell(xml), MINE)
    assert read.orders == []
    assert read.mistakes[0].startswith("2: ")
    assert told in read.mistakes[0]
    assert len(read.mistakes[0]) < 200


@pytest.mark.parametrize(
    "number", [8190000000000000, 8.19e15, 12345678901234568, 3069099405659910, 123456789012345678901]
)
def test_a_number_that_a_spreadsheet_may_have_rounded_is_no_id(number: float) -> None:
    read = Read(book(HEADER, [number, "2026-10-31", "Lamp", 1]), MINE)
    assert "may be rounded" in read.mistakes[0]


def test_what_cannot_be_taken_matters_only_where_it_is_needed() -> None:
    content = book([*HEADER, "notes"], ["1-1", "2026-10-31", "Lamp", 1, "=A1"])
    assert Read(content, MINE).order.number == "1-1"


def test_short_long_and_blank_rows() -> None:
    content = book(HEADER, ["1-1", "2026-10-31"], [], ["1-2", "2026-10-31", "Mug", 1, "more"], ["1-3"])
    read = Read(content, MINE)
    assert [one.number for one in read.orders] == ["1-1"]
    assert read.mistakes == [
        "4: a cell in column 5, which has no name in the header",
        "5: date is missing",
    ]


def test_blank_rows_above_the_header_are_no_header() -> None:
    read = Read(book([], [None], HEADER, ["1-1", "2026-10-31", "Lamp", 1]), MINE)
    assert read.order.number == "1-1"
    assert read.lines == [4]


def refused(content: bytes, told: str) -> None:
    with pytest.raises(BadInput, match=told) as problem:
        Read(content, MINE)
    assert problem.value.message.startswith("file")


def test_a_column_that_stands_twice_is_refused() -> None:
    refused(book(["number", "date", "number"]), ":1: a column stands twice: number")


def test_an_empty_spreadsheet_is_refused() -> None:
    refused(book(), "the input is empty")


# A workbook bears the time it was made, so its length differs by a byte or two from run to run: places in it
# are told in parts of the whole, because tests that run in parallel must all have the same names.
@pytest.mark.parametrize("permille", [1, 6, 20, 500, 998])
def test_a_truncated_spreadsheet_is_refused(permille: int) -> None:
    refused(GOOD[: len(GOOD) * permille // 1000], "is cut off: its end is missing")


@pytest.mark.parametrize("permille", range(8, 994, 19))
def test_a_damaged_spreadsheet_is_never_a_bug(permille: int) -> None:
    place = len(GOOD) * permille // 1000
    data = GOOD[:place] + bytes([GOOD[place] ^ 0x55]) + GOOD[place + 1 :]
    with suppress(BadInput):
        Read(data, MINE)


def archive(**parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in parts.items():
            made.writestr(name, text)
    return out.getvalue()


def test_another_zip_file_is_no_spreadsheet() -> None:
    refused(archive(**{"a.txt": "x"}), "a zip file, but not a spreadsheet")
    refused(changed(GOOD, "_rels/.rels", "/officeDocument", "/somethingElse"), "not a spreadsheet")


def test_a_zip_file_of_many_parts_is_refused_before_its_list_is_read() -> None:
    refused(archive(**{str(number): "" for number in range(2100)}), "more than 2000 parts")


def test_a_sheet_that_says_it_is_wide_is_refused() -> None:
    refused(
        changed(GOOD, SHEET, 'ref="A1:D2"', 'ref="A1:XFD1048576"'), "the sheet says it goes to XFD1048576"
    )


def test_a_cell_far_away_is_refused() -> None:
    far = '<c r="D2"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c>'
    refused(with_cell(far), "a cell at XFD1048576")


@pytest.mark.parametrize("number", ["1048577", "99999999999999999999"])
def test_a_row_far_away_is_refused(number: str) -> None:
    refused(
        with_cell(f'<c r="D2"/></row><row r="{number}"><c r="A{number}"><v>1</v></c>'),
        "more than 1048576 rows",
    )


def test_rows_that_are_not_in_order_are_refused() -> None:
    refused(with_cell('<c r="D2"/></row><row r="2"><c r="A2"><v>1</v></c>'), "the row stands twice")


@pytest.mark.parametrize("place", ["D", "2D", "ABCD2", "٣", "d2", ""])
def test_a_cell_at_a_strange_place_is_never_a_bug(place: str) -> None:
    with suppress(BadInput):
        Read(with_cell(f'<c r="{place}"><v>1</v></c>'), MINE)


def test_xml_with_a_document_type_is_refused() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><worksheet '
    refused(changed(GOOD, SHEET, "<worksheet ", bomb), "document type")


def test_xml_that_is_not_well_formed_is_refused() -> None:
    refused(changed(GOOD, SHEET, "</sheetData>", ""), "not a whole spreadsheet")


BOMBS = {
    "one row of many cells": ("<row>" + "<c/>" * 30_000_000 + "</row>", "1000 columns at most"),
    "one cell of much text": ("<row><c><v>" + "9" * 100_000_000 + "</v></c></row>", "a row is longer"),
    "many empty rows": ("<row/>" * 20_000_000, "more than 1048576 rows"),
    "a long attribute": ('<row r="' + "9" * 100_000_000 + '"/>', "a row is longer"),
}


@pytest.mark.endurance
@pytest.mark.parametrize("kind", BOMBS)
def test_a_bomb_is_refused_in_bounded_memory(cli: Cli, tmp_path: Path, kind: str) -> None:
    rows, told = BOMBS[kind]
    path = tmp_path / "bomb.xlsx"
    path.write_bytes(changed(GOOD, SHEET, "<sheetData>", f"<sheetData>{rows}"))
    assert path.stat().st_size < 2 * 2**20
    ran = measured(cli, "import", str(path))
    assert (ran.code, cli.ledger.exists()) == (9, False)
    assert told in ran.stderr
    assert ran.mebibytes < 150


def shared() -> bytes:
    """A workbook that keeps its texts apart from its cells, as Excel does."""
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out)
    sheet = made.add_worksheet("Orders")
    for place, text in enumerate(HEADER):
        sheet.write(0, place, text)
    sheet.write_row(1, 0, ["8190000000000001", "2026-10-31"])
    sheet.write_rich_string(1, 2, made.add_format({"bold": True}), "Desk", " lamp")
    sheet.write_number(1, 3, 1.1)
    made.close()
    return out.getvalue()


def test_texts_that_are_shared_by_cells() -> None:
    order = Read(shared(), MINE).order
    assert (order.number, order.placed) == ("8190000000000001", "2026-10-31")
    assert (order.lines[0].title, order.lines[0].unit_price) == ("Desk lamp", Money(110, "USD"))


def test_shared_texts_and_styles_have_a_limit() -> None:
    texts = changed(shared(), "xl/sharedStrings.xml", "</sst>", "<si/>" * 14_000_000 + "</sst>")
    refused(texts, "sharedStrings.xml is larger than 64 MiB when unpacked")
    styles = changed(GOOD, "xl/styles.xml", "<cellXfs", " " * (5 * 2**20) + "<cellXfs")
    refused(styles, "styles.xml is larger than 4 MiB when unpacked")
