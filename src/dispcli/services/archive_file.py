"""An archive as a file: a ZIP of one member a table, a JSON object a line, and of a manifest about them."""

import hashlib
import json
import zipfile
from collections.abc import Iterable
from typing import BinaryIO, NamedTuple

FORMAT = "dispcli-archive"
VERSION = 1
MANIFEST = "manifest.json"

_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""Members have no time of their own, so that the same ledger gives the same members."""


class Member(NamedTuple):
    """What the manifest says about a member: its table, how many rows and bytes, the SHA-256 of the bytes."""

    table: str
    rows: int
    bytes: int
    sha256: str


class Manifest(NamedTuple):
    """What is in an archive: the schema its rows are of, when it was made (UTC), its members in order."""

    schema_version: int
    exported_at: str
    members: tuple[Member, ...]


def file_name(table: str) -> str:
    """The member that holds a table."""
    return f"{table}.ndjson"


class Writer:
    """Writes an archive: table by table, then the manifest. Memory doesn't grow with the rows."""

    def __init__(self, stream: BinaryIO) -> None:
        self._zip = zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED)
        self._members: list[Member] = []

    def add(self, table: str, lines: Iterable[bytes]) -> None:
        """A member of these lines, each with its line end."""
        digest, rows, size = hashlib.sha256(), 0, 0
        with self._zip.open(_info(file_name(table)), "w", force_zip64=True) as member:
            for line in lines:
                member.write(line)
                digest.update(line)
                rows += 1
                size += len(line)
        self._members.append(Member(table, rows, size, digest.hexdigest()))

    def finish(self, schema_version: int, exported_at: str) -> Manifest:
        """The manifest, and the end of the file."""
        manifest = Manifest(schema_version, exported_at, tuple(self._members))
        told = {
            "format": FORMAT,
            "version": VERSION,
            **manifest._asdict(),
            "members": [member._asdict() for member in self._members],
        }
        self._zip.writestr(_info(MANIFEST), json.dumps(told, indent=2) + "\n")
        self._zip.close()
        return manifest


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _EARLIEST)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    return info
