"""How many things came to what, in a line."""

from collections import Counter
from collections.abc import Iterable, Mapping
from types import MappingProxyType


def summed_up(thing: str, statuses: Iterable[str], words: Mapping[str, str] = MappingProxyType({})) -> str:
    """`3 orders changed`, or `3 orders: 2 changed, 1 unchanged`: each status in its word, if it has one."""
    counts = Counter(words.get(status, status) for status in statuses)
    if len(counts) == 1:
        ((status, count),) = counts.items()
        return f"{_things(thing, count)} {status.replace('_', ' ')}"
    return tally(thing, counts)


def tally(thing: str, counts: Mapping[str, int]) -> str:
    """`100 lines: 98 changed, 1 unchanged, 1 refused`, in the order of the counts."""
    things = _things(thing, sum(counts.values()))
    parts = [f"{count} {status.replace('_', ' ')}" for status, count in counts.items() if count]
    return f"{things}: {', '.join(parts)}" if parts else things


def _things(thing: str, count: int) -> str:
    return f"{count} {thing}{'' if count == 1 else 's'}"
