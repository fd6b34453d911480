"""Running a batch, whole or as its lines come: in which order it is decided, written, reported, told."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from dispcli.commands.batch.leftovers import Leftovers
from dispcli.commands.batch.reading import Lines
from dispcli.commands.context import Run
from dispcli.commands.interrupting import Interruptible
from dispcli.commands.progress import Progress
from dispcli.core.batches import BatchLine, Item, Tally
from dispcli.errors import (
    INTERRUPTED,
    PARTLY_DONE,
    BadInput,
    ConfirmationNeeded,
    LedgerTrouble,
    Refused,
)
from dispcli.render.streaming import TABLE_ROWS, Stream, Table
from dispcli.services.batch import Batch, none_of

MOST_WHOLE = 1_000_000
"""How many lines are done all or none: they are all held in memory until the last one is decided."""

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
        self._failures: list[str] = []

    def fresh(self, piece: Lines) -> list[BatchLine]:
        """The lines that an earlier run has not done. Raises Refused if those it has done are others now."""
        bookmark = self.batch.bookmark
        if bookmark is None:
            return piece.lines
        bookmark.require_same(piece.last)
        fresh = [line for line in piece.lines if line.line > bookmark.done]
        self.skipped += len(piece.lines) - len(fresh)
        return fresh

    def report(self, lines: Sequence[BatchLine], items: Sequence[Item]) -> None:
        """What became of these lines, which is written already."""
        self.tally.add(items)
        if self.leftovers:
            self.leftovers.add(lines, items)
        if (room := min(_TOLD, self.tally.failed) - len(self._failures)) > 0:
            failed = (item for item in items if item.failed)
            self._failures += [_failure(self.name, item) for item in islice(failed, room)]
        self.stream.write(items)

    def details(self) -> tuple[str, ...]:
        """The lines that failed, as many as one reads; none where a table shows them."""
        if isinstance(self.stream, Table):
            more = self.tally.failed - TABLE_ROWS
            return (f"and {more} more that failed; -o ndjson has them all",) if more > 0 else ()
        more = self.tally.failed - len(self._failures)
        return (*self._failures, *((f"and {more} more",) if more else ()))

    def finish(self) -> None:
        """The report is whole, and so is the file of what failed."""
        if self.leftovers:
            self.leftovers.finish()
        self.progress.stop()
        self.stream.end()

    def summarise(self) -> None:
        """How many lines came to what."""
        dry = " (dry run: nothing was written)" if self.batch.dry_run else ""
        before = f"; {self.skipped} were read before, and are left out" if self.skipped else ""
        self.run.voice.note(f"{self.tally.told()}{before}{dry}")
        if self.tally.cancelled and not self.batch.dry_run:
            self.run.voice.note(
                f"{self.tally.cancelled} cancelled here; dispcli can't press the button on the site: "
                "cancel there as well."
            )
            self.run.voice.hint("what the site has not shown yet: dispcli dispute list --unseen")


def _failure(name: str, item: Item) -> str:
    return ": ".join(
        filter(None, (f"{name}:{item.line}", item.dispute or item.order or item.op, item.message))
    )


def run_streaming(session: Session, chunks: Iterator[Lines]) -> int:
    """Do what can be done as the lines come; the exit code tells whether that was all."""
    last = 0
    try:
        for piece in session.interruptible.each(chunks):
            last = max(last, piece.last)
            if lines := session.fresh(piece):
                items = session.batch.at(session.run.clock()).chunk(lines, last)
                session.report(lines, items)
                session.progress.at("lines", session.tally.lines)
        if session.batch.bookmark and not session.interruptible.asked:
            session.batch.bookmark.require_whole(last)
        session.finish()
    except BrokenPipeError:
        _tell_how_far(session, "the reader of the output has gone")
        raise
    except BaseException as problem:
        if not isinstance(problem, OSError):
            session.stream.end()
        if isinstance(problem, LedgerTrouble) and session.tally.lines:
            problem.message = problem.message.removesuffix("; nothing was changed")
        _tell_how_far(session, "stopped")
        raise
    return _streamed(session)


def _tell_how_far(session: Session, why: str) -> None:
    """What is done stays done, however it ended."""
    if session.tally.lines:
        what = "was looked at" if session.batch.dry_run else "is recorded"
        session.run.voice.note(f"{why}; everything up to line {session.tally.last_line} {what}")
    _tell_end(session)


def _tell_end(session: Session) -> None:
    session.progress.stop()
    if session.tally.lines:
        if session.leftovers:
            session.leftovers.finish()
        session.summarise()


def _streamed(session: Session) -> int:
    for detail in session.details():
        session.run.voice.detail(detail)
    session.summarise()
    if session.interruptible.asked:
        done = "" if session.batch.dry_run else "; what is told here is done"
        session.run.voice.note(f"interrupted after line {session.tally.last_line}{done}")
        return INTERRUPTED
    if session.tally.unconfirmed:
        session.run.voice.hint("add --yes to do what can't be undone without a question")
        return ConfirmationNeeded.exit_code
    return PARTLY_DONE if session.tally.failed else 0


def run_whole(session: Session, chunks: Iterator[Lines]) -> int:
    """Do all of it or nothing. Raises BadInput or Refused when it is nothing, after the report."""
    lines, last = _gather(session, chunks)
    items = _carry_out(session, lines, last)
    try:
        session.report(lines, items)
        session.finish()
    except OSError:
        _tell_end(session)
        raise
    session.summarise()
    tally = session.tally
    if tally.failed and session.leftovers and tally.failed < tally.lines:
        run = session.run
        run.voice.note("--failed has the lines that can't be done; the others were not done either")
    if tally.failed:
        wrong = f" ({_count(tally.invalid)})" if 0 < tally.invalid < tally.failed else ""
        kind = BadInput if tally.invalid else Refused
        raise kind(
            f"{tally.failed} of {tally.lines} lines can't be done{wrong}; nothing was written",
            hint="--keep-going does the others" if tally.failed < tally.lines else None,
            details=session.details(),
        )
    return 0


def _gather(session: Session, chunks: Iterator[Lines]) -> tuple[list[BatchLine], int]:
    """All the lines, before anything is looked up. Raises BadInput for more than can be held."""
    lines: list[BatchLine] = []
    last = 0
    for piece in session.interruptible.each(chunks):
        lines += session.fresh(piece)
        last = max(last, piece.last)
        session.progress.at("reading", len(lines))
        if len(lines) > MOST_WHOLE:
            raise BadInput(
                f"{session.name}: more than {MOST_WHOLE:,} lines can't be done all or none",
                hint="--keep-going has no limit",
            )
    _stop_if_asked(session)
    if session.batch.bookmark:
        session.batch.bookmark.require_whole(last)
    return lines, last


def _carry_out(session: Session, lines: list[BatchLine], last: int) -> list[Item]:
    def tick(done: int) -> None:
        session.progress.at("deciding", done, len(lines))
        _stop_if_asked(session)

    batch = session.batch
    if any(line.asked is None for line in lines):
        return none_of(batch.decide(lines, tick))
    if not (batch.final or batch.dry_run) and session.run.can_ask:
        items = batch.decide(lines, tick)
        if any(item.final for item in items) and not any(item.failed for item in items):
            from dispcli.commands.asking import approve_batch

            session.progress.stop()
            with session.interruptible.waiting():
                approve_batch(session.run, items)
            return batch._replace(final=True).whole(lines, last, tick, agreed=items)
    return batch.whole(lines, last, tick)


def _stop_if_asked(session: Session) -> None:
    if session.interruptible.asked:
        session.progress.stop()
        session.run.voice.note("interrupted; nothing was written")
        raise KeyboardInterrupt


def _count(mistakes: int) -> str:
    return f"{mistakes} line{'s are' if mistakes > 1 else ' is'} wrong"
