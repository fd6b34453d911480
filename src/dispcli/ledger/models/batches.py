"""How far batches that go by a name have come."""

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
