"""dispcli export orders."""

from dispcli.commands.context import Run
from dispcli.commands.export.options import Exporting, Since
from dispcli.commands.export.writing import ledger_pages, since_when, write_out
from dispcli.commands.filtering import order_terms
from dispcli.commands.options.filtering import Where
from dispcli.core.exports import ExportQuery
from dispcli.render.sheets.exports import LINES


def export_orders(run: Run, exporting: Exporting, since: Since = None, where: Where = None) -> None:
    """Export orders.

    Each line of an order is a row, with what is known about the whole order repeated in it; an order without
    lines is one row. Times are UTC; in XLSX dates are dates and amounts numbers. With --since: the orders
    about which something was recorded since then.
    """
    query = ExportQuery(since_when(run, since), order_terms(run, where))
    write_out(run, LINES, exporting, ledger_pages(run, "orders", query))
