"""dispcli export --all."""

from typing import Annotated

import typer

from dispcli.commands.context import Run
from dispcli.commands.export.destination import Destination, require_zip_name
from dispcli.commands.options.force import Force
from dispcli.commands.reading import Reading
from dispcli.core.moments import instant
from dispcli.errors import PARTLY_DONE, NotFound
from dispcli.services.archiving import archive


def export_all(
    run: Run,
    file: Annotated[str, typer.Argument(metavar="FILE", help="The archive; - for standard output.")],
    force: Force = False,
) -> int:
    """Write an archive.

    A ZIP of one NDJSON file a table, the files of the evidence, and a manifest with their SHA-256.
    'dispcli import FILE' makes an equal ledger of it, ids, histories and all, where the ledger is empty.
    'export --all FILE' is the same. Exit code 7 where files of the evidence are missing.
    """
    require_zip_name(file)
    if run.ledger_is_missing:
        raise NotFound("there is no ledger yet, so there is nothing to export", hint="see 'dispcli --help'")
    with Destination(run, file, force=force, binary=True) as destination:
        with run.archive() as ledger, Reading(run, run.output(), "verifying") as told:
            made, missing = archive(ledger, destination.stream, instant(run.now), told)
        destination.finish()
    rows = ", ".join(_counted(member.rows, member.table.replace("_", " ")) for member in made.members[1:])
    files = f"{len(made.files)} evidence file{'' if len(made.files) == 1 else 's'}"
    run.voice.note(f"{rows}, {files} written to {'standard output' if file == '-' else file}")
    if not missing:
        return 0
    are = "is" if missing == 1 else "are"
    run.voice.warn(
        f"{missing} of the files kept as evidence {are} missing or altered, and not in the archive"
    )
    run.voice.hint("see 'dispcli dispute evidence verify'")
    return PARTLY_DONE


def _counted(count: int, many: str) -> str:
    """`1 batch`, `2 sellers`: tables are called by their plural."""
    return f"{count} {many if count != 1 else many.removesuffix('es' if many.endswith('ches') else 's')}"
