"""dispcli export disputes."""

from dispcli.commands.context import Run
from dispcli.commands.export.options import Exporting, Since
from dispcli.commands.export.writing import ledger_pages, since_when, write_out
from dispcli.commands.filtering import dispute_terms
from dispcli.commands.options.filtering import Where
from dispcli.core.exports import ExportQuery
from dispcli.render.sheets.disputes import DISPUTES


def export_disputes(run: Run, exporting: Exporting, since: Since = None, where: Where = None) -> None:
    """Export disputes.

    Every dispute as it stands is a row, closed ones too, the oldest first. With --since: those that moved
    since then.
    """
    query = ExportQuery(since_when(run, since), dispute_terms(run, where))
    write_out(run, DISPUTES, exporting, ledger_pages(run, "disputes", query))
