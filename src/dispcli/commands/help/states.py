"""dispcli help states."""

from typing import Annotated

import typer

from dispcli.commands.context import Run
from dispcli.commands.listing import output_of
from dispcli.commands.options.showing import Showing
from dispcli.core.machine import TRANSITIONS as TABLE
from dispcli.core.states import STATE_MEANINGS, UNOPENED
from dispcli.render.diagram import mermaid
from dispcli.render.output import Page
from dispcli.render.sheets.topics import TRANSITIONS


def states(
    run: Run,
    showing: Showing,
    diagram: Annotated[bool, typer.Option("--mermaid", help="Only the Mermaid diagram.")] = False,
) -> None:
    """How a dispute moves.

    Table and diagram come from the very table the program decides by.
    """
    output = output_of(run, showing)
    if diagram:
        run.streams.stdout.write(mermaid())
        return
    if output.is_table:
        told = (
            f"{state:<17} {meaning}; the next move is {whose}" for state, meaning, whose in STATE_MEANINGS
        )
        output.page((*told, ""))
    output.list(TRANSITIONS, Page(_rows()))
    if output.is_table:
        output.page(("",))
        run.streams.stdout.write(mermaid())


def _rows() -> list[tuple[list[str], str, tuple[str, ...], tuple[str, ...]]]:
    """The table with the states that an action leaves in the same way put together."""
    grouped: dict[tuple[str, tuple[str, ...], tuple[str, ...]], list[str]] = {}
    for (source, action), move in TABLE.items():
        targets = ("unchanged",) if move.targets == (source,) and action == "note" else move.targets
        grouped.setdefault((action, tuple(targets), tuple(move.by)), []).append(source or UNOPENED)
    return [(sources, action, targets, by) for (action, targets, by), sources in grouped.items()]
