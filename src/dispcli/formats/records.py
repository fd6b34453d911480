"""Records from lines: one JSON object a line, or a table with a header. Each mistake has its line."""

import csv
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

import orjson

from dispcli.errors import BadInput
from dispcli.formats.lines import MAX_LINE, Line, Unended

csv.field_size_limit(MAX_LINE)
"""The line is the limit, not the csv module's own."""


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
        return Records(_objects(rest, growing=growing))
    header = _header(name, first, columns)
    if header is None:
        return first
    read = header.tsv_record if header.delimiter == "\t" else header.csv_record
    return Records(_tables(header, rest, read, growing=growing), first.data, header.names)


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


def _may_go_on(lines: list[Line], *, growing: bool) -> bool:
    """Whether the last of these lines may be only the beginning of one."""
    return growing and bool(lines) and isinstance(lines[-1], Unended)


def _not_whole(records: list[Record]) -> Chunk:
    """The records, which are told and count for nothing."""
    why = "it has no line end yet; it is read again when it has one"
    return Chunk(
        [
            record._replace(values=None, problem=f"{record.problem}; {why}" if record.problem else why)
            for record in records
        ],
        0,
    )


def _last(lines: list[Line]) -> int:
    """The last line that says something; how many blank ones follow is no part of what was said."""
    said = (line.number for line in reversed(lines) if line.data is None or line.data.strip())
    return next(said, 0)


# --- one object a line ---


def _objects(lines: Iterable[list[Line]], *, growing: bool) -> Iterator[Chunk]:
    for chunk in lines:
        records = _json_records(chunk)
        if _may_go_on(chunk, growing=growing) and any(record.values is None for record in records):
            yield _not_whole(records)
        else:
            yield Chunk(records, _last(chunk))


def _json_records(lines: list[Line]) -> list[Record]:
    return [
        _json_record(number, data) for number, data in lines if data is None or (data and not data.isspace())
    ]


def _json_record(number: int, data: bytes | None) -> Record:
    if data is None:
        return _too_long(number)
    try:
        values = orjson.loads(data)
        if type(values) is dict and (data.count(b'"') != _quotes(values) or b"\\" in data):
            _require_once(data)
    except orjson.JSONDecodeError as problem:
        return Record(number, data, None, f"not JSON: {problem.msg} (column {problem.colno})")
    except ValueError as problem:
        return Record(number, data, None, f"not JSON: {problem}")
    except RecursionError:
        return Record(number, data, None, "not JSON: nested too deep")
    if type(values) is not dict:
        return Record(number, data, None, "not a JSON object")
    return Record(number, data, values)


def _too_long(number: int) -> Record:
    return Record(number, b"", None, f"longer than {MAX_LINE // 1024} KiB")


def _quotes(values: dict[str, Any]) -> int:
    """How many quotes it takes to write a flat object. Where there were more, a key may have stood twice."""
    texts = len(values)
    for value in values.values():
        if type(value) is str:
            texts += 1
        elif type(value) is list:
            texts += sum(type(item) is str for item in value)
    return 2 * texts


def _require_once(data: bytes) -> None:
    """Raises ValueError for a key that stands twice: of two, every parser keeps the one it likes."""
    import json

    def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
        values = dict(found)
        if len(values) < len(found):
            keys = [key for key, _ in found]
            twice = next(key for key in keys if keys.count(key) > 1)
            raise ValueError(f"the key {twice!r} stands twice")
        return values

    json.loads(data, object_pairs_hook=pairs)


# --- a table with a header ---


class _Header(NamedTuple):
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


def _header(name: str, line: Line, columns: Columns) -> _Header | None:
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
    return _Header(tuple(names), delimiter)


def _tables(
    header: _Header, lines: Iterator[list[Line]], read: Callable[[int, bytes], Record], *, growing: bool
) -> Iterator[Chunk]:
    """The records below the header."""
    first = next(lines)[1:]
    open_quote = _OpenQuote(header.delimiter)
    for chunk in _again(first, lines):
        records = []
        for number, data in chunk:
            if data is None:
                records.append(_too_long(open_quote.start or number))
                open_quote = _OpenQuote(header.delimiter)
            elif header.delimiter == "\t":
                records += [read(number, data)] if data.strip() else []
            elif (whole := open_quote.closed_by(number, data)) is not None and whole[1].strip():
                records.append(read(*whole))
        if records and _may_go_on(chunk, growing=growing):
            yield _not_whole(records)
        elif chunk:
            yield Chunk(records, open_quote.start - 1 if open_quote.begun else _last(chunk))
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
        raise ValueError("a NUL character; this is no text file")
    return text


def _unescaped(cell: str) -> str:
    if "\\" not in cell:
        return cell
    parts = cell.split("\\\\")
    return "\\".join(part.replace("\\t", "\t").replace("\\n", "\n").replace("\\r", "\r") for part in parts)
