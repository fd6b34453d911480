"""A progress bar on stderr that leaves nothing behind."""

from collections.abc import Mapping
from time import monotonic
from types import MappingProxyType
from typing import Literal

from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)
from rich.text import Text

from dispcli.render.console import Streams, in_colour, width
from dispcli.render.tables import make_console

_PATIENCE = 0.5
"""Seconds before a bar is worth showing."""


Unit = Literal["lines", "bytes"]
"""What is counted. Of bytes the total is known, so their rate and the time left are shown too."""


class _Count(ProgressColumn):
    """So many of so many; or just how many, where nobody knows of how many."""

    def render(self, task: Task) -> Text:
        done = f"{int(task.completed):,}"
        return Text(done if task.total is None else f"{done}/{int(task.total):,}")


_COLUMNS: Mapping[Unit, tuple[type[ProgressColumn], ...]] = MappingProxyType(
    {
        "lines": (_Count, TimeElapsedColumn),
        "bytes": (DownloadColumn, TransferSpeedColumn, TimeRemainingColumn),
    }
)


class Bar:
    """A bar that appears once it takes a while."""

    def __init__(self, streams: Streams, colour: str, unit: Unit = "lines") -> None:
        self._unit = unit
        coloured = in_colour(streams.stderr, colour, streams.environ)
        self._console = make_console(streams.stderr, width(streams), colour=coloured, live=True)
        self._since = monotonic()
        self._progress: Progress | None = None

    def at(self, what: str, done: int, total: int | None) -> None:
        """So much is done; without a total it only counts."""
        if self._progress is None and monotonic() - self._since < _PATIENCE:
            return
        if self._progress is None:
            self._progress = Progress(
                SpinnerColumn(),
                TextColumn("{task.description}"),
                BarColumn(),
                *(column() for column in _COLUMNS[self._unit]),
                console=self._console,
                transient=True,
            )
            self._task = self._progress.add_task(what, total=total)
            self._progress.start()
        self._progress.update(self._task, description=what, completed=done, total=total)

    def stop(self) -> None:
        """The bar goes, and its line is free again."""
        if self._progress:
            self._progress.stop()
            self._progress = None
