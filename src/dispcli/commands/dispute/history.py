"""dispcli dispute history."""

from dispcli.commands.context import Run
from dispcli.commands.listing import output_of
from dispcli.commands.options import Narrowing, OneOrder, Showing
from dispcli.commands.targeting import find_disputes, need_ledger
from dispcli.render.output import Page
from dispcli.render.sheets import EVENTS
from dispcli.services.views import load_case


def history(run: Run, order: OneOrder, narrowing: Narrowing, showing: Showing) -> None:
    """Show the history."""
    need_ledger(run, order)
    with run.reading() as ledger:
        case = load_case(ledger, find_disputes(run, ledger, [order], narrowing)[0])
    output_of(run, showing).list(EVENTS, Page(case.history))
