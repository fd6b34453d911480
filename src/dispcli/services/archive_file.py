"""An archive as a file: a ZIP of one member a table, a JSON object a line, the files kept as evidence as they
are, and a manifest about all of them.
"""

import hashlib
import json
import zipfile
from collections.abc import Iterable

from dispcli.namedtuples import NamedTuple

FORMAT = "dispcli-archive"
VERSION = 1
MANIFEST = "manifest.json"

MOST_FILES = 20_000
"""How many files of the evidence an archive takes: whoever reads it has their names in memory."""

_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""Members have no time of their own, so that the same ledger gives the same members."""


class Member(NamedTuple):
    """What the manifest says about a member: its table, how many rows and bytes, the SHA-256 of the bytes."""

    table: str
    rows: int
    bytes: int
    sha256: str


class Filed(NamedTuple):
    """What the manifest says about a file of the evidence: the SHA-256 of its bytes, and how many."""

    sha256: str
    bytes: int

    @property
    def name(self) -> str:
        """The member that holds it."""
        return f"evidence/{self.sha256}"


class Manifest(NamedTuple):
    """What is in an archive: the schema its rows are of, when it was made (UTC), its members in order."""

    schema_version: int
    exported_at: str
    members: tuple[Member, ...]
    files: tuple[Filed, ...] = ()


def file_name(table: str) -> str:
    """The member that holds a table."""
    return f"{table}.ndjson"


class Writer:
    """Writes an archive: tables, files, then the manifest. Memory doesn't grow with the rows."""

    def __init__(self, packing: zipfile.ZipFile) -> None:
        self._zip = packing
        self._members: list[Member] = []
        self._files: list[Filed] = []

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

    def add_file(self, filed: Filed, chunks: Iterable[bytes]) -> None:
        """A file of the evidence. It is not packed: photos and films are already."""
        info = _info(filed.name)
        info.compress_type = zipfile.ZIP_STORED
        with self._zip.open(info, "w", force_zip64=True) as member:
            for chunk in chunks:
                member.write(chunk)
        self._files.append(filed)

    def finish(self, schema_version: int, exported_at: str) -> Manifest:
        """The manifest, which comes last."""
        manifest = Manifest(schema_version, exported_at, tuple(self._members), tuple(self._files))
        told = {
            "format": FORMAT,
            "version": VERSION,
            **manifest._asdict(),
            "members": [member._asdict() for member in self._members],
            "files": [filed._asdict() for filed in self._files],
        }
        self._zip.writestr(_info(MANIFEST), json.dumps(told, indent=2) + "\n")
        return manifest


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _EARLIEST)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    return info
