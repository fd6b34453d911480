"""The way of every export: the ledger's pages into the chosen format, to where they go."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

from dispcli.commands.context import Run
from dispcli.commands.export.destination import Destination
from dispcli.commands.export.options import Exporting
from dispcli.commands.export.progress import Progress
from dispcli.core.exports import ExportQuery
from dispcli.render.exports import Shape, format_of, write_all
from dispcli.render.fields import Sheet, chosen
from dispcli.services.exporting import exported


def write_out(run: Run, sheet: Sheet, exporting: Exporting, pages: Iterator[list[Any]]) -> None:
    """Export these pages as this sheet. Raises UsageProblem before the first of them is taken."""
    format = format_of(exporting.format, exporting.output)
    shape = Shape(format, sheet, chosen(sheet, exporting.fields), exporting.raw)
    with Destination(run, exporting.output, force=exporting.force, binary=format == "xlsx") as destination:
        written = write_all(destination.stream, shape, pages, run.now)
        destination.finish()
    if written.cut:
        told = "1 text was" if written.cut == 1 else f"{written.cut} texts were"
        run.voice.warn(f"{told} longer than a cell holds, and cut off; every other format has texts whole")
    if exporting.output not in (None, "-"):
        rows = "1 row" if written.rows == 1 else f"{written.rows} rows"
        run.voice.note(f"{rows} written to {exporting.output}")


def since_when(run: Run, since: str | None) -> str | None:
    """The first instant of what `--since` names. Raises UsageProblem."""
    bounds = run.since(since)
    return bounds[1] if bounds else None


def ledger_pages(run: Run, what: str, query: ExportQuery) -> Iterator[list[Any]]:
    """The ledger's pages of `what` (see `exported`), read as they are taken."""
    if run.ledger_is_missing:
        run.say_empty()
        return
    with ExitStack() as stack:
        progress = stack.enter_context(Progress(run))
        ledger = stack.enter_context(run.exporting())
        for page in exported(ledger, what, query):
            yield page
            progress.more(len(page))
