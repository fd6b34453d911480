"""dispcli ledger check."""

from dispcli.commands.context import Run
from dispcli.commands.listing import output_of, show_nothing
from dispcli.commands.options.showing import Showing
from dispcli.render.output import Page
from dispcli.render.sheets.topics import PROBLEMS

PROBLEMS_FOUND = 8


def check(run: Run, showing: Showing) -> int:
    """Check the ledger.

    The file, its schema, every row against its history, every history against the rules. Exit code 8
    when something is wrong; nothing is ever repaired by itself.
    """
    output = output_of(run, showing)
    if run.ledger_is_missing:
        show_nothing(run, output, PROBLEMS)
        return 0
    with run.reading() as ledger, ledger.reading():
        problems = ledger.problems()
        counts = ledger.counts()
    output.list(PROBLEMS, Page(problems))
    if problems:
        run.voice.error(
            f"{len(problems)} problem{'s' if len(problems) > 1 else ''} in {run.ledger_path}",
            "keep a copy of the file as it is before you do anything else",
        )
        return PROBLEMS_FOUND
    run.voice.note(f"{counts['disputes']} disputes follow from {counts['events']} events; all is well")
    return 0
