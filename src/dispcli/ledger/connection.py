"""Opening a ledger file: whose file it is, how SQLite is set up, transactions."""

import os
import re
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from dispcli.errors import LedgerTrouble
from dispcli.ledger.folding import folded
from dispcli.ledger.header import APPLICATION_ID, SCHEMA_VERSION, version

OLDEST_SQLITE = (3, 37, 0)
BUSY_SECONDS = 30.0

DRIVER_ERRORS = (sqlite3.Error, UnicodeDecodeError)
"""What the driver raises; the second where SQLite's message quotes a damaged schema."""

# A rollback journal, because WAL may lose commits on the SQLite versions still in use; EXTRA, because
# FULL can lose the last acknowledged commit when the power goes.
_PRAGMAS = (
    "PRAGMA trusted_schema = OFF",
    "PRAGMA foreign_keys = ON",
    "PRAGMA recursive_triggers = ON",
    "PRAGMA synchronous = EXTRA",
)


_PLAIN = re.compile(r"(/[\w.-]+)+", re.ASCII)
"""A path of letters, digits and signs that mean nothing in an address."""


def connect(path: Path, *, any_version: bool = False) -> sqlite3.Connection:
    """A connection to an existing ledger file, set up and looked at. Raises LedgerTrouble.

    Also for an older schema than this program's, unless `any_version` is wanted.
    """
    _require_sqlite()
    _require_safe(path)
    connection = _open(path)
    with _closing_on_failure(connection, path):
        _set_up(connection)
        _require_ours(connection, path)
        if not any_version:
            _require_current(connection, path)
    return connection


def create(path: Path) -> sqlite3.Connection:
    """A connection to a new, empty ledger; several processes may try at once and all get the same one.

    Raises LedgerTrouble. The folder is made with mode 0700 and the file with 0600 from its first byte.
    """
    from dispcli.ledger.schema import build

    _require_sqlite()
    _make_folder(path.parent)
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        pass
    except OSError as problem:
        raise LedgerTrouble(f"can't make {path}: {problem.strerror}") from problem
    _require_safe(path)
    connection = _open(path)
    with _closing_on_failure(connection, path):
        _set_up(connection)
        with transaction(connection, write=True):
            if version(connection) == 0 and _is_blank(connection):
                build(connection)
        _require_ours(connection, path)
        _require_current(connection, path)
    return connection


@contextmanager
def _closing_on_failure(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
    try:
        yield
    except BaseException as problem:
        connection.close()
        if isinstance(problem, DRIVER_ERRORS):
            raise trouble(problem, path) from problem
        raise


def _make_folder(folder: Path) -> None:
    """Every missing folder on the way gets 0700: `parents=True` would leave all but the last to the umask."""
    try:
        missing = [parent for parent in (folder, *folder.parents) if not parent.exists()]
        for parent in reversed(missing):
            parent.mkdir(mode=0o700, exist_ok=True)
    except OSError as problem:
        raise LedgerTrouble(f"can't make the folder {folder}: {problem.strerror}") from problem


def _open(path: Path) -> sqlite3.Connection:
    try:
        return sqlite3.connect(
            f"{_uri(path.absolute())}?mode=rw", uri=True, timeout=BUSY_SECONDS, isolation_level=None
        )
    except sqlite3.OperationalError as problem:
        raise LedgerTrouble(f"can't open {path}: {problem}") from problem


def _uri(path: Path) -> str:
    """The file's address. Most need no quoting, and what quotes would have to be loaded."""
    text = str(path)
    return f"file://{text}" if _PLAIN.fullmatch(text) else path.as_uri()


def _set_up(connection: sqlite3.Connection) -> None:
    for pragma in _PRAGMAS:
        connection.execute(pragma)
    connection.create_function("folded", 1, folded, deterministic=True)
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != "truncate":
        connection.execute("PRAGMA journal_mode = TRUNCATE").fetchone()


@contextmanager
def transaction(
    connection: sqlite3.Connection, *, write: bool, kept: Callable[[], None] = lambda: None
) -> Iterator[None]:
    """One transaction: writers take the lock first, so that what they read still holds when they write.

    `kept` is told that it was committed, also where an interrupt ends the program just then.
    """
    connection.execute("BEGIN IMMEDIATE" if write else "BEGIN")
    try:
        yield
        connection.execute("COMMIT")
        kept()
    except BaseException as problem:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        elif isinstance(problem, KeyboardInterrupt):
            kept()
        raise


def trouble(problem: Exception, path: Path) -> LedgerTrouble:
    """What SQLite says, in words that help: what happened, that nothing is lost, what to do."""
    code = (getattr(problem, "sqlite_errorcode", None) or 0) & 0xFF
    if isinstance(problem, UnicodeDecodeError):
        code = sqlite3.SQLITE_CORRUPT
    message, hint = _TROUBLES.get(code, (str(problem), "see 'dispcli ledger check'"))
    if code == sqlite3.SQLITE_CONSTRAINT:
        message = f"{message} ({problem})"
    return LedgerTrouble(f"{path}: {message}; nothing was changed", hint=hint)


_TROUBLES = {
    sqlite3.SQLITE_BUSY: (
        f"another process kept the ledger locked for {BUSY_SECONDS:.0f} seconds",
        "try again when it is done",
    ),
    sqlite3.SQLITE_LOCKED: ("the ledger is locked", "try again"),
    sqlite3.SQLITE_READONLY: (
        "the file or its folder is read-only",
        "make it writable, or copy it elsewhere",
    ),
    sqlite3.SQLITE_FULL: ("the disk is full", "make room and try again"),
    sqlite3.SQLITE_IOERR: ("the disk reports an error", "copy the file before anything else"),
    sqlite3.SQLITE_CORRUPT: (
        "the file looks damaged; it may also be a passing read error",
        "keep a copy of the file as it is, then run 'dispcli ledger check'",
    ),
    sqlite3.SQLITE_NOTADB: ("not a dispcli ledger (no database at all)", "name another file"),
    sqlite3.SQLITE_CANTOPEN: ("the file can't be opened", "look at its permissions"),
    sqlite3.SQLITE_CONSTRAINT: ("the ledger's own rules refused the change", "see 'dispcli ledger check'"),
}


def _require_sqlite() -> None:
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise LedgerTrouble(
            f"this Python carries SQLite {sqlite3.sqlite_version}; dispcli needs 3.37 or newer",
            hint="use a Python built with a newer SQLite",
        )


def _require_safe(path: Path) -> None:
    """Refuse a file that others could change, or that has two names and so two journals."""
    try:
        found = path.lstat()
    except FileNotFoundError:
        raise LedgerTrouble(
            f"there is no ledger at {path}", hint=f"to make one: dispcli ledger init --ledger {path}"
        ) from None
    except OSError as problem:
        raise LedgerTrouble(f"can't look at {path}: {problem.strerror}") from problem
    if stat.S_ISLNK(found.st_mode):
        raise LedgerTrouble(f"{path} is a symbolic link", hint=f"name the file itself: {path.resolve()}")
    if not stat.S_ISREG(found.st_mode):
        raise LedgerTrouble(f"{path} is not a regular file")
    if found.st_nlink > 1:
        raise LedgerTrouble(f"{path} has {found.st_nlink} names (hard links)", hint="keep one of them only")
    if os.name == "posix" and found.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        who = "everybody" if found.st_mode & stat.S_IWOTH else "its group"
        raise LedgerTrouble(f"{path} can be written by {who}", hint=f"close it to others: chmod 600 {path}")


def _require_ours(connection: sqlite3.Connection, path: Path) -> None:
    application = int(connection.execute("PRAGMA application_id").fetchone()[0])
    if application != APPLICATION_ID:
        whose = "an empty file" if _is_blank(connection) else "the database of another program"
        raise LedgerTrouble(f"{path} is {whose}, not a dispcli ledger", hint="name another file")
    if (found := version(connection)) > SCHEMA_VERSION:
        raise LedgerTrouble(
            f"{path} has schema version {found}, newer than this program knows ({SCHEMA_VERSION})",
            hint="use a newer dispcli",
        )


def _require_current(connection: sqlite3.Connection, path: Path) -> None:
    if (found := version(connection)) < SCHEMA_VERSION:
        raise LedgerTrouble(
            f"{path} has schema version {found}, made by an older dispcli; this one uses {SCHEMA_VERSION}",
            hint=f"to upgrade it, keeping a copy: dispcli ledger upgrade --ledger {path}",
        )


def _is_blank(connection: sqlite3.Connection) -> bool:
    return connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is None
