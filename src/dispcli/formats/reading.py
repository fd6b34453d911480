"""From lines to records: what kind they are is told by the first line."""

from collections.abc import Iterator

from dispcli.formats.delimited import read_header, table_records
from dispcli.formats.json_lines import object_records
from dispcli.formats.lines import Line
from dispcli.formats.records import Columns, Records


def read_records(
    name: str, lines: Iterator[list[Line]], columns: Columns, *, growing: bool = False
) -> Records | Line:
    """The records of an input, or its first line where that is neither JSON nor a table's header.

    An input that is `growing` is read again when more has come: a last line without a line end must then be
    a whole JSON document, and can't be a row of a table, because nobody can tell whether its last cell is
    whole. Raises BadInput for a header with columns that stand twice or that nobody knows.
    """
    first, rest = _first(lines)
    if first is None:
        return Records(iter(()))
    if first.data is None or first.data.lstrip()[:1] == b"{":
        return Records(object_records(rest, growing=growing))
    header = read_header(name, first, columns)
    if header is None:
        return first
    return Records(table_records(header, rest, growing=growing), first.data, header.names)


def _first(lines: Iterator[list[Line]]) -> tuple[Line | None, Iterator[list[Line]]]:
    """The first line that is not blank, and everything from there on."""
    for chunk in lines:
        for place, line in enumerate(chunk):
            if line.data is None or line.data.strip():
                return line, _again(chunk[place:], lines)
    return None, iter(())


def _again(chunk: list[Line], lines: Iterator[list[Line]]) -> Iterator[list[Line]]:
    yield chunk
    yield from lines
