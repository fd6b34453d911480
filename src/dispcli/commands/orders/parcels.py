"""What is told about the parcels of an order: the same options for adding and for setting."""

from typing import Annotated

import typer

from dispcli.core.facts import NOTHING
from dispcli.errors import UsageProblem

Promised = Annotated[
    str | None, typer.Option("--promised", metavar="WHEN", help="The last day it should arrive on.")
]
Tracking = Annotated[
    str | None,
    typer.Option("--tracking", metavar="TEXT", help="Tracking number; of several parcels with commas."),
]

_LONGEST = 256


def read_tracking(text: str | None) -> str | None:
    """The numbers of the parcels, each once, as the ledger keeps them. Raises UsageProblem."""
    if text is None:
        return None
    numbers = list(dict.fromkeys(number for part in text.split(",") if (number := part.strip())))
    told = ", ".join(numbers)
    if not told or told == NOTHING or not told.isprintable() or len(told) > _LONGEST:
        raise UsageProblem(f"--tracking: not a tracking number: {text[:40]!r}")
    return told
