"""The agenda as a calendar, into a file that is there whole or not at all, or to standard output."""

from collections.abc import Sequence

from dispcli.commands.context import STANDARD_INPUT, Run
from dispcli.commands.export.destination import Destination
from dispcli.core.agenda import Entry
from dispcli.render.calendar import calendar


def write_calendar(run: Run, entries: Sequence[Entry], file: str, *, force: bool) -> None:
    """All of them that have a day.

    Raises UsageProblem where no file can have that name or it must not be replaced, LedgerTrouble where the
    system refuses to write it.
    """
    entries = [entry for entry in entries if not entry.item.deadline.is_open_ended]
    with Destination(run, file, force=force, binary=False) as destination:
        destination.stream.write(calendar(entries, run.now))
        destination.finish()
    if file != STANDARD_INPUT:
        dates = "1 date" if len(entries) == 1 else f"{len(entries)} dates"
        run.voice.note(f"{dates} written to {file}")
