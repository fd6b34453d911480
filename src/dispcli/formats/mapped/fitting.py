"""Whether a table fits its mapping: the columns it must have, a currency, one order of its days."""

from collections.abc import Iterable

from dispcli.errors import BadInput
from dispcli.formats.mapped.mapping import AMOUNTS, DAYS, TableMapping
from dispcli.formats.mapped.moments import order_of_days
from dispcli.formats.source import Source
from dispcli.formats.tables import Table


def require_columns(mapping: TableMapping, table: Table, source: Source) -> None:
    """Raises BadInput where a column is missing."""
    if missing := mapping.needed.difference(table.names):
        has = ", ".join(name for name in table.names if name)
        hint = f"the file has: {has}"[:500] if mapping.name != OWN_EXPORT else _WHOLE_EXPORT
        raise BadInput(f"{source.name}: a column is missing: {_listed(missing)}", hint=hint)


def part_of_an_export(name: str, columns: Iterable[str], mapping: TableMapping) -> BadInput:
    """A file of these columns, which are all of our own export, and not enough of them to be read again."""
    told = (
        f"some columns of 'dispcli export orders', but without {_listed(mapping.needed.difference(columns))}"
    )
    return BadInput(f"{name}: {told}", hint=_WHOLE_EXPORT)


OWN_EXPORT = "dispcli"
"""The name of the mapping that explains what we export."""

_WHOLE_EXPORT = "to import it, export it without --fields, or with these columns among them"


def _listed(columns: Iterable[str]) -> str:
    return ", ".join(map(repr, sorted(columns)))


def require_currency(mapping: TableMapping, table: Table, source: Source) -> None:
    """Raises BadInput where an amount would come and no row can tell its currency."""
    columns, amounts = mapping.columns, mapping.amounts
    told = (
        amounts.currency or source.asked.currency or amounts.signs or columns.get("currency") in table.names
    )
    if not told and any(columns.get(name) in table.names for name in AMOUNTS):
        raise no_currency(source.name)


def no_currency(place: str) -> BadInput:
    """Amounts of which nothing tells the currency."""
    return BadInput(f"{place}: nothing tells the currency of its amounts", hint="say it: --currency USD")


def day_order(mapping: TableMapping, table: Table, source: Source) -> str:
    """The order of day, month and year; decided from the whole file where the mapping leaves it open.

    Raises BadInput where nothing decides it.
    """
    if mapping.dates.order != "detect":
        return mapping.dates.order
    columns = [mapping.columns[name] for name in DAYS if name in mapping.columns]
    texts = (
        text.strip()
        for rows in table.rows()
        for row in rows
        for column in columns
        if isinstance(text := row.values.get(column), str)
    )
    try:
        order = order_of_days(texts) or source.asked.date_order
    except ValueError as problem:
        raise BadInput(f"{source.name}: {problem}") from None
    if order is None:
        raise BadInput(
            f"{source.name}: its days can be read in more than one order",
            hint="say which: --date-order dmy, mdy or ymd",
        )
    return order
