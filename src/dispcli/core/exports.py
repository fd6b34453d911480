"""What exports are made of: a flat record a row, as it is read. No rules hang on these."""

from typing import TYPE_CHECKING

from dispcli.core.events import Event
from dispcli.core.money import Money, money_of
from dispcli.namedtuples import NamedTuple

if TYPE_CHECKING:
    from dispcli.core.filters import Term


class ExportQuery(NamedTuple):
    """Which records are exported: those that changed since a UTC instant, and that all terms hold for."""

    since: str | None = None
    where: "tuple[Term, ...]" = ()


class ExportedLine(NamedTuple):
    """A line of an order with the order it belongs to; of an order without lines, the order alone.

    `currency` is that of the order's total, `unit_currency` that of the line's price.
    """

    marketplace: str
    number: str
    placed: str
    status: str
    status_raw: str | None
    seller: str | None
    store_id: str | None
    store_url: str | None
    total_minor: int | None
    currency: str | None
    shipped: str | None
    delivered: str | None
    protection_ends: str | None
    position: int | None
    title: str | None
    quantity: int | None
    unit_minor: int | None
    unit_currency: str | None
    platform_id: str | None
    product_id: str | None
    sku_id: str | None
    attributes: str | None
    url: str | None
    seen_at: str
    promised: str | None
    tracking: str | None
    protection_basis: str | None

    @property
    def total(self) -> Money | None:
        """What was paid for the whole order."""
        return money_of(self.total_minor, self.currency)

    @property
    def unit_price(self) -> Money | None:
        """The price of one piece."""
        return money_of(self.unit_minor, self.unit_currency)


class ExportedMessage(NamedTuple):
    """What was said in a dispute: `at` when it was said, `recorded_at` when that was written down."""

    marketplace: str
    number: str
    seller: str | None
    dispute_id: int
    seq: int
    at: str
    speaker: str
    text: str
    recorded_at: str


class ExportedEvent(NamedTuple):
    """A step of a dispute's history, and the order that the dispute is about."""

    marketplace: str
    number: str
    event: Event
