"""`--failed FILE`: the lines that could not be done, as they came, to be mended and fed again."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, Self

from dispcli.core.batches import BatchLine, Item
from dispcli.errors import BadInput


class Leftovers:
    """The lines that failed; the file is there, whole, once the batch has ended, and not at all before."""

    def __init__(self, path: Path, header: bytes | None) -> None:
        self._path = path
        self._unfinished = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            descriptor = os.open(self._unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        except OSError as problem:
            raise BadInput(f"--failed: can't write {path}: {problem.strerror}") from None
        self._file: BinaryIO = os.fdopen(descriptor, "wb")
        if header is not None:
            self._file.write(header + b"\n")

    def add(self, lines: Sequence[BatchLine], items: Sequence[Item]) -> None:
        """Keep those of these lines that failed."""
        self._file.writelines(
            line.raw + b"\n" for line, item in zip(lines, items, strict=True) if item.failed and line.raw
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if not self._file.closed:
            self._file.close()
            self._unfinished.unlink()

    def finish(self) -> None:
        """The file takes its name."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._unfinished.replace(self._path)
