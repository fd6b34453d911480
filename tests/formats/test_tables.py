"""Tables of text: what is wrong with one is told with its line, and a long one takes no more memory."""

import subprocess
import sys
from pathlib import Path

import pytest

from dispcli.errors import BadInput
from dispcli.formats.mapped.reading import parse_mapping
from tests.formats.reading import Read

MINE = parse_mapping(
    "mine", {"marketplace": "ebay", "columns": {"number": "number", "date": "date", "title": "title"}}
)
GOOD = "number,date,title\n1-1,2026-10-31,Lamp\n1-2,2026-10-31,Mug\n"


@pytest.mark.parametrize(
    "content",
    [
        GOOD.encode(),
        b"\xef\xbb\xbf" + GOOD.encode(),
        GOOD.encode("utf-16"),
        b"\xfe\xff" + GOOD.encode("utf-16-be"),
        GOOD.replace("\n", "\r\n").encode(),
        GOOD.replace(",", ";").encode(),
        GOOD.replace(",", "\t").encode(),
        f"\n\n{GOOD}\n\n".encode(),
        GOOD.rstrip("\n").encode(),
    ],
)
def test_a_table_is_read_however_it_is_written(content: bytes) -> None:
    read = Read(content, MINE)
    assert [(one.number, one.lines[0].title) for one in read.orders] == [("1-1", "Lamp"), ("1-2", "Mug")]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"number,date,title,date\n", "the header is wrong"),
        (b"\x00\x01\x02", "not text that could be a table's header"),
        (b"\xff\xff\xffnumber,date\n", "not text that could be a table's header"),
        (b'"number,date\n', "not text that could be a table's header"),
    ],
)
def test_a_table_that_cannot_be_read_at_all_is_refused(content: bytes, told: str) -> None:
    with pytest.raises(BadInput, match=told):
        Read(content, MINE)


def test_a_column_that_stands_twice_is_named() -> None:
    with pytest.raises(BadInput) as told:
        Read("number,date,title,date\n1,2,3,4\n", MINE)
    assert told.value.details == ("file:1: the column 'date' stands twice",)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (b"1-2,2026-10-31", "2 cells, but the header has 3"),
        (b"1-2,2026-10-31,Lamp,more", "4 cells, but the header has 3"),
        (b"1-2,2026-10-31,La\x00mp", "a NUL character"),
        (b"1-2,2026-10-31,L\xffmp", "not UTF-8"),
        (b'1-2,2026-10-31,"Lamp"x', "not well-formed CSV"),
        (b'1-2,2026-10-31,"Lamp', "a quote is never closed"),
        (b"1-2,2026-10-31," + b"x" * 300_000, "longer than 256 KiB"),
        (b"1-2,2026-10-31," + b"x" * 2_000_000, "longer than 1024 KiB"),
        (b"1-2,,Lamp", "date is missing"),
        (b",2026-10-31,Lamp", "number is missing"),
        (b"1 2,2026-10-31,Lamp", "is not an id"),
    ],
)
def test_a_row_that_is_wrong_is_told_with_its_line_and_the_others_are_read(row: bytes, told: str) -> None:
    read = Read(GOOD.encode() + row + b"\n", MINE)
    assert len(read.orders) == 2
    assert read.mistakes[0].startswith("4: ")
    assert told in read.mistakes[0]


def test_lines_are_counted_through_cells_of_several_lines() -> None:
    read = Read('number,date,title\n1-1,2026-10-31,"two\nlines"\n1-2,soon,Mug\n', MINE)
    assert read.orders[0].lines[0].title == "two\nlines"
    assert read.mistakes[0].startswith("4: ")


_LONG = """
import resource, sys
from dispcli.formats.mapped.reading import parse_mapping
from dispcli.formats.opening import open_input
from dispcli.formats.source import Source
mapping = parse_mapping("mine", {
    "marketplace": "ebay",
    "columns": {"number": "number", "date": "date", "title": "title"},
    "dates": {"order": "detect"},
})
with open(sys.argv[1], "rb") as file:
    opened = open_input(Source("file", "2026-11-01T00:00:00Z"), file, mapping=mapping)
    print(sum(map(len, opened.pieces)), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.mark.endurance
def test_memory_does_not_grow_with_the_rows(tmp_path: Path) -> None:
    used = {}
    for rows in (1_000, 100_000):
        path = tmp_path / str(rows)
        with path.open("w") as file:
            file.write("number,date,title\n")
            file.writelines(f"1-{count},31/10/2026,{'Lamp ' * 20}{count}\n" for count in range(rows))
        done = subprocess.run(
            [sys.executable, "-c", _LONG, str(path)], check=True, capture_output=True, text=True, timeout=60
        )
        count, used[rows] = map(int, done.stdout.split())
        assert count == rows
    assert used[100_000] - used[1_000] < 8 * 1024, "KiB; the file is 12 MB"
