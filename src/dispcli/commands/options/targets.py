"""Which orders and disputes are meant."""

from typing import Annotated, NamedTuple

import typer

OrderWords = Annotated[
    list[str],
    typer.Argument(metavar="ORDER...", help="Order number, MARKET:NUMBER, dispute id (D12) or platform id."),
]
OneOrder = Annotated[
    str, typer.Argument(metavar="ORDER", help="Order number, MARKET:NUMBER, dispute id (D12) or platform id.")
]
LineOption = Annotated[
    int | None, typer.Option("--line", metavar="N", min=1, help="Only line N of the order, counted from 1.")
]
WholeOrder = Annotated[bool, typer.Option("--whole-order", help="Only what concerns the whole order.")]


class Narrowing(NamedTuple):
    """Which of an order's disputes is meant."""

    line: LineOption = None
    whole_order: WholeOrder = False
