"""Tables of text, CSV and TSV: a header that names the columns, and rows. Each mistake has its line."""

import csv
from collections.abc import Iterator
from itertools import chain

from dispcli.errors import BadInput
from dispcli.formats.lines import MAX_LINE, Line
from dispcli.formats.records import Chunk, Columns, Record, last_said, may_go_on, not_whole, too_long
from dispcli.namedtuples import NamedTuple

csv.field_size_limit(MAX_LINE)
"""The line is the limit, not the csv module's own."""


class Header(NamedTuple):
    """The columns' names, and what stands between cells: a tab, a comma or a semicolon."""

    names: tuple[str, ...]
    delimiter: str

    def csv_record(self, number: int, data: bytes) -> Record:
        """A line of CSV, quoted as RFC 4180 has it; a cell may hold line ends."""
        try:
            rows = list(csv.reader([_text(data)], delimiter=self.delimiter, strict=True))
        except csv.Error as problem:
            told = "a line end outside quotes" if "new-line" in str(problem) else str(problem)
            return Record(number, data, None, f"not well-formed CSV: {told}")
        except ValueError as problem:
            return Record(number, data, None, f"not well-formed CSV: {problem}")
        if len(rows) != 1:
            return Record(number, data, None, "not well-formed CSV: a line end outside quotes")
        return self._record(number, data, rows[0])

    def tsv_record(self, number: int, data: bytes) -> Record:
        """A line of TSV: nothing is quoted, `\\t`, `\\n` and `\\\\` are escapes."""
        try:
            cells = [_unescaped(cell) for cell in _text(data).split("\t")]
        except ValueError as problem:
            return Record(number, data, None, f"not well-formed TSV: {problem}")
        return self._record(number, data, cells)

    def _record(self, number: int, data: bytes, cells: list[str]) -> Record:
        if len(cells) != len(self.names) and not self._ends_alike(cells):
            told = f"{len(cells)} cells, but the header has {len(self.names)}"
            return Record(number, data, None, told)
        values = {name: cell for name, cell in zip(self.names, cells, strict=False) if cell}
        return Record(number, data, values)

    def _ends_alike(self, cells: list[str]) -> bool:
        """Whether only the tab differs that some programs put at the end of rows, or of the header."""
        longer, shorter = (cells, self.names) if len(cells) > len(self.names) else (self.names, cells)
        return self.delimiter == "\t" and len(longer) == len(shorter) + 1 and not longer[-1]


def read_header(name: str, line: Line, columns: Columns) -> Header | None:
    """The header that a line is; None where it is none of the tables that are meant.

    Raises BadInput for columns that stand twice or that nobody knows.
    """
    try:
        text = _text(line.data or b"")
        delimiter = next((mark for mark in "\t;" if mark in text), ",")
        rows = csv.reader([text], delimiter=delimiter, strict=True)
        names = text.split("\t") if delimiter == "\t" else next(rows)
    except (csv.Error, ValueError):
        return None
    names = [word.strip() for word in names]
    if columns.one_of is not None and not columns.one_of & set(names):
        return None
    place = f"{name}:{line.number}"
    mistakes = [f"{place}: the column {word!r} stands twice" for word in names if names.count(word) > 1]
    if columns.known is not None:
        unknown = [word for word in names if word not in columns.known]
        told = ", ".join(columns.known)
        mistakes += [f"{place}: no such column: {word!r} (known: {told})" for word in unknown]
    if mistakes:
        raise BadInput(f"{name}: the header is wrong", details=tuple(dict.fromkeys(mistakes)))
    return Header(tuple(names), delimiter)


def table_records(header: Header, lines: Iterator[list[Line]], *, growing: bool) -> Iterator[Chunk]:
    """The records below the header, which is the first of the lines."""
    read = header.tsv_record if header.delimiter == "\t" else header.csv_record
    first = next(lines)[1:]
    open_quote = _OpenQuote(header.delimiter)
    for chunk in chain([first], lines):
        records = []
        for number, data in chunk:
            if data is None:
                records.append(too_long(open_quote.start or number))
                open_quote = _OpenQuote(header.delimiter)
            elif header.delimiter == "\t":
                records += [read(number, data)] if data.strip() else []
            elif (whole := open_quote.closed_by(number, data)) is not None and whole[1].strip():
                records.append(read(*whole))
        if records and may_go_on(chunk, growing=growing):
            yield not_whole(records)
        elif chunk:
            yield Chunk(records, open_quote.start - 1 if open_quote.begun else last_said(chunk))
    if open_quote.begun:
        told = "not well-formed CSV: a quote is never closed"
        raw = b"\n".join(open_quote.begun)
        yield Chunk([Record(open_quote.start, raw, None, told)], open_quote.start - 1)


class _OpenQuote:
    """A quoted cell may run over several lines, which then are one record; it closes within MAX_LINE."""

    def __init__(self, delimiter: str) -> None:
        self._delimiter = delimiter.encode()
        self._reset()

    def _reset(self) -> None:
        self.begun: list[bytes] = []
        self.start = 0
        self._length = 0

    def closed_by(self, number: int, data: bytes) -> tuple[int, bytes] | None:
        """The whole record and the line it began on; None while a quote is open."""
        inside = bool(self.begun)
        if b'"' in data:
            inside = _is_open(data, self._delimiter, inside=inside)
        if not self.begun and not inside:
            return number, data
        self.start = self.start or number
        self.begun.append(data)
        self._length += len(data)
        if inside and self._length <= MAX_LINE:
            return None
        whole = self.start, b"\n".join(self.begun)
        self._reset()
        return whole


def _is_open(data: bytes, delimiter: bytes, *, inside: bool) -> bool:
    """Whether a quote is open at the end of the line; one opens only where a cell begins."""
    place = 0
    if not inside and data[:1] == b'"':
        inside, place = True, 1
    while True:
        if not inside:
            place = data.find(delimiter + b'"', place)
            if place < 0:
                return False
            inside, place = True, place + 2
        place = data.find(b'"', place)
        if place < 0:
            return True
        inside = data[place + 1 : place + 2] == b'"'  # a doubled quote stands for one
        place += 2 if inside else 1


def _text(data: bytes) -> str:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as problem:
        raise ValueError(f"not UTF-8 text (byte {problem.start + 1}); save it as UTF-8") from None
    if "\x00" in text:
        raise ValueError("a NUL character; this is not a text file")
    return text


def _unescaped(cell: str) -> str:
    if "\\" not in cell:
        return cell
    parts = cell.split("\\\\")
    return "\\".join(part.replace("\\t", "\t").replace("\\n", "\n").replace("\\r", "\r") for part in parts)
