"""A batch of which all is done or nothing: read, decided, agreed to, written, and only then told."""

from collections.abc import Iterator

from dispcli.commands.batch.reading import Lines
from dispcli.commands.batch.session import Session
from dispcli.core.batches import BatchLine, Item
from dispcli.errors import BadInput, ConfirmationNeeded, Refused
from dispcli.services.batch import none_of

MOST_WHOLE = 1_000_000
"""How many lines are done all or none: they are all held in memory until the last one is decided."""


def run_whole(session: Session, chunks: Iterator[Lines]) -> int:
    """Do all of it or nothing. Raises BadInput, Refused or ConfirmationNeeded when it is nothing.

    The report comes before that too.
    """
    lines, last = _gather(session, chunks)
    items = _carry_out(session, lines, last)
    try:
        session.report(lines, items)
        session.finish()
    except OSError:
        session.break_off()
        raise
    session.summarise()
    _require_done(session)
    return 0


def _require_done(session: Session) -> None:
    tally = session.tally
    if tally.failed and session.leftovers and tally.failed < tally.lines:
        session.run.voice.note("--failed has the lines that can't be done; the others were not done either")
    if tally.failed:
        wrong = f" ({_count(tally.invalid)})" if 0 < tally.invalid < tally.failed else ""
        kind = BadInput if tally.invalid else Refused
        raise kind(
            f"{tally.failed} of {tally.lines} lines can't be done{wrong}; nothing was written",
            hint="--keep-going does the others" if tally.failed < tally.lines else None,
            details=session.details(),
        )
    if tally.unconfirmed:
        raise ConfirmationNeeded(
            f"{tally.unconfirmed} of {tally.lines} lines can't be undone, and nobody can be asked; "
            "nothing was written",
            hint="add --yes to do it without a question",
        )


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
        raise KeyboardInterrupt


def _count(mistakes: int) -> str:
    return f"{mistakes} line{'s are' if mistakes > 1 else ' is'} wrong"
