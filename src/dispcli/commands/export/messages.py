"""dispcli export messages."""

from dispcli.commands.context import Run
from dispcli.commands.export.options import Exporting
from dispcli.commands.export.writing import since, write_out
from dispcli.core.exports import ExportQuery
from dispcli.render.sheets.exports import MESSAGES


def export_messages(run: Run, exporting: Exporting) -> None:
    """Export messages.

    Every message of every dispute is a row. With --since: what was recorded since then.
    """
    write_out(run, "messages", MESSAGES, exporting, ExportQuery(since(run, exporting)))
