"""A whole ledger into one archive, and an equal ledger from it."""

import json
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

import orjson

from dispcli.errors import BadInput, LedgerTrouble
from dispcli.ledger.archive import TABLES, Archive, RefusedRow, Row
from dispcli.ledger.evidence_intake import Intake
from dispcli.ledger.evidence_source import Told
from dispcli.ledger.evidence_store import EvidenceStore
from dispcli.namedtuples import NamedTuple
from dispcli.services.archive_file import MOST_FILES, Filed, Manifest, Member, Writer, file_name
from dispcli.services.archive_reading import Opened
from dispcli.services.zips import zip_into

_MOST_PROBLEMS = 20
_TELLING = 1000
"""After so many rows it is told how far it is."""


class Done(NamedTuple):
    """What was archived or restored, and how many files kept as evidence are missing in it."""

    manifest: Manifest
    missing: int


def archive(ledger: Archive, stream: BinaryIO, at: str, told: Told | None = None) -> Done:
    """Write all of the ledger, as it is in one moment; `at` is this moment (UTC). Raises LedgerTrouble.

    The files of the evidence follow when the ledger is free again. Those that are missing, altered or
    unreadable by then are left out.
    """
    store = EvidenceStore(ledger.path)
    with zip_into(stream) as packing:
        writer = Writer(packing)
        with ledger.reading():
            for table in TABLES:
                writer.add(table, (orjson.dumps(row) + b"\n" for row in ledger.rows(table)))
            version, kept = ledger.version, _kept_files(ledger)
        if len(kept) > MOST_FILES:
            raise LedgerTrouble(f"{len(kept)} files are kept as evidence; an archive takes {MOST_FILES}")
        for filed in kept:
            if not store.problem(*filed, told):
                writer.add_file(filed, store.copied(*filed))
        manifest = writer.finish(version, at)
    return Done(manifest, len(kept) - len(manifest.files))


def _kept_files(ledger: Archive) -> list[Filed]:
    """Each file that is kept as evidence, once, in a fixed order."""
    return sorted({Filed(piece.file.sha256, piece.file.size) for piece in ledger.kept_evidence()})


def restore(ledger: Archive, opened: Opened, told: Told | None = None) -> Done:
    """Write an archive into a ledger that is empty; afterwards every row is as it was, or nothing is written.

    `told` takes from time to time how many more of the archive's bytes, as unpacked, have been written.
    Raises Refused where the ledger is not empty, BadInput where the archive doesn't make a sound one.
    """
    manifest = opened.manifest
    with Intake(EvidenceStore(ledger.path)) as intake, ledger.writing():
        ledger.require_empty()
        members = _members(opened, ledger.version)
        ledger.begin()
        for table in TABLES:
            if table in members:
                _fill(ledger, opened, members[table], told)
        if found := ledger.problems():
            details = tuple(found[:_MOST_PROBLEMS])
            raise BadInput(f"{opened.name}: what it holds makes no sound ledger", details=details)
        missing = _restore_files(opened, intake, _kept_files(ledger), told)
    return Done(manifest, missing)


def _restore_files(opened: Opened, intake: Intake, kept: Sequence[Filed], told: Told | None) -> int:
    """Give the files their places; how many kept ones there are not. Raises BadInput for any other file."""
    for filed in opened.manifest.files:
        place = f"{opened.name}: {filed.name}"
        if filed not in kept:
            raise BadInput(f"{place}: no evidence names it")
        if intake.take_chunks(opened.chunks(filed), told).sha256 != filed.sha256:
            raise BadInput(f"{place}: not what was exported: it has another SHA-256")
    there = {filed.sha256 for filed in opened.manifest.files}
    intake.settle(there)
    return len({filed.sha256 for filed in kept} - there)


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


def _fill(ledger: Archive, opened: Opened, member: Member, told: Told | None) -> None:
    """Write a member's rows. Raises BadInput with the line of the first that can't be."""
    line = size = 0

    def rows() -> Iterator[Row]:
        nonlocal line, size
        for text in opened.lines(member):
            line += 1
            size += len(text) + 1
            if told and line % _TELLING == 0:
                told(size)
                size = 0
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
    raise ValueError(f"{text[:40]} is not a whole number")
