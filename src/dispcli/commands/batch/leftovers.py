"""`--failed FILE`: the lines that could not be done, as they came, to be mended and fed again."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Self

from dispcli.commands.unfinished import Unfinished
from dispcli.core.batches import BatchLine, Item
from dispcli.errors import UsageProblem

_TOLD = 5


class Leftovers:
    """The lines that failed; the file is there, whole, once the batch has ended, and not at all before."""

    def __init__(self, name: str) -> None:
        path = Path(name)
        if name in ("", "-") or not path.name:
            raise UsageProblem(f"--failed: {name!r} is not a file")
        if os.path.lexists(path):
            # It may be the input, the ledger, or the lines of an earlier run that nobody has mended yet.
            raise UsageProblem(
                f"--failed: {name} is there already", hint="move it away, or name another file"
            )
        self._file = Unfinished(path)
        self._missing: list[int] = []
        self._more_missing = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, problem: object, trace: object) -> None:
        self._file.__exit__(kind, problem, trace)

    def head(self, header: bytes | None) -> None:
        """The lines are a table's, which begins like this."""
        if header is not None:
            self._file.stream.write(header + b"\n")

    def add(self, done: Iterable[tuple[BatchLine, Item]]) -> None:
        """Keep those of these lines that failed."""
        for line, item in done:
            if not item.failed:
                continue
            if line.raw:
                self._file.stream.write(line.raw + b"\n")
            elif len(self._missing) < _TOLD:
                self._missing.append(line.line)
            else:
                self._more_missing += 1

    def finish(self) -> None:
        """The file takes its name."""
        if not self._file.stream.closed:
            self._file.finish()

    def missing(self) -> str | None:
        """Which of the lines that failed are not in the file, if any."""
        if not self._missing:
            return None
        numbers = ", ".join(map(str, self._missing))
        more = f" and {self._more_missing} more" if self._more_missing else ""
        return f"--failed can't keep lines that are too long: {numbers}{more}"
