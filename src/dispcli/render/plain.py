"""Output for programs that read columns: TSV, CSV, ids. Never cut, never coloured."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TextIO

from dispcli.render.fields import Document, Field, Sheet, as_pairs, plain
from dispcli.render.inert import formula_safe, tsv_cell

Clean = Callable[[str], str]


def write_tsv(
    out: TextIO, fields: Sequence[Field], records: Iterable[Any], clean: Clean, *, header: bool = True
) -> None:
    """A header line, then a line a record."""
    if header:
        out.write("\t".join(field.name for field in fields) + "\n")
    getters = [field.get for field in fields]
    out.writelines(
        "\t".join(clean(tsv_cell(plain(get(record)))) for get in getters) + "\n" for record in records
    )


def write_csv(
    out: TextIO,
    fields: Sequence[Field],
    records: Iterable[Any],
    clean: Clean,
    *,
    raw: bool,
    header: bool = True,
) -> None:
    """The same as CSV; cells that a spreadsheet would take for a formula are defused unless `raw`."""
    import csv

    writer = csv.writer(out, lineterminator="\n")
    if header:
        writer.writerow(field.name for field in fields)
    safe = str if raw else formula_safe
    for record in records:
        writer.writerow([clean(safe(plain(field.get(record)))) for field in fields])


def write_ids(out: TextIO, sheet: Sheet, records: Iterable[Any], clean: Clean) -> None:
    """The ids alone, a line each, ready to be fed back."""
    field = next(field for field in sheet.fields if field.name == sheet.id_field)
    values = (plain(field.get(record)) for record in records)
    out.writelines(f"{clean(value)}\n" for value in values if value)


def write_pairs(out: TextIO, document: Document, view: Any, clean: Clean) -> None:
    """One thing as field and value, a line each."""
    out.write("field\tvalue\n")
    out.writelines(f"{name}\t{clean(tsv_cell(value))}\n" for name, value in as_pairs(document, view))
