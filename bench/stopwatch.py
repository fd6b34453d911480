"""Runs a program with its output into a file; prints how many seconds it took and its peak memory in bytes.

`python -I -S stopwatch.py OUTPUT PROGRAM WORDS...`. It is a small process of its own, because the system
begins a program's peak with that of the process that starts it.
"""

import os
import sys
from time import perf_counter

_UNIT = 1 if sys.platform == "darwin" else 1024


def main() -> None:
    """Ends as the program does."""
    output, *argv = sys.argv[1:]
    streams = [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
    ]
    began = perf_counter()
    process = os.posix_spawn(argv[0], argv, os.environ, file_actions=streams)
    _, status, usage = os.wait4(process, 0)
    print(perf_counter() - began, usage.ru_maxrss * _UNIT)
    sys.exit(os.waitstatus_to_exitcode(status) & 0xFF)


if __name__ == "__main__":
    main()
