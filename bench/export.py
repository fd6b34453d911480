"""`python -m bench.export`: measure the export of orders as CSV in one interleaved run, print the tables.

It always ends well when everything could be measured: what misses its target is marked, not failed.
"""

import csv
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from itertools import zip_longest
from pathlib import Path
from random import Random
from statistics import median
from typing import NamedTuple

from bench import data, report
from bench.measure import piped
from bench.options import rows_and_rounds
from bench.programs import Contender, Programs

DISPCLI, PLAIN = "`export orders`", "a"
OTHERS = {PLAIN: "`bench/plain_csv.py`, sqlite3 and csv.writer with the same query"}
MOST_OF_PLAIN = 2.0
MOST_MB = 60

_LINES_AN_ORDER = 2
_STOPWATCH = (sys.executable, "-I", "-S", str(Path(__file__).with_name("stopwatch.py")), os.devnull)
_AMOUNTS = ("total", "unit_price")


class Took(NamedTuple):
    """Seconds, and bytes of memory at most."""

    seconds: float
    peak: int


Turns = Mapping[str, Sequence[Took]]


def main() -> None:
    """Make the data, measure, report."""
    about = __doc__.partition("\n")[0]
    options = rows_and_rounds("bench.export", about, of="lines of orders", quick=200_000)
    before = os.getloadavg()[0]
    ledger = data.ledger(options.rows // _LINES_AN_ORDER)
    with tempfile.TemporaryDirectory(prefix="scratch-", dir=data.home(ledger).parent) as name:
        targets = {DISPCLI: Path(name) / "dispcli.csv", PLAIN: Path(name) / "plain.csv"}
        (empty := Path(name) / "empty").mkdir()
        turns = _measure(_entrants(Programs(empty), ledger, targets), targets, options.rounds)
        rows = _require_same(targets)
    print(_told(rows, turns), report.legend(OTHERS, options.rounds), sep="\n\n")
    print(f"Load average {before:.1f} before, {os.getloadavg()[0]:.1f} after.")


def _entrants(programs: Programs, ledger: Path, targets: Mapping[str, Path]) -> dict[str, Contender]:
    own, plain = (str(targets[who]) for who in (DISPCLI, PLAIN))
    return {
        DISPCLI: programs.dispcli(data.home(ledger), "export", "orders", "--output", own),
        PLAIN: programs.module("plain_csv", str(ledger), plain),
    }


def _measure(entrants: Mapping[str, Contender], targets: Mapping[str, Path], rounds: int) -> Turns:
    """Everybody once a round, in a changing order; the first round only warms up."""
    turns: dict[str, list[Took]] = {who: [] for who in entrants}
    order = Random(1)
    for turn in range(rounds + 1):
        print(f"round {turn} of {rounds}", file=sys.stderr)
        for who in order.sample(list(entrants), len(entrants)):
            targets[who].unlink(missing_ok=True)
            turns[who].append(_take_turn(entrants[who]))
    return {who: took[1:] for who, took in turns.items()}


def _take_turn(contender: Contender) -> Took:
    ran = piped([*_STOPWATCH, *contender.argv], contender.env, contender.folder)
    seconds, peak = ran.output.split()[-2:]
    return Took(float(seconds), int(peak))


def _require_same(targets: Mapping[str, Path]) -> int:
    """How many rows both have written, the same apart from how amounts are told. Raises RuntimeError."""
    with targets[DISPCLI].open(newline="") as own, targets[PLAIN].open(newline="") as plain:
        rows = csv.reader(own)
        places = [place for place, name in enumerate(next(rows)) if name not in _AMOUNTS]
        others = csv.reader(plain)
        next(others)
        count = 0
        for row, other in zip_longest(rows, others, fillvalue=()):
            if len(row) != len(other) or any(row[place] != other[place] for place in places):
                raise RuntimeError(f"row {count + 1} differs:\n{row}\n{other}")
            count += 1
    return count


def _told(rows: int, turns: Turns) -> str:
    own, plain = ([took.seconds for took in turns[who]] for who in (DISPCLI, PLAIN))
    peak = max(took.peak for took in turns[DISPCLI]) / 1_000_000
    reached = report.ratio(own, plain) <= MOST_OF_PLAIN and peak <= MOST_MB
    row = [
        DISPCLI,
        f"{median(own):.2f} ({min(own):.2f})",
        f"{median(plain):.2f} ({min(plain):.2f})",
        report.compared(own, plain, MOST_OF_PLAIN),
        f"{peak:.0f} {report.mark(peak, MOST_MB)}",
        report.told(reached),
    ]
    heads = [f"{rows:,} rows as CSV", "median s (min)", "(a) s", f"× {PLAIN}", "peak MB", "reached"]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (heads, ["---"] * len(heads), row))


if __name__ == "__main__":
    main()
