"""What a bar says: of bytes the rate and the time left, of lines how many of how many."""

import io
import os
import re

import pytest

from dispcli.render import bars
from dispcli.render.console import Streams


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def shown(unit: bars.Unit, done: int, total: int | None, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(bars, "_PATIENCE", -1)
    err = Terminal()
    streams = Streams(io.StringIO(), io.StringIO(), err, {**os.environ, "COLUMNS": "120", "TERM": "xterm"})
    bar = bars.Bar(streams, "never", unit)
    bar.at("orders.csv: 10 rows", 0, total)
    bar.at("orders.csv: 20 rows", done, total)
    bar.stop()
    return err.getvalue()


def test_bytes_have_a_rate_and_the_time_that_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    text = shown("bytes", 500_000, 2_000_000, monkeypatch)
    assert "orders.csv: 20 rows" in text
    assert re.search(r"0\.5/2\.0 MB +(\?|[0-9.]+ .?B/s) +[-0-9]:[-0-9]{2}:[-0-9]{2}", text)


def test_lines_are_so_many_of_so_many(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "1,500/20,000" in shown("lines", 1500, 20_000, monkeypatch)


def test_without_a_total_it_only_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    text = shown("lines", 1500, None, monkeypatch)
    assert "1,500" in text
    assert "/" not in text
