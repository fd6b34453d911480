"""No input is ever a bug: valid files of every format, damaged in every way, through the whole command.

`make fuzz` runs it for long; DISPCLI_FUZZ is the number of examples of each test.
"""

import io
import json
import os
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dispcli.formats.registry import DOCUMENTS, names
from tests.cli.harness import Cli
from tests.cli.samples import busy
from tests.formats.seeds import SEEDS, Seed, workbook
from tests.formats.test_bad_input import damaged
from tests.ledger.builders import dump

EXAMPLES = int(os.environ.get("DISPCLI_FUZZ", "12"))
fuzz = settings(
    max_examples=EXAMPLES,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
ENDS = (0, 7, 9)
PACKED = ("aliexpress-data-request",)
TEXTS = [name for name in SEEDS if name not in PACKED]
TABLES = [name for name in TEXTS if name not in DOCUMENTS and name != "dispcli"]


@pytest.fixture
def ready(cli: Cli) -> Cli:
    """A ledger that is there, and holds something."""
    return busy(cli)


def require_no_bug(cli: Cli, content: bytes, options: tuple[str, ...] = ()) -> None:
    """An import that ends as imports may end, and has written nothing where it says so.

    Inputs of even length come through a pipe.
    """
    before = dump(cli.ledger)
    piped = len(content) % 2 == 0
    name = "-" if piped else cli.file("fuzzed", content)
    result = cli.run("import", name, *options, stdin=content if piped else b"")
    assert result.code in ENDS, f"exit {result.code}: {result.stderr}"
    assert "Traceback" not in result.stderr
    if result.code == 9:
        assert "error: " in result.stderr
        assert dump(cli.ledger) == before


def test_there_is_a_seed_of_every_format() -> None:
    assert set(SEEDS) == set(names())


@pytest.mark.parametrize("name", SEEDS)
def test_every_seed_is_a_valid_file_of_its_format(cli: Cli, name: str) -> None:
    seed = SEEDS[name]
    row = cli.ok("import", cli.file("seed", seed.content), *seed.options).row()
    assert (row["format"], row["mistakes"]) == (name, "0")
    assert int(row["rows"]) > 0


going_on = st.sampled_from([(), ("--keep-going",), ("--dry-run",)])


@pytest.mark.parametrize("name", TEXTS)
@fuzz
@given(data=st.data(), more=going_on)
def test_damaged_bytes(ready: Cli, name: str, data: st.DataObject, more: tuple[str, ...]) -> None:
    seed = SEEDS[name]
    require_no_bug(ready, data.draw(damaged(seed.content)), (*seed.options, *more))


# --- JSON: any value anywhere ---

ODD = [
    *(
        "",
        " ",
        "0",
        "-1",
        "1e5",
        "9" * 40,
        "2026-13-40",
        "2026-03-08 02:30:00",
        "0000-00-00",
        "٢٠٢٦",
        "1_000",
    ),
    *("=1+1", "\x00", "\ud800", "USD", "usd", "￥1", "1.234,56", "--5", "NaN", "x" * 3000, "../..", "{}"),
    *(0, -1, 1, 10**18, 10**31, -(10**31), 1.5, True, False, None, [], {}, [None], {"": None}, [[]], [{}]),
]
values = st.sampled_from(ODD) | st.text(max_size=8) | st.integers() | st.floats(allow_nan=False)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a document."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, part in inside for place in places(part, (*path, key)))]


def mutated(data: st.DataObject, document: Any) -> Any:
    """The document with a part replaced, left out, said twice, or put into a list or under another key."""
    *way, last = data.draw(st.sampled_from(places(document)[1:]))
    around = document
    for key in way:
        around = around[key]
    change = data.draw(st.sampled_from(["replace", "replace", "drop", "twice", "wrap", "rename"]))
    part = around[last]
    if change == "replace":
        around[last] = data.draw(values)
    elif change == "wrap":
        around[last] = data.draw(st.sampled_from([[part], {"x": part}, [part, part], str(part)]))
    elif isinstance(around, list):
        around[last:] = [] if change == "drop" else [part, part]
    else:
        del around[last]
        around |= {} if change == "drop" else {f"{last}x": part}
    return document


@pytest.mark.parametrize("name", [*DOCUMENTS, "dispcli"])
@fuzz
@given(data=st.data(), times=st.integers(1, 3), more=going_on)
def test_any_value_in_a_document(
    ready: Cli, name: str, data: st.DataObject, times: int, more: tuple[str, ...]
) -> None:
    seed, document = SEEDS[name], json.loads(SEEDS[name].content)
    for _ in range(times):
        if len(places(document)) > 1:
            document = mutated(data, document)
    require_no_bug(ready, json.dumps(document).encode(), (*seed.options, *more))


# --- tables: any cell anywhere ---

cells = st.sampled_from([str(one) for one in ODD if "\ud800" not in str(one)]) | st.text(
    st.characters(codec="utf-8"), max_size=8
)


@pytest.mark.parametrize("name", TABLES)
@fuzz
@given(data=st.data(), more=going_on)
def test_any_cell_in_a_table(ready: Cli, name: str, data: st.DataObject, more: tuple[str, ...]) -> None:
    import csv

    seed = SEEDS[name]
    delimiter = "\t" if b"\t" in seed.content else ","
    rows = list(csv.reader(io.StringIO(seed.content.decode(), newline=""), delimiter=delimiter))
    for _ in range(data.draw(st.integers(1, 3))):
        row = data.draw(st.sampled_from(rows[data.draw(st.integers(0, 1)) :]))
        row[data.draw(st.integers(0, len(row) - 1))] = data.draw(cells)
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    require_no_bug(ready, out.getvalue().encode(), (*seed.options, *more))


@fuzz
@given(data=st.data(), more=going_on)
def test_any_cell_in_a_spreadsheet(ready: Cli, data: st.DataObject, more: tuple[str, ...]) -> None:
    import openpyxl

    seed = SEEDS["aliexpress-data-request"]
    sheet = openpyxl.load_workbook(io.BytesIO(seed.content)).active
    assert sheet is not None
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    row = rows[data.draw(st.integers(0, 1))]
    whole = [
        one for one in ODD if isinstance(one, str | int | float | None) and one not in ("\x00", "\ud800")
    ]
    row[data.draw(st.integers(0, len(row) - 1))] = data.draw(st.sampled_from([*whole, Decimal("0.005")]))
    require_no_bug(ready, workbook(*rows, title="Order Information"), (*seed.options, *more))


# --- what is packed: spreadsheets and archives ---


def repacked(content: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """The ZIP with its members changed, and otherwise sound."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return out.getvalue()


def in_a_member(data: st.DataObject, content: bytes) -> bytes:
    """The ZIP with one of its members damaged, or the ZIP itself."""
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        found = [info.filename for info in opened.infolist() if info.file_size]
    member = data.draw(st.sampled_from(["", *found]))
    if not member:
        return data.draw(damaged(content))
    return repacked(content, lambda name, old: data.draw(damaged(old)) if name == member else old)


@fuzz
@given(data=st.data(), more=going_on)
def test_damaged_spreadsheets(ready: Cli, data: st.DataObject, more: tuple[str, ...]) -> None:
    seed: Seed = SEEDS["aliexpress-data-request"]
    require_no_bug(ready, in_a_member(data, seed.content), (*seed.options, *more))


@pytest.fixture
def archived(cli: Cli) -> bytes:
    """The archive of a ledger that is not there any more; the one that is there is empty."""
    path = str(cli.home.parent / "all.zip")
    busy(cli).ok("export", "--all", path)
    cli.ledger.unlink()
    cli.ok("ledger", "init", "--ledger", str(cli.ledger))
    return Path(path).read_bytes()


@fuzz
@given(data=st.data())
def test_damaged_archives(cli: Cli, archived: bytes, data: st.DataObject) -> None:
    """Rehearsed, so that the ledger stays empty and every archive gets as far as it can."""
    content = in_a_member(data, archived)
    require_no_bug(cli, content, ("--dry-run",))
