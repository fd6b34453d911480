"""A mapping as a value: which column of a table is what, and how its cells are to be read."""

from collections.abc import Mapping
from typing import Literal

from dispcli.core.orders import OrderStatus
from dispcli.namedtuples import NamedTuple

DayOrder = Literal["ymd", "mdy", "dmy", "detect"]
Zone = Literal["none", "utc", "pacific"]
Decimals = Literal["printed", ".", ","]
Each = Literal["line", "order"]

ORDER_COLUMNS = (
    "number",
    "date",
    "marketplace",
    "status",
    "status_raw",
    "seller",
    "store",
    "store_url",
    "total",
    "currency",
    "shipped",
    "delivered",
    "protection_ends",
    "protection_basis",
    "promised",
    "tracking",
    "seen_at",
)
LINE_COLUMNS = (
    "line_id",
    "title",
    "quantity",
    "unit_price",
    "unit_currency",
    "product",
    "sku",
    "attributes",
    "url",
)
DAYS = ("date", "shipped", "delivered", "protection_ends", "promised", "seen_at")
AMOUNTS = ("total", "unit_price")


class Dates(NamedTuple):
    """How days are written, the zone of times that tell none, and whether a day is sure."""

    order: DayOrder = "ymd"
    zone: Zone = "none"
    exact: bool = True


class Amounts(NamedTuple):
    """How amounts are written; `signs` are currencies by the sign that is printed with an amount."""

    currency: str | None = None
    decimal: Decimals = "printed"
    minor: bool = False
    total: Each = "order"
    lost_commas: frozenset[str] = frozenset()
    signs: Mapping[str, str] = {}


class Override(NamedTuple):
    """A column that tells the status by case-folded words, in which `*` stands for anything."""

    column: str
    words: Mapping[str, OrderStatus]


class TableMapping(NamedTuple):
    """What a mapping file says; `columns` are the file's columns by our names. `words` are case-folded."""

    name: str
    columns: Mapping[str, str]
    needed: frozenset[str]
    marketplace: str | None = None
    each: Each = "line"
    sheet: str | None = None
    absent: frozenset[str] = frozenset()
    formula_safe: bool = False
    dates: Dates = Dates()
    amounts: Amounts = Amounts()
    words: Mapping[str, OrderStatus] = {}
    overrides: tuple[Override, ...] = ()
