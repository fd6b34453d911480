"""What every importer has in common: what it is given, what it gives, and the limits it keeps to."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from dispcli.core.told import Told
from dispcli.formats.tables import Table
from dispcli.namedtuples import NamedTuple

MAX_MISTAKES = 20
"""How many mistakes are listed before the rest is only counted."""


class Asked(NamedTuple):
    """What a file doesn't tell, and the user did: its currency, the order's number, dmy, mdy or ymd."""

    currency: str | None = None
    order: str | None = None
    date_order: str | None = None


class Source(NamedTuple):
    """One input: its name for messages, how old it is (UTC instant), and what was told about it."""

    name: str
    modified_at: str
    asked: Asked = Asked()


class Mistake(NamedTuple):
    """What is wrong, and where: line, column and item count from 1, `key` is a column or a JSON path."""

    message: str
    line: int | None = None
    column: int | None = None
    item: int | None = None
    key: str | None = None

    def told(self, source: str) -> str:
        """`file:12:3: message`, as compilers say it."""
        place = "".join(f":{number}" for number in (self.line, self.column) if number is not None)
        item = f" item {self.item}:" if self.item is not None else ""
        key = f" {self.key}:" if self.key is not None else ""
        return f"{source}{place}:{item}{key} {self.message}"


class Entry(NamedTuple):
    """One thing a file tells, and where: the line of a table, the item of a document."""

    told: Told
    line: int | None = None
    item: int | None = None


class Aside(NamedTuple):
    """What is worth telling of an input, though nothing in it is wrong."""

    message: str


Piece = Sequence[Entry | Mistake | Aside]
"""What came at once. A row that is wrong is a mistake, and the next one is read."""


class DocumentFormat(NamedTuple):
    """An importer of JSON documents: its name, how it recognises one, how it reads all that an input has.

    `recognises` is asked about the first. `read` raises BadInput for a document that can't be read at all.
    """

    name: str
    recognises: Callable[[Any], bool]
    read: Callable[[Iterator[Any], Source], Iterator[Entry | Mistake]]


class TableFormat(NamedTuple):
    """An importer of tables: its name, how it recognises one by the columns' names, how it reads it.

    `read` raises BadInput for a table that can't be read at all.
    """

    name: str
    recognises: Callable[[frozenset[str]], bool]
    read: Callable[[Table, Source], Iterator[Piece]]
