"""The one description of the schema, as SQLModel tables. It is compiled ahead into compiled.py.

Only TEXT and INTEGER columns: money is minor units beside a currency code, time is ISO 8601 text.
`disputes`, `messages`, `settlements` and `evidence` are projections: triggers write them from `events`.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Computed,
    Constraint,
    ForeignKeyConstraint,
    Index,
    Integer,
    Text,
    UniqueConstraint,
)
from sqlalchemy.ext.compiler import compiles
from sqlmodel import Field, SQLModel

from dispcli.core.facts import FACTS, REMEDIES, SETTLEMENT_KINDS, SETTLEMENT_STAGES
from dispcli.core.orders import OrderStatus
from dispcli.core.states import FINAL, UNOPENED, Action, Outcome, Party, State


def _text(**options: Any) -> Any:
    return Field(sa_type=Text, **options)


def _optional() -> Any:
    return Field(default=None, sa_type=Text)


def _one_of(column: str, words: Iterable[str], *, optional: bool = False) -> CheckConstraint:
    listed = ", ".join(f"'{word}'" for word in words)
    absent = f"{column} IS NULL OR " if optional else ""
    return CheckConstraint(f"{absent}{column} IN ({listed})", name=f"{column}_known")


def _money(minor: str, currency: str = "currency") -> CheckConstraint:
    rule = f"({minor} IS NULL) = ({currency} IS NULL) AND ({currency} IS NULL OR length({currency}) = 3)"
    return CheckConstraint(rule, name=f"{minor}_has_currency")


def _sorted_as(sa_type: Any, expression: str) -> Any:
    """A computed column that a list sorts by, never NULL: a page could not go on after one."""
    return Field(sa_type=sa_type, sa_column_args=(Computed(expression, persisted=True),))


def _counted_from_one(column: str = "id") -> CheckConstraint:
    return CheckConstraint(f"{column} > 0", name=f"{column}_positive")


_STRICT: dict[str, Any] = {"sqlite_strict": True}
_COUNTED = {**_STRICT, "sqlite_autoincrement": True}
_FINAL = ", ".join(f"'{state}'" for state in sorted(FINAL))


class Sellers(SQLModel, table=True):
    """Shops. A store id identifies one where the marketplace tells it, else the name."""

    __tablename__ = "sellers"
    __table_args__ = (
        Index("sellers_by_store", "marketplace", "store_id", unique=True),
        Index("sellers_by_name", "name", "id"),
        _counted_from_one(),
        _COUNTED,
    )
    id: int = Field(primary_key=True)
    marketplace: str = _text()
    store_id: str | None = _optional()
    name: str = _text()
    url: str | None = _optional()


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
        _one_of("status", OrderStatus),
        CheckConstraint(
            "(total_minor IS NULL OR currency IS NOT NULL) AND (currency IS NULL OR length(currency) = 3)",
            name="total_has_currency",
        ),
        CheckConstraint("placed_exact IN (0, 1)", name="placed_exact_known"),
        _counted_from_one(),
        _COUNTED,
    )
    id: int = Field(primary_key=True)
    marketplace: str = _text()
    number: str = _text()
    seller_id: int | None = Field(default=None, foreign_key="sellers.id")
    placed: str = _text()
    placed_exact: int
    status: str = _text()
    status_raw: str | None = _optional()
    currency: str | None = _optional()
    total_minor: int | None = None
    shipped: str | None = _optional()
    delivered: str | None = _optional()
    protection_ends: str | None = _optional()
    purchase_id: int | None = Field(default=None, foreign_key="orders.id")
    seen_at: str = _text()
    updated_at: str = _text()
    sort_currency: str = _sorted_as(Text, "coalesce(currency, '')")
    sort_minor: int = _sorted_as(Integer, "coalesce(total_minor, -1)")


class OrderLines(SQLModel, table=True):
    """The lines of an order; `unit_minor` is the price of one piece."""

    __tablename__ = "order_lines"
    __table_args__ = (
        UniqueConstraint("order_id", "position"),
        UniqueConstraint("order_id", "id"),
        Index("order_lines_by_platform_id", "platform_id"),
        _money("unit_minor"),
        CheckConstraint("quantity > 0", name="quantity_positive"),
        _counted_from_one(),
        _COUNTED,
    )
    id: int = Field(primary_key=True)
    order_id: int = Field(foreign_key="orders.id")
    position: int
    platform_id: str | None = _optional()
    product_id: str | None = _optional()
    sku_id: str | None = _optional()
    title: str = _text()
    attributes: str | None = _optional()
    quantity: int
    unit_minor: int | None = None
    currency: str | None = _optional()
    url: str | None = _optional()


class Transitions(SQLModel, table=True):
    """Every step the machine's table allows, filled from it when the ledger is made."""

    __tablename__ = "transitions"
    __table_args__ = ({**_STRICT, "sqlite_with_rowid": False},)
    from_state: str = _text(primary_key=True)
    action: str = _text(primary_key=True)
    to_state: str = _text(primary_key=True)


_FACT_NEEDS = (
    ("claim", "claim_reason"),
    ("claim", "remedy"),
    ("settlement", "settlement_kind"),
    ("settlement", "settlement_stage"),
    ("message", "speaker"),
    ("message", "text"),
    ("evidence", "sha256"),
    ("evidence", "file_name"),
    ("evidence", "media_type"),
    ("evidence", "file_size"),
    ("due", "due_party"),
    ("due", "due_at"),
    ("sighting", "word"),
    ("replaced", "replaced_by"),
)


def _fact_columns_present() -> list[CheckConstraint]:
    """A fact brings its columns. SQLite's triggers may not read JSON while the schema is untrusted."""
    return [
        CheckConstraint(f"coalesce(fact, '') <> '{fact}' OR {name} IS NOT NULL", name=f"{fact}_has_{name}")
        for fact, name in _FACT_NEEDS
    ]


class Events(SQLModel, table=True):
    """The history. The one table the application writes about disputes; a second writer of the same
    (dispute, seq) fails, which is the compare-and-swap.
    """

    __tablename__ = "events"
    __table_args__ = (
        ForeignKeyConstraint(["dispute_id"], ["disputes.id"]),
        ForeignKeyConstraint(
            ["from_state", "action", "to_state"],
            ["transitions.from_state", "transitions.action", "transitions.to_state"],
        ),
        ForeignKeyConstraint(
            ["dispute_id", "previous_seq", "from_state"],
            ["events.dispute_id", "events.seq", "events.to_state"],
        ),
        UniqueConstraint("dispute_id", "seq", "to_state"),
        Index(
            "events_by_operation",
            "operation_id",
            "dispute_id",
            "action",
            unique=True,
            sqlite_where=CheckConstraint("operation_id IS NOT NULL").sqltext,
        ),
        _one_of("action", Action),
        _one_of("party", Party),
        _one_of("outcome", Outcome, optional=True),
        _one_of("fact", FACTS, optional=True),
        CheckConstraint(f"(seq = 1) = (from_state = '{UNOPENED}')", name="opening_is_first"),
        CheckConstraint(
            "(seq = 1 AND previous_seq IS NULL) OR previous_seq = seq - 1", name="previous_is_previous"
        ),
        CheckConstraint(
            f"(outcome IS NOT NULL) = (to_state = '{State.RESOLVED}' AND from_state <> '{State.RESOLVED}')",
            name="outcome_when_resolved",
        ),
        CheckConstraint(
            f"action <> '{Action.REQUEST_CANCEL}' OR reason IS NOT NULL", name="cancel_has_reason"
        ),
        CheckConstraint("(action = 'open') = (order_id IS NOT NULL)", name="order_when_opened"),
        CheckConstraint(
            f"(action IN ('{Action.OPEN}', '{Action.REVISE}')) = (coalesce(fact, '') = 'claim')",
            name="claim_when_opened",
        ),
        *_fact_columns_present(),
        _money("amount_minor"),
        CheckConstraint(
            "currency IS NULL OR coalesce(fact, '') IN ('claim', 'offer', 'settlement')",
            name="amount_when_fact_has_one",
        ),
        _one_of("remedy", REMEDIES, optional=True),
        _one_of("settlement_kind", SETTLEMENT_KINDS, optional=True),
        _one_of("settlement_stage", SETTLEMENT_STAGES, optional=True),
        _one_of("speaker", Party, optional=True),
        _one_of("due_party", Party, optional=True),
        _counted_from_one("dispute_id"),
        {**_STRICT, "sqlite_with_rowid": False},
    )
    dispute_id: int = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    previous_seq: int | None = None
    at: str = _text()
    actor: str = _text()
    source: str = _text()
    action: str = _text()
    party: str = _text()
    from_state: str = _text()
    to_state: str = _text()
    outcome: str | None = _optional()
    reason: str | None = _optional()
    note: str | None = _optional()
    fact: str | None = _optional()
    happened_at: str | None = _optional()
    operation_id: str | None = _optional()
    findings: str | None = _optional()
    order_id: int | None = None
    line_id: int | None = None
    platform_id: str | None = _optional()
    claim_reason: str | None = _optional()
    claim_raw: str | None = _optional()
    remedy: str | None = _optional()
    amount_minor: int | None = None
    currency: str | None = _optional()
    settlement_kind: str | None = _optional()
    settlement_stage: str | None = _optional()
    reference: str | None = _optional()
    speaker: str | None = _optional()
    text: str | None = _optional()
    sha256: str | None = _optional()
    file_name: str | None = _optional()
    media_type: str | None = _optional()
    file_size: int | None = None
    due_party: str | None = _optional()
    due_at: str | None = _optional()
    word: str | None = _optional()
    replaced_by: int | None = None


class _NewestEvent(Constraint):
    """The row stands where its newest event left it. Written out, because SQLAlchemy gives an id that
    is part of a foreign key no AUTOINCREMENT.
    """

    __visit_name__ = "newest_event"


@compiles(_NewestEvent)
def _newest_event(_element: _NewestEvent, _compiler: Any, **_kw: Any) -> str:
    return (
        "FOREIGN KEY(id, version, state) REFERENCES events (dispute_id, seq, to_state) "
        "DEFERRABLE INITIALLY DEFERRED"
    )


class Disputes(SQLModel, table=True):
    """Disputes as they stand. Written by triggers only; `version` is the newest event's seq.

    `line_id` NULL means the whole order; `origin` the state a pending request to cancel came from;
    `seen_at` when the site was last known to show the cancel.
    """

    __tablename__ = "disputes"
    __table_args__ = (
        ForeignKeyConstraint(["order_id"], ["orders.id"]),
        ForeignKeyConstraint(["order_id", "line_id"], ["order_lines.order_id", "order_lines.id"]),
        _NewestEvent(),
        Index("disputes_by_order", "order_id", "id"),
        Index("disputes_by_platform_id", "platform_id"),
        Index("disputes_open_first", "is_open", "opened_at", "id"),
        Index("disputes_by_day", "opened_at", "id"),
        Index("disputes_by_amount", "sort_currency", "sort_minor", "id"),
        Index("disputes_by_state", "state", "opened_at", "id"),
        _one_of("state", State),
        _one_of("outcome", Outcome, optional=True),
        _one_of("remedy", REMEDIES),
        _money("amount_minor"),
        CheckConstraint(
            f"(state = '{State.RESOLVED}') = (outcome IS NOT NULL)", name="outcome_when_resolved"
        ),
        CheckConstraint(
            f"(state = '{State.CANCEL_REQUESTED}') = (origin IS NOT NULL)", name="origin_when_requested"
        ),
        _COUNTED,
    )
    id: int = Field(primary_key=True)
    order_id: int
    line_id: int | None = None
    platform_id: str | None = _optional()
    reason: str = _text()
    reason_raw: str | None = _optional()
    remedy: str = _text()
    amount_minor: int | None = None
    currency: str | None = _optional()
    state: str = _text()
    origin: str | None = _optional()
    outcome: str | None = _optional()
    version: int
    is_open: int = _sorted_as(Integer, f"CASE WHEN state IN ({_FINAL}) THEN 0 ELSE 1 END")
    sort_currency: str = _sorted_as(Text, "coalesce(currency, '')")
    sort_minor: int = _sorted_as(Integer, "coalesce(amount_minor, -1)")
    opened_at: str = _text()
    updated_at: str = _text()
    seen_at: str | None = _optional()
    replaced_by: int | None = None


def _fact_of_event() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["dispute_id", "seq"], ["events.dispute_id", "events.seq"])


class Messages(SQLModel, table=True):
    """Who said what. One row an event."""

    __tablename__ = "messages"
    __table_args__ = (_fact_of_event(), {**_STRICT, "sqlite_with_rowid": False})
    dispute_id: int = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    speaker: str = _text()
    at: str = _text()
    text: str = _text()


class Settlements(SQLModel, table=True):
    """Refunds and replacements promised, issued, received. One row an event."""

    __tablename__ = "settlements"
    __table_args__ = (
        _fact_of_event(),
        _one_of("kind", SETTLEMENT_KINDS),
        _one_of("stage", SETTLEMENT_STAGES),
        _money("amount_minor"),
        {**_STRICT, "sqlite_with_rowid": False},
    )
    dispute_id: int = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    kind: str = _text()
    stage: str = _text()
    amount_minor: int | None = None
    currency: str | None = _optional()
    at: str = _text()
    reference: str | None = _optional()


class Evidence(SQLModel, table=True):
    """Files that prove something, by their SHA-256. One row an event."""

    __tablename__ = "evidence"
    __table_args__ = (_fact_of_event(), {**_STRICT, "sqlite_with_rowid": False})
    dispute_id: int = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    sha256: str = _text()
    name: str = _text()
    media_type: str = _text()
    size: int
    at: str = _text()


TABLES: tuple[type[SQLModel], ...] = (
    Sellers,
    Orders,
    OrderLines,
    Transitions,
    Disputes,
    Events,
    Messages,
    Settlements,
    Evidence,
)
"""Every table, in the order it is created."""
