"""The files an import reads: named one by one, by pattern or by folder; standard input is spooled first."""

import glob
import hashlib
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Self, cast

from dispcli.commands.context import STANDARD_INPUT, Run
from dispcli.core.moments import instant
from dispcli.errors import BadInput
from dispcli.namedtuples import NamedTuple

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
    """The files that are meant: of a folder, and those in it, all that are not hidden, in the order of names.

    Raises BadInput for a pattern or a folder that has none.
    """
    found: list[str] = []
    for name in names:
        path = Path(name)
        if name == STANDARD_INPUT or path.is_file():
            found.append(name)
        elif path.is_dir():
            inside = (one for one in path.rglob("*") if one.is_file() and not _is_hidden(one, path))
            found += _some(sorted(map(str, inside)), f"{name}: no files in this folder")
        elif any(mark in name for mark in _MAGIC):
            matching = sorted(glob.glob(name, recursive=True))  # noqa: PTH207  (the pattern may be absolute)
            found += _some([one for one in matching if Path(one).is_file()], f"{name}: no file matches")
        else:
            found.append(name)
    return list(dict.fromkeys(found))


def _is_hidden(file: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in file.relative_to(folder).parts)


def _some(found: list[str], otherwise: str) -> list[str]:
    if not found:
        raise BadInput(otherwise)
    return found


class Inputs:
    """The inputs of one import. What a pipe brings is kept, so that every input can be read again."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._kept: dict[str, tuple[str, BinaryIO]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for _label, spool in self._kept.values():
            spool.close()

    @contextmanager
    def stream(self, name: str) -> Iterator[tuple[str, BinaryIO]]:
        """One input at its start, with its name in messages. Raises BadInput."""
        if name in self._kept:
            self._kept[name][1].seek(0)
            yield self._kept[name]
            return
        with self._run.input(name) as (label, given):
            if name == STANDARD_INPUT or not given.seekable():
                self._kept[name] = label, _spooled(label, given)
                yield self._kept[name]
            else:
                yield label, given

    @contextmanager
    def opened(self, name: str) -> Iterator[OpenFile]:
        """One input with its age and its digest. Raises BadInput."""
        with self.stream(name) as (label, stream):
            try:
                kept = name in self._kept
                modified = self._run.now if kept else datetime.fromtimestamp(Path(name).stat().st_mtime, UTC)
                size = stream.seek(0, os.SEEK_END)
                stream.seek(0)
                digest = hashlib.file_digest(stream, "sha256").hexdigest()  # type: ignore[arg-type]
                stream.seek(0)
            except OSError as problem:
                raise BadInput(f"{label}: can't be read: {problem.strerror}") from None
            source = f"import {name if name == STANDARD_INPUT else Path(name).name} {digest[:12]}"
            yield OpenFile(label, stream, instant(min(modified, self._run.now)), size, source)


def _spooled(label: str, given: BinaryIO) -> BinaryIO:
    """All that a pipe brings. Raises BadInput for one that can't be read, or has no end."""
    spool = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115  (Inputs closes it)
    try:
        while data := given.read(_AT_ONCE):
            spool.write(data)
            if spool.tell() > _MOST_SPOOLED:
                raise BadInput(f"{label}: more than {_MOST_SPOOLED // 2**30} GiB", hint="save it to a file")
    except BaseException:
        spool.close()
        raise
    spool.seek(0)
    return cast(BinaryIO, spool)
