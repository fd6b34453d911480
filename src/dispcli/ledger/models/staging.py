"""Where many rows wait until they are written with one statement."""

from typing import Any

from sqlalchemy import Column, Integer, MetaData, Table

from dispcli.ledger.models.events import Events
from dispcli.ledger.models.orders import OrderLines, Orders


def _beside(model: Any, name: str, leave_out: tuple[str, ...] = ()) -> Table:
    """A table of the connection, not of the ledger, with the columns of one of the ledger's.

    Computed ones apart; `place` counts by itself.
    """
    columns = (
        Column(column.name, column.type)
        for column in model.__table__.columns
        if column.computed is None and column.name not in leave_out
    )
    place = Column("place", Integer, primary_key=True)
    return Table(name, MetaData(), place, *columns, prefixes=["TEMPORARY"])


staged = _beside(Events, "staged", ("previous_seq",))
staged_orders = _beside(Orders, "staged_orders")
staged_lines = _beside(OrderLines, "staged_lines", ("id",))
