"""What the tests of AliExpress' answers share: reading one as a file is read, and where the real ones lie."""

import io
import json
from pathlib import Path
from typing import Any

import pytest

from dispcli.core.new_orders import NewOrder
from dispcli.core.told import ToldDispute
from dispcli.errors import BadInput
from dispcli.formats.opening import open_input
from dispcli.formats.source import Asked, Entry, Mistake, Source

MODIFIED = "2026-11-20T08:00:00Z"
_SHARED = Path(__file__).parents[4] / "shared" / "data" / "aliexpress"


class Read:
    """What came out of one input: its format, what it tells, and what is wrong with it."""

    def __init__(self, answer: Any, name: str = "answer.json", **asked: str) -> None:
        text = answer if isinstance(answer, str) else json.dumps(answer, indent=1)
        source = Source(name, MODIFIED, Asked(**asked))
        opened = open_input(source, io.BytesIO(text.encode()))
        pieces = [one for piece in opened.pieces for one in piece]
        self.format = opened.format
        self.mistakes = [one for one in pieces if isinstance(one, Mistake)]
        told = [one.told for one in pieces if isinstance(one, Entry)]
        self.told = told
        self.orders = [one for one in told if isinstance(one, NewOrder)]
        self.disputes = [one for one in told if isinstance(one, ToldDispute)]


def refused(answer: Any, **asked: str) -> str:
    """Why an input can't be read at all."""
    with pytest.raises(BadInput) as caught:
        Read(answer, **asked)
    return f"{caught.value.message} {caught.value.hint or ''}"


def real(name: str) -> str:
    """A real answer; the test is skipped where it isn't there."""
    path = _SHARED / name
    if not path.exists():
        pytest.skip(f"{name} is not part of the project; it lies beside it where it was written")
    return path.read_text(encoding="utf-8")
