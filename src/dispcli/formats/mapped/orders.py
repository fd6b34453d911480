"""From a mapped table to orders."""

from collections.abc import Iterator

from dispcli.core.new_orders import NewOrder
from dispcli.formats.mapped.amounts import amount_reader
from dispcli.formats.mapped.fitting import day_order, require_columns, require_currency
from dispcli.formats.mapped.mapping import TableMapping
from dispcli.formats.mapped.moments import moment_reader
from dispcli.formats.mapped.rows import RowReader
from dispcli.formats.mapped.sharing import Shares
from dispcli.formats.source import Aside, Entry, Piece, Source, TableFormat
from dispcli.formats.tables import Table


def format_of(mapping: TableMapping) -> TableFormat:
    """The mapping as an importer."""
    return TableFormat(
        mapping.name, mapping.needed.issubset, lambda table, source: read_orders(mapping, table, source)
    )


def read_orders(mapping: TableMapping, table: Table, source: Source) -> Iterator[Piece]:
    """The orders of a table. Raises BadInput for a table that lacks a column, and for a needed option."""
    require_columns(mapping, table, source)
    require_currency(mapping, table, source)
    reader = RowReader(
        mapping=mapping,
        source=source,
        columns={ours: name for ours, name in mapping.columns.items() if name in table.names},
        moment=moment_reader(day_order(mapping, table, source), mapping.dates.zone),
        amount=amount_reader(mapping.amounts, source.asked.currency),
        defused=mapping.formula_safe and table.is_csv,
    )
    shares = _shares(reader, table) if mapping.amounts.total == "line" else None
    doubtful, example = 0, ""
    for rows in table.rows():
        entries = list(map(reader.entry, rows))
        yield shares.told(entries) if shares else entries
        example = example or next(iter(reader.doubtful), "")
        doubtful += len(reader.doubtful)
        reader.doubtful.clear()
    if doubtful:
        yield [_left_out(doubtful, example)]


def _shares(reader: RowReader, table: Table) -> Shares:
    """What the rows of every order say together."""
    shares = Shares()
    for rows in table.rows():
        for row in rows:
            entry = reader.entry(row)
            if isinstance(entry, Entry) and isinstance(entry.told, NewOrder):
                shares.add(entry.told)
            elif key := reader.key(row):
                shares.spoil(key)
        reader.doubtful.clear()
    return shares


def _left_out(count: int, example: str) -> Aside:
    amounts = "1 amount is" if count == 1 else f"{count} amounts are"
    told = f"such files lose decimal commas, so {example!r} may be another amount"
    return Aside(f"{amounts} left out: {told}")
