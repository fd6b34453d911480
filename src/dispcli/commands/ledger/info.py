"""dispcli ledger info."""

from dispcli.commands.context import Run
from dispcli.commands.options.single import ShowingOne
from dispcli.core.ledger_info import LedgerInfo
from dispcli.render.documents.ledger import LEDGER


def info(run: Run, showing: ShowingOne) -> None:
    """Show what it holds.

    The files kept as evidence are in a folder beside the ledger: where it is copied or moved by hand, that
    folder goes with it. 'export --all' has both.
    """
    path, folder = str(run.ledger_path), str(run.evidence.folder)
    if run.ledger_is_missing:
        view = LedgerInfo(path, exists=False, size=0, version=None, counts={}, evidence_folder=folder)
    else:
        with run.reading() as ledger:
            with ledger.reading():
                counts = ledger.counts()
                kept = {piece.file.sha256 for piece in ledger.kept_evidence()}
            size = run.ledger_path.stat().st_size
            view = LedgerInfo(path, True, size, ledger.version, counts, folder, len(kept))
    run.output(showing.format).one(LEDGER, view, "ledger")
