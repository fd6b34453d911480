"""Making the schema in an empty file, and telling how a file differs from it."""

import sqlite3

from dispcli.ledger import compiled
from dispcli.ledger.connection import APPLICATION_ID, SCHEMA_VERSION


def build(connection: sqlite3.Connection) -> None:
    """Create every table, fill the table of steps, then close everything with the guards.

    To be called inside a write transaction on an empty file.
    """
    for statement in compiled.SCHEMA:
        connection.execute(statement)
    connection.executemany(
        compiled.ADD_TRANSITION,
        [{"from_state": old, "action": action, "to_state": new} for old, action, new in compiled.TRANSITIONS],
    )
    for statement in compiled.GUARDS:
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def differences(connection: sqlite3.Connection) -> list[str]:
    """What the file's schema and table of steps have that they should not, and the other way round."""
    rows = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
    )
    found = dict(rows.fetchall())
    expected = {
        statement.split("(")[0].split()[_name_at(statement)]: statement for statement in _statements()
    }
    problems = [f"schema: {name} is missing" for name in expected if name not in found]
    problems += [f"schema: {name} does not belong here" for name in found if name not in expected]
    problems += [
        f"schema: {name} was changed" for name in expected if name in found and found[name] != expected[name]
    ]
    steps = set(connection.execute(compiled.ALL_TRANSITIONS).fetchall())
    allowed = set(compiled.TRANSITIONS)
    problems += [f"transitions: {' '.join(step)} is missing" for step in sorted(allowed - steps)]
    problems += [f"transitions: {' '.join(step)} does not belong here" for step in sorted(steps - allowed)]
    return problems


def _statements() -> tuple[str, ...]:
    return (*compiled.SCHEMA, *compiled.GUARDS)


def _name_at(statement: str) -> int:
    return 3 if statement.startswith("CREATE UNIQUE") else 2
