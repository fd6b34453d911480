"""XLSX spreadsheets as tables, read as they come: a sheet of any size takes the memory of one row.

A workbook is a zip file of XML, and 1 MB of it can unpack to 1 GB. So the number of its parts, their unpacked
size, the columns and rows of a sheet and the length of one row have limits. XML with a document type is
refused, so there are no entities to blow up.
"""

import re
import zlib
from collections.abc import Iterator
from functools import lru_cache
from posixpath import join, normpath
from typing import BinaryIO, NamedTuple
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from dispcli.errors import BadInput
from dispcli.formats.tables import Row, Table, Unreadable
from dispcli.formats.xlsx_cells import Cell, Sheets, cell_value, day_styles, unescaped

MAX_COLUMNS = 1000
"""How far to the right a cell may stand. The format itself allows 16384, which is what bombs declare."""
MAX_ROWS = 1_048_576
"""How many rows a sheet may have: as many as the format itself allows."""

_MAX_PARTS = 2000
_MAX_SHEET = 1024 * 2**20
_MAX_TEXTS = 64 * 2**20
_MAX_PART = 4 * 2**20
_MAX_ROW = 2 * 2**20
_AT_ONCE = 64 * 1024
_UNREADABLE = (
    *(BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, expat.ExpatError),
    ValueError,  # a place before the beginning of what a pipe brought
)
_LETTERS = re.compile(r"[A-Z]{1,3}", re.ASCII)
_DIGITS = "0123456789"
_OFFICE = "/officeDocument"


class Workbook(NamedTuple):
    """A spreadsheet file: the names of its sheets in order, and the parts of the archive they are in."""

    name: str
    sheets: tuple[str, ...]
    archive: ZipFile
    parts: tuple[str, ...]
    shared: Sheets

    def table(self, sheet: str) -> Table:
        """A sheet as a table: its first row that is not blank names the columns.

        An empty sheet is a table without columns. Raises BadInput for a sheet that isn't there, and, as
        reading its rows does, for what is damaged or beyond the limits.
        """
        if sheet not in self.sheets:
            has = ", ".join(self.sheets)
            raise BadInput(f"{self.name}: no sheet {sheet!r}", hint=f"it has: {has}"[:500])
        part = self.parts[self.sheets.index(sheet)]
        place = f"{self.name} ({sheet})"
        header = next((row for rows in self._rows(place, part) for row in rows if row.cells), None)
        if header is None:
            return Table((), lambda: iter(()))
        names = _names(place, header)

        def rows() -> Iterator[list[Row]]:
            for chunk in self._rows(place, part):
                yield [_row(row, names) for row in chunk if row.cells and row.number > header.number]

        return Table(tuple(name for name in names.values() if name), rows)

    def _rows(self, place: str, part: str) -> Iterator[list["_SheetRow"]]:
        return _rows(place, self.archive, part, self.shared)


def open_workbook(name: str, stream: BinaryIO) -> Workbook:
    """The workbook of an input that begins as a zip file does. Raises BadInput."""
    _require_few_parts(name, stream)
    try:
        archive = ZipFile(stream)
        part = _main_part(name, archive)
        found = _Names()
        found.read(name, archive, part)
        targets = _targets(name, archive, part)
        texts, styles = _Texts(), _Styles()
        if (path := targets.get("/sharedStrings")) and path in archive.namelist():
            texts.read(name, archive, path, _MAX_TEXTS)
        if (path := targets.get("/styles")) and path in archive.namelist():
            styles.read(name, archive, path)
    except _UNREADABLE as problem:
        raise _damaged(name, problem) from None
    sheets = [(title, targets[key]) for title, key in found.sheets if key in targets]
    if not sheets:
        raise BadInput(f"{name}: a spreadsheet without sheets")
    shared = Sheets(texts.found, day_styles(styles.formats, styles.cells), found.since_1904)
    return Workbook(name, tuple(s for s, _ in sheets), archive, tuple(p for _, p in sheets), shared)


def _damaged(name: str, problem: Exception) -> BadInput:
    return BadInput(f"{name}: not a whole spreadsheet (XLSX): {problem}")


def _require_few_parts(name: str, stream: BinaryIO) -> None:
    """A zip file's list of parts is read at once, so it is counted before."""
    stream.seek(0)
    count, before = 0, b""
    while data := stream.read(2**20):
        count += (before + data).count(b"PK\x01\x02")
        before = data[-3:]
        if count > _MAX_PARTS:
            raise BadInput(f"{name}: a zip file of more than {_MAX_PARTS} parts is no spreadsheet")
    stream.seek(0)


def _names(place: str, header: "_SheetRow") -> dict[int, str]:
    """The columns' names by their place. Raises BadInput for a name that stands twice."""
    names = {column: str(cell).strip() for column, cell in header.cells.items()}
    told = [name for name in names.values() if name]
    if twice := sorted({name for name in told if told.count(name) > 1}):
        raise BadInput(f"{place}:{header.number}: a column stands twice: {', '.join(twice)}")
    return names


def _row(row: "_SheetRow", names: dict[int, str]) -> Row:
    values, stray = {}, None
    for column, cell in row.cells.items():
        if name := names.get(column):
            values[name] = cell
        elif stray is None:
            stray = f"a cell in column {column}, which has no name in the header"
    return Row(row.number, values, stray)


# --- the parts ---


class _Part:
    """A part of a workbook, read as a stream of elements; a subclass does something with them."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins; the tag is without its namespace's prefix."""

    def end(self, tag: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Some text of the element."""

    def read(self, name: str, archive: ZipFile, path: str, limit: int = _MAX_PART) -> None:
        """The whole part. Raises BadInput beyond `limit` bytes."""
        for _ in self.pieces(name, archive, path, limit):
            pass

    def pieces(self, name: str, archive: ZipFile, path: str, limit: int) -> Iterator[int]:
        """Reads on, and gives the bytes read each time."""
        try:
            part = archive.getinfo(path)
        except KeyError:
            raise BadInput(f"{name}: a zip file, but not a spreadsheet (XLSX): it has no {path}") from None
        if part.file_size > limit:
            raise BadInput(f"{name}: {path} is larger than {limit // 2**20} MiB when unpacked")
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = lambda tag, told: self.start(tag[tag.rfind(":") + 1 :], told)
        parser.EndElementHandler = lambda tag: self.end(tag[tag.rfind(":") + 1 :])
        parser.CharacterDataHandler = self.text
        parser.StartDoctypeDeclHandler = _refuse_doctype
        with archive.open(part) as stream:
            while data := stream.read(_AT_ONCE):
                parser.Parse(data)
                yield len(data)
            parser.Parse(b"", True)


def _refuse_doctype(*_: object) -> None:
    raise BadZipFile("XML with a document type")


class _Names(_Part):
    """The sheets' titles with the keys of their parts, and from when on days are counted."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.since_1904 = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "sheet":
            key = next((value for name, value in attributes.items() if name.endswith(":id")), "")
            self.sheets.append((attributes.get("name", ""), key))
        elif tag == "workbookPr":
            self.since_1904 = attributes.get("date1904") in ("1", "true")


class _Targets(_Part):
    """Where a part's other parts are: by key, and by the end of their type."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            kind = attributes.get("Type", "")
            self.found[attributes.get("Id", "")] = target
            self.found.setdefault(kind[kind.rfind("/") :], target)


def _targets(name: str, archive: ZipFile, part: str) -> dict[str, str]:
    folder, _, file = part.rpartition("/")
    told = _Targets()
    told.read(name, archive, join(folder, "_rels", f"{file}.rels"))
    return {key: normpath(join("/", folder, target)).lstrip("/") for key, target in told.found.items()}


def _main_part(name: str, archive: ZipFile) -> str:
    main = _targets(name, archive, "").get(_OFFICE)
    if main is None:
        raise BadInput(f"{name}: a zip file, but not a spreadsheet (XLSX)")
    return main


class _Texts(_Part):
    """The texts that cells name by number; how Asian ones are pronounced is left out."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._pieces: list[str] = []
        self._taken = self._spoken = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:  # noqa: ARG002 the parser gives them
        if tag == "t":
            self._taken = not self._spoken
        elif tag == "si":
            self._pieces = []
        elif tag == "rPh":
            self._spoken = True

    def text(self, text: str) -> None:
        if self._taken:
            self._pieces.append(text)

    def end(self, tag: str) -> None:
        if tag == "t":
            self._taken = False
        elif tag == "si":
            self.found.append(unescaped("".join(self._pieces)))
        elif tag == "rPh":
            self._spoken = False


class _Styles(_Part):
    """The workbook's own number formats by their number, and the format's number of each cell style."""

    def __init__(self) -> None:
        self.formats: dict[str, str] = {}
        self.cells: list[str] = []
        self._inside = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "numFmt":
            self.formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif tag == "cellXfs":
            self._inside = True
        elif tag == "xf" and self._inside:
            self.cells.append(attributes.get("numFmtId", "0"))

    def end(self, tag: str) -> None:
        if tag == "cellXfs":
            self._inside = False


# --- the rows of a sheet ---


class _SheetRow(NamedTuple):
    number: int
    cells: dict[int, Cell]


class _Sheet(_Part):
    """The rows of a sheet, gathered as they end; `ended` when no more can come."""

    def __init__(self, name: str, shared: Sheets) -> None:
        self.rows: list[_SheetRow] = []
        self.ended = False
        self._name = name
        self._shared = shared
        self._number = self._column = 0
        self._cells: dict[int, Cell] = {}
        self._kind = self._style = ""
        self._text: list[str] = []
        self._taken = self._spoken = self._formula = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "v" or tag == "t":
            self._taken = not self._spoken
        elif tag == "c":
            self._column = self._place(attributes.get("r"))
            self._kind = attributes.get("t", "n")
            self._style = attributes.get("s", "0")
            self._text.clear()
            self._formula = False
        elif tag == "row":
            self._begin_row(attributes.get("r"))
        elif tag == "f":
            self._formula = True
        elif tag == "rPh":
            self._spoken = True
        elif tag == "dimension":
            self._require_narrow(attributes.get("ref", ""))

    def text(self, text: str) -> None:
        if self._taken:
            self._text.append(text)

    def end(self, tag: str) -> None:
        if tag == "v" or tag == "t":
            self._taken = False
        elif tag == "c":
            self._end_cell()
        elif tag == "row":
            self.rows.append(_SheetRow(self._number, self._cells))
        elif tag == "rPh":
            self._spoken = False
        elif tag == "sheetData":
            self.ended = True

    def _end_cell(self) -> None:
        text = "".join(self._text)
        value = cell_value(self._kind, text, self._style, self._shared)
        if value is None and self._formula:
            value = Unreadable("a formula without its result; open the file in a spreadsheet and save it")
        if value is not None:
            self._cells[self._column] = value

    def _begin_row(self, told: str | None) -> None:
        number = int(told[:9]) if told and told.isascii() and told.isdigit() else self._number + 1
        if number <= self._number:
            raise BadInput(f"{self._name}:{number}: the row stands twice, or not in order")
        if number > MAX_ROWS:
            raise BadInput(f"{self._name}: more than {MAX_ROWS} rows")
        self._number, self._column, self._cells = number, 0, {}

    def _place(self, told: str | None) -> int:
        column = _column(told.rstrip(_DIGITS)) if told else self._column + 1
        if not 0 < column <= MAX_COLUMNS:
            shown = f"a cell at {told or column!s:.12}; {MAX_COLUMNS} columns at most"
            raise BadInput(f"{self._name}:{self._number}: {shown}")
        return column

    def _require_narrow(self, reference: str) -> None:
        last = reference.rpartition(":")[2]
        if _column(last.rstrip(_DIGITS)) > MAX_COLUMNS:
            raise BadInput(
                f"{self._name}: the sheet says it goes to {last:.12}; {MAX_COLUMNS} columns at most"
            )


@lru_cache(4096)
def _column(letters: str) -> int:
    """The column that letters name, counted from 1; 0 for what names none."""
    column = 0
    for letter in letters if _LETTERS.fullmatch(letters) else "":
        column = column * 26 + ord(letter) - 64
    return column


def _rows(name: str, archive: ZipFile, part: str, shared: Sheets) -> Iterator[list[_SheetRow]]:
    """The rows of a sheet, as many as come at once. Raises BadInput."""
    sheet = _Sheet(name, shared)
    read = 0
    try:
        for size in sheet.pieces(name, archive, part, _MAX_SHEET):
            read += size
            if sheet.rows:
                yield sheet.rows
                sheet.rows, read = [], 0
            if sheet.ended:
                return
            if read > _MAX_ROW:
                raise BadInput(f"{name}: a row is longer than {_MAX_ROW // 2**20} MiB")
    except _UNREADABLE as problem:
        raise _damaged(name, problem) from None
