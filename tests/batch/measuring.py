"""How much memory the program takes at most, as a process of its own."""

import subprocess
import sys
import threading
from collections.abc import Iterable
from typing import NamedTuple

from tests.cli.harness import Cli, command

# Between us and the program stands a small process: what runs in a new process begins with the memory
# of the one that made it, and that counts as its own.
_MEASURE = """
import os, subprocess, sys
process = subprocess.Popen(sys.argv[2:])
_, status, usage = os.wait4(process.pid, 0)
process.returncode = os.waitstatus_to_exitcode(status)
with open(sys.argv[1], "w") as file:
    file.write(f"{process.returncode} {usage.ru_maxrss}")
"""


class Measured(NamedTuple):
    """How a run ended, its most memory in MiB, and what it wrote."""

    code: int
    mebibytes: float
    stdout: bytes
    stderr: str


def measured(cli: Cli, *args: str, stdin: Iterable[bytes] = ()) -> Measured:
    """Run the program on an input that is made piece by piece."""
    noted = cli.home.parent / "measured"
    with subprocess.Popen(
        [sys.executable, "-c", _MEASURE, str(noted), *command(*args)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=cli.env,
        cwd=cli.home,
    ) as process:
        feeder = threading.Thread(target=_feed, args=(process, stdin))
        feeder.start()
        errors: list[bytes] = []
        reader = threading.Thread(target=lambda: errors.append(process.stderr.read()))
        reader.start()
        out = process.stdout.read()
        for thread in (feeder, reader):
            thread.join()
    code, kibibytes = noted.read_text().split()
    noted.unlink()
    return Measured(int(code), int(kibibytes) / 1024, out, errors[0].decode())


def _feed(process: "subprocess.Popen[bytes]", pieces: Iterable[bytes]) -> None:
    try:
        for piece in pieces:
            process.stdin.write(piece)
        process.stdin.close()
    except BrokenPipeError:
        pass
