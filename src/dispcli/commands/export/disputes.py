"""dispcli export disputes."""

from dispcli.commands.context import Run
from dispcli.commands.export.options import Exporting
from dispcli.commands.export.writing import since, write_out
from dispcli.commands.filtering import dispute_terms
from dispcli.commands.options.filtering import Where
from dispcli.core.exports import ExportQuery
from dispcli.render.sheets.disputes import DISPUTES


def export_disputes(run: Run, exporting: Exporting, where: Where = None) -> None:
    """Export disputes.

    Every dispute as it stands is a row, closed ones too, the oldest first. With --since: those that moved
    since then.
    """
    query = ExportQuery(since(run, exporting), dispute_terms(run, where))
    write_out(run, "disputes", DISPUTES, exporting, query)
