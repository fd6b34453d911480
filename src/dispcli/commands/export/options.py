"""What every export takes."""

from typing import Annotated

import typer

from dispcli.commands.options.force import Force
from dispcli.namedtuples import NamedTuple

ToFile = Annotated[
    str | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write there; default: standard output."),
]
Since = Annotated[
    str | None, typer.Option("--since", metavar="WHEN", help="Only what was recorded then or later.")
]


class Exporting(NamedTuple):
    """Where an export goes, what of it, and how it is written."""

    output: ToFile = None
    format: Annotated[
        str | None,
        typer.Option(
            "--format", metavar="FORMAT", help="csv, tsv, json, ndjson, xlsx; default: by the file's ending."
        ),
    ] = None
    fields: Annotated[
        str | None, typer.Option("--fields", metavar="A,B", help="Only these fields, in this order.")
    ] = None
    raw: Annotated[bool, typer.Option("--raw", help="CSV cells as they are, formulas too.")] = False
    force: Force = False
