"""How one thing shown whole is written."""

from typing import Annotated

import typer

from dispcli.commands.options.showing import Showing
from dispcli.namedtuples import NamedTuple


class ShowingOne(NamedTuple):
    """How one thing shown whole is written."""

    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FORMAT", help="table, tsv or json.")
    ] = None
    json: Annotated[bool, typer.Option("--json", help="Short for --output json.")] = False

    @property
    def format(self) -> str | None:
        """The format asked for. Raises UsageProblem when two are."""
        return Showing(self.output, self.json).format
