"""Archives for tests: made, taken apart and put together wrongly, restored."""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

from dispcli.ledger.archive import Archive
from dispcli.services.archive_file import Manifest
from dispcli.services.archive_reading import open_archive
from dispcli.services.archiving import archive, restore

AT = "2026-11-22T12:00:00Z"


def made(ledger: Path) -> bytes:
    """The archive of a ledger."""
    stream = io.BytesIO()
    with Archive.open(ledger) as opened:
        archive(opened, stream, AT)
    return stream.getvalue()


def restored(data: bytes, target: Path) -> Manifest:
    """Write an archive into the ledger at the path, which is made if need be."""
    opened = open_archive("a.zip", io.BytesIO(data))
    with Archive.create(target) as ledger:
        return restore(ledger, opened).manifest


def members(data: bytes) -> dict[str, bytes]:
    """What is in an archive, by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def packed(content: Mapping[str, bytes]) -> bytes:
    """A ZIP of these members, packed as dispcli does."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, data in content.items():
            stored = zipfile.ZIP_STORED if name.startswith("evidence/") else None
            opened.writestr(name, data, compress_type=stored)
    return stream.getvalue()


def forged(data: bytes, table: str, content: bytes) -> bytes:
    """The archive with another content of a table, and a manifest that agrees with it."""
    parts = members(data)
    parts[f"{table}.ndjson"] = content
    manifest = json.loads(parts["manifest.json"])
    for member in manifest["members"]:
        if member["table"] == table:
            member["bytes"] = len(content)
            member["rows"] = content.count(b"\n")
            member["sha256"] = hashlib.sha256(content).hexdigest()
    parts["manifest.json"] = json.dumps(manifest).encode()
    return packed(parts)


def retold(data: bytes, **told: object) -> bytes:
    """The archive whose manifest tells something else."""
    parts = members(data)
    parts["manifest.json"] = json.dumps({**json.loads(parts["manifest.json"]), **told}).encode()
    return packed(parts)
