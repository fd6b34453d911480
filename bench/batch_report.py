"""What the batches took as Markdown: ratios and memory, times, and the single cancels' rates."""

from collections.abc import Mapping, Sequence
from statistics import median

from bench import singles
from bench.cancels import KEEP_GOING, LOOP, OTHERS, REPEATED, WHOLE, Took
from bench.report import compared, mark, ratio, told

MOST_OF_THE_LOOP = 1.0
MOST_MB = 120

Turns = Mapping[str, Sequence[Took]]
"""What every turn of a batch took, by who took it."""

Rates = Mapping[str, Sequence[float]]
"""The seconds of every portion of single cancels, by who did them."""


def batches(items: int, turns: Turns, repeated: Took) -> str:
    """A row for each way to run a batch. The whole batch is held in memory, so only the other has a limit."""
    heads = [f"{items:,} cancels", "median s (min)", *(f"× {key}" for key in OTHERS), "peak MB", "reached"]
    memory, fits = _peak([repeated], limited=True)
    longer = f"{KEEP_GOING}, {REPEATED * items:,} lines, the same over again"
    rows = [
        heads,
        ["---"] * len(heads),
        _batch(WHOLE, turns, limited=False),
        _batch(KEEP_GOING, turns, limited=True),
        [longer, "", *("" for _ in OTHERS), memory, told(fits)],
    ]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _batch(who: str, turns: Turns, *, limited: bool) -> list[str]:
    own = _seconds(turns[who])
    limits = {LOOP: MOST_OF_THE_LOOP}
    ratios = [compared(own, _seconds(turns[key]), limits.get(key)) for key in OTHERS]
    memory, fits = _peak(turns[who], limited=limited)
    reached = fits and ratio(own, _seconds(turns[LOOP])) <= MOST_OF_THE_LOOP
    return [who, _told_seconds(own), *ratios, memory, told(reached)]


def _peak(took: Sequence[Took], *, limited: bool) -> tuple[str, bool]:
    """The most memory of all turns, and whether that is as it should be."""
    found = max(turn.peak for turn in took) / 1_000_000
    if not limited:
        return f"{found:.0f}", True
    return f"{found:.0f} {mark(found, MOST_MB)}", found <= MOST_MB


def all_times(turns: Turns) -> str:
    """What everybody took."""
    lines = ["| | median s (min) |", "|---|---|"]
    lines += [f"| {OTHERS.get(who, who)} | {_told_seconds(_seconds(took))} |" for who, took in turns.items()]
    return "\n".join(lines)


def rates(portion: int, times: Rates) -> str:
    """How many single cancels a second."""
    count = portion * len(times[singles.DISPCLI])
    lines = [f"| {count:,} single cancels, two at a time | a second, median (most) |", "|---|---|"]
    lines += [f"| {who} | {portion / median(t):.1f} ({portion / min(t):.1f}) |" for who, t in times.items()]
    return "\n".join(lines)


def _seconds(took: Sequence[Took]) -> list[float]:
    return [turn.seconds for turn in took]


def _told_seconds(seconds: Sequence[float]) -> str:
    return f"{median(seconds):.2f} ({min(seconds):.2f})"
