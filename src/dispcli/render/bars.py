"""A progress bar on stderr that leaves nothing behind."""

from time import monotonic

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)

from dispcli.render.console import Streams, in_colour, width
from dispcli.render.tables import make_console

_PATIENCE = 0.5
"""Seconds before a bar is worth showing."""


class Bar:
    """A bar that appears once it takes a while."""

    def __init__(self, streams: Streams, colour: str) -> None:
        coloured = in_colour(streams.stderr, colour, streams.environ)
        self._console = make_console(streams.stderr, width(streams), colour=coloured, live=True)
        self._since = monotonic()
        self._progress: Progress | None = None

    def at(self, what: str, lines: int, total: int | None) -> None:
        """So many lines are done; without a total it only counts."""
        if self._progress is None and monotonic() - self._since < _PATIENCE:
            return
        if self._progress is None:
            self._progress = Progress(
                SpinnerColumn(),
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TimeElapsedColumn(),
                console=self._console,
                transient=True,
            )
            self._task = self._progress.add_task(what, total=total)
            self._progress.start()
        self._progress.update(self._task, description=what, completed=lines, total=total)

    def stop(self) -> None:
        """The bar goes, and its line is free again."""
        if self._progress:
            self._progress.stop()
            self._progress = None
