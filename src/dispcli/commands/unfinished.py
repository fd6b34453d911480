"""A file that is there, whole, once it is finished, and not at all before."""

import errno
import os
from pathlib import Path
from typing import BinaryIO, Self, cast

from dispcli.errors import DispcliError, LedgerTrouble, UsageProblem

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


class Unfinished:
    """Takes bytes in `stream`, beside `path`; `finish` gives it that name. Without it nothing is left behind.

    Raises UsageProblem where none can have that name, LedgerTrouble where none can be written.
    """

    def __init__(self, path: Path) -> None:
        from tempfile import NamedTemporaryFile

        self._path = path
        try:
            made = NamedTemporaryFile(  # noqa: SIM115  (__exit__ closes it)
                prefix=f".{path.name}.", dir=path.parent, delete=False
            )
        except OSError as problem:
            raise unwritten(path, problem) from None
        self.stream = cast(BinaryIO, made)
        self._beside = Path(made.name)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _kind: object, problem: object, _trace: object) -> None:
        try:
            self.stream.close()  # which fails on a full disk, where something still had to be written
        except OSError as last:
            problem = problem or last
        finally:
            self._beside.unlink(missing_ok=True)
        if isinstance(problem, OSError) and problem.errno in FULL and problem.filename is None:
            raise unwritten(self._path, problem) from None

    def finish(self) -> None:
        """The file takes its name, in place of one that has it."""
        try:
            self.stream.flush()
            os.fsync(self.stream.fileno())
            self.stream.close()
            self._beside.replace(self._path)
        except OSError as problem:
            raise unwritten(self._path, problem) from None
