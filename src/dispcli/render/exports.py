"""The formats of exports, and how records are written in each as they come."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from io import TextIOWrapper
from pathlib import PurePath
from types import MappingProxyType
from typing import Any, BinaryIO, Protocol, TextIO

from dispcli.errors import UsageProblem
from dispcli.namedtuples import NamedTuple
from dispcli.render.fields import Field, Sheet

STANDARD_OUTPUT = "-"
FORMATS = ("csv", "tsv", "json", "ndjson", "xlsx")
_ENDINGS: Mapping[str, str] = MappingProxyType(
    {**{f".{name}": name for name in FORMATS}, ".jsonl": "ndjson", ".tab": "tsv", ".txt": "tsv"}
)


class Stream(Protocol):
    """Records that are written as they come."""

    def write(self, records: Sequence[Any], /) -> None:
        """These records too."""

    def end(self) -> None:
        """There are no more."""


class Shape(NamedTuple):
    """What is written, and how."""

    format: str
    sheet: Sheet
    fields: Sequence[Field]
    raw: bool = False


def format_of(wanted: str | None, file: str | None) -> str:
    """The format that is wanted, else that of a file's ending; TSV without a file. Raises UsageProblem."""
    if wanted is None and file in (None, STANDARD_OUTPUT):
        return "tsv"
    if wanted is None:
        ending = PurePath(file or "").suffix.lower()
        if ending not in _ENDINGS:
            hint = (
                f"--format {PurePath(file or '').name}, or a file with such an ending"
                if PurePath(file or "").name in FORMATS
                else "add --format NAME"
            )
            raise UsageProblem(f"{file}: its ending names no format of {', '.join(FORMATS)}", hint=hint)
        return _ENDINGS[ending]
    if wanted not in FORMATS:
        raise UsageProblem(f"--format: no such format: {wanted!r}", hint=f"one of: {', '.join(FORMATS)}")
    return wanted


class Written(NamedTuple):
    """How many records were written, and how many texts had to be cut to fit a cell."""

    rows: int
    cut: int = 0


def write_all(out: BinaryIO, shape: Shape, pages: Iterable[Sequence[Any]], now: datetime) -> Written:
    """Write every page of records. Memory doesn't grow with them."""
    if shape.format == "xlsx":
        from dispcli.render.xlsx import Workbook

        with Workbook(out, shape.sheet, shape.fields, now) as book:
            return Written(_write(book, pages), book.cut)
    text = TextIOWrapper(out, encoding="utf-8", newline="\n")
    written = Written(_write(_stream(text, shape), pages))
    text.detach()
    return written


def _write(stream: Stream, pages: Iterable[Sequence[Any]]) -> int:
    rows = 0
    for page in pages:
        stream.write(page)
        rows += len(page)
    stream.end()
    return rows


def _stream(out: TextIO, shape: Shape) -> Stream:
    from dispcli.render import columns, streaming

    format, sheet, fields, raw = shape
    if format == "json":
        return streaming.Array(out, sheet, fields)

    def write(records: Sequence[Any], header: bool) -> None:
        if format == "csv":
            columns.write_csv(out, fields, records, header=header, raw=raw)
        elif format == "tsv":
            columns.write_tsv(out, fields, records, header=header)
        else:
            streaming.json_lines(out, fields, records)

    return streaming.Lines(write, out)
