"""How one run of one program is timed: from before it is started until it has ended and all is read."""

import os
import pty
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from time import perf_counter
from typing import NamedTuple


class Ran(NamedTuple):
    """How long a run took, in seconds, and what it printed."""

    seconds: float
    output: str


Way = Callable[[list[str], Mapping[str, str], Path], Ran]
"""A way to run a program: its words, its environment, its working folder."""


def piped(argv: list[str], env: Mapping[str, str], folder: Path) -> Ran:
    """Standard output into a pipe that is read, nothing to read on standard input."""
    began = perf_counter()
    done = subprocess.run(
        argv, env=env, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    seconds = perf_counter() - began
    require_success(argv, done.returncode, done.stdout + done.stderr)
    return Ran(seconds, done.stdout.decode())


def on_a_terminal(argv: list[str], env: Mapping[str, str], folder: Path) -> Ran:
    """All three streams on a pseudo-terminal that is read."""
    ours, theirs = pty.openpty()
    began = perf_counter()
    process = subprocess.Popen(argv, env=env, cwd=folder, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    output = _read_all(ours)
    code = process.wait()
    seconds = perf_counter() - began
    os.close(ours)
    require_success(argv, code, output)
    return Ran(seconds, output.decode())


def _read_all(terminal: int) -> bytes:
    """Everything until the last program has let go, which Linux tells as an error."""
    read = bytearray()
    while True:
        try:
            part = os.read(terminal, 65536)
        except OSError:
            part = b""
        if not part:
            return bytes(read)
        read += part


def require_success(argv: list[str], code: int, output: bytes) -> None:
    """Raises RuntimeError, with everything the program printed, unless it ended well."""
    if code:
        raise RuntimeError(f"{' '.join(argv)} ended with {code}:\n{output.decode(errors='replace')}")
