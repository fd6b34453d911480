"""How much of a list."""

from typing import Annotated

import typer

from dispcli.namedtuples import NamedTuple

TERMINAL_LIMIT = 50
"""How much of a list a terminal gets when nobody says."""


class Paging(NamedTuple):
    """How much of a list."""

    limit: Annotated[
        int | None,
        typer.Option(
            "--limit", "-n", metavar="N", min=0, max=10**9, help="At most N; 0 for all. A terminal shows 50."
        ),
    ] = None
