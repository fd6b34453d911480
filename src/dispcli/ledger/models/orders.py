"""Sellers with what the buyer thinks of them, orders and their lines."""

from sqlalchemy import CheckConstraint, Index, Integer, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from dispcli.core.orders import PROTECTION_BASES, OrderStatus
from dispcli.ledger.models.parts import (
    COUNTED,
    STRICT,
    counted_from_one,
    money,
    one_of,
    optional,
    sorted_as,
    text,
)


class Sellers(SQLModel, table=True):
    """Shops. A store id identifies one where the marketplace tells it, else the name."""

    __tablename__ = "sellers"
    __table_args__ = (
        Index("sellers_by_store", "marketplace", "store_id", unique=True),
        Index("sellers_by_name", "name", "id"),
        counted_from_one(),
        COUNTED,
    )
    id: int = Field(primary_key=True)
    marketplace: str = text()
    store_id: str | None = optional()
    name: str = text()
    url: str | None = optional()
    seen_at: str = text()


class SellerRatings(SQLModel, table=True):
    """What the buyer thinks of sellers, 1 to 5, and notes. All of it is kept; the newest rating counts."""

    __tablename__ = "seller_ratings"
    __table_args__ = (
        CheckConstraint("seq > 0", name="seq_positive"),
        CheckConstraint("rating BETWEEN 1 AND 5", name="rating_in_range"),
        CheckConstraint("rating IS NOT NULL OR note IS NOT NULL", name="something_said"),
        {**STRICT, "sqlite_with_rowid": False},
    )
    seller_id: int = Field(primary_key=True, foreign_key="sellers.id")
    seq: int = Field(primary_key=True)
    at: str = text()
    actor: str = text()
    rating: int | None = None
    note: str | None = optional()


class Orders(SQLModel, table=True):
    """Orders. `seen_at` is how old the newest knowledge about it is."""

    __tablename__ = "orders"
    __table_args__ = (
        UniqueConstraint("marketplace", "number"),
        Index("orders_by_number", "number", "id"),
        Index("orders_by_day", "placed", "id"),
        Index("orders_by_amount", "sort_currency", "sort_minor", "id"),
        Index("orders_by_seller", "seller_id", "placed", "id"),
        Index("orders_by_status", "status", "placed", "id"),
        Index("orders_by_purchase", "purchase_id"),
        one_of("status", OrderStatus),
        CheckConstraint(
            "(total_minor IS NULL OR currency IS NOT NULL) AND (currency IS NULL OR length(currency) = 3)",
            name="total_has_currency",
        ),
        CheckConstraint("placed_exact IN (0, 1)", name="placed_exact_known"),
        one_of("protection_basis", PROTECTION_BASES, optional=True),
        CheckConstraint(
            "protection_basis IS NULL OR protection_ends IS NOT NULL", name="protection_basis_of_something"
        ),
        counted_from_one(),
        COUNTED,
    )
    id: int = Field(primary_key=True)
    marketplace: str = text()
    number: str = text()
    seller_id: int | None = Field(default=None, foreign_key="sellers.id")
    placed: str = text()
    placed_exact: int
    status: str = text()
    status_raw: str | None = optional()
    currency: str | None = optional()
    total_minor: int | None = None
    shipped: str | None = optional()
    promised: str | None = optional()
    delivered: str | None = optional()
    protection_ends: str | None = optional()
    protection_basis: str | None = optional()
    tracking: str | None = optional()
    purchase_id: int | None = Field(default=None, foreign_key="orders.id")
    seen_at: str = text()
    updated_at: str = text()
    sort_currency: str = sorted_as(Text, "coalesce(currency, '')")
    sort_minor: int = sorted_as(Integer, "coalesce(total_minor, -1)")


class OrderLines(SQLModel, table=True):
    """The lines of an order; `unit_minor` is the price of one piece."""

    __tablename__ = "order_lines"
    __table_args__ = (
        UniqueConstraint("order_id", "position"),
        UniqueConstraint("order_id", "id"),
        Index("order_lines_by_platform_id", "platform_id"),
        money("unit_minor"),
        CheckConstraint("quantity > 0", name="quantity_positive"),
        counted_from_one(),
        COUNTED,
    )
    id: int = Field(primary_key=True)
    order_id: int = Field(foreign_key="orders.id")
    position: int
    platform_id: str | None = optional()
    product_id: str | None = optional()
    sku_id: str | None = optional()
    title: str = text()
    attributes: str | None = optional()
    quantity: int
    unit_minor: int | None = None
    currency: str | None = optional()
    url: str | None = optional()
