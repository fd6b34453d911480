"""Reads an input as an import does, and says what came of it."""

import io
from pathlib import Path

import pytest

from dispcli.core.new_orders import NewOrder
from dispcli.formats.mapped.mapping import TableMapping
from dispcli.formats.opening import open_input
from dispcli.formats.source import Aside, Asked, Entry, Mistake, Source

SEEN = "2026-11-01T00:00:00Z"
_DATA = Path(__file__).parents[2].parent / "shared" / "data"


def sample(path: str) -> bytes:
    """A sample file of a platform; the test is skipped where there is none."""
    file = _DATA / path
    if not file.exists():
        pytest.skip(f"the sample {path} is not on this machine")
    return file.read_bytes()


class Read:
    """What an input tells: its format, its orders with their lines, its mistakes as `line: message`."""

    def __init__(
        self,
        content: bytes | str,
        mapping: TableMapping | None = None,
        wanted: str | None = None,
        **asked: str,
    ) -> None:
        data = content.encode() if isinstance(content, str) else content
        opened = open_input(Source("file", SEEN, Asked(**asked)), io.BytesIO(data), wanted, mapping)
        told = [one for piece in opened.pieces for one in piece]
        self.format = opened.format
        self.orders = [one.told for one in told if isinstance(one, Entry) and isinstance(one.told, NewOrder)]
        self.lines = [one.line for one in told if isinstance(one, Entry)]
        self.asides = [one for one in told if isinstance(one, Aside)]
        self.mistakes = [f"{one.line}: {one.message}" for one in told if isinstance(one, Mistake)]

    @property
    def order(self) -> NewOrder:
        """The only order there is."""
        assert not self.mistakes, self.mistakes
        assert len(self.orders) == 1
        return self.orders[0]
