"""The tables that are truth, whole: read for an archive and written from one."""

from typing import Any

from sqlalchemy import Integer, Text, bindparam, column, insert, table
from sqlmodel import SQLModel

from dispcli.ledger import models
from dispcli.ledger.models import Disputes, Evidence, Messages, Settlements, Transitions
from dispcli.ledger.statements.parts import select
from dispcli.namedtuples import NamedTuple


class Whole(NamedTuple):
    """All of a table: its name in archives, and its columns; computed ones apart."""

    name: str
    table: Any
    columns: tuple[Any, ...]

    @property
    def read(self) -> Any:
        """Every row, in the order in which it can be written again."""
        first = tuple(self.table.primary_key) or self.columns[:1]
        return select(*self.columns).select_from(self.table).order_by(*first)

    @property
    def write(self) -> Any:
        """A row."""
        return insert(self.table).values(
            {each.name: bindparam(each.name, type_=each.type) for each in self.columns}
        )


follows: tuple[type[SQLModel], ...] = (Transitions, Disputes, Messages, Settlements, Evidence)
"""What is not archived: the schema fills the steps, and triggers write the rest from the events."""


def _whole(model: type[SQLModel]) -> Whole:
    stored: Any = SQLModel.metadata.tables[str(model.__tablename__)]
    return Whole(stored.name, stored, tuple(each for each in stored.columns if each.computed is None))


_counts = table("sqlite_sequence", column("name", Text), column("seq", Integer))
_last_ids = Whole("last_ids", _counts, tuple(_counts.columns))

ARCHIVED = (_last_ids, *(_whole(model) for model in models.TABLES if model not in follows))
"""The ids that were given come first: what is written after them only raises them."""
