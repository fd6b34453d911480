"""`python -m bench.batch`: measure batches of cancels in one interleaved run, print the tables.

It always ends well when everything could be measured: what misses its target is marked, not failed.
"""

import argparse
import os
import sys
from pathlib import Path
from random import Random

from bench import batch_files, batch_report, cancels, data, floor, report, singles, stored
from bench.batch_report import Rates, Turns
from bench.cancels import Files, Took
from bench.measure import piped
from bench.programs import Programs

ITEMS_A_SINGLE = 100


def main() -> None:
    """Make the data, measure, report."""
    options = _options()
    before = os.getloadavg()[0]
    with batch_files.made(options.items) as files:
        (empty := files.bare.parent / "empty").mkdir()
        programs = Programs(empty)
        _cancel_once(programs, files)
        portion = options.items // ITEMS_A_SINGLE // options.rounds
        turns, times = _measure(programs, files, options.rounds, portion)
        repeated = cancels.take_turn(cancels.repeated(programs, files), files)
        _require_content(programs, files.work)
    print(
        batch_report.batches(options.items, turns, repeated),
        batch_report.all_times(turns),
        batch_report.rates(portion, times),
        report.legend(cancels.OTHERS, options.rounds),
        sep="\n\n",
    )
    print(f"Load average {before:.1f} before, {os.getloadavg()[0]:.1f} after.")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.batch", description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, metavar="N", help="rounds to measure; 5, quick 2")
    parser.add_argument("--items", type=int, metavar="N", help="cancels in a batch; 100000, quick 10000")
    parser.add_argument("--quick", action="store_true", help="fewer rounds of smaller batches")
    options = parser.parse_args()
    if options.items is None:
        options.items = 10_000 if options.quick else 100_000
    if options.rounds is None:
        options.rounds = 2 if options.quick else 5
    if options.items < 1000:
        parser.error("--items: 1000 or more")
    most = options.items // ITEMS_A_SINGLE
    if not 1 <= options.rounds <= most:
        parser.error(f"--rounds: 1 to {most}, because every round has its share of {most} single cancels")
    return options


def _cancel_once(programs: Programs, files: Files) -> None:
    """Look whether dispcli leaves a sound ledger, and keep its events for those who know them beforehand."""
    cancels.take_turn(cancels.entrants(programs, files)[cancels.WHOLE], files)
    _require_content(programs, files.work)
    floor.keep(files.work, files.events)


def _require_content(programs: Programs, ledger: Path) -> None:
    """`ledger check` finds nothing. Raises RuntimeError."""
    programs.dispcli(data.home(ledger), "ledger", "check").run(piped, 0)


def _measure(programs: Programs, files: Files, rounds: int, portion: int) -> tuple[Turns, Rates]:
    """Everybody once a round, in a changing order; the first round only warms up."""
    many = cancels.entrants(programs, files)
    ledger, plain = batch_files.for_singles(files)
    single = singles.entrants(programs, ledger, plain)
    turns: dict[str, list[Took]] = {who: [] for who in many}
    times: dict[str, list[float]] = {who: [] for who in single}
    order = Random(1)
    for turn in range(rounds + 1):
        print(f"round {turn} of {rounds}", file=sys.stderr)
        for who in order.sample(list(many), len(many)):
            turns[who].append(cancels.take_turn(many[who], files))
        disputes = range(1 + turn * portion, 1 + (turn + 1) * portion)
        for who in order.sample(list(single), len(single)):
            times[who].append(singles.take_turn(single[who], disputes))
    for path in (ledger, plain):
        stored.require_cancelled(path, (rounds + 1) * portion)
    return {who: took[1:] for who, took in turns.items()}, {who: took[1:] for who, took in times.items()}


if __name__ == "__main__":
    main()
