"""dispcli help environment."""

from dispcli.commands.context import Run
from dispcli.commands.listing import output_of
from dispcli.commands.options.showing import Showing
from dispcli.commands.settings import ENVIRONMENT
from dispcli.render.output import Page
from dispcli.render.sheets.topics import VARIABLES


def environment(run: Run, showing: Showing) -> None:
    """Environment variables."""
    output_of(run, showing).list(VARIABLES, Page(tuple(ENVIRONMENT.items())))
