"""Orders: what was bought, where, from whom."""

from collections.abc import Sequence
from enum import StrEnum

from dispcli.core.money import Money
from dispcli.namedtuples import NamedTuple

GIVEN = "given"
ENTERED = "entered"
PROTECTION_BASES = (GIVEN, ENTERED)
"""How the end of protection is known: a file of the marketplace shows it, or the user entered it."""


class OrderStatus(StrEnum):
    """How far an order is; the platform's own word is kept beside it."""

    PLACED = "placed"
    PAID = "paid"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    CLOSED = "closed"
    FROZEN = "frozen"
    UNKNOWN = "unknown"

    @property
    def says_arrived(self) -> bool:
        """Whether it says that the order has come: of a completed one the site holds that it has."""
        return self in (OrderStatus.DELIVERED, OrderStatus.COMPLETED)

    @property
    def is_awaited(self) -> bool:
        """Whether the order may still come. After its promised day it is late then."""
        over = self in (OrderStatus.CANCELLED, OrderStatus.CLOSED)
        return not (self.says_arrived or over)


class Seller(NamedTuple):
    """A shop on a marketplace."""

    id: int
    marketplace: str
    name: str
    store_id: str | None = None
    url: str | None = None


class Rating(NamedTuple):
    """What the buyer thought of a seller at an instant (UTC): 1 (bad) to 5, a note, or both."""

    at: str
    actor: str
    rating: int | None
    note: str | None


class Line(NamedTuple):
    """One line of an order. `position` counts from 1; `unit_price` is for one piece."""

    id: int
    position: int
    title: str
    quantity: int = 1
    unit_price: Money | None = None
    platform_id: str | None = None
    product_id: str | None = None
    sku_id: str | None = None
    attributes: str | None = None
    url: str | None = None


class Order(NamedTuple):
    """An order. `placed`, `shipped`, `promised`, `delivered` and `protection_ends` are days or UTC instants.

    The number is text: it has 15 digits and more, and may be anything on other marketplaces.
    `promised` is the last day it should arrive on. `protection_basis` is one of PROTECTION_BASES; None where
    there is no `protection_ends`, and where that was known before the ledger kept how. `tracking` is what its
    parcels are known by, with ", " between them. `purchase_id` is the order this one pays for, when it is the
    record of a payment service.
    """

    id: int
    marketplace: str
    number: str
    placed: str
    status: OrderStatus
    status_raw: str | None = None
    seller: Seller | None = None
    total: Money | None = None
    shipped: str | None = None
    promised: str | None = None
    delivered: str | None = None
    protection_ends: str | None = None
    protection_basis: str | None = None
    tracking: str | None = None
    purchase_id: int | None = None
    lines: Sequence[Line] = ()

    @property
    def name(self) -> str:
        """The order's full name: `aliexpress:3069099405659913`."""
        return f"{self.marketplace}:{self.number}"

    @property
    def currency(self) -> str | None:
        """The currency of the total, else of the first priced line."""
        prices = [self.total, *(line.unit_price for line in self.lines)]
        return next((price.currency for price in prices if price), None)
