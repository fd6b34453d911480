"""How far an export is: a bar on a terminal's stderr, nothing anywhere else."""

from typing import TYPE_CHECKING, Self

from dispcli.commands.context import Run
from dispcli.render.console import is_terminal

if TYPE_CHECKING:
    from dispcli.render.bars import Bar


class Progress:
    """Counts rows; shows them where somebody looks. It is gone before anything is printed."""

    def __init__(self, run: Run) -> None:
        self._rows = 0
        self._bar: Bar | None = None
        if is_terminal(run.streams.stderr):
            from dispcli.render import bars

            self._bar = bars.Bar(run.streams, run.colour)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar:
            self._bar.stop()

    def more(self, rows: int) -> None:
        """So many rows more are written."""
        self._rows += rows
        if self._bar:
            self._bar.at("exporting", self._rows, None)
