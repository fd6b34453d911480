"""What a filter leaves of a list."""

from typing import Annotated

import typer

Where = Annotated[
    str | None,
    typer.Option(
        "--where",
        metavar="FILTER",
        help="Only what the filter holds for; see 'dispcli help filters'.",
    ),
]
