"""How far a batch or an import is: a bar on a terminal's stderr, nothing anywhere else."""

from types import TracebackType
from typing import TYPE_CHECKING, Self

from dispcli.commands.context import STANDARD_INPUT, Run
from dispcli.render.console import is_terminal
from dispcli.render.output import Output

if TYPE_CHECKING:
    from dispcli.render.bars import Bar, Unit


class Progress:
    """Counts lines or bytes; shows them where somebody looks."""

    def __init__(self, run: Run, output: Output, file: str, *, of: "Unit" = "lines") -> None:
        self._bar: Bar | None = None
        typed = file == STANDARD_INPUT and is_terminal(run.streams.stdin)
        mixed = is_terminal(run.streams.stdout) and not output.is_table
        if is_terminal(run.streams.stderr) and not typed and not mixed:
            from dispcli.render import bars

            self._bar = bars.Bar(run.streams, run.colour, of)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """The bar goes."""
        if self._bar:
            self._bar.stop()

    def at(self, what: str, done: int, total: int | None = None) -> None:
        """So much of what is being done is done."""
        if self._bar:
            self._bar.at(what, done, total)
