"""dispcli help filters."""

from collections.abc import Iterator
from typing import NamedTuple

from dispcli.commands.context import Run
from dispcli.commands.listing import output_of
from dispcli.commands.options.showing import Showing
from dispcli.core.filter_fields import DISPUTE_FIELDS, ORDER_FIELDS, FilterField
from dispcli.render.output import Page
from dispcli.render.sheets.topics import FILTERS

_SYNTAX = """\
state:opened seller:X  terms with spaces between them: all of them must hold
state:opened,answered  any of these words
-state:opened          not so, or not known
title:~lamp            a part of the text
title:~"desk lamp"     spaces need quotes, in which \\" is a quote and \\\\ a \\
opened:<2026-10        before it; also > and <= and >=, or none for within it
amount:>20USD          more than it; also < and <= and >=, or none for equal
"""


class _Row(NamedTuple):
    """A field of one of the lists."""

    of: str
    field: FilterField

    @property
    def operators(self) -> tuple[str, ...]:
        """Each as it is written, with the colon before it."""
        return tuple(f":{operator}" for operator in self.field.operators)

    @property
    def meaning(self) -> str:
        """What it tells, and the words it knows."""
        return ": ".join(filter(None, (self.field.about, ", ".join(self.field.words))))


def filters(run: Run, showing: Showing) -> None:
    """The filters of --where.

    A filter is terms with spaces between them, as in 'state:opened amount:>20USD'; all of them must hold,
    and one with a minus before it must not. A field's name and a colon come first, then an operator
    where it is not plain equality, then the value: in double quotes where it has spaces, several words
    with commas between them where any will do. Dates are written as everywhere: 2026-10-31, 2026-10,
    today, -10d.
    """
    output = output_of(run, showing)
    if output.is_table:
        for line in _SYNTAX.splitlines():
            output.text(line)
        output.text("")
    output.list(FILTERS, Page(tuple(_rows())))


def _rows() -> Iterator[_Row]:
    for name, fields in (("disputes", DISPUTE_FIELDS), ("orders", ORDER_FIELDS)):
        yield from (_Row(name, field) for field in fields.values())
