"""What the header of a ledger file says: whose it is, and which schema it has."""

import sqlite3

APPLICATION_ID = 0x44495350
"""'DISP' in the file's header: a file with another number belongs to another program."""

SCHEMA_VERSION = 5


def version(connection: sqlite3.Connection) -> int:
    """The schema version the file says it has; 0 for a file that has none."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
