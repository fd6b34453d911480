"""How a result is written."""

from typing import Annotated

import typer

from dispcli.errors import UsageProblem
from dispcli.namedtuples import NamedTuple


class Showing(NamedTuple):
    """How a result is written."""

    output: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="FORMAT", help="table, tsv, csv, json, ndjson or ids."),
    ] = None
    json: Annotated[bool, typer.Option("--json", help="Short for --output json.")] = False
    fields: Annotated[
        str | None, typer.Option("--fields", metavar="A,B", help="Only these fields, in this order.")
    ] = None
    raw: Annotated[bool, typer.Option("--raw", help="CSV cells as they are, formulas too.")] = False

    @property
    def format(self) -> str | None:
        """The format asked for. Raises UsageProblem when two are."""
        if self.json and self.output not in (None, "json"):
            raise UsageProblem(f"--json and --output {self.output} exclude each other")
        return "json" if self.json else self.output
