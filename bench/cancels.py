"""Who cancels every dispute, and how one turn of it goes: in a fresh copy, under the stopwatch, looked at."""

import os
import shutil
import sys
from pathlib import Path
from typing import NamedTuple

from bench import data, stored
from bench.measure import piped
from bench.programs import Contender, Programs

LOOP, TWO_STEPS, FLOOR = "a", "b", "c"
WHOLE, KEEP_GOING = "`batch --yes`", "`batch --yes --keep-going`"
REPEATED = 3

OTHERS = {
    LOOP: "`bench/loop.py`, one history row and one update for each cancel",
    TWO_STEPS: "the same loop with the two of each that dispcli records",
    FLOOR: "`bench/floor.py`, only the INSERT of the same events with the ledger's triggers",
}

_STOPWATCH = (sys.executable, "-I", "-S", str(Path(__file__).with_name("stopwatch.py")))


class Files(NamedTuple):
    """What the programs are given: `work` is where each finds its own copy of `ledger` or `bare`."""

    items: int
    ledger: Path
    bare: Path
    events: Path
    numbers: Path
    lines: Path
    repeated: Path
    work: Path
    output: Path


class Entrant(NamedTuple):
    """A program, the database it gets a copy of, and how many lines it prints; `tells`: its own seconds."""

    database: Path
    contender: Contender
    prints: int = 0
    tells: bool = False


class Took(NamedTuple):
    """Seconds, and bytes of memory at most."""

    seconds: float
    peak: int


def entrants(programs: Programs, files: Files) -> dict[str, Entrant]:
    """Everybody who is measured in every round."""
    work, numbers, events = str(files.work), str(files.numbers), str(files.events)
    two_steps = programs.module("loop", work, numbers, "request-and-confirm")
    return {
        WHOLE: _dispcli(programs, files, files.lines),
        KEEP_GOING: _dispcli(programs, files, files.lines, "--keep-going"),
        LOOP: Entrant(files.bare, programs.module("loop", work, numbers, "cancel")),
        TWO_STEPS: Entrant(files.bare, two_steps),
        FLOOR: Entrant(files.ledger, programs.module("floor", work, events), prints=1, tells=True),
    }


def repeated(programs: Programs, files: Files) -> Entrant:
    """The same cancels several times over, which changes nothing after the first."""
    entrant = _dispcli(programs, files, files.repeated, "--keep-going")
    return entrant._replace(prints=REPEATED * files.items)


def _dispcli(programs: Programs, files: Files, lines: Path, *words: str) -> Entrant:
    batch = programs.dispcli(data.home(files.work), "batch", str(lines), "--yes", *words)
    return Entrant(files.ledger, batch, prints=files.items)


def take_turn(entrant: Entrant, files: Files) -> Took:
    """One run. Raises RuntimeError unless it ended well, cancelled everything and reported every line."""
    _copy(entrant.database, files.work)
    contender = entrant.contender
    ran = piped([*_STOPWATCH, str(files.output), *contender.argv], contender.env, contender.folder)
    seconds, peak = ran.output.split()
    stored.require_cancelled(files.work, files.items)
    printed = files.output.read_text()
    if printed.count("\n") != entrant.prints:
        raise RuntimeError(f"{' '.join(contender.argv)} did not print {entrant.prints} lines")
    return Took(float(printed if entrant.tells else seconds), int(peak))


def _copy(database: Path, work: Path) -> None:
    """A copy in the place of the last one, on the disk already, so that no commit has to wait for it."""
    for left in work.parent.iterdir():
        left.unlink()
    shutil.copyfile(database, work)
    with work.open("rb+") as copied:
        os.fsync(copied.fileno())
