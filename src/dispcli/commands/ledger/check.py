"""dispcli ledger check."""

from dispcli.commands.context import Run
from dispcli.commands.listing import output_of, show_nothing
from dispcli.commands.options.showing import Showing
from dispcli.errors import LedgerTrouble
from dispcli.render.output import Page
from dispcli.render.sheets.topics import PROBLEMS
from dispcli.services.evidence_check import seen_problems


def check(run: Run, showing: Showing) -> None:
    """Check the ledger.

    The file, its schema, every row against its history, every history against the rules. Exit code 8
    when something is wrong; nothing is ever repaired by itself. Files kept as evidence must be there; whether
    they are what they were 'dispute evidence verify' tells.
    """
    output = output_of(run, showing)
    if run.ledger_is_missing:
        show_nothing(run, output, PROBLEMS)
        return
    with run.reading() as ledger:
        with ledger.reading():
            problems = ledger.problems()
            counts = ledger.counts()
        problems += seen_problems(ledger, run.evidence)
    output.list(PROBLEMS, Page(problems))
    if problems:
        raise LedgerTrouble(
            f"{len(problems)} problem{'s' if len(problems) > 1 else ''} in {run.ledger_path}",
            hint="keep a copy of the file as it is before you do anything else",
            code="check-failed",
        )
    disputes, events = counts["disputes"], counts["events"]
    told = "1 dispute follows" if disputes == 1 else f"{disputes} disputes follow"
    run.voice.note(f"{told} from {events} event{'' if events == 1 else 's'}; all is well")
