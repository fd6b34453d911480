"""The naive program's own database: the ledger's rows in plain tables, without guards."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlmodel import SQLModel, create_engine

from bench import naive


def copy(ledger: Path, target: Path) -> None:
    """Make the tables from the naive models and fill them from the ledger."""
    engine = create_engine(f"sqlite:///{target}")
    SQLModel.metadata.create_all(engine)
    engine.dispose()
    with closing(sqlite3.connect(target)) as opened:
        opened.execute("ATTACH ? AS ledger", (str(ledger),))
        for model in (naive.Seller, naive.Order, naive.OrderLine, naive.Dispute, naive.Event):
            columns = ", ".join(model.model_fields)
            table = model.__tablename__
            opened.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM ledger.{table}")
        opened.commit()
