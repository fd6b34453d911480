"""The measured times as Markdown: ratios in one table, times in another."""

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
        reached = all(ratio(row, key, times) <= most for key, most in row.targets.items())
        own = _milliseconds(times[row.title, "dispcli"])
        words = [row.title, own, *cells, ", ".join(further), "yes" if reached else "**no**"]
        lines.append(f"| {' | '.join(words)} |")
    return "\n".join(lines)


def ratio(row: Row, key: str, times: Times) -> float:
    """Median by median."""
    return median(times[row.title, "dispcli"]) / median(times[row.title, key])


def _cell(row: Row, key: str, times: Times) -> str:
    if key not in row.others:
        return ""
    found = ratio(row, key, times)
    best = min(times[row.title, "dispcli"]) / min(times[row.title, key])
    told = f"{found:.2f} ({best:.2f})"
    if key not in row.targets:
        return told
    return f"{told} {'✓' if found <= row.targets[key] else '✗'} ≤ {row.targets[key]}"


def all_times(rows: Sequence[Row], times: Times) -> str:
    """Every program's time in every row."""
    keys = ["dispcli", *dict.fromkeys(key for row in rows for key in row.others)]
    lines = [f"| median ms (min) | {' | '.join(keys)} |", "|---" * (len(keys) + 1) + "|"]
    for row in rows:
        told = [_milliseconds(times[row.title, key]) if (row.title, key) in times else "" for key in keys]
        lines.append(f"| {row.title} | {' | '.join(told)} |")
    return "\n".join(lines)


def _milliseconds(seconds: Sequence[float]) -> str:
    return f"{median(seconds) * 1000:.0f} ({min(seconds) * 1000:.0f})"
