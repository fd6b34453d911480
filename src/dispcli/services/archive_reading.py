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
from typing import Any, BinaryIO, cast

from dispcli.errors import BadInput
from dispcli.namedtuples import NamedTuple
from dispcli.services.archive_file import (
    FORMAT,
    MANIFEST,
    MOST_FILES,
    VERSION,
    Filed,
    Manifest,
    Member,
    file_name,
)

LONGEST_LINE = 16 * 1024 * 1024
"""Bytes of the longest row accepted."""

_LARGEST_MANIFEST = 64 * 1024 + 160 * MOST_FILES
_LARGEST_DIRECTORY = 64 * 1024 + 160 * MOST_FILES
_CHUNK = 1024 * 1024
_END = struct.Struct("<4s4H2LH")
_LARGE_END = struct.Struct("<4sQ2H2L4Q")
_LARGE_LOCATOR = struct.Struct("<4sLQL")
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

    def chunks(self, filed: Filed) -> Iterator[bytes]:
        """The bytes of a file of the evidence. Raises BadInput for damage."""
        try:
            with self.zip.open(filed.name) as stored:
                while chunk := stored.read(_CHUNK):
                    yield chunk
        except _DAMAGE as problem:
            raise BadInput(f"{self.name}: {filed.name}: damaged ({problem})") from None


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
    before = _END.size + _LARGE_LOCATOR.size + _LARGE_END.size
    length = stream.seek(0, io.SEEK_END)
    stream.seek(max(0, length - before))
    tail = stream.read(before)
    signature, *_, size, _offset, comment = _END.unpack(tail[-_END.size :])
    if tail[_LARGE_END.size :].startswith(b"PK\x06\x07"):
        size = _large_size(tail, length - before)
    if signature != b"PK\x05\x06" or comment or size > _LARGEST_DIRECTORY:
        raise ValueError(_FOREIGN)
    stream.seek(0)
    return zipfile.ZipFile(stream)


_FOREIGN = "it is not a ZIP file as dispcli writes them"


def _large_size(tail: bytes, place: int) -> int:
    """The length of the table of contents as told by the record of a ZIP of more than 4 GiB.

    That record must stand just where it is looked for. Raises ValueError.
    """
    _, _, told_place, _ = _LARGE_LOCATOR.unpack_from(tail, _LARGE_END.size)
    signature, *_, size, _offset = _LARGE_END.unpack_from(tail)
    if signature != b"PK\x06\x06" or told_place != place:
        raise ValueError(_FOREIGN)
    return int(size)


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
        raise ValueError(f"{MANIFEST} is not an object")
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
    files = told.get("files", [])
    if not isinstance(files, list):
        raise ValueError(f"{MANIFEST} names no files")
    return Manifest(
        _typed(told, "schema_version", int),
        _typed(told, "exported_at", str),
        tuple(map(_member, members)),
        tuple(map(_filed, files)),
    )


def _member(told: Any) -> Member:
    if not isinstance(told, dict):
        raise ValueError(f"{MANIFEST}: a member is not an object")
    return Member(
        _typed(told, "table", str),
        _typed(told, "rows", int),
        _typed(told, "bytes", int),
        _typed(told, "sha256", str),
    )


def _filed(told: Any) -> Filed:
    if not isinstance(told, dict):
        raise ValueError(f"{MANIFEST}: a file is not an object")
    return Filed(_typed(told, "sha256", str), _typed(told, "bytes", int))


def _typed(told: dict[str, Any], key: str, kind: type) -> Any:
    if type(told.get(key)) is not kind:
        raise ValueError(f"{MANIFEST}: {key} is not {'a whole number' if kind is int else 'text'}")
    return told[key]


def _require_members(opened: zipfile.ZipFile, manifest: Manifest) -> None:
    """Nothing is there but what the manifest names, once each, and as long as it says. Raises ValueError."""
    tables = [file_name(member.table) for member in manifest.members]
    expected = sorted([MANIFEST, *tables, *(filed.name for filed in manifest.files)])
    if sorted(opened.namelist()) != expected:
        raise ValueError(f"its members are not those that {MANIFEST} names")
    for member in manifest.members:
        info = opened.getinfo(file_name(member.table))
        _require_plain(info, member.bytes)
        if info.file_size != member.bytes:
            raise ValueError(f"{info.filename} has {info.file_size} bytes, not {member.bytes}")
    for filed in manifest.files:
        _require_stored(opened.getinfo(filed.name), filed.bytes)


def _require_stored(info: zipfile.ZipInfo, size: int) -> None:
    """Files are not packed, so they can't unpack to more than there is. Raises ValueError."""
    if info.compress_type != zipfile.ZIP_STORED or info.flag_bits & _ENCRYPTED:
        raise ValueError(f"{info.orig_filename!r} is packed in a way dispcli never does")
    if not info.file_size == info.compress_size == size:
        raise ValueError(f"{info.filename} has {info.file_size} bytes, not {size}")


def _require_plain(info: zipfile.ZipInfo, most: int) -> None:
    if info.compress_type not in _METHODS or info.flag_bits & _ENCRYPTED:
        raise ValueError(f"{info.orig_filename!r} is packed in a way dispcli never does")
    if info.file_size > most:
        raise ValueError(f"{info.filename} unpacks to {info.file_size} bytes, more than {most}")
