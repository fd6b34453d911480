"""Where an export goes: a file that is there whole or not at all, or standard output once all is read."""

import shutil
import stat
import tempfile
from contextlib import ExitStack
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO, Self, cast

from dispcli.commands.context import STANDARD_INPUT, Run
from dispcli.commands.unfinished import Unfinished
from dispcli.errors import UsageProblem
from dispcli.render.console import is_terminal
from dispcli.render.inert import visible

_AT_ONCE = 256 * 1024


class Destination:
    """Takes bytes in `stream`; `finish` delivers them. Without it nothing is left behind.

    Standard output gets everything at the end. As long as the ledger is read nobody can write to it, and a
    pager at the other end of a pipe may read for hours.
    """

    stream: BinaryIO

    def __init__(self, run: Run, file: str | None, *, force: bool, binary: bool) -> None:
        self._run = run
        self._begun = False
        self._path = None if file is None or file == STANDARD_INPUT else Path(file)
        self._binary = binary
        self._stack = ExitStack()
        if self._path is None and binary and is_terminal(run.streams.stdout):
            raise UsageProblem("this is not text for a terminal", hint="write it into a file, or into a pipe")
        if self._path is not None:
            _require_free(self._path, run.ledger_path, force=force)

    def __enter__(self) -> Self:
        if self._path is None:
            self.stream = cast(BinaryIO, self._stack.enter_context(tempfile.TemporaryFile()))
            return self
        self._file = self._stack.enter_context(Unfinished(self._path))
        self.stream = self._file.stream
        return self

    def __exit__(self, _kind: object, problem: object, _trace: object) -> None:
        self._stack.close()
        if isinstance(problem, KeyboardInterrupt) and self._begun:
            raise KeyboardInterrupt("interrupted; not all of the output was written") from None

    def finish(self) -> None:
        """The file takes its name; or all is printed."""
        if self._path is None:
            self._print()
        else:
            self._file.finish()

    def _print(self) -> None:
        out = self._run.streams.stdout
        self._begun = True
        self.stream.flush()
        self.stream.seek(0)
        if self._binary:
            shutil.copyfileobj(self.stream, out.buffer, _AT_ONCE)
            out.buffer.flush()
            return
        text = TextIOWrapper(self.stream, encoding="utf-8", newline="\n")
        if is_terminal(out):
            out.writelines(_harmless(line) for line in text)
        else:
            shutil.copyfileobj(text, out, _AT_ONCE)
        out.flush()
        text.detach()


_OTHER_ARCHIVES = ("tar", "tgz", "gz", "tbz", "tbz2", "bz2", "txz", "xz", "zst", "7z", "rar", "cab")


def require_zip_name(file: str) -> None:
    """Raises UsageProblem for a name that promises another kind of archive than a ZIP."""
    name, dot, ending = Path(file).name.rpartition(".")
    if dot and ending.lower() in _OTHER_ARCHIVES:
        stem = name.removesuffix(".tar") or "case"
        raise UsageProblem(
            f"{file}: what is written is a ZIP, and the name says .{ending}", hint=f"name it {stem}.zip"
        )


def _harmless(line: str) -> str:
    """A line for a terminal; tabs between its cells stay, and so does the line end of a calendar."""
    return "\t".join(map(visible, line.removesuffix("\n").removesuffix("\r").split("\t"))) + "\n"


def _require_free(path: Path, ledger: Path, *, force: bool) -> None:
    """Raises UsageProblem for what must not, or not without `--force`, be replaced."""
    if not path.name:
        raise UsageProblem(f"{str(path)!r} is no name of a file")
    try:
        found = path.lstat()
    except FileNotFoundError:
        return
    except OSError as problem:
        raise UsageProblem(f"can't write {path}: {problem.strerror}") from None
    if not stat.S_ISREG(found.st_mode):
        raise UsageProblem(f"{path} is not a regular file", hint="name another file")
    if ledger.exists() and path.samefile(ledger):
        raise UsageProblem(f"{path} is the ledger itself", hint="name another file")
    if not force:
        raise UsageProblem(f"{path} is there already", hint="name another file, or replace it with --force")
