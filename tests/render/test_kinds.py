"""Every kind of field can be written in every format."""

import io
import json
from datetime import UTC, datetime

import pytest
from openpyxl import load_workbook

from dispcli.core.money import Money
from dispcli.render.exports import FORMATS, Shape, write_all
from dispcli.render.fields import Field, Kind, Sheet
from dispcli.render.tables import draw_list, make_console

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
VALUES = {
    Kind.TEXT: "kettle",
    Kind.SENTENCE: "arrived late",
    Kind.ID: "3069000000000100",
    Kind.FILE: "orders.csv",
    Kind.MOMENT: "2026-11-20",
    Kind.MONEY: Money(1250, "USD"),
    Kind.COUNT: 3,
    Kind.FLAG: True,
    Kind.LIST: ("D1", "D2"),
}
FIELDS = tuple(Field(kind.value, lambda record, kind=kind: record[kind], kind) for kind in Kind)
SHEET = Sheet("things", FIELDS)


def written(format: str) -> bytes:
    out = io.BytesIO()
    assert write_all(out, Shape(format, SHEET, FIELDS), [[VALUES]], NOW).rows == 1
    return out.getvalue()


TEXTS = {
    "csv": ["kettle,arrived late,3069000000000100,orders.csv,2026-11-20,12.50,3,true", "D1"],
    "tsv": ["kettle\tarrived late\t3069000000000100\torders.csv\t2026-11-20\t12.50\t3\ttrue", "D1"],
    "json": ['"arrived late"', '"count": 3', '"flag": true', '"list": ["D1", "D2"]'],
    "ndjson": ['"sentence":"arrived late"', '"count":3', '"flag":true', '"list":["D1","D2"]'],
}


@pytest.mark.parametrize("format", [name for name in FORMATS if name != "xlsx"])
def test_as_text(format: str) -> None:
    text = written(format).decode()
    if format in ("json", "ndjson"):
        assert json.loads(text)
    assert [part for part in TEXTS[format] if part not in text] == [], text


def test_in_a_workbook() -> None:
    rows = load_workbook(io.BytesIO(written("xlsx"))).active.iter_rows(values_only=True)
    assert list(rows) == [
        tuple(kind.value for kind in Kind),
        (
            "kettle",
            "arrived late",
            "3069000000000100",
            "orders.csv",
            datetime(2026, 11, 20),
            12.5,
            3,
            True,
            "D1,D2",
        ),
    ]


def test_in_a_table() -> None:
    out = io.StringIO()
    console = make_console(out, 160, colour=False)
    draw_list(
        console, [field._replace(heading=field.name.upper(), flex=1) for field in FIELDS], [VALUES], NOW
    )
    heading, row = out.getvalue().splitlines()
    assert heading.split() == [kind.value.upper() for kind in Kind]
    told = ["kettle", "arrived late", "3069000000000100", "orders.csv", "6d ago", "USD 12.50", "3", "yes"]
    assert row.split("  ")[:4] == told[:4]
    assert " ".join(row.split()) == " ".join([*told, "D1, D2"])
