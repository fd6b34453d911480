"""A story of many days, played from a text that shows what was typed and what came of it.

    # what is told, for the reader
    + orders.csv            a file, with the lines that follow it
    | Order ID,Bought on
    = 2026-08-21            a day: the clock goes on day by day, and what changes on each is written down
    $ dispute show D1       a command at nine o'clock of that day (UTC)
      what it wrote
      ! what it wrote to stderr
      (exit code 4)

Everything that begins with two blanks is written by playing the story; the rest is the story.
"""

import shlex
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from tests.cli.harness import Cli

WRITTEN = "  "
_MORNING = time(9, tzinfo=UTC)

Watch = Callable[[Cli], frozenset[str]]
"""What can be seen on a day, a line each; what appears and what goes is written down."""


def play(cli: Cli, story: str, watch: Watch) -> str:
    """The story with what it really writes."""
    return "".join(f"{line}\n" for line in _played(cli, story, watch))


def _played(cli: Cli, story: str, watch: Watch) -> Iterator[str]:
    last: date | None = None
    seen: frozenset[str] = frozenset()
    file: Path | None = None
    for line in story.splitlines():
        if line.startswith(WRITTEN):
            continue
        yield line
        mark, _, rest = line.partition(" ")
        if mark == "+":
            file = cli.home.parent / rest
            file.write_text("", encoding="utf-8")
        elif mark == "|" and file is not None:
            with file.open("a", encoding="utf-8") as out:
                out.write(f"{rest}\n")
        elif mark == "=":
            for day in _days(last, date.fromisoformat(rest)):
                cli.env["DISPCLI_NOW"] = f"{datetime.combine(day, _MORNING):%Y-%m-%dT%H:%M:%SZ}"
                now = watch(cli)
                yield from (f"{WRITTEN}{day:%m-%d} {change}" for change in _changes(seen, now))
                seen, last = now, day
        elif mark == "$":
            yield from _written(cli, rest)


def _days(last: date | None, until: date) -> Iterator[date]:
    """Every day after the last one; the first day of all alone."""
    day = until if last is None else last + timedelta(days=1)
    while day <= until:
        yield day
        day += timedelta(days=1)


def _changes(before: frozenset[str], now: frozenset[str]) -> Iterator[str]:
    yield from (f"- {line}" for line in sorted(before - now))
    yield from (f"+ {line}" for line in sorted(now - before))


def _written(cli: Cli, words: str) -> Iterator[str]:
    folder = f"{cli.home.parent}/"
    result = cli.run(*(word.replace("./", folder) for word in shlex.split(words)))
    for stream, mark in ((result.stdout, ""), (result.stderr, "! ")):
        for line in stream.replace(folder, "").splitlines():
            yield f"{WRITTEN}{mark}{line}".rstrip()
    if result.code:
        yield f"{WRITTEN}(exit code {result.code})"
