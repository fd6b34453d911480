"""A batch under way: what it works with, what it has told so far, and how it ends."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from dispcli.commands.batch.leftovers import Leftovers
from dispcli.commands.batch.reading import Lines
from dispcli.commands.context import Run
from dispcli.commands.interrupting import Interruptible
from dispcli.commands.progress import Progress
from dispcli.core.batches import BatchLine, Item, Tally
from dispcli.render.streaming import TABLE_ROWS, Stream, Table
from dispcli.services.batch import Batch

_TOLD = 20


@dataclass
class Session:
    """One batch under way, with everything it needs."""

    run: Run
    name: str
    batch: Batch
    stream: Stream
    interruptible: Interruptible
    progress: Progress
    leftovers: Leftovers | None

    def __post_init__(self) -> None:
        self.tally = Tally()
        self.skipped = 0
        self._read = 0
        self._failures: list[str] = []

    def fresh(self, piece: Lines) -> list[BatchLine]:
        """The lines that an earlier run has not done. Raises Refused if those it has done are others now."""
        bookmark = self.batch.bookmark
        if bookmark is None:
            return piece.lines
        bookmark.require_same(piece.last)
        self._read = max(self._read, piece.last)
        fresh = [line for line in piece.lines if line.line > bookmark.done]
        self.skipped += len(piece.lines) - len(fresh)
        return fresh

    def report(self, lines: Sequence[BatchLine], items: Sequence[Item]) -> None:
        """What became of these lines, which is written already."""
        self.tally.add(items)
        if self.leftovers:
            self.leftovers.add(
                (line, item) for line, item in zip(lines, items, strict=True) if self._counts(line)
            )
        if (room := min(_TOLD, self.tally.failed) - len(self._failures)) > 0:
            failed = (item for item in items if item.failed)
            self._failures += [_failure(self.name, item) for item in islice(failed, room)]
        self.stream.write(items)

    def _counts(self, line: BatchLine) -> bool:
        """Whether the line counts as read; one that is not whole yet is read again by the next run."""
        return self.batch.bookmark is None or line.line <= self._read

    def details(self) -> tuple[str, ...]:
        """The lines that failed, as many as one reads; none where a table shows them."""
        if isinstance(self.stream, Table):
            more = self.tally.failed - TABLE_ROWS
            return (f"and {more} more that failed; -o ndjson has them all",) if more > 0 else ()
        more = self.tally.failed - len(self._failures)
        return (*self._failures, *((f"and {more} more",) if more else ()))

    def finish(self) -> None:
        """The report is whole, and so is the file of what failed.

        There is no such file where it only wants a yes: the same input is fed again, with the same words.
        """
        if self.leftovers and (self.tally.failed or not self.tally.unconfirmed):
            self.leftovers.finish()
        self.progress.stop()
        self.stream.end()

    def break_off(self) -> None:
        """Nothing more is reported. What was, is told in sum, and the file of what failed has it."""
        self.progress.stop()
        if self.tally.lines:
            if self.leftovers:
                self.leftovers.finish()
            self.summarise()

    def summarise(self) -> None:
        """How many lines came to what."""
        voice = self.run.voice
        dry = " (dry run: nothing was written)" if self.batch.dry_run else ""
        before = f"; {self.skipped} were read before, and are left out" if self.skipped else ""
        voice.note(f"{self.tally.told()}{before}{dry}")
        if self.leftovers and (missing := self.leftovers.missing()):
            voice.warn(missing)
        if self.tally.cancelled and not self.batch.dry_run:
            voice.note(
                f"{self.tally.cancelled} cancelled here; dispcli can't press the button on the site: "
                "cancel there as well."
            )
            voice.hint("what the site has not shown yet: dispcli dispute list --unseen")


def _failure(name: str, item: Item) -> str:
    return ": ".join(
        filter(None, (f"{name}:{item.line}", item.dispute or item.order or item.op, item.message))
    )
