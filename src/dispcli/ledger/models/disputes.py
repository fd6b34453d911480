"""Disputes as they stand, as the history makes them."""

from typing import Any

from sqlalchemy import CheckConstraint, Constraint, ForeignKeyConstraint, Index, Integer, Text
from sqlalchemy.ext.compiler import compiles
from sqlmodel import Field, SQLModel

from dispcli.core.facts import REMEDIES
from dispcli.core.states import FINAL, Outcome, State
from dispcli.ledger.models.parts import COUNTED, money, one_of, optional, sorted_as, text

_FINAL = ", ".join(f"'{state}'" for state in sorted(FINAL))


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
        Index(
            "disputes_to_cancel_on_site",
            "state",
            "order_id",
            sqlite_where=CheckConstraint(
                f"state = '{State.CANCELLED}' AND seen_at IS NULL AND replaced_by IS NULL"
            ).sqltext,
        ),
        one_of("state", State),
        one_of("outcome", Outcome, optional=True),
        one_of("remedy", REMEDIES),
        money("amount_minor"),
        CheckConstraint(
            f"(state = '{State.RESOLVED}') = (outcome IS NOT NULL)", name="outcome_when_resolved"
        ),
        CheckConstraint(
            f"(state = '{State.CANCEL_REQUESTED}') = (origin IS NOT NULL)", name="origin_when_requested"
        ),
        COUNTED,
    )
    id: int = Field(primary_key=True)
    order_id: int
    line_id: int | None = None
    platform_id: str | None = optional()
    reason: str = text()
    reason_raw: str | None = optional()
    remedy: str = text()
    amount_minor: int | None = None
    currency: str | None = optional()
    state: str = text()
    origin: str | None = optional()
    outcome: str | None = optional()
    version: int
    is_open: int = sorted_as(Integer, f"CASE WHEN state IN ({_FINAL}) THEN 0 ELSE 1 END")
    sort_currency: str = sorted_as(Text, "coalesce(currency, '')")
    sort_minor: int = sorted_as(Integer, "coalesce(amount_minor, -1)")
    opened_at: str = text()
    updated_at: str = text()
    seen_at: str | None = optional()
    replaced_by: int | None = None
