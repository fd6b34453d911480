"""How many bytes of files were read: a bar on a terminal, for what takes a while."""

from dispcli.commands.context import Run
from dispcli.commands.progress import Progress
from dispcli.render.output import Output


class Reading(Progress):
    """Takes how many bytes more were read."""

    def __init__(self, run: Run, output: Output, what: str, total: int | None = None) -> None:
        super().__init__(run, output, "", of="bytes")
        self._what, self._total, self._done = what, total, 0

    def __call__(self, read: int) -> None:
        """So many bytes more."""
        self._done += read
        self.at(self._what, self._done, self._total)
