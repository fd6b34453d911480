"""The files an import reads: named one by one, by pattern or by folder; standard input is spooled first."""

import glob
import hashlib
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from dispcli.commands.context import STANDARD_INPUT, Run
from dispcli.core.moments import instant
from dispcli.errors import BadInput

_IN_MEMORY = 8 * 1024 * 1024
_MOST_SPOOLED = 1024 * 1024 * 1024
_AT_ONCE = 1024 * 1024
_MAGIC = "*?["


class OpenFile(NamedTuple):
    """An input that can be read again from its start: its name in messages, how old and how long it is.

    `source` is what the history says of what comes from it: its name and the start of its SHA-256.
    """

    name: str
    stream: BinaryIO
    modified_at: str
    size: int
    source: str


def expand(names: Sequence[str]) -> list[str]:
    """The files that are meant: of a folder all that are not hidden, in the order of their names.

    Raises BadInput for a pattern or a folder that has none.
    """
    found: list[str] = []
    for name in names:
        path = Path(name)
        if name == STANDARD_INPUT or path.is_file():
            found.append(name)
        elif path.is_dir():
            inside = (one for one in path.iterdir() if one.is_file() and not one.name.startswith("."))
            found += _some(sorted(map(str, inside)), f"{name}: no files in this folder")
        elif any(mark in name for mark in _MAGIC):
            matching = sorted(glob.glob(name, recursive=True))  # noqa: PTH207  (the pattern may be absolute)
            found += _some([one for one in matching if Path(one).is_file()], f"{name}: no file matches")
        else:
            found.append(name)
    return list(dict.fromkeys(found))


def _some(found: list[str], otherwise: str) -> list[str]:
    if not found:
        raise BadInput(otherwise)
    return found


@contextmanager
def opened(run: Run, name: str) -> Iterator[OpenFile]:
    """One input, which may be standard input. Raises BadInput."""
    with run.input(name) as (label, given), tempfile.SpooledTemporaryFile(_IN_MEMORY) as spool:
        try:
            again = name != STANDARD_INPUT and given.seekable()
            if not again:
                _spool(label, given, cast(BinaryIO, spool))
            stream = cast(BinaryIO, given if again else spool)
            modified = datetime.fromtimestamp(Path(name).stat().st_mtime, UTC) if again else run.now
            size = stream.seek(0, os.SEEK_END)
            stream.seek(0)
            digest = hashlib.file_digest(stream, "sha256").hexdigest()  # type: ignore[arg-type]
            stream.seek(0)
        except OSError as problem:
            raise BadInput(f"{label}: {problem.strerror}") from None
        source = f"import {'-' if name == STANDARD_INPUT else Path(name).name} {digest[:12]}"
        yield OpenFile(label, stream, instant(min(modified, run.now)), size, source)


def _spool(label: str, given: BinaryIO, spool: BinaryIO) -> None:
    """Keep what a pipe brings. Raises BadInput for one without end."""
    while data := given.read(_AT_ONCE):
        spool.write(data)
        if spool.tell() > _MOST_SPOOLED:
            raise BadInput(f"{label}: more than {_MOST_SPOOLED // 2**30} GiB", hint="save it to a file")
