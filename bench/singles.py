"""Single cancels, a process each, started two at a time."""

import subprocess
from pathlib import Path
from time import perf_counter

from bench import data
from bench.measure import require_success
from bench.programs import Contender, Programs

DISPCLI, NAIVE = "dispcli", "naive"

_XARGS = ("xargs", "-P2", "-I{}")
"""One command for each line, as with -n1, but it says where in the command the line goes."""


def entrants(programs: Programs, cancelled: Path, plain: Path) -> dict[str, Contender]:
    """dispcli on a ledger, the naive program on its plain tables; `{}` is the dispute."""
    words = ("dispute", "cancel", "D{}", "--reason", "received-ok", "--yes")
    return {
        DISPCLI: programs.dispcli(data.home(cancelled), *words),
        NAIVE: programs.naive(plain, "cancel", "{}", "received-ok", "--yes"),
    }


def take_turn(contender: Contender, disputes: range) -> float:
    """The seconds in which these disputes are cancelled."""
    argv = [*_XARGS, *contender.argv]
    ids = "".join(f"{dispute}\n" for dispute in disputes)
    began = perf_counter()
    done = subprocess.run(
        argv,
        env=contender.env,
        cwd=contender.folder,
        input=ids.encode(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=False,
    )
    seconds = perf_counter() - began
    require_success(argv, done.returncode, done.stderr)
    return seconds
