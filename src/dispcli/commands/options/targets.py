"""Which orders and disputes are meant."""

from typing import Annotated

import typer

from dispcli.namedtuples import NamedTuple

_NAMES = "Order number, MARKET:NUMBER, dispute id (D12) or platform id"

OrderWords = Annotated[
    list[str] | None,
    typer.Argument(metavar="ORDER...", help=f"{_NAMES}; - reads them from standard input."),
]
OneOrder = Annotated[str, typer.Argument(metavar="ORDER", help=f"{_NAMES}.")]
LineOption = Annotated[
    int | None, typer.Option("--line", metavar="N", min=1, help="Only line N of the order, counted from 1.")
]
WholeOrder = Annotated[bool, typer.Option("--whole-order", help="Only what concerns the whole order.")]
From = Annotated[
    str | None,
    typer.Option("--from", metavar="FILE", help="Read the ORDERs from a file: ids a line, CSV, TSV, NDJSON."),
]
WhereTargets = Annotated[
    str | None,
    typer.Option("--where", metavar="FILTER", help="All that match, as in a list; see 'help filters'."),
]


class Narrowing(NamedTuple):
    """Which of an order's disputes is meant."""

    line: LineOption = None
    whole_order: WholeOrder = False


class Choosing(NamedTuple):
    """Where it stands what is meant, and which of an order's disputes."""

    line: LineOption = None
    whole_order: WholeOrder = False
    source: From = None
    where: WhereTargets = None
