"""dispcli ledger init."""

from dispcli.commands.context import Run
from dispcli.errors import LedgerTrouble


def init(run: Run) -> None:
    """Make a new ledger.

    Where --ledger or DISPCLI_LEDGER says, else at the default place.
    """
    path = run.ledger_path
    if path.exists() and path.stat().st_size > 0:
        raise LedgerTrouble(f"there is something at {path} already; nothing was changed")
    with run.new_ledger(path):
        run.output().text(str(path))
    run.voice.note("made a new, empty ledger")
