"""Making the schema in an empty file, and telling how a file differs from it."""

import sqlite3

from dispcli.ledger import compiled
from dispcli.ledger.compiled_schema import GUARDS, SCHEMA, TRANSITIONS
from dispcli.ledger.header import APPLICATION_ID, SCHEMA_VERSION, version


def build(connection: sqlite3.Connection) -> None:
    """Create every table, fill the table of steps, then close everything with the guards.

    To be called inside a write transaction on an empty file.
    """
    for statement in SCHEMA:
        connection.execute(statement)
    connection.executemany(
        compiled.ADD_TRANSITION,
        [{"from_state": old, "action": action, "to_state": new} for old, action, new in TRANSITIONS],
    )
    for statement in GUARDS:
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def differences(connection: sqlite3.Connection) -> list[str]:
    """What the file's schema and table of steps have that they should not, and the other way round."""
    rows = connection.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    found = {(kind, name): sql for kind, name, sql in rows if not str(name).startswith("sqlite_")}
    expected = {_what(statement): statement for statement in (*SCHEMA, *GUARDS)}
    problems = [f"schema: {kind} {name} is missing" for kind, name in expected.keys() - found.keys()]
    problems += [
        f"schema: {kind} {name} does not belong here" for kind, name in found.keys() - expected.keys()
    ]
    problems += [
        f"schema: {kind} {name} was changed"
        for kind, name in expected.keys() & found.keys()
        if found[kind, name] != expected[kind, name]
    ]
    problems.sort()
    if (stated := version(connection)) != SCHEMA_VERSION:
        problems.append(f"schema: the file says it has version {stated}, not {SCHEMA_VERSION}")
    if ("table", "transitions") not in found:
        return problems
    steps = set(connection.execute(compiled.ALL_TRANSITIONS).fetchall())
    allowed = set(TRANSITIONS)
    problems += [f"transitions: {' '.join(step)} is missing" for step in sorted(allowed - steps)]
    problems += [f"transitions: {' '.join(step)} does not belong here" for step in sorted(steps - allowed)]
    return problems


def _what(statement: str) -> tuple[str, str]:
    """Kind and name of what a CREATE makes."""
    kind, name = statement.replace("CREATE UNIQUE", "CREATE", 1).split("(")[0].split()[1:3]
    return kind.lower(), name
