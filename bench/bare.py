"""The loop's own database: the ledger's tables, keys and indexes with its rows, without guards and checks."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

from dispcli.ledger import compiled_schema

_CHECK = re.compile(r", CONSTRAINT \w+ CHECK \(")
_OWN_STEP = ("answered", "cancel", "cancelled")


def copy(ledger: Path, target: Path) -> None:
    """Make the schema as the ledger does, then fill it. Cancelling in one step is allowed."""
    with closing(sqlite3.connect(target)) as opened:
        for statement in compiled_schema.SCHEMA:
            opened.execute(_unchecked(statement))
        opened.execute("ATTACH ? AS ledger", (str(ledger),))
        for statement in compiled_schema.SCHEMA:
            if statement.startswith("CREATE TABLE "):
                _fill(opened, statement.split()[2])
        opened.execute("INSERT INTO transitions (from_state, action, to_state) VALUES (?, ?, ?)", _OWN_STEP)
        opened.commit()


def _fill(opened: sqlite3.Connection, table: str) -> None:
    """Copy what is not generated."""
    columns = ", ".join(name for _, name, *_ in opened.execute(f"PRAGMA main.table_info({table})"))
    opened.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM ledger.{table}")


def _unchecked(statement: str) -> str:
    """Without its CHECKs. Foreign keys and unique columns stay."""
    while found := _CHECK.search(statement):
        end, depth = found.end(), 1
        while depth:
            depth += {"(": 1, ")": -1}.get(statement[end], 0)
            end += 1
        statement = statement[: found.start()] + statement[end:]
    return statement
