"""A table as an archive holds it: compiled SQL that reads all of it and writes it again."""

from collections.abc import Mapping

from dispcli.namedtuples import NamedTuple


class Archived(NamedTuple):
    """A table's name in archives, its columns with their types (TEXT, INTEGER), and the two statements.

    Each row is read as these columns in this order, and written by named binds.
    """

    name: str
    columns: Mapping[str, str]
    read: str
    write: str
