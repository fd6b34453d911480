"""Records, which stand on lines: one JSON object each, or a row of a table with a header."""

from collections.abc import Iterator
from typing import Any

from dispcli.formats.lines import MAX_LINE, Line, Unended
from dispcli.namedtuples import NamedTuple


class Record(NamedTuple):
    """What a line holds, or what is wrong with it; `raw` is the line as it came, `line` its number."""

    line: int
    raw: bytes
    values: dict[str, Any] | None
    problem: str | None = None


class Chunk(NamedTuple):
    """The records that came at once; `last` is the last line that belongs to them, 0 where none came.

    Records after `last` are not whole yet.
    """

    records: list[Record]
    last: int


class Records(NamedTuple):
    """The records of an input; `header` is the first line of a table as it came, `names` are its columns'."""

    chunks: Iterator[Chunk]
    header: bytes | None = None
    names: tuple[str, ...] = ()


class Columns(NamedTuple):
    """Which columns make a table the one that is meant, and which it may have besides (None: any)."""

    one_of: frozenset[str] | None = None
    known: tuple[str, ...] | None = None


def too_long(number: int) -> Record:
    """A line that was read past, or a cell over several lines that became too long."""
    return Record(number, b"", None, f"longer than {MAX_LINE // 1024} KiB")


def may_go_on(lines: list[Line], *, growing: bool) -> bool:
    """Whether the last of these lines may be only the beginning of one."""
    return growing and bool(lines) and isinstance(lines[-1], Unended)


def not_whole(records: list[Record]) -> Chunk:
    """The records, which are told and count for nothing."""
    why = "it has no line end yet; it is read again when it has one"
    return Chunk(
        [
            record._replace(values=None, problem=f"{record.problem}; {why}" if record.problem else why)
            for record in records
        ],
        0,
    )


def last_said(lines: list[Line]) -> int:
    """The last line that says something; how many blank ones follow is no part of what was said."""
    said = (line.number for line in reversed(lines) if line.data is None or line.data.strip())
    return next(said, 0)
