"""From a row of a mapped table to an order."""

import re
from typing import Any

from dispcli.core.formulas import restored
from dispcli.core.moments import is_day
from dispcli.core.money import Money
from dispcli.core.new_orders import NewLine, NewOrder
from dispcli.core.orders import GIVEN, PROTECTION_BASES
from dispcli.formats.mapped.amounts import AmountReader, NoCurrency, told_amount
from dispcli.formats.mapped.cells import id_of, order_number, require_unrounded, text_of
from dispcli.formats.mapped.fitting import no_currency
from dispcli.formats.mapped.mapping import TableMapping
from dispcli.formats.mapped.moments import MomentReader
from dispcli.formats.mapped.sharing import OrderKey
from dispcli.formats.mapped.statuses import Statuses
from dispcli.formats.source import Entry, Mistake, Source
from dispcli.formats.tables import Row
from dispcli.formats.values import MAX_FIELD, quantity, web_address

Values = dict[str, Any]

_MARKETPLACE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}", re.ASCII)


class RowReader:
    """Reads the rows of one table; a column that the table lacks is an empty one.

    `doubtful` gathers the amounts that can't be known.
    """

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
        self._statuses = Statuses(mapping)
        self.doubtful: list[str] = []

    def entry(self, row: Row) -> Entry | Mistake:
        """The order a row tells of. Raises BadInput where its currency is told by nothing."""
        if row.problem is not None:
            return Mistake(row.problem, row.line)
        try:
            return Entry(self._order(row.values), row.line)
        except NoCurrency:
            raise no_currency(f"{self._source.name}:{row.line}") from None
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
        word = self._text(values, "status")
        raw = self._text(values, "status_raw") if "status_raw" in mapping.columns else word
        status, raw = self._statuses.read(values, marketplace, word, raw)
        seen_at = self._when(values, "seen_at") or self._source.modified_at
        ends = self._when(values, "protection_ends")
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
            protection_ends=ends,
            protection_basis=self._protection_basis(values) if ends else None,
            promised=self._when(values, "promised"),
            tracking=self._tracking(values),
        )

    def _protection_basis(self, values: Values) -> str | None:
        """How the end of protection is known: the file shows it, unless it is one that tells."""
        if "protection_basis" not in self._mapping.columns:
            return GIVEN
        word = self._text(values, "protection_basis")
        if word is not None and word not in PROTECTION_BASES:
            column, known = self._columns["protection_basis"], " or ".join(PROTECTION_BASES)
            raise ValueError(f"{column} {word[:40]!r} is not {known}")
        return word

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
            if money is None:
                self.doubtful.append(text)
        is_share = ours == "total" and self._mapping.amounts.total == "line"
        if money and money.minor < 0 and not is_share:
            raise ValueError(f"{column} {money.amount[:40]!r} is below zero")
        return money

    def _address(self, values: Values, ours: str) -> str | None:
        column = self._columns.get(ours)
        return web_address(values, column) if column is not None and column in values else None
