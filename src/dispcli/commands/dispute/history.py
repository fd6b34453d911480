"""dispcli dispute history."""

from dispcli.commands.context import Run
from dispcli.commands.listing import output_of
from dispcli.commands.options import Narrowing, OneOrder, Showing
from dispcli.commands.targeting import need_ledger, targets_of
from dispcli.render.output import Page
from dispcli.render.sheets.history import EVENTS
from dispcli.services.targets import find_disputes
from dispcli.services.views import load_case


def history(run: Run, order: OneOrder, narrowing: Narrowing, showing: Showing) -> None:
    """Show the history."""
    need_ledger(run, order)
    with run.reading() as ledger:
        case = load_case(ledger, find_disputes(ledger, targets_of(run, [order], narrowing))[0])
    output_of(run, showing).list(EVENTS, Page(case.history))
