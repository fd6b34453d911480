"""A file that is to be kept as evidence: what it is, and its bytes, read once and in pieces."""

import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from dispcli.core.cut_off import END_MARKS, TAIL
from dispcli.core.file_types import HEAD, media_type
from dispcli.errors import BadInput
from dispcli.namedtuples import NamedTuple

CHUNK = 1024 * 1024
"""Bytes of a file in memory at once."""

SAFELY = os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY
"""How a file is opened: never by way of a link, and without waiting for anybody."""

_KINDS: tuple[tuple[Callable[[int], bool], str], ...] = (
    (stat.S_ISLNK, "a symbolic link"),
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)

Told = Callable[[int], None]
"""Is told of every so many bytes that were read."""


class Content(NamedTuple):
    """What was read of a file: its digest, its length in bytes, its first and its last bytes.

    `marked` is where the last of the marks begins that its kind of file ends with; -1 where there is none.
    """

    sha256: str
    size: int
    head: bytes
    tail: bytes
    marked: int


def contents(chunks: Iterable[bytes], told: Told | None = None) -> Content:
    """Digest, length, head, tail and last end mark of these very bytes."""
    digest, size, head, tail = hashlib.sha256(), 0, b"", b""
    mark, marked = b"", -1
    for chunk in chunks:
        digest.update(chunk)
        if len(head) < HEAD:
            head = (head + chunk)[:HEAD]
            mark = END_MARKS.get(media_type(head), b"")
        if mark:
            marked = _last(mark, tail, chunk, size, marked)
        size += len(chunk)
        tail = chunk[-TAIL:] if len(chunk) >= TAIL else (tail + chunk)[-TAIL:]
        if told is not None:
            told(len(chunk))
    return Content(digest.hexdigest(), size, head, tail, marked)


def _last(mark: bytes, before: bytes, chunk: bytes, offset: int, marked: int) -> int:
    """Where the mark begins for the last time, once this chunk is read too; it may begin before it."""
    begun = before[1 - len(mark) :]
    found = (begun + chunk).rfind(mark)
    return marked if found < 0 else offset - len(begun) + found


@contextmanager
def opened(path: Path, ledger: Path) -> Iterator[Iterator[bytes]]:
    """The bytes of a plain file. Raises BadInput for anything else, and for one that changes meanwhile.

    What it is is looked at before it is opened, since opening alone can do things to a device, and drops the
    locks of the ledger; and after, since it may be another by then.
    """
    try:
        _require_plain(path, path.lstat(), ledger)
        descriptor = os.open(path, os.O_RDONLY | SAFELY)
    except OSError as problem:
        raise BadInput(f"{path}: {problem.strerror}") from None
    try:
        found = os.fstat(descriptor)
        _require_plain(path, found, ledger)
        yield _chunks(descriptor, path, found.st_size)
        after = os.fstat(descriptor)
        if (after.st_size, after.st_mtime_ns) != (found.st_size, found.st_mtime_ns):
            raise _changed(path)
    finally:
        os.close(descriptor)


def _require_plain(path: Path, found: os.stat_result, ledger: Path) -> None:
    kind = next((told for is_one, told in _KINDS if is_one(found.st_mode)), None)
    if kind is not None:
        raise BadInput(f"{path} is {kind}, not a file", hint="name the file itself")
    own = ledger.lstat()
    if (found.st_dev, found.st_ino) == (own.st_dev, own.st_ino):
        raise BadInput(f"{path} is the ledger itself", hint="to keep a copy of it: dispcli export --all FILE")
    if not found.st_size:
        raise BadInput(f"{path} is empty")


def _chunks(descriptor: int, path: Path, size: int) -> Iterator[bytes]:
    """A file's bytes; no more are read than it had when it was opened, however fast it grows."""
    left = size
    while left:
        try:
            chunk = os.read(descriptor, min(CHUNK, left))
        except OSError as problem:
            raise BadInput(f"{path}: {problem.strerror}") from None
        if not chunk:
            raise _changed(path)
        left -= len(chunk)
        yield chunk


def _changed(path: Path) -> BadInput:
    return BadInput(f"{path}: it changed while it was read", hint="try again when it is complete")
