"""Where many events wait until they are written with one statement."""

from sqlalchemy import Column, Integer, MetaData, Table

from dispcli.ledger.models.events import Events

_events = Events.__table__  # type: ignore[attr-defined]

staged = Table(
    "staged",
    MetaData(),
    Column("place", Integer, primary_key=True),
    *(Column(column.name, column.type) for column in _events.columns if column.name != "previous_seq"),
    prefixes=["TEMPORARY"],
)
"""A table of the connection, not of the ledger. `place` counts by itself; the previous seq is plain."""
