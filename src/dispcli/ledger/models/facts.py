"""Messages, settlements and evidence, as the history makes them."""

from sqlalchemy import ForeignKeyConstraint
from sqlmodel import Field, SQLModel

from dispcli.core.facts import SETTLEMENT_KINDS, SETTLEMENT_STAGES
from dispcli.ledger.models.parts import STRICT, money, one_of, optional, text


def _fact_of_event() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["dispute_id", "seq"], ["events.dispute_id", "events.seq"])


class Messages(SQLModel, table=True):
    """Who said what. One row an event."""

    __tablename__ = "messages"
    __table_args__ = (_fact_of_event(), {**STRICT, "sqlite_with_rowid": False})
    dispute_id: int = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    speaker: str = text()
    at: str = text()
    text: str = text()


class Settlements(SQLModel, table=True):
    """Refunds and replacements promised, issued, received. One row an event."""

    __tablename__ = "settlements"
    __table_args__ = (
        _fact_of_event(),
        one_of("kind", SETTLEMENT_KINDS),
        one_of("stage", SETTLEMENT_STAGES),
        money("amount_minor"),
        {**STRICT, "sqlite_with_rowid": False},
    )
    dispute_id: int = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    kind: str = text()
    stage: str = text()
    amount_minor: int | None = None
    currency: str | None = optional()
    at: str = text()
    reference: str | None = optional()


class Evidence(SQLModel, table=True):
    """Files that prove something, by their SHA-256. One row an event."""

    __tablename__ = "evidence"
    __table_args__ = (_fact_of_event(), {**STRICT, "sqlite_with_rowid": False})
    dispute_id: int = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    sha256: str = text()
    name: str = text()
    media_type: str = text()
    size: int
    at: str = text()
