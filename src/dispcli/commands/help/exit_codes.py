"""dispcli help exit-codes."""

from dispcli.commands.context import Run
from dispcli.commands.listing import output_of
from dispcli.commands.options.showing import Showing
from dispcli.errors import EXIT_CODES as MEANINGS
from dispcli.render.output import Page
from dispcli.render.sheets.topics import EXIT_CODES


def exit_codes(run: Run, showing: Showing) -> None:
    """Exit codes."""
    output_of(run, showing).list(EXIT_CODES, Page(tuple(MEANINGS.items())))
