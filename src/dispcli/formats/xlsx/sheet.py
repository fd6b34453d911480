"""The rows of one sheet, as they come."""

import re
from collections.abc import Iterator
from functools import lru_cache
from zipfile import ZipFile

from dispcli.errors import BadInput
from dispcli.formats.tables import Unreadable
from dispcli.formats.xlsx.cells import Cell, Sheets, cell_value
from dispcli.formats.xlsx.parts import UNREADABLE, Part, damaged
from dispcli.namedtuples import NamedTuple

MAX_COLUMNS = 1000
"""How far to the right a cell may stand. The format itself allows 16384, which is what bombs declare."""
MAX_ROWS = 1_048_576
"""How many rows a sheet may have: as many as the format itself allows."""

_MAX_SHEET = 1024 * 2**20
_MAX_ROW = 2 * 2**20
_LETTERS = re.compile(r"[A-Z]{1,3}", re.ASCII)
_DIGITS = "0123456789"


class SheetRow(NamedTuple):
    """A row: its number, and its cells by the number of their column, empty ones left out."""

    number: int
    cells: dict[int, Cell]


class _Sheet(Part):
    """The rows of a sheet, gathered as they end; `ended` when no more can come."""

    def __init__(self, name: str, shared: Sheets) -> None:
        self.rows: list[SheetRow] = []
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
            self.rows.append(SheetRow(self._number, self._cells))
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


def sheet_rows(name: str, archive: ZipFile, part: str, shared: Sheets) -> Iterator[list[SheetRow]]:
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
    except UNREADABLE as problem:
        raise damaged(name, problem) from None
