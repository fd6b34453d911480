"""Records as CSV or TSV, column by column: what its kind asks for is decided once, not for each cell.

Lists and exports are written by the same code. On a terminal `clean` makes each cell harmless.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any, TextIO

from dispcli.core.formulas import RISKY, defused
from dispcli.core.money import Money
from dispcli.render.fields import Field, Kind, Sheet, plain
from dispcli.render.inert import tsv_cell

_TEXTS = (Kind.TEXT, Kind.SENTENCE, Kind.ID, Kind.FILE)
_AS_THEY_ARE = (Kind.MOMENT, Kind.COUNT)
_Column = Callable[[Field, Sequence[Any]], Iterable[Any]]
_Row = tuple[Any, ...]
Clean = Callable[[str], str]


def write_csv(
    out: TextIO,
    fields: Sequence[Field],
    records: Sequence[Any],
    *,
    header: bool,
    raw: bool,
    clean: Clean | None = None,
) -> None:
    """A header, then a row a record. Texts that a spreadsheet would run get an apostrophe, unless `raw`."""
    import csv

    rows = _Written()
    writer = csv.writer(rows, lineterminator="\r\n")
    if header:
        writer.writerow(field.name for field in fields)
    column = _column if raw else _defused_column
    writer.writerows(_rows(column, fields, records, clean))
    out.write(rows.text())


def csv_text(sheet: Sheet, records: Sequence[Any]) -> str:
    """A whole list as CSV."""
    import io

    text = io.StringIO(newline="")
    write_csv(text, sheet.fields, records, header=True, raw=False)
    return text.getvalue()


class _Written:
    """Takes the rows that csv writes, and ends them as lines end here.

    csv quotes a carriage return only where its rows end with one. Nothing of ours is called for each row, as
    there may be a million.
    """

    def __init__(self) -> None:
        self._rows: list[str] = []
        self.write = self._rows.append

    def text(self) -> str:
        """All rows."""
        return "".join([row[:-2] + "\n" for row in self._rows])


def write_tsv(
    out: TextIO,
    fields: Sequence[Field],
    records: Sequence[Any],
    *,
    header: bool,
    clean: Clean | None = None,
) -> None:
    """A header, then a line a record; tabs and line ends in a text are escaped."""
    if header:
        out.write("\t".join(field.name for field in fields) + "\n")
    out.writelines("\t".join(row) + "\n" for row in _rows(_tsv_column, fields, records, clean))


def _rows(
    column: _Column, fields: Sequence[Field], records: Sequence[Any], clean: Clean | None
) -> Iterable[_Row]:
    rows = zip(*(column(field, records) for field in fields), strict=True)
    return rows if clean is None else (tuple(map(clean, map(plain, row))) for row in rows)


def _column(field: Field, records: Sequence[Any]) -> Iterable[Any]:
    """Cells as csv writes them: texts, whole numbers, None for an empty one."""
    values = map(field.get, records)
    if field.kind in _TEXTS or field.kind in _AS_THEY_ARE:
        return values
    if field.kind is Kind.MONEY:
        return map(_amount, values)
    return map(plain, values)


def _defused_column(field: Field, records: Sequence[Any]) -> Iterable[Any]:
    cells = _column(field, records)
    if field.kind in _TEXTS or field.kind is Kind.LIST:
        return [defused(cell) if cell and cell[0] in RISKY else cell for cell in cells]
    return cells


def _tsv_column(field: Field, records: Sequence[Any]) -> Iterable[str]:
    cells = _column(field, records)
    if field.kind is Kind.COUNT:
        return map(plain, cells)
    return [tsv_cell(cell) if cell else "" for cell in cells]


@lru_cache(65536)
def _amount(money: Money | None) -> str | None:
    """Prices repeat, and a million rows have two each."""
    return money.amount if money is not None else None
