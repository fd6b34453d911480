"""`python -m bench.run`: measure dispcli against the others in one interleaved run, print the table.

It always ends well when everything could be measured: what misses its target is marked, not failed.
"""

import argparse
import os
import shutil
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random

from bench import contest, data, plain, report, same, stored
from bench.contest import Files, Row
from bench.programs import Programs


def main() -> None:
    """Make the data, look whether all show the same, measure, report."""
    options = _options()
    before = os.getloadavg()[0]
    with _files() as (files, empty):
        programs = Programs(empty)
        rows = contest.rows(programs, files)
        if not options.quick:
            rows.append(contest.growth(programs))
        _require_same(rows)
        times = _measure(rows, options.rounds)
        for path in (files.cancelled, files.plain):
            stored.require_cancelled(path, options.rounds + 1)
    legend = report.legend(contest.OTHERS, options.rounds)
    print(report.ratios(rows, times), report.all_times(rows, times), legend, sep="\n\n")
    print(f"Load average {before:.1f} before, {os.getloadavg()[0]:.1f} after.")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.run", description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, metavar="N", help="rounds to measure; 15, quick 3")
    parser.add_argument("--quick", action="store_true", help="few rounds, without the million orders")
    options = parser.parse_args()
    if options.rounds is None:
        options.rounds = 3 if options.quick else 15
    most = data.disputes(contest.ORDERS) - 1
    if not 1 <= options.rounds <= most:
        parser.error(f"--rounds: 1 to {most}, because every round cancels a dispute")
    return options


@contextmanager
def _files() -> Iterator[tuple[Files, Path]]:
    """The files of a run and an empty folder; what is changed lies on the same disk as what is read."""
    ledger = data.ledger(contest.ORDERS)
    with tempfile.TemporaryDirectory(prefix="scratch-", dir=data.home(ledger).parent) as name:
        scratch = Path(name)
        files = Files(ledger, data.location(scratch / "home"), scratch / "naive.db")
        files.cancelled.parent.mkdir(parents=True)
        shutil.copy2(ledger, files.cancelled)
        plain.copy(ledger, files.plain)
        (empty := scratch / "empty").mkdir()
        yield files, empty


def _require_same(rows: Sequence[Row]) -> None:
    listed_piped, listed_on_a_terminal, shown = rows[1:4]
    same.require_same_orders(listed_piped)
    same.require_same_orders(listed_on_a_terminal)
    same.require_same_dispute(shown)


def _measure(rows: Sequence[Row], rounds: int) -> report.Times:
    """One run of everybody a round, row by row, in a changing order; the first round only warms up."""
    times: dict[tuple[str, str], list[float]] = defaultdict(list)
    order = Random(1)
    for turn in range(1, rounds + 2):
        print(f"round {turn - 1} of {rounds}", file=sys.stderr)
        for row in rows:
            contenders = [("dispcli", row.dispcli), *row.others.items()]
            order.shuffle(contenders)
            for key, contender in contenders:
                ran = contender.run(row.way, turn)
                if turn > 1:
                    times[row.title, key].append(ran.seconds)
    return times


if __name__ == "__main__":
    main()
