"""dispcli export --all."""

from typing import Annotated

import typer

from dispcli.commands.context import Run
from dispcli.commands.export.destination import Destination
from dispcli.commands.options.force import Force
from dispcli.core.moments import instant
from dispcli.errors import NotFound
from dispcli.services.archiving import archive


def export_all(
    run: Run,
    file: Annotated[str, typer.Argument(metavar="FILE", help="The archive; - for standard output.")],
    force: Force = False,
) -> None:
    """Write an archive.

    A ZIP of one NDJSON file a table, and a manifest with their SHA-256. 'dispcli import FILE' makes an equal
    ledger of it, ids, histories and all, where the ledger is empty. 'export --all FILE' is the same.
    """
    if run.ledger_is_missing:
        raise NotFound("there is no ledger yet, so there is nothing to export", hint="see 'dispcli --help'")
    with Destination(run, file, force=force, binary=True) as destination:
        with run.archive() as ledger:
            made = archive(ledger, destination.stream, instant(run.now))
        destination.finish()
    rows = ", ".join(f"{member.rows} {member.table.replace('_', ' ')}" for member in made.members[1:])
    run.voice.note(f"{rows} written to {'standard output' if file == '-' else file}")
