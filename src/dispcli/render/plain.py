"""Output for programs that read lines: ids, and one thing as field and value. Never cut, never coloured."""

from collections.abc import Iterable
from typing import Any, TextIO

from dispcli.render.columns import Clean
from dispcli.render.fields import Document, Sheet, as_pairs, plain
from dispcli.render.inert import tsv_cell


def write_ids(out: TextIO, sheet: Sheet, records: Iterable[Any], clean: Clean) -> None:
    """The ids alone, a line each, ready to be fed back."""
    field = next(field for field in sheet.fields if field.name == sheet.id_field)
    values = (plain(field.get(record)) for record in records)
    out.writelines(f"{clean(value)}\n" for value in values if value)


def write_pairs(out: TextIO, document: Document, view: Any, clean: Clean) -> None:
    """One thing as field and value, a line each."""
    out.write("field\tvalue\n")
    out.writelines(f"{name}\t{clean(tsv_cell(value))}\n" for name, value in as_pairs(document, view))
