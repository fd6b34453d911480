"""dispcli help filters."""

from collections.abc import Iterator

from dispcli.commands.context import Run
from dispcli.commands.listing import output_of
from dispcli.commands.options.showing import Showing
from dispcli.core.filter_fields import DISPUTE_FIELDS, ORDER_FIELDS, FilterField
from dispcli.namedtuples import NamedTuple
from dispcli.render.output import Page
from dispcli.render.sheets.topics import FILTERS

GRAMMAR = (
    ("state:opened seller:X", "terms with spaces between them: all of them must hold"),
    ("state:opened,answered", "any of these words"),
    ("-state:opened", "not so, or not known"),
    ("title:~lamp", "a part of the text, in capitals or not"),
    ('title:~"desk lamp"', "spaces need double quotes, in which a backslash stands before a quote or itself"),
    ("opened:<2026-10", "before it; also > and <= and >=, or none for within it"),
    ("opened:-10d", "a date: 2026-10-31, 2026-10, today, yesterday, -10d, +2w"),
    ("amount:>20USD", "more than it; also < and <= and >=, or none for equal"),
    (
        "'amount:>20USD -is:open'",
        'in a shell: single quotes round the whole filter, or it takes <, >, !, " and spaces for its own',
    ),
)
"""The language by examples; those of disputes, though it is the same for orders."""


class _Row(NamedTuple):
    """A line of the grammar, or a field of one of the lists."""

    of: str
    example: str
    meaning: str
    field: FilterField | None = None

    @property
    def operators(self) -> tuple[str, ...]:
        """Each as it is written, with the colon before it."""
        return tuple(f":{operator}" for operator in self.field.operators) if self.field else ()


def filters(run: Run, showing: Showing) -> None:
    """The filters of --where.

    A filter is terms with spaces between them, as in 'state:opened amount:>20USD'; all of them must hold,
    and one with a minus before it must not. A field's name and a colon come first, then an operator
    where it is not plain equality, then the value: in double quotes where it has spaces, several words
    with commas between them where any will do. Dates are written as everywhere: 2026-10-31, 2026-10,
    today, -10d. Put single quotes round the whole filter, or the shell takes <, >, ! and spaces for its own.
    """
    output_of(run, showing).list(FILTERS, Page(tuple(_rows())))


def _rows() -> Iterator[_Row]:
    for example, meaning in GRAMMAR:
        yield _Row("both", example, meaning)
    for name, fields in (("disputes", DISPUTE_FIELDS), ("orders", ORDER_FIELDS)):
        for field in fields.values():
            meaning = ": ".join(filter(None, (field.about, ", ".join(field.words))))
            yield _Row(name, field.example, meaning, field)
