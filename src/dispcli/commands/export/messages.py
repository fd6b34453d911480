"""dispcli export messages."""

from dispcli.commands.context import Run
from dispcli.commands.export.options import Exporting, Since
from dispcli.commands.export.writing import ledger_pages, since_when, write_out
from dispcli.core.exports import ExportQuery
from dispcli.render.sheets.exports import MESSAGES


def export_messages(run: Run, exporting: Exporting, since: Since = None) -> None:
    """Export messages.

    Every message of every dispute is a row. With --since: what was recorded since then.
    """
    write_out(run, MESSAGES, exporting, ledger_pages(run, "messages", ExportQuery(since_when(run, since))))
