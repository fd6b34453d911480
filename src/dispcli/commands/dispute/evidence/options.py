"""What the verbs of evidence share: which files, how far the reading of them is, what is said of them."""

from typing import Annotated

import typer

from dispcli.commands.context import Run
from dispcli.commands.options.writing import Telling
from dispcli.services.moves import Said

_NAMES = "Its number in the history, its name, or its SHA-256 or the beginning of it"

OneFile = Annotated[str, typer.Argument(metavar="FILE", help=f"{_NAMES}.")]
ManyFiles = Annotated[list[str], typer.Argument(metavar="FILE...", help=f"{_NAMES}.")]
Force = Annotated[bool, typer.Option("--force", help="Replace the ZIP if it is there already.")]


def said_of(run: Run, telling: Telling, operation_id: str | None) -> Said:
    """What the options tell about files."""
    return Said(note=telling.note, happened_at=run.past(telling.at, "--at"), operation_id=operation_id)
