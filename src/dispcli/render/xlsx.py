"""A list as an Excel workbook: dates are dates, amounts are numbers, ids and everything else are text."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any, BinaryIO, Self

import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.exceptions import FileCreateError  # type: ignore[import-untyped]

from dispcli.core.moments import is_day, parse_instant
from dispcli.core.money import Money, exponent
from dispcli.render.fields import Field, Kind, Sheet, plain

MOST_ROWS = 1_048_576
"""What a worksheet holds, its header among them. What is more goes on in a further one."""

LONGEST_CELL = 32_767
"""Characters a cell holds. A longer text is cut, and counted."""

_CUT = " … (cut)"
_FIRST_YEAR = 1900
_EXACT = 10**15
"""Numbers of at most 15 digits are what a spreadsheet keeps."""

_WIDTHS: Mapping[Kind, int] = MappingProxyType(
    {
        Kind.TEXT: 20,
        Kind.SENTENCE: 60,
        Kind.ID: 20,
        Kind.FILE: 40,
        Kind.MOMENT: 18,
        Kind.MONEY: 12,
        Kind.COUNT: 8,
        Kind.FLAG: 8,
        Kind.LIST: 20,
    }
)


class Workbook:
    """Records in a workbook that is written to the stream when it ends.

    Memory doesn't grow with them: rows wait in a folder of files that goes when this is left.
    """

    def __init__(self, out: BinaryIO, sheet: Sheet, fields: Sequence[Field], now: datetime) -> None:
        self._waiting = TemporaryDirectory(prefix="dispcli-")
        self._book = xlsxwriter.Workbook(out, {"constant_memory": True, "tmpdir": self._waiting.name})
        self._book.set_properties({"title": sheet.name, "created": now.replace(tzinfo=None)})
        self._name = sheet.name
        self._fields = fields
        self._formats: dict[str, Any] = {}
        self._writers = [self._writer_of(field.kind) for field in fields]
        self._worksheets = 0
        self.cut = 0
        """How many texts were longer than a cell."""
        self._begin()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for worksheet in self._book.worksheets():
            worksheet.row_data_fh.close()
        self._waiting.cleanup()

    def write(self, records: Sequence[Any]) -> None:
        """These records too."""
        cells: list[tuple[int, Callable[[Any], Any], Callable[[int, int, Any], None]]]
        cells = [
            (column, field.get, write)
            for column, (field, write) in enumerate(zip(self._fields, self._writers, strict=True))
        ]
        for record in records:
            if self._row == MOST_ROWS:
                self._finish_worksheet()
                self._begin()
            for column, get, write in cells:
                value = get(record)
                if value is not None:
                    write(self._row, column, value)
            self._row += 1

    def end(self) -> None:
        """There are no more."""
        self._finish_worksheet()
        try:
            self._book.close()
        except FileCreateError as problem:
            raise problem.args[0] from None

    def _begin(self) -> None:
        self._worksheets += 1
        name = self._name if self._worksheets == 1 else f"{self._name} {self._worksheets}"
        self._worksheet = self._book.add_worksheet(name)
        self._worksheet.freeze_panes(1, 0)
        self._worksheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        heading = self._book.add_format({"bold": True})
        for column, field in enumerate(self._fields):
            self._worksheet.set_column(column, column, _WIDTHS[field.kind])
            self._worksheet.write_string(0, column, field.name, heading)
        self._row = 1

    def _finish_worksheet(self) -> None:
        self._worksheet.autofilter(0, 0, self._row - 1, len(self._fields) - 1)

    def _format(self, code: str) -> Any:
        if code not in self._formats:
            self._formats[code] = self._book.add_format({"num_format": code})
        return self._formats[code]

    def _writer_of(self, kind: Kind) -> Callable[[int, int, Any], None]:
        """What writes a cell of that kind; all that is no number, day or truth is a text."""
        others = {
            Kind.ID: self._id,
            Kind.MOMENT: self._moment,
            Kind.MONEY: self._money,
            Kind.COUNT: self._count,
            Kind.FLAG: self._flag,
        }
        return others.get(kind, self._text)

    def _text(self, row: int, column: int, value: Any, form: Any = None) -> None:
        text = plain(value)
        if len(text) > LONGEST_CELL:
            text = text[: LONGEST_CELL - len(_CUT)] + _CUT
            self.cut += 1
        self._worksheet.write_string(row, column, text, form)

    def _id(self, row: int, column: int, value: Any) -> None:
        self._text(row, column, value, self._format("@"))

    def _moment(self, row: int, column: int, value: str) -> None:
        """A day as a date, an instant as a date with a time, in UTC: a spreadsheet has no zones."""
        moment = _naive(value)
        if moment is None:
            self._text(row, column, value)
        else:
            code = "yyyy-mm-dd" if is_day(value) else "yyyy-mm-dd hh:mm:ss"
            self._worksheet.write_datetime(row, column, moment, self._format(code))

    def _money(self, row: int, column: int, value: Money) -> None:
        if abs(value.minor) >= _EXACT:
            self._text(row, column, value)
            return
        digits = exponent(value.currency)
        code = f"0.{'0' * digits}" if digits else "0"
        self._worksheet.write_number(row, column, float(value.amount), self._format(code))

    def _count(self, row: int, column: int, value: int) -> None:
        self._worksheet.write_number(row, column, value)

    def _flag(self, row: int, column: int, value: bool) -> None:
        self._worksheet.write_boolean(row, column, value)


def _naive(text: str) -> datetime | None:
    """The moment as a spreadsheet counts it; None for what it can't count: before 1900, or damaged."""
    try:
        moment = parse_instant(text).replace(tzinfo=None)
    except ValueError:
        return None
    return moment if moment.year >= _FIRST_YEAR else None
