"""dispcli help schema."""

from typing import Annotated

import typer

from dispcli.commands.context import Run
from dispcli.commands.listing import one_of
from dispcli.render.schemas import schemas


def schema(
    run: Run,
    document: Annotated[
        str | None, typer.Argument(metavar="DOCUMENT", help="Which one; without it, all by name.")
    ] = None,
) -> None:
    """Print JSON Schemas.

    That of 'batch' is a line to be read; 'dispcli help batch' tells people the same.
    """
    from dispcli.render.json import write_raw

    found = schemas()
    if document is not None:
        one_of(document, tuple(found), "DOCUMENT")
    write_raw(run.streams.stdout, found[document] if document else found)
