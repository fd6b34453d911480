"""What a change takes besides its targets."""

from typing import Annotated

import typer

from dispcli.namedtuples import NamedTuple

Yes = Annotated[bool, typer.Option("--yes", "-y", help="Don't ask; answers warnings, never blocks.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would happen; write nothing.")]
OperationId = Annotated[
    str | None, typer.Option("--operation-id", metavar="ID", help="Makes a retry safe: done once only.")
]


class Writing(NamedTuple):
    """What every change takes."""

    yes: Yes = False
    dry_run: DryRun = False
    keep_going: Annotated[
        bool, typer.Option("--keep-going", help="Do what can be done; what can't is reported, exit code 7.")
    ] = False
    operation_id: OperationId = None


class Telling(NamedTuple):
    """What a recorded step can carry."""

    note: Annotated[str | None, typer.Option("--note", metavar="TEXT", help="A text for the history.")] = None
    at: Annotated[
        str | None, typer.Option("--at", metavar="WHEN", help="When it happened: 2026-11-20, yesterday, -3d.")
    ] = None


Risks = Annotated[
    list[str] | None,
    typer.Option("--accept-risk", metavar="CODE", help="Pass this blocking check by name. Repeatable."),
]
