"""A table, wherever it comes from: named columns, and rows that can be read from the start again."""

from collections.abc import Callable, Iterator
from typing import Any

from dispcli.namedtuples import NamedTuple


class Unreadable(NamedTuple):
    """A cell that is there and can't be taken: an error, a formula nobody worked out, a rounded number."""

    why: str


class Row(NamedTuple):
    """The cells of one row by their columns' names, empty ones left out; or what is wrong with it.

    A cell of CSV and TSV is text; of NDJSON it may be any JSON value; of XLSX a text, a truth value, a whole
    number, a Decimal, a moment as text (`2026-10-31`, `2026-10-31 14:00:00`, no zone), or Unreadable.
    """

    line: int
    values: dict[str, Any]
    problem: str | None = None


class Table(NamedTuple):
    """The columns' names in their order, and the rows from the first on, as many as came at once.

    `is_csv`: only there an apostrophe may stand before what a spreadsheet would take for a formula.
    """

    names: tuple[str, ...]
    rows: Callable[[], Iterator[list[Row]]]
    is_csv: bool = False
