"""How a batch is run."""

from typing import Annotated

import typer

from dispcli.commands.options.writing import Yes
from dispcli.errors import UsageProblem
from dispcli.namedtuples import NamedTuple


class Running(NamedTuple):
    """How a batch is run."""

    yes: Yes = False
    dry_run: Annotated[bool, typer.Option("--dry-run", help="The same report; write nothing.")] = False
    keep_going: Annotated[
        bool, typer.Option("--keep-going", help="Line by line, what can be done; else all or nothing.")
    ] = False
    resume: Annotated[
        str | None, typer.Option("--resume", metavar="NAME", help="Go on where the batch of this name ended.")
    ] = None
    failed: Annotated[
        str | None, typer.Option("--failed", metavar="FILE", help="Write the lines that failed there.")
    ] = None

    def require_name(self) -> None:
        """Raises UsageProblem where the batch goes by what is no name."""
        name = self.resume
        if name is not None and not (name.isprintable() and 0 < len(name) <= 128):
            raise UsageProblem(f"--resume: {name[:64]!r} is not a name")
