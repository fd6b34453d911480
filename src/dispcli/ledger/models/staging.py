"""Where many rows wait until they are written with one statement."""

from typing import Any

from sqlalchemy import Column, Integer, MetaData, Table, Text

from dispcli.ledger.models.events import Events
from dispcli.ledger.models.orders import OrderLines, Orders


def _beside(
    model: Any, name: str, leave_out: tuple[str, ...] = (), key: tuple[Column[Any], ...] | None = None
) -> Table:
    """A table of the connection, not of the ledger, with the columns of one of the ledger's.

    Computed ones apart. Without a key of its own, `place` counts by itself.
    """
    columns = (
        Column(column.name, column.type)
        for column in model.__table__.columns
        if column.computed is None and column.name not in leave_out
    )
    counted = (Column("place", Integer, primary_key=True),)
    layout: dict[str, Any] = {"prefixes": ["TEMPORARY"], "sqlite_with_rowid": key is None}
    return Table(name, MetaData(), *(key or counted), *columns, **layout)


# What is decided about many disputes is often the same: the steps stand once, and who takes them beside.
of_each = ("dispute_id", "seq", "source", "operation_id", "findings")
staged = Table(
    "staged",
    MetaData(),
    Column("place", Integer, primary_key=True),
    Column("dispute_id", Integer),
    Column("version", Integer),
    Column("source", Text),
    Column("operation_id", Text),
    Column("findings", Text),
    Column("steps", Integer),
    prefixes=["TEMPORARY"],
)
staged_steps = _beside(
    Events,
    "staged_steps",
    ("previous_seq", *of_each),
    (Column("steps", Integer, primary_key=True), Column("number", Integer, primary_key=True)),
)
staged_orders = _beside(Orders, "staged_orders")
staged_lines = _beside(OrderLines, "staged_lines", ("id",))
