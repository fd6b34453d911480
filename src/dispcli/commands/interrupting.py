"""Ctrl-C ends a batch where it does no harm: after the chunk that is under way."""

import signal
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, Self, TypeVar

T = TypeVar("T")


class Interruptible:
    """Within it the first Ctrl-C only sets `asked`; the second, or one while it waits, ends it at once."""

    def __init__(self) -> None:
        self.asked = False
        self._waiting = False
        self._before: Any = None

    def __enter__(self) -> Self:
        self._before = signal.getsignal(signal.SIGINT)
        if self._before is not signal.SIG_IGN:  # started with nohup, or behind the shell's back
            signal.signal(signal.SIGINT, self._interrupted)
        return self

    def __exit__(self, *_: object) -> None:
        signal.signal(signal.SIGINT, self._before)

    def _interrupted(self, _signal: int, _frame: FrameType | None) -> None:
        if self._waiting or self.asked:
            raise KeyboardInterrupt
        self.asked = True

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Nothing is under way: Ctrl-C ends it at once. Raises KeyboardInterrupt."""
        self._waiting = True
        try:
            yield
        finally:
            self._waiting = False

    def each(self, chunks: Iterable[T]) -> Iterator[T]:
        """The chunks until Ctrl-C; waiting for the next one may be interrupted at any moment."""
        source = iter(chunks)
        while True:
            try:
                with self.waiting():
                    chunk = None if self.asked else next(source, None)
            except KeyboardInterrupt:
                self.asked = True
                return
            if chunk is None:
                return
            yield chunk
