"""The tables that are truth, as an archive holds them: read whole, and written into an empty ledger.

What follows from them (disputes, messages, settlements, evidence) the guards write again, as every day.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from dispcli.errors import Refused
from dispcli.ledger.archived import Archived
from dispcli.ledger.compiled_schema import ARCHIVED
from dispcli.ledger.reader import Reader

Row = Mapping[str, str | int]
"""A row by column; an empty cell is left out."""

TABLES: tuple[str, ...] = tuple(table.name for table in ARCHIVED)
"""What an archive holds, in the order in which it is written again."""

_KNOWN: Mapping[str, Archived] = MappingProxyType({table.name: table for table in ARCHIVED})
_TYPES: Mapping[str, type] = MappingProxyType({"TEXT": str, "INTEGER": int})
_INTEGERS = range(-(2**63), 2**63)
_CACHE_KIB = 64 * 1024


class RefusedRow(Exception):
    """A row that is none of its table, or that the ledger's own rules refuse; its message says why."""


class Archive(Reader):
    """A ledger as it is archived. Everything happens inside `reading()` or `writing()`."""

    def rows(self, table: str) -> Iterator[Row]:
        """All rows of one of TABLES, in the order in which they can be written again."""
        names, cursor = tuple(_KNOWN[table].columns), self._connection.execute(_KNOWN[table].read)
        for row in cursor:
            yield {name: value for name, value in zip(names, row, strict=True) if value is not None}

    def require_empty(self) -> None:
        """Raises Refused where anything was ever written to it: a row, or an id that was given."""
        if any(self._connection.execute(table.read).fetchone() for table in ARCHIVED):
            raise Refused(
                f"{self.path} is not empty, and an archive is a whole ledger",
                hint="import it into a new one: dispcli ledger init --ledger FILE",
                code="not-empty",
            )

    def begin(self) -> None:
        """What is written may point to what comes later in the transaction: an order to its purchase."""
        self._connection.execute("PRAGMA defer_foreign_keys = ON")
        self._connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")

    def fill(self, table: str, rows: Iterable[Row]) -> None:
        """Write rows of one of TABLES, one by one as they come, through every guard. Raises RefusedRow."""
        target = _KNOWN[table]
        empty = dict.fromkeys(target.columns)
        try:
            self._connection.executemany(
                target.write, ({**empty, **_checked(row, target.columns)} for row in rows)
            )
        except sqlite3.IntegrityError as problem:
            raise RefusedRow(str(problem)) from None


def _checked(row: Row, columns: Mapping[str, str]) -> Row:
    """The row, if its columns and their types are the table's. Raises RefusedRow."""
    for name, value in row.items():
        if name not in columns:
            raise RefusedRow(f"no such column: {name!r}")
        if type(value) is not _TYPES[columns[name]]:
            raise RefusedRow(f"{name} is not {'text' if columns[name] == 'TEXT' else 'a whole number'}")
        if isinstance(value, int) and value not in _INTEGERS:
            raise RefusedRow(f"{name} is out of range")
        if isinstance(value, str) and not value.isascii() and any("\ud800" <= c <= "\udfff" for c in value):
            raise RefusedRow(f"{name} has half a character (a lone surrogate)")
    return row
