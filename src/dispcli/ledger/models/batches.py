"""What makes batches safe to repeat: how far named ones have come, and what was asked under an id."""

from sqlalchemy import CheckConstraint, Index
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
    """What was asked under an operation's id about a dispute, whether it changed anything or not.

    `said` is the SHA-256 of what was said, `asked` that of all of it: the id and the word for the target too.
    """

    __tablename__ = "idempotency_keys"
    __table_args__ = (
        Index("idempotency_keys_by_asked", "asked"),
        {**STRICT, "sqlite_with_rowid": False},
    )
    operation_id: str = text(primary_key=True)
    kind: str = text(primary_key=True)
    dispute_id: int = Field(primary_key=True, foreign_key="disputes.id")
    asked: str = text()
    said: str = text()
    at: str = text()
