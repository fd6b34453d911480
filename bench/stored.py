"""Looks afterwards whether every cancel has been stored."""

import sqlite3
from contextlib import closing
from pathlib import Path


def require_cancelled(path: Path, expected: int) -> None:
    """So many disputes are cancelled, in a ledger or in tables without guards. Raises RuntimeError."""
    with closing(sqlite3.connect(path)) as opened:
        found = opened.execute("SELECT count(*) FROM disputes WHERE state = 'cancelled'").fetchone()[0]
    if found != expected:
        raise RuntimeError(f"{path.name}: {found} of {expected} disputes are cancelled")
