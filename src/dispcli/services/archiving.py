"""A whole ledger into one archive, and an equal ledger from it."""

import json
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

import orjson

from dispcli.errors import BadInput
from dispcli.ledger.archive import TABLES, Archive, RefusedRow, Row
from dispcli.services.archive_file import Manifest, Member, Writer, file_name
from dispcli.services.archive_reading import Opened

_MOST_PROBLEMS = 20
_TELLING = 1000
"""After so many rows it is told how far it is."""


def archive(ledger: Archive, stream: BinaryIO, at: str) -> Manifest:
    """Write all of the ledger, as it is in one moment; `at` is this moment (UTC). Raises LedgerTrouble."""
    writer = Writer(stream)
    with ledger.reading():
        for table in TABLES:
            writer.add(table, (orjson.dumps(row) + b"\n" for row in ledger.rows(table)))
        return writer.finish(ledger.version, at)


def restore(ledger: Archive, opened: Opened, filled: Callable[[int], None] = lambda _bytes: None) -> Manifest:
    """Write an archive into a ledger that is empty; afterwards every row is as it was, or nothing is written.

    `filled` is told from time to time how many of the archive's bytes, as unpacked, have been written.
    Raises Refused where the ledger is not empty, BadInput where the archive doesn't make a sound one.
    """
    manifest = opened.manifest
    with ledger.writing():
        ledger.require_empty()
        members = _members(opened, ledger.version)
        ledger.begin()
        done = 0
        for table in TABLES:
            if table in members:
                _fill(ledger, opened, members[table], done, filled)
                done += members[table].bytes
        if found := ledger.problems():
            details = tuple(found[:_MOST_PROBLEMS])
            raise BadInput(f"{opened.name}: what it holds makes no sound ledger", details=details)
    return manifest


def _members(opened: Opened, version: int) -> dict[str, Member]:
    """The members by table. Raises BadInput for what another dispcli's schema has, and this one's has not.

    An older schema may lack what was added since.
    """
    name, manifest = opened.name, opened.manifest
    if manifest.schema_version > version:
        raise BadInput(
            f"{name}: it has schema version {manifest.schema_version}, newer than this program's ({version})",
            hint="use a newer dispcli",
        )
    members = {member.table: member for member in manifest.members}
    if unknown := sorted(members.keys() - set(TABLES)):
        raise BadInput(f"{name}: no such table: {', '.join(unknown)}")
    missing = [table for table in TABLES if table not in members]
    if missing and manifest.schema_version == version:
        raise BadInput(f"{name}: it lacks {', '.join(map(file_name, missing))}")
    return members


def _fill(
    ledger: Archive, opened: Opened, member: Member, before: int, filled: Callable[[int], None]
) -> None:
    """Write a member's rows. Raises BadInput with the line of the first that can't be."""
    line = size = 0

    def rows() -> Iterator[Row]:
        nonlocal line, size
        for text in opened.lines(member):
            line += 1
            size += len(text) + 1
            if line % _TELLING == 0:
                filled(before + size)
            yield _row(text)

    place = f"{opened.name}: {file_name(member.table)}"
    try:
        ledger.fill(member.table, rows())
    except (RefusedRow, ValueError) as problem:
        raise BadInput(f"{place}:{line}: {problem}") from None
    if line != member.rows:
        raise BadInput(f"{place}: {line} rows, but the manifest says {member.rows}")


def _row(line: bytes) -> Row:
    """A row from its line. Raises ValueError."""
    try:
        row = json.loads(
            line.decode(), object_pairs_hook=_once, parse_float=_no_number, parse_constant=_no_number
        )
    except RecursionError:
        raise ValueError("nested too deep") from None
    if not isinstance(row, dict):
        raise ValueError("no JSON object")
    return row


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    row = dict(pairs)
    if len(row) < len(pairs):
        raise ValueError("a key stands twice")
    return row


def _no_number(text: str) -> Any:
    raise ValueError(f"{text[:40]} is no whole number")
