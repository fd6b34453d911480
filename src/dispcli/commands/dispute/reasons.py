"""dispcli dispute reasons."""

from dispcli.commands.context import Run
from dispcli.commands.listing import output_of
from dispcli.commands.options.showing import Showing
from dispcli.core.reasons import CANCEL_REASONS, CLAIM_REASONS
from dispcli.render.output import Page
from dispcli.render.sheets.history import REASONS


def reasons(run: Run, showing: Showing) -> None:
    """List the reasons."""
    rows = [("claim", code, meaning) for code, meaning in CLAIM_REASONS.items()]
    rows += [("cancel", code, meaning) for code, meaning in CANCEL_REASONS.items()]
    output_of(run, showing).list(REASONS, Page(rows))
