"""dispcli export agenda."""

from collections.abc import Iterator

from dispcli.commands.agenda.reading import Looking, entries_of, read_agenda
from dispcli.commands.context import Run
from dispcli.commands.export.options import Exporting
from dispcli.commands.export.writing import write_out
from dispcli.core.agenda import Entry
from dispcli.render.sheets.agenda import AGENDA


def export_agenda(run: Run, looking: Looking, exporting: Exporting) -> None:
    """Export the agenda.

    What 'dispcli agenda' shows, a row a thing to do, the most urgent first. A calendar is written by
    'dispcli agenda --ics FILE'.
    """
    write_out(run, AGENDA, exporting, _pages(run, looking))


def _pages(run: Run, looking: Looking) -> Iterator[list[Entry]]:
    if run.ledger_is_missing:
        run.say_empty()
    yield entries_of(read_agenda(run, looking))
