"""What a command did, as a list of which it is told how many came to what."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Protocol

from dispcli.core.tallies import summed_up
from dispcli.render.output import Page


class _Done(Protocol):
    @property
    def status(self) -> str: ...


def reported(thing: str, results: Sequence[_Done], words: Mapping[str, str] = MappingProxyType({})) -> Page:
    """What became of each thing, and in sum: the statuses counted, in these words where they have any."""
    return Page(results, told=summed_up(thing, (result.status for result in results), words))
