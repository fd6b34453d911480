"""dispcli export history."""

from dispcli.commands.context import Run
from dispcli.commands.export.options import Exporting, Since
from dispcli.commands.export.writing import ledger_pages, since_when, write_out
from dispcli.core.exports import ExportQuery
from dispcli.render.sheets.exports import HISTORY


def export_history(run: Run, exporting: Exporting, since: Since = None) -> None:
    """Export history.

    Every recorded step of every dispute is a row: who, when, why. With --since: what was recorded since then.
    """
    write_out(run, HISTORY, exporting, ledger_pages(run, "history", ExportQuery(since_when(run, since))))
