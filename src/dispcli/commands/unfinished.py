"""A file that is there, whole, once it is finished, and not at all before."""

import errno
import os
from io import BufferedWriter, FileIO
from pathlib import Path
from typing import TYPE_CHECKING, Self

from dispcli.errors import DispcliError, LedgerTrouble, UsageProblem

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)
"""What writing, and nothing else that is not looked at where it is done, can fail with."""

_NO_PLACE = (errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.ENAMETOOLONG, errno.ELOOP, errno.EINVAL)
"""No file can have that name, whoever tries to write it."""


def unwritten(what: str | Path, problem: OSError) -> DispcliError:
    """What can't be written, and why: UsageProblem for a name, LedgerTrouble for what the system refuses."""
    told = f"can't write {what}: {problem.strerror}"
    if problem.errno in _NO_PLACE:
        return UsageProblem(told)
    if problem.errno in FULL:
        return LedgerTrouble(told, hint="make room; what was recorded before that is kept", code="output")
    return LedgerTrouble(told, hint="look at its permissions, or write elsewhere", code="output")


def no_temporary_folder() -> DispcliError | None:
    """What is wrong where no folder takes files that are needed for a while; None where one does."""
    from tempfile import gettempdir

    try:
        gettempdir()
    except FileNotFoundError:
        return LedgerTrouble(
            "there is no folder for temporary files that can be written to",
            hint="set TMPDIR to one that can",
            code="output",
        )
    return None


class _Written(FileIO):
    """Remembers what kept it from being written: what is read meanwhile can fail with the same errors."""

    refusal: OSError | None = None

    def write(self, data: "ReadableBuffer", /) -> int:
        try:
            return super().write(data)
        except OSError as problem:
            self.refusal = problem
            raise


class Unfinished:
    """Takes bytes in `stream`, beside `path`; `finish` gives it that name. Without it nothing is left behind.

    Raises UsageProblem where none can have that name, LedgerTrouble where none can be written.
    """

    def __init__(self, path: Path) -> None:
        from tempfile import mkstemp

        self._path = path
        try:
            descriptor, beside = mkstemp(prefix=f".{path.name}.", dir=path.parent)
        except OSError as problem:
            raise unwritten(path, problem) from None
        self._file = _Written(descriptor, "w")
        self.stream = BufferedWriter(self._file)
        self._beside = Path(beside)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _kind: object, problem: object, _trace: object) -> None:
        refusal = self._file.refusal if isinstance(problem, OSError) else None
        try:
            self.stream.close()  # which fails on a full disk, where something still had to be written
        except OSError as last:
            refusal = last if problem is None else refusal
        finally:
            self._beside.unlink(missing_ok=True)
        if refusal is not None:
            raise unwritten(self._path, refusal) from None

    def finish(self) -> None:
        """The file takes its name, in place of one that has it."""
        try:
            self.stream.flush()
            os.fsync(self.stream.fileno())
            self.stream.close()
            self._beside.replace(self._path)
        except OSError as problem:
            raise unwritten(self._path, problem) from None
