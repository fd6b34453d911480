"""dispcli ledger conflicts."""

from dispcli.commands.context import Run
from dispcli.commands.listing import output_of, show_nothing
from dispcli.commands.options.showing import Showing
from dispcli.render.output import Page
from dispcli.render.sheets.disputes import CONFLICTS


def conflicts(run: Run, showing: Showing) -> None:
    """List the final disputes that an import contradicts.

    Nothing final is ever changed by an import. If the record is right, 'dispcli dispute uphold ORDER' settles
    it; if the site is, 'dispcli dispute open ORDER --replaces D12' records it anew.
    """
    output = output_of(run, showing)
    if run.ledger_is_missing:
        show_nothing(run, output, CONFLICTS)
        return
    with run.lists() as reader, reader.reading():
        found = reader.conflicts()
    output.list(CONFLICTS, Page(found))
