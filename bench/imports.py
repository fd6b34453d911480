"""`python -m bench.imports`: measure the import of an order CSV in one interleaved run, print the table.

It always ends well when everything could be measured: what misses its target is marked, not failed.
"""

import csv
import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from random import Random
from statistics import median
from typing import NamedTuple

from bench import data, report
from bench.measure import piped
from bench.options import rows_and_rounds
from bench.programs import Contender, Programs

FIRST, AGAIN, PLAIN = "`import`", "`import`, the same file again", "a"
OTHERS = {PLAIN: "`bench/plain_import.py`, csv.reader and executemany into the same tables, nothing checked"}
MOST_OF_PLAIN = 3.0
MOST_OF_FIRST = 1.0
MOST_MB = 150

_HEADER = (
    "Order Date,Order ID,Title,Qty,Price,Store,Product ID,SKU ID,Attributes,Price Info,Currency,Status,"
    "Product Url,Product Image Url,Store Url,Tags"
)
_LINES_AN_ORDER = 2
_LINES_A_SELLER = 100
_STOPWATCH = (sys.executable, "-I", "-S", str(Path(__file__).with_name("stopwatch.py")), os.devnull)


class Took(NamedTuple):
    """Seconds, and bytes of memory at most."""

    seconds: float
    peak: int


Turns = Mapping[str, Sequence[Took]]
Turn = Callable[[], Took]


def main() -> None:
    """Make the file, measure, report."""
    about = __doc__.partition("\n")[0]
    options = rows_and_rounds("bench.imports", about, of="rows of the CSV", quick=100_000)
    before = os.getloadavg()[0]
    data.CACHE.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="scratch-", dir=data.CACHE) as name:
        folder = Path(name)
        table = folder / "orders.csv"
        _write(table, options.rows)
        (folder / "empty").mkdir()
        ledgers = _Ledgers(Programs(folder / "empty"), table, folder)
        turns = _measure(ledgers, options.rounds)
        ledgers.require_same(options.rows)
    print(_told(options.rows, turns), report.legend(OTHERS, options.rounds), sep="\n\n")
    print(f"Load average {before:.1f} before, {os.getloadavg()[0]:.1f} after.")


def _write(table: Path, rows: int) -> None:
    """A file as the browser extension for shoppers saves it, a row a line."""
    with table.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(_HEADER.split(","))
        writer.writerows(map(_row, range(rows)))


def _row(line: int) -> list[str]:
    order, seller = line // _LINES_AN_ORDER, line // _LINES_A_SELLER
    cents = 199 + line * 37 % 5000
    return [
        f"2026-{1 + order % 9:02d}-{1 + order % 28:02d}",
        data.number(order),
        f"LED desk lamp with clamp, dimmable, USB powered, lot {line}",
        str(1 + line % 3),
        f"US ${cents // 100}.{cents % 100:02d}",
        f"Shop {seller} Official Store",
        str(1005000000000000 + line),
        str(12000000000000000 + line),
        "Color: Brass",
        "",
        "USD",
        "Completed",
        f"https://www.aliexpress.com/item/{1005000000000000 + line}.html",
        "",
        f"https://www.aliexpress.com/store/{1100000000 + seller}",
        "",
    ]


class _Ledgers:
    """The ledgers that are filled, and how: empty before each first import."""

    def __init__(self, programs: Programs, table: Path, folder: Path) -> None:
        self._own, self._plain = data.location(folder / "own"), data.location(folder / "plain")
        self._empty = folder / "empty.db"
        for ledger in (self._own, self._plain):
            ledger.parent.mkdir(parents=True)
        self._import = programs.dispcli(data.home(self._own), "import", str(table))
        self._plainly = programs.module("plain_import", str(table), str(self._plain))
        programs.dispcli(folder, "ledger", "init", "--ledger", str(self._empty)).run(piped, 0)

    def turns(self) -> Mapping[str, Turn]:
        """What is measured; a second import follows the first of its round."""
        return {PLAIN: self._into_plain, FIRST: self._first, AGAIN: lambda: _take(self._import)}

    def _first(self) -> Took:
        shutil.copy2(self._empty, self._own)
        return _take(self._import)

    def _into_plain(self) -> Took:
        shutil.copy2(self._empty, self._plain)
        return _take(self._plainly)

    def require_same(self, rows: int) -> None:
        """Both have every row, and the same sellers and orders. Raises RuntimeError."""
        own, plain = (tuple(_content(ledger)) for ledger in (self._own, self._plain))
        if own != plain or own[0] != rows:
            raise RuntimeError(f"not the same: {own} and {plain} for {rows} rows")


def _content(ledger: Path) -> Iterator[int]:
    """How many lines, orders and sellers, and what all lines cost together."""
    with closing(sqlite3.connect(ledger)) as opened:
        for query in (
            "SELECT count(*) FROM order_lines",
            "SELECT count(*) FROM orders",
            "SELECT count(*) FROM sellers",
            "SELECT sum(quantity * unit_minor) FROM order_lines",
        ):
            yield opened.execute(query).fetchone()[0]


def _take(contender: Contender) -> Took:
    ran = piped([*_STOPWATCH, *contender.argv], contender.env, contender.folder)
    seconds, peak = ran.output.split()[-2:]
    return Took(float(seconds), int(peak))


def _measure(ledgers: _Ledgers, rounds: int) -> Turns:
    """Everybody once a round, the plain way before or after; the first round only warms up."""
    entrants = ledgers.turns()
    turns: dict[str, list[Took]] = {who: [] for who in entrants}
    order = Random(1)
    for turn in range(rounds + 1):
        print(f"round {turn} of {rounds}", file=sys.stderr)
        own = [FIRST, AGAIN]
        for who in [PLAIN, *own] if order.random() < 0.5 else [*own, PLAIN]:
            turns[who].append(entrants[who]())
    return {who: took[1:] for who, took in turns.items()}


def _told(rows: int, turns: Turns) -> str:
    heads = [f"{rows:,} rows of CSV", "median s (min)", f"× {PLAIN}", "× first", "peak MB", "reached"]
    lines = [heads, ["---"] * len(heads)]
    lines += [_line(who, turns) for who in (FIRST, AGAIN, PLAIN)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _line(who: str, turns: Turns) -> list[str]:
    own, plain, first = ([took.seconds for took in turns[one]] for one in (who, PLAIN, FIRST))
    peak = max(took.peak for took in turns[who]) / 1_000_000
    seconds = f"{median(own):.2f} ({min(own):.2f})"
    if who == PLAIN:
        return ["(a)", seconds, "", "", f"{peak:.0f}", ""]
    limits = (MOST_OF_PLAIN, None) if who == FIRST else (None, MOST_OF_FIRST)
    reached = peak <= MOST_MB and all(
        limit is None or report.ratio(own, others) <= limit
        for limit, others in zip(limits, (plain, first), strict=True)
    )
    compared = [
        report.compared(own, others, limit) for limit, others in zip(limits, (plain, first), strict=True)
    ]
    return [who, seconds, *compared, f"{peak:.0f} {report.mark(peak, MOST_MB)}", report.told(reached)]


if __name__ == "__main__":
    main()
