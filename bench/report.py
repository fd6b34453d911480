"""The measured times as Markdown: ratios in one table, times in another."""

import os
import platform
import sqlite3
from collections.abc import Mapping, Sequence
from statistics import median

from bench.contest import OTHERS, Row

Times = Mapping[tuple[str, str], Sequence[float]]
"""Seconds of every turn, by row title and column (`dispcli` or the key of another)."""


def ratios(rows: Sequence[Row], times: Times) -> str:
    """A row for each command: how long it took, how often the others' time, and what it should reach."""
    lines = ["| | median ms (min) | × a | × b | × c | × other | reached |", "|---|---|---|---|---|---|---|"]
    for row in rows:
        cells = [_cell(row, key, times) for key in OTHERS]
        further = [f"{key}: {_cell(row, key, times)}" for key in row.others if key not in OTHERS]
        own = times[row.title, "dispcli"]
        reached = all(ratio(own, times[row.title, key]) <= most for key, most in row.targets.items())
        words = [row.title, _milliseconds(own), *cells, ", ".join(further), told(reached)]
        lines.append(f"| {' | '.join(words)} |")
    return "\n".join(lines)


def _cell(row: Row, key: str, times: Times) -> str:
    if key not in row.others:
        return ""
    return compared(times[row.title, "dispcli"], times[row.title, key], row.targets.get(key))


def compared(own: Sequence[float], other: Sequence[float], most: float | None = None) -> str:
    """The ratio, in brackets that of the fastest turns, and whether it is at most what it should be."""
    found = ratio(own, other)
    text = f"{found:.2f} ({min(own) / min(other):.2f})"
    return text if most is None else f"{text} {mark(found, most)}"


def ratio(own: Sequence[float], other: Sequence[float]) -> float:
    """Median by median."""
    return median(own) / median(other)


def mark(found: float, most: float) -> str:
    """Whether a target is reached."""
    return f"{'✓' if found <= most else '✗'} ≤ {most}"


def told(reached: bool) -> str:
    """The last word of a row."""
    return "yes" if reached else "**no**"


def all_times(rows: Sequence[Row], times: Times) -> str:
    """Every program's time in every row."""
    keys = ["dispcli", *dict.fromkeys(key for row in rows for key in row.others)]
    lines = [f"| median ms (min) | {' | '.join(keys)} |", "|---" * (len(keys) + 1) + "|"]
    for row in rows:
        cells = [_milliseconds(times[row.title, key]) if (row.title, key) in times else "" for key in keys]
        lines.append(f"| {row.title} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _milliseconds(seconds: Sequence[float]) -> str:
    return f"{median(seconds) * 1000:.0f} ({min(seconds) * 1000:.0f})"


def legend(others: Mapping[str, str], rounds: int) -> str:
    """How to read the columns, and what it was measured with."""
    against = "; ".join(f"({key}) {what}" for key, what in others.items())
    return (
        f"Ratios of medians, in brackets of minima. Against {against}. "
        f"{rounds} rounds in one interleaved run, Python {platform.python_version()}, "
        f"SQLite {sqlite3.sqlite_version}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores."
    )
