"""What makes batches safe to repeat: how far named ones have come, and the ids that changed nothing."""

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from dispcli.ledger.models.parts import STRICT, text


class Batches(SQLModel, table=True):
    """A batch that goes by a name: `lines` are done, and `digest` is the SHA-256 of exactly those lines."""

    __tablename__ = "batches"
    __table_args__ = (
        CheckConstraint("lines >= 0", name="lines_counted"),
        {**STRICT, "sqlite_with_rowid": False},
    )
    name: str = text(primary_key=True)
    lines: int = Field()
    digest: str = text()
    updated_at: str = text()


class IdempotencyKeys(SQLModel, table=True):
    """An operation that changed nothing, as what it says was recorded already; `said` is its SHA-256.

    Those that changed something have their id in their event.
    """

    __tablename__ = "idempotency_keys"
    __table_args__ = ({**STRICT, "sqlite_with_rowid": False},)
    operation_id: str = text(primary_key=True)
    dispute_id: int = Field(primary_key=True, foreign_key="disputes.id")
    said: str = text()
    at: str = text()
