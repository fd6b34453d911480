"""A list that is written while it is being made: what is known already goes out at once."""

from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import repeat
from typing import TYPE_CHECKING, Any, TextIO

from dispcli.render.fields import Field, Sheet, as_object, column
from dispcli.render.json import SCHEMA_VERSION, write_items

if TYPE_CHECKING:
    from rich.console import Console

TABLE_ROWS = 50
"""How many records a terminal shows; of more only those that failed."""


class Lines:
    """Records a line each, under a header where the format has one."""

    def __init__(self, write: Callable[[Sequence[Any], bool], None], out: TextIO) -> None:
        self._write = write
        self._out = out
        self._headed = False

    def write(self, records: Sequence[Any]) -> None:
        """These records too."""
        self._write(records, not self._headed)
        self._headed = True
        self._out.flush()

    def end(self) -> None:
        """There are no more; an empty list still has its header."""
        if not self._headed:
            self.write(())


class Array:
    """Records in one JSON document."""

    def __init__(self, out: TextIO, sheet: Sheet, fields: Sequence[Field]) -> None:
        self._out = out
        self._fields = fields
        self._between = f'{{\n  "schema_version": {SCHEMA_VERSION},\n  "{sheet.name}": [\n'
        self._empty = f"{self._between.rstrip()}]"

    def write(self, records: Sequence[Any]) -> None:
        """These records too."""
        for record in records:
            self._out.write(self._between)
            write_items(self._out, as_object(self._fields, record))
            self._between = ",\n"
        self._out.flush()

    def end(self) -> None:
        """There are no more."""
        self._out.write("\n  ]" if self._between == ",\n" else self._empty)
        self._out.write(',\n  "more": false\n}\n')
        self._out.flush()


class Table:
    """Records for a person: all of a few, of many those that failed."""

    def __init__(self, console: "Console", fields: Sequence[Field], now: datetime) -> None:
        self._console = console
        self._fields = fields
        self._now = now
        self._first: list[Any] = []
        self._failed: list[Any] = []
        self._count = 0

    def write(self, records: Sequence[Any]) -> None:
        """These records too."""
        self._count += len(records)
        self._first += records[: TABLE_ROWS - len(self._first)]
        if len(self._failed) < TABLE_ROWS:
            self._failed += [record for record in records if record.failed][: TABLE_ROWS - len(self._failed)]

    def end(self) -> None:
        """There are no more."""
        from dispcli.render.fields import worth_showing
        from dispcli.render.tables import draw_list

        shown = self._first if self._count <= TABLE_ROWS else self._failed
        if shown:
            draw_list(self._console, worth_showing(self._fields, shown), shown, self._now)


Stream = Lines | Array | Table


def json_lines(out: TextIO, fields: Sequence[Field], records: Sequence[Any]) -> None:
    """One object a line, by orjson: json takes many times as long, and there may be a million."""
    import orjson

    names = ("schema_version", *(field.name for field in fields))
    columns = (column(field, records) for field in fields)
    written = (
        orjson.dumps(dict(zip(names, row, strict=True)), option=orjson.OPT_APPEND_NEWLINE).decode()
        for row in zip(repeat(SCHEMA_VERSION), *columns, strict=False)
    )
    out.write("".join(written))
