"""How files are read, and what a wrong row does."""

from typing import Annotated

import typer

from dispcli.commands.options.writing import DryRun
from dispcli.errors import UsageProblem
from dispcli.formats.registry import names
from dispcli.namedtuples import NamedTuple


class Importing(NamedTuple):
    """How files are read, and what a wrong row does."""

    format: Annotated[
        str | None, typer.Option("--format", metavar="NAME", help="Read it as this format, whatever it is.")
    ] = None
    map: Annotated[
        str | None,
        typer.Option("--map", metavar="FILE.toml", help="Read tables as this file explains their columns."),
    ] = None
    currency: Annotated[
        str | None, typer.Option("--currency", metavar="CODE", help="For files that name none.")
    ] = None
    order: Annotated[
        str | None, typer.Option("--order", metavar="NUMBER", help="For a file that leaves its order out.")
    ] = None
    date_order: Annotated[
        str | None, typer.Option("--date-order", metavar="dmy|mdy|ymd", help="Where the days don't tell it.")
    ] = None
    dry_run: DryRun = False
    keep_going: Annotated[
        bool, typer.Option("--keep-going", help="Leave wrong rows out; else one stops all.")
    ] = False

    def require_sense(self) -> None:
        """Raises UsageProblem for a word that can't be meant."""
        if self.format is not None and self.format not in names():
            raise UsageProblem(f"--format: no format {self.format!r}", hint=f"formats: {', '.join(names())}")
        code = self.currency
        if code is not None and not (len(code) == 3 and code.isascii() and code.isupper()):
            raise UsageProblem(
                f"--currency: not a currency code: {code!r} (three capital letters, as in USD)"
            )
        if self.date_order not in (None, "dmy", "mdy", "ymd"):
            raise UsageProblem(f"--date-order: {self.date_order!r} is none of dmy, mdy, ymd")
