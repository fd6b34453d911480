"""From the rows of a mapped table to orders."""

import re
from collections.abc import Callable, Iterator
from fnmatch import translate
from functools import lru_cache
from typing import Any, NamedTuple

from dispcli.core.formulas import restored
from dispcli.core.moments import is_day
from dispcli.core.money import Money
from dispcli.core.new_orders import NewLine, NewOrder
from dispcli.core.orders import OrderStatus
from dispcli.core.words import Words
from dispcli.errors import BadInput
from dispcli.formats.mapped.amounts import AmountReader, NoCurrency, amount_reader, told_amount
from dispcli.formats.mapped.cells import id_of, order_number, require_unrounded, text_of
from dispcli.formats.mapped.mapping import AMOUNTS, DAYS, Override, TableMapping
from dispcli.formats.mapped.moments import MomentReader, moment_reader, order_of_days
from dispcli.formats.mapped.sharing import OrderKey, Shares
from dispcli.formats.source import Entry, Mistake, Piece, Source, TableFormat
from dispcli.formats.tables import Row, Table
from dispcli.formats.values import MAX_FIELD, quantity, web_address
from dispcli.policies import words_for

Values = dict[str, Any]

_MARKETPLACE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}", re.ASCII)


def format_of(mapping: TableMapping) -> TableFormat:
    """The mapping as an importer."""
    return TableFormat(
        mapping.name, mapping.needed.issubset, lambda table, source: read_orders(mapping, table, source)
    )


def read_orders(mapping: TableMapping, table: Table, source: Source) -> Iterator[Piece]:
    """The orders of a table. Raises BadInput for a table that lacks a column, and for a needed option."""
    _require_columns(mapping, table, source)
    _require_currency(mapping, table, source)
    reader = _Reader(
        mapping=mapping,
        source=source,
        columns={ours: name for ours, name in mapping.columns.items() if name in table.names},
        moment=moment_reader(_day_order(mapping, table, source), mapping.dates.zone),
        amount=amount_reader(mapping.amounts, source.asked.currency),
        defused=mapping.formula_safe and table.is_csv,
    )
    if mapping.amounts.total == "order":
        for rows in table.rows():
            yield list(map(reader.entry, rows))
        return
    shares = _shares(reader, table)
    for rows in table.rows():
        yield shares.told(list(map(reader.entry, rows)))


def _shares(reader: "_Reader", table: Table) -> Shares:
    """What the rows of every order say together."""
    shares = Shares()
    for rows in table.rows():
        for row in rows:
            entry = reader.entry(row)
            if isinstance(entry, Entry) and isinstance(entry.told, NewOrder):
                shares.add(entry.told)
            elif key := reader.key(row):
                shares.spoil(key)
    return shares


def _require_columns(mapping: TableMapping, table: Table, source: Source) -> None:
    if missing := mapping.needed.difference(table.names):
        told = ", ".join(repr(name) for name in sorted(missing))
        has = ", ".join(name for name in table.names if name)
        raise BadInput(f"{source.name}: a column is missing: {told}", hint=f"the file has: {has}"[:500])


def _require_currency(mapping: TableMapping, table: Table, source: Source) -> None:
    """Raises BadInput where an amount would come and no row can tell its currency."""
    columns, amounts = mapping.columns, mapping.amounts
    told = (
        amounts.currency or source.asked.currency or amounts.signs or columns.get("currency") in table.names
    )
    if not told and any(columns.get(name) in table.names for name in AMOUNTS):
        raise _no_currency(source.name)


def _no_currency(place: str) -> BadInput:
    return BadInput(f"{place}: nothing tells the currency of its amounts", hint="say it: --currency USD")


def _day_order(mapping: TableMapping, table: Table, source: Source) -> str:
    """The order of day, month and year; decided from the whole file where the mapping leaves it open."""
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


class _Override(NamedTuple):
    column: str
    status: Callable[[str], OrderStatus | None]


def _override(told: Override) -> _Override:
    patterns = [(re.compile(translate(word)), status) for word, status in told.words.items()]

    @lru_cache(1024)
    def status(word: str) -> OrderStatus | None:
        folded = word.casefold()
        return next((status for pattern, status in patterns if pattern.fullmatch(folded)), None)

    return _Override(told.column, status)


class _Reader:
    """Reads the rows of one table; a column that the table lacks is an empty one."""

    def __init__(
        self,
        mapping: TableMapping,
        source: Source,
        columns: dict[str, str],
        moment: MomentReader,
        amount: AmountReader,
        *,
        defused: bool,
    ) -> None:
        self._mapping = mapping
        self._source = source
        self._columns = columns
        self._moment = moment
        self._amount = amount
        self._defused = defused
        self._overrides = tuple(map(_override, mapping.overrides))
        self._words: dict[str, Words] = {}

    def entry(self, row: Row) -> Entry | Mistake:
        """The order a row tells of. Raises BadInput where its currency is told by nothing."""
        if row.problem is not None:
            return Mistake(row.problem, row.line)
        try:
            return Entry(self._order(row.values), row.line)
        except NoCurrency:
            raise _no_currency(f"{self._source.name}:{row.line}") from None
        except ValueError as problem:
            return Mistake(str(problem), row.line)

    def key(self, row: Row) -> OrderKey | None:
        """Which order a row tells of, if it tells that much."""
        try:
            return self._key(row.values)
        except ValueError:
            return None

    def _key(self, values: Values) -> OrderKey:
        marketplace = self._mapping.marketplace or self._marketplace(values)
        return marketplace, order_number(
            self._id(values, "number"), self._mapping.columns["number"], marketplace
        )

    def _order(self, values: Values) -> NewOrder:
        mapping = self._mapping
        marketplace, number = self._key(values)
        placed = self._when(values, "date")
        if placed is None:
            raise ValueError(f"{mapping.columns['date']} is missing")
        currency = self._text(values, "currency")
        status, raw = self._status(values, marketplace)
        seen_at = self._when(values, "seen_at") or self._source.modified_at
        return NewOrder(
            marketplace=marketplace,
            number=number,
            placed=placed,
            placed_exact=mapping.dates.exact,
            status=status,
            status_raw=raw,
            seen_at=f"{seen_at}T00:00:00Z" if is_day(seen_at) else seen_at,
            seller_name=self._text(values, "seller"),
            store_id=self._id(values, "store"),
            store_url=self._address(values, "store_url"),
            total=self._money(values, "total", currency),
            lines=self._lines(values, currency),
            shipped=self._when(values, "shipped"),
            delivered=self._when(values, "delivered"),
            protection_ends=self._when(values, "protection_ends"),
            promised=self._when(values, "promised"),
            tracking=self._tracking(values),
        )

    def _lines(self, values: Values, currency: str | None) -> tuple[NewLine, ...]:
        title = self._text(values, "title")
        line_id, product = self._id(values, "line_id"), self._id(values, "product")
        if title is None:
            if self._mapping.each == "line" and (line_id or product):
                raise ValueError(f"{self._mapping.columns['title']} is missing")
            return ()
        pieces = self._text(values, "quantity")
        line = NewLine(
            title=title,
            quantity=quantity(pieces) if pieces else 1,
            unit_price=self._money(values, "unit_price", self._text(values, "unit_currency") or currency),
            platform_id=line_id,
            product_id=product,
            sku_id=self._id(values, "sku"),
            attributes=self._text(values, "attributes"),
            url=self._address(values, "url"),
        )
        return (line,)

    def _marketplace(self, values: Values) -> str:
        text = self._text(values, "marketplace")
        if text is None or not _MARKETPLACE.fullmatch(text):
            raise ValueError(f"marketplace {(text or '')[:40]!r} is no marketplace's name")
        return text

    def _status(self, values: Values, marketplace: str) -> tuple[OrderStatus, str | None]:
        """Our status and the platform's own word for it, which may have a column of its own."""
        word = self._text(values, "status")
        raw = self._text(values, "status_raw") if "status_raw" in self._mapping.columns else word
        for column, override in self._overrides:
            cell = text_of(values, column)
            if cell and (status := override(cell)):
                return status, raw
        if word is None:
            return OrderStatus.UNKNOWN, raw
        status = self._mapping.words.get(word.casefold()) or self._words_of(marketplace).order_status(word)
        if status is OrderStatus.UNKNOWN and word != OrderStatus.UNKNOWN:
            raw = raw or word
        return status, raw

    def _words_of(self, marketplace: str) -> Words:
        if marketplace not in self._words:
            self._words[marketplace] = words_for(marketplace)
        return self._words[marketplace]

    def _text(self, values: Values, ours: str) -> str | None:
        column = self._columns.get(ours)
        if column is None or (value := values.get(column)) is None:
            return None
        if type(value) is str and len(value) <= MAX_FIELD and value.isprintable():
            text: str | None = value.strip()
        else:
            text = text_of(values, column)
        if not text or text in self._mapping.absent:
            return None
        return restored(text) if self._defused else text

    def _id(self, values: Values, ours: str) -> str | None:
        column = self._columns.get(ours)
        if column is None or column not in values:
            return None
        text = id_of(values, column)
        if text is None or text in self._mapping.absent:
            return None
        return restored(text) if self._defused else text

    def _tracking(self, values: Values) -> str | None:
        """Any text, as shops tell the carrier as well; no number that has lost digits."""
        text = self._text(values, "tracking")
        if text is not None:
            require_unrounded(text, self._columns["tracking"])
        return text

    def _when(self, values: Values, ours: str) -> str | None:
        text = self._text(values, ours)
        return self._moment(text) if text else None

    def _money(self, values: Values, ours: str, currency: str | None) -> Money | None:
        column = self._columns.get(ours)
        value = values.get(column) if column is not None else None
        if type(value) is dict:
            money: Money | None = told_amount(value)
        elif (text := self._text(values, ours)) is None:
            return None
        else:
            money = self._amount(text, currency, type(value) is not str)
        is_share = ours == "total" and self._mapping.amounts.total == "line"
        if money and money.minor < 0 and not is_share:
            raise ValueError(f"{column} {money.amount[:40]!r} is below zero")
        return money

    def _address(self, values: Values, ours: str) -> str | None:
        column = self._columns.get(ours)
        return web_address(values, column) if column is not None and column in values else None
