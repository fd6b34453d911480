"""Reading an archive from a file that anybody may have made.

Nothing in it is ever used as a path, and nothing is read further than it says it goes.
"""

import hashlib
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO, NamedTuple, cast

from dispcli.errors import BadInput
from dispcli.services.archive_file import FORMAT, MANIFEST, VERSION, Manifest, Member, file_name

LONGEST_LINE = 16 * 1024 * 1024
"""Bytes of the longest row accepted."""

_LARGEST_MANIFEST = 64 * 1024
_LARGEST_DIRECTORY = 64 * 1024
_END = struct.Struct("<4s4H2LH")
_LARGE_LOCATOR, _LOCATOR_LENGTH = b"PK\x06\x07", 20
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1
_DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, struct.error),
    *(RuntimeError, OSError, ValueError),
)
"""What reading a ZIP raises that is damaged or was made to do harm.

RuntimeError is an encrypted one; OSError and ValueError are places before the file's beginning.
"""


class Opened(NamedTuple):
    """An archive whose manifest holds; `name` is what messages call it."""

    name: str
    manifest: Manifest
    zip: zipfile.ZipFile

    def lines(self, member: Member) -> Iterator[bytes]:
        """The lines of a member, without their ends.

        Raises BadInput for a line that is too long, for damage, and at the end if the digest is another.
        """
        place, digest = f"{self.name}: {file_name(member.table)}", hashlib.sha256()
        try:
            with self.zip.open(file_name(member.table)) as unpacked:
                stream = io.BufferedReader(cast(io.RawIOBase, unpacked))
                while line := stream.readline(LONGEST_LINE):
                    if not line.endswith(b"\n"):
                        raise BadInput(f"{place}: a line is longer than {LONGEST_LINE >> 20} MiB, or cut off")
                    digest.update(line)
                    yield line[:-1]
        except _DAMAGE as problem:
            raise BadInput(f"{place}: damaged ({problem})") from None
        if digest.hexdigest() != member.sha256:
            raise BadInput(f"{place}: not what was exported: the manifest has another SHA-256")


def is_archive(stream: BinaryIO) -> bool:
    """Whether it is a ZIP with our manifest. The stream must be able to seek; it is left at its start."""
    try:
        return _told(_opened(stream)).get("format") == FORMAT
    except _DAMAGE:
        return False
    finally:
        stream.seek(0)


def open_archive(name: str, stream: BinaryIO) -> Opened:
    """The archive, its manifest compared with what is there. Raises BadInput."""
    try:
        opened = _opened(stream)
        manifest = _manifest(_told(opened))
        _require_members(opened, manifest)
    except _DAMAGE as problem:
        raise BadInput(f"{name}: not an archive that can be read: {problem}") from None
    return Opened(name, manifest, opened)


def _opened(stream: BinaryIO) -> zipfile.ZipFile:
    """The ZIP, unless reading its table of contents alone could fill the memory. Raises ValueError.

    Ours end with the plain record, without a comment; what hides another behind it is not ours.
    """
    before = _END.size + _LOCATOR_LENGTH
    length = stream.seek(0, io.SEEK_END)
    stream.seek(max(0, length - before))
    tail = stream.read(before)
    signature, *_, size, _offset, comment = _END.unpack(tail[-_END.size :])
    if signature != b"PK\x05\x06" or comment or size > _LARGEST_DIRECTORY or tail.startswith(_LARGE_LOCATOR):
        raise ValueError("it is no ZIP file as dispcli writes them")
    stream.seek(0)
    return zipfile.ZipFile(stream)


def _told(opened: zipfile.ZipFile) -> dict[str, Any]:
    """What the manifest says. Raises ValueError."""
    if MANIFEST not in opened.namelist():
        raise ValueError(f"it has no {MANIFEST}")
    _require_plain(opened.getinfo(MANIFEST), _LARGEST_MANIFEST)
    try:
        told = json.loads(opened.read(MANIFEST).decode())
    except RecursionError:
        raise ValueError(f"{MANIFEST} is nested too deep") from None
    if not isinstance(told, dict):
        raise ValueError(f"{MANIFEST} is no object")
    return told


def _manifest(told: dict[str, Any]) -> Manifest:
    """The manifest, every value of its type. Raises ValueError."""
    if told.get("format") != FORMAT:
        raise ValueError(f"{MANIFEST} is not dispcli's")
    if told.get("version") != VERSION:
        raise ValueError(f"it has version {told.get('version')}, this dispcli reads version {VERSION}")
    members = told.get("members")
    if not isinstance(members, list):
        raise ValueError(f"{MANIFEST} names no members")
    return Manifest(
        _typed(told, "schema_version", int),
        _typed(told, "exported_at", str),
        tuple(map(_member, members)),
    )


def _member(told: Any) -> Member:
    if not isinstance(told, dict):
        raise ValueError(f"{MANIFEST}: a member is no object")
    return Member(
        _typed(told, "table", str),
        _typed(told, "rows", int),
        _typed(told, "bytes", int),
        _typed(told, "sha256", str),
    )


def _typed(told: dict[str, Any], key: str, kind: type) -> Any:
    if type(told.get(key)) is not kind:
        raise ValueError(f"{MANIFEST}: {key} is {'no whole number' if kind is int else 'no text'}")
    return told[key]


def _require_members(opened: zipfile.ZipFile, manifest: Manifest) -> None:
    """Nothing is there but what the manifest names, once each, and as long as it says. Raises ValueError."""
    expected = sorted([MANIFEST, *(file_name(member.table) for member in manifest.members)])
    if sorted(opened.namelist()) != expected:
        raise ValueError(f"its members are not those that {MANIFEST} names")
    for member in manifest.members:
        info = opened.getinfo(file_name(member.table))
        _require_plain(info, member.bytes)
        if info.file_size != member.bytes:
            raise ValueError(f"{info.filename} has {info.file_size} bytes, not {member.bytes}")


def _require_plain(info: zipfile.ZipInfo, most: int) -> None:
    if info.compress_type not in _METHODS or info.flag_bits & _ENCRYPTED:
        raise ValueError(f"{info.orig_filename!r} is packed in a way dispcli never does")
    if info.file_size > most:
        raise ValueError(f"{info.filename} unpacks to {info.file_size} bytes, more than {most}")
