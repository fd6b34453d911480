"""A file that is there, whole, once it is finished, and not at all before."""

import os
from pathlib import Path
from typing import BinaryIO, Self, cast

from dispcli.errors import UsageProblem


class Unfinished:
    """Takes bytes in `stream`, beside `path`; `finish` gives it that name. Without it nothing is left behind.

    Raises UsageProblem where no file can be made there, or none can take that name.
    """

    def __init__(self, path: Path) -> None:
        from tempfile import NamedTemporaryFile

        self._path = path
        try:
            made = NamedTemporaryFile(  # noqa: SIM115  (__exit__ closes it)
                prefix=f".{path.name}.", dir=path.parent, delete=False
            )
        except OSError as problem:
            raise self._problem(problem) from None
        self.stream = cast(BinaryIO, made)
        self._beside = Path(made.name)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self.stream.close()  # which fails on a full disk, where something still had to be written
        finally:
            self._beside.unlink(missing_ok=True)

    def finish(self) -> None:
        """The file takes its name, in place of one that has it."""
        self.stream.flush()
        os.fsync(self.stream.fileno())
        self.stream.close()
        try:
            self._beside.replace(self._path)
        except OSError as problem:
            raise self._problem(problem) from None

    def _problem(self, problem: OSError) -> UsageProblem:
        return UsageProblem(f"can't write {self._path}: {problem.strerror}")
