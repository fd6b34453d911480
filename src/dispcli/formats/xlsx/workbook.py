"""A spreadsheet file and its sheets as tables."""

from collections.abc import Iterator
from typing import BinaryIO
from zipfile import ZipFile

from dispcli.errors import BadInput
from dispcli.formats.tables import Row, Table
from dispcli.formats.xlsx.cells import Sheets
from dispcli.formats.xlsx.parts import (
    UNREADABLE,
    damaged,
    main_part,
    require_few_parts,
    shared_texts,
    sheets_told,
    styles_of_days,
    targets_of,
)
from dispcli.formats.xlsx.sheet import SheetRow, sheet_rows
from dispcli.namedtuples import NamedTuple


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

    def _rows(self, place: str, part: str) -> Iterator[list[SheetRow]]:
        return sheet_rows(place, self.archive, part, self.shared)


def open_workbook(name: str, stream: BinaryIO) -> Workbook:
    """The workbook of an input that begins as a zip file does. Raises BadInput."""
    require_few_parts(name, stream)
    try:
        archive = ZipFile(stream)
        part = main_part(name, archive)
        told = sheets_told(name, archive, part)
        targets = targets_of(name, archive, part)
        texts = shared_texts(name, archive, targets.get("/sharedStrings"))
        styles = styles_of_days(name, archive, targets.get("/styles"))
    except UNREADABLE as problem:
        raise damaged(name, problem) from None
    sheets = [(title, targets[key]) for title, key in told.sheets if key in targets]
    if not sheets:
        raise BadInput(f"{name}: a spreadsheet without sheets")
    shared = Sheets(texts, styles, told.since_1904)
    return Workbook(name, tuple(s for s, _ in sheets), archive, tuple(p for _, p in sheets), shared)


def _names(place: str, header: SheetRow) -> dict[int, str]:
    """The columns' names by their place. Raises BadInput for a name that stands twice."""
    names = {column: str(cell).strip() for column, cell in header.cells.items()}
    told = [name for name in names.values() if name]
    if twice := sorted({name for name in told if told.count(name) > 1}):
        raise BadInput(f"{place}:{header.number}: a column stands twice: {', '.join(twice)}")
    return names


def _row(row: SheetRow, names: dict[int, str]) -> Row:
    values, stray = {}, None
    for column, cell in row.cells.items():
        if name := names.get(column):
            values[name] = cell
        elif stray is None:
            stray = f"a cell in column {column}, which has no name in the header"
    return Row(row.number, values, stray)
