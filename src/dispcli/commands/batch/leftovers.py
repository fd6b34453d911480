"""`--failed FILE`: the lines that could not be done, as they came, to be mended and fed again."""

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Self

from dispcli.core.batches import BatchLine, Item
from dispcli.errors import UsageProblem


class Leftovers:
    """The lines that failed; the file is there, whole, once the batch has ended, and not at all before."""

    def __init__(self, name: str) -> None:
        self._path = Path(name)
        if name in ("", "-") or not self._path.name:
            raise UsageProblem(f"--failed: {name!r} is no file")
        if os.path.lexists(self._path):
            # It may be the input, the ledger, or the lines of an earlier run that nobody has mended yet.
            raise UsageProblem(
                f"--failed: {name} is there already", hint="move it away, or name another file"
            )
        try:
            descriptor, unfinished = tempfile.mkstemp(prefix=f".{self._path.name}.", dir=self._path.parent)
        except OSError as problem:
            raise UsageProblem(f"--failed: can't write {name}: {problem.strerror}") from None
        self._unfinished = Path(unfinished)
        self._file = os.fdopen(descriptor, "wb")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if not self._file.closed:
            self._file.close()
            self._unfinished.unlink()

    def head(self, header: bytes | None) -> None:
        """The lines are a table's, which begins like this."""
        if header is not None:
            self._file.write(header + b"\n")

    def add(self, lines: Sequence[BatchLine], items: Sequence[Item]) -> None:
        """Keep those of these lines that failed."""
        self._file.writelines(
            line.raw + b"\n" for line, item in zip(lines, items, strict=True) if item.failed and line.raw
        )

    def finish(self) -> None:
        """The file takes its name."""
        if self._file.closed:
            return
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._unfinished.replace(self._path)
