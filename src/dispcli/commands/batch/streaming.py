"""A batch whose lines are done as they come."""

from collections.abc import Iterator

from dispcli.commands.batch.reading import Lines
from dispcli.commands.batch.session import Session
from dispcli.errors import INTERRUPTED, PARTLY_DONE, ConfirmationNeeded, LedgerTrouble


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
    except KeyboardInterrupt:
        session.stream.end()
        session.break_off()
        raise KeyboardInterrupt(*_so_far(session, "interrupted")) from None
    except BaseException as problem:
        if not isinstance(problem, OSError):
            session.stream.end()
        if isinstance(problem, LedgerTrouble) and session.tally.lines:
            problem.message = problem.message.removesuffix("; nothing was changed")
        _tell_how_far(session, "stopped")
        raise
    return _ended(session)


def _tell_how_far(session: Session, why: str) -> None:
    for told in _so_far(session, why):
        session.run.voice.note(told)
    session.break_off()


def _so_far(session: Session, why: str) -> Iterator[str]:
    """What is done stays done, however it ended."""
    if session.tally.lines:
        what = "was looked at" if session.batch.dry_run else "is recorded"
        yield f"{why}; everything up to line {session.tally.last_line} {what}"


def _ended(session: Session) -> int:
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
