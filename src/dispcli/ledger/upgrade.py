"""From an older schema to this one: in one transaction of the same file, with a copy kept beside it.

The history is the data: the new tables are filled by the same guards that fill them every day, and must come
to exactly the rows the old ones have.
"""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from dispcli.errors import LedgerTrouble
from dispcli.ledger import connection as files
from dispcli.ledger.check import problems
from dispcli.ledger.header import SCHEMA_VERSION, version
from dispcli.ledger.schema import build

_COPIED = (
    ("sellers", "id"),
    ("seller_ratings", "seller_id, seq"),
    ("orders", "id"),
    ("order_lines", "id"),
    ("events", "dispute_id, seq"),
    ("batches", "name"),
    ("idempotency_keys", "operation_id, kind, dispute_id"),
)
"""What is copied, in which order; events make disputes, messages, settlements and evidence by themselves."""

_FOLLOWING = ("disputes", "messages", "settlements", "evidence")


def upgrade(path: Path, kept: Callable[[], None] = lambda: None) -> tuple[int, Path] | None:
    """Bring the file to this program's schema. Returns its old version and the copy; None if it has it.

    `kept` is told that it is done, also where an interrupt ends the program just then.

    Raises LedgerTrouble, with nothing changed, if a row of the old file doesn't follow from its history.
    """
    opened = files.connect(path, any_version=True)
    try:
        old = version(opened)
        if old == SCHEMA_VERSION:
            return None
        copy = _copy(opened, path, old)
        done = []

        def committed() -> None:
            done.append(copy)
            kept()

        try:
            opened.execute("PRAGMA foreign_keys = OFF")
            opened.execute("PRAGMA legacy_alter_table = ON")
            with files.transaction(opened, write=True, kept=committed):
                if version(opened) == old:
                    _rebuild(opened, path)
        except BaseException:
            if not done:
                copy.unlink()
            raise
        return old, copy
    except files.DRIVER_ERRORS as problem:
        raise files.trouble(problem, path) from problem
    finally:
        opened.close()


def _copy(opened: sqlite3.Connection, path: Path, old: int) -> Path:
    """A copy of the whole file, made before anything is touched, readable by its owner alone."""
    copy = path.with_name(f"{path.name}.version-{old}")
    try:
        os.close(os.open(copy, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        raise LedgerTrouble(f"{copy} is there already", hint="move it away, then try again") from None
    try:
        with closing(sqlite3.connect(copy)) as target:
            opened.backup(target)
    except BaseException:
        copy.unlink()
        raise
    return copy


def _rebuild(opened: sqlite3.Connection, path: Path) -> None:
    schema = opened.execute("SELECT type, name FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    tables = [name for kind, name in schema if kind == "table" and not name.startswith("sqlite_")]
    for kind, name in schema:
        if kind in ("trigger", "index"):
            opened.execute(f'DROP {kind} "{name}"')
    for table in tables:
        opened.execute(f'ALTER TABLE "{table}" RENAME TO "old_{table}"')
    build(opened)
    for table, order in _COPIED:
        if table not in tables:
            continue
        columns = _shared(opened, table)
        opened.execute(
            f"INSERT INTO {table} ({columns}) SELECT {columns} FROM old_{table} ORDER BY {order}"  # noqa: S608
        )
    _keep_ids(opened)
    for table in _FOLLOWING:
        _require_same(opened, table, path)
    for table in tables:
        opened.execute(f'DROP TABLE "old_{table}"')
    if found := problems(opened):
        raise LedgerTrouble(f"{path} can't be upgraded: {found[0]}", hint=_HINT)


_HINT = "nothing was changed; see 'ledger check' of the dispcli that made it"


def _shared(opened: sqlite3.Connection, table: str) -> str:
    """The columns that both have, computed ones apart."""
    old, new = (
        [row[1] for row in opened.execute(f"PRAGMA table_info({name})")] for name in (f"old_{table}", table)
    )
    return ", ".join(column for column in new if column in old)


def _keep_ids(opened: sqlite3.Connection) -> None:
    """An id that was ever used is not used again."""
    opened.execute(
        "UPDATE sqlite_sequence SET seq = max(seq, coalesce("
        "(SELECT seq FROM sqlite_sequence AS old WHERE old.name = 'old_' || sqlite_sequence.name), 0)) "
        "WHERE name NOT LIKE 'old_%'"
    )


def _require_same(opened: sqlite3.Connection, table: str, path: Path) -> None:
    columns = _shared(opened, table)
    one, other = f"SELECT {columns} FROM {table}", f"SELECT {columns} FROM old_{table}"  # noqa: S608
    for query in (f"{one} EXCEPT {other}", f"{other} EXCEPT {one}"):
        if opened.execute(query).fetchone():
            raise LedgerTrouble(
                f"{path} can't be upgraded: its {table} don't follow from its history", hint=_HINT
            )
