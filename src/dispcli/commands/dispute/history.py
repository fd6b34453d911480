"""dispcli dispute history."""

from dispcli.commands.context import Run
from dispcli.commands.dispute.case import case_of
from dispcli.commands.listing import output_of
from dispcli.commands.options.showing import Showing
from dispcli.commands.options.targets import Narrowing, OneOrder
from dispcli.render.output import Page
from dispcli.render.sheets.history import EVENTS


def history(run: Run, order: OneOrder, narrowing: Narrowing, showing: Showing) -> None:
    """Show the history."""
    case = case_of(run, order, narrowing)
    output_of(run, showing).list(EVENTS, Page(case.history))
