"""What an input is, told from its first bytes: a document, a table, a spreadsheet; and how it is read."""

import os
from collections.abc import Iterator
from itertools import chain, islice
from typing import BinaryIO

from dispcli.core.cut_off import TAIL, is_cut_zip
from dispcli.errors import BadInput
from dispcli.formats.json_text import CALLBACK
from dispcli.formats.lines import read_lines
from dispcli.formats.mapped.mapping import TableMapping
from dispcli.formats.reading import read_records
from dispcli.formats.records import Chunk, Columns, Record, Records
from dispcli.formats.registry import (
    TABLES,
    document_format,
    find_table_format,
    table_format,
    unknown_format,
)
from dispcli.formats.source import Entry, Mistake, Piece, Source, TableFormat
from dispcli.formats.tables import Row, Table
from dispcli.namedtuples import NamedTuple

_AT_ONCE = 1000
_HEAD = 64 * 1024
_ZIP = b"PK\x03\x04"
_MAX_SHEETS = 50


class Opened(NamedTuple):
    """An input whose format is known. Reading the pieces raises BadInput for what can't be read at all."""

    format: str
    pieces: Iterator[Piece]


def open_input(
    source: Source, stream: BinaryIO, wanted: str | None = None, mapping: TableMapping | None = None
) -> Opened:
    """What an input is, and what it tells; the stream must be able to go back to its start.

    `wanted` is the name of a format; a `mapping` makes it the table that the mapping explains. Raises
    BadInput where it is none that is known.
    """
    if stream.read(len(_ZIP)) == _ZIP:
        _require_end(source.name, stream)
        return _from_workbook(source, stream, wanted, mapping)
    begins = _begins(stream)
    if begins == "[" and mapping is not None:
        raise BadInput(f"{source.name}: a mapping reads tables and one JSON object a line, not a JSON list")
    if begins == "[" or (begins == "{" and mapping is None and wanted not in TABLES):
        if documents := _from_documents(source, stream, wanted, one_a_line=_one_a_line(stream)):
            return documents
        if begins == "[":
            raise unknown_format(source.name)
    table = _text_table(source.name, stream)  # objects that are no documents can be the rows of a table
    return _from_table(source, table, _own(mapping) or table_format(source.name, table.names, wanted))


def _require_end(name: str, stream: BinaryIO) -> None:
    """Raises BadInput for a ZIP that is cut off: a spreadsheet, or an archive of a whole ledger."""
    stream.seek(max(0, stream.seek(0, os.SEEK_END) - TAIL))
    if is_cut_zip(stream.read(TAIL)):
        raise BadInput(
            f"{name}: this ZIP (an archive, or a spreadsheet) is cut off: its end is missing",
            hint="copy or export it once more",
        )
    stream.seek(0)


def _from_documents(
    source: Source, stream: BinaryIO, wanted: str | None, *, one_a_line: bool
) -> Opened | None:
    """JSON documents of a known format; None where they are of none.

    Raises BadInput for JSON that can't be read, unless it may be a table with a line that is wrong.
    """
    from dispcli.formats.documents import read_documents

    stream.seek(0)
    documents = read_documents(source.name, stream)
    try:
        first = next(documents, None)
    except BadInput:
        if one_a_line:
            return None
        raise
    if first is None:
        raise BadInput(f"{source.name}: the list is empty")
    known = document_format(source.name, first, wanted)
    return Opened(known.name, _pieces(known.read(chain([first], documents), source))) if known else None


def _begins(stream: BinaryIO) -> str:
    """`[` or `{` for JSON, in a callback too; anything else is a table."""
    head = _head(stream)
    callback = CALLBACK.match(head)
    return head[callback.end() if callback else 0 :].lstrip()[:1]


def _one_a_line(stream: BinaryIO) -> bool:
    """Whether there is a JSON object on each line, as in a table."""
    first, _, more = _head(stream).partition("\n")
    return first.rstrip().endswith("}") and more.lstrip()[:1] == "{"


def _head(stream: BinaryIO) -> str:
    """The first bytes as characters, without what UTF-16 puts between them, the mark and blanks."""
    stream.seek(0)
    head = stream.read(_HEAD)
    stream.seek(0)
    return head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").decode("latin-1")


def _own(mapping: TableMapping | None) -> TableFormat | None:
    """The importer of a user's mapping."""
    if mapping is None:
        return None
    from dispcli.formats.mapped.orders import format_of

    return format_of(mapping)


def _from_table(source: Source, table: Table, known: TableFormat) -> Opened:
    return Opened(known.name, known.read(table, source))


def _from_workbook(
    source: Source, stream: BinaryIO, wanted: str | None, mapping: TableMapping | None
) -> Opened:
    """The sheet that the mapping names, else the first that a format recognises, else the first."""
    from dispcli.formats.xlsx.workbook import open_workbook

    book = open_workbook(source.name, stream)
    if mapping is not None and mapping.sheet is not None:
        table = book.table(mapping.sheet)
        return _from_table(source, table, _own(mapping) or table_format(source.name, table.names, wanted))
    first = None
    for sheet in book.sheets[:_MAX_SHEETS]:
        table = book.table(sheet)
        known = _own(mapping) or find_table_format(source.name, table.names, wanted)
        if known and known.recognises(frozenset(table.names)):
            return _from_table(source, table, known)
        first = first or (table if table.names else None)
    if first is None:
        raise BadInput(f"{source.name}: the input is empty")
    return _from_table(source, first, _own(mapping) or table_format(source.name, first.names, wanted))


def _pieces(entries: Iterator[Entry | Mistake]) -> Iterator[Piece]:
    while piece := list(islice(entries, _AT_ONCE)):
        yield piece


def _text_table(name: str, stream: BinaryIO) -> Table:
    """CSV, TSV or one JSON object a line. Raises BadInput for an empty input."""

    def records() -> Records:
        stream.seek(0)
        found = read_records(name, read_lines(stream), Columns())  # type: ignore[arg-type]
        if isinstance(found, Records):
            return found
        raise BadInput(f"{name}:{found.number}: not text that could be a table's header")

    read = records()
    names = read.names or _keys(read)
    if not names:
        raise BadInput(f"{name}: the input is empty")
    is_csv = read.header is not None and b"\t" not in read.header
    return Table(names, lambda: map(_rows, records().chunks), is_csv)


def _keys(read: Records) -> tuple[str, ...]:
    """The keys of the first object, where there is one object a line."""
    for chunk in read.chunks:
        for record in chunk.records:
            return tuple(record.values or ("",))
    return ()


def _rows(chunk: Chunk) -> list[Row]:
    return list(map(_row, chunk.records))


def _row(record: Record) -> Row:
    return Row(record.line, record.values or {}, record.problem)
