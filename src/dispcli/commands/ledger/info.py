"""dispcli ledger info."""

from dispcli.commands.context import Run
from dispcli.commands.options.single import ShowingOne
from dispcli.core.ledger_info import LedgerInfo
from dispcli.render.documents.ledger import LEDGER


def info(run: Run, showing: ShowingOne) -> None:
    """Show what it holds."""
    if run.ledger_is_missing:
        view = LedgerInfo(str(run.ledger_path), exists=False, size=0, version=None, counts={})
    else:
        with run.reading() as ledger:
            with ledger.reading():
                counts = ledger.counts()
            size = run.ledger_path.stat().st_size
            view = LedgerInfo(
                str(run.ledger_path), exists=True, size=size, version=ledger.version, counts=counts
            )
    run.output(showing.format).one(LEDGER, view, "draw_ledger")
