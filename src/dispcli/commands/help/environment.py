"""dispcli help environment."""

from dispcli.commands.context import ENVIRONMENT, Run
from dispcli.commands.listing import output_of
from dispcli.commands.options.showing import Showing
from dispcli.render.output import Page
from dispcli.render.sheets.topics import VARIABLES


def environment(run: Run, showing: Showing) -> None:
    """Environment variables."""
    output_of(run, showing).list(VARIABLES, Page(tuple(ENVIRONMENT.items())))
