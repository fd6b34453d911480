"""Orders as a file or a person tells them, before the ledger knows them."""

from collections.abc import Sequence

from dispcli.core.money import Money
from dispcli.core.orders import Line, OrderStatus
from dispcli.namedtuples import NamedTuple


class NewLine(NamedTuple):
    """A line as a file or a person tells it. Without `platform_id`, product and sku identify it."""

    title: str
    quantity: int = 1
    unit_price: Money | None = None
    platform_id: str | None = None
    product_id: str | None = None
    sku_id: str | None = None
    attributes: str | None = None
    url: str | None = None


class NewOrder(NamedTuple):
    """An order as a file or a person tells it.

    `placed_exact` is false where the source is known to print some days one too early; `seen_at`
    (UTC instant) is how old the knowledge is: what is older than what is known changes nothing.
    """

    marketplace: str
    number: str
    placed: str
    placed_exact: bool
    status: OrderStatus
    status_raw: str | None
    seen_at: str
    seller_name: str | None = None
    store_id: str | None = None
    store_url: str | None = None
    total: Money | None = None
    lines: tuple[NewLine, ...] = ()
    shipped: str | None = None
    promised: str | None = None
    delivered: str | None = None
    protection_ends: str | None = None
    protection_basis: str | None = None
    tracking: str | None = None
    purchase_id: int | None = None


def lines_total(lines: Sequence[NewLine] | Sequence[Line]) -> Money | None:
    """Quantity times unit price over all lines; None when a price is missing.

    Raises ValueError when the lines are priced in different currencies.
    """
    if not lines or lines[0].unit_price is None:
        return None
    total, currency = 0, lines[0].unit_price.currency
    for line in lines:
        if line.unit_price is None:
            return None
        if line.unit_price.currency != currency:
            both = sorted({currency, line.unit_price.currency})
            raise ValueError(f"one order in several currencies: {', '.join(both)}")
        total += line.quantity * line.unit_price.minor
    return Money(total, currency)
