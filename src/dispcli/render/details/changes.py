"""What a command did, drawn for a terminal."""

from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from dispcli.core.results import FAILURES, Result
from dispcli.render.inert import visible
from dispcli.render.tables import state_style
from dispcli.render.times import local

_CHANGE_MARKS = {
    "changed": ("✓", "green"),
    "unchanged": ("=", "bright_black"),
    "planned": ("…", "yellow"),
    **dict.fromkeys(FAILURES, ("✗", "red")),
}


def draw(console: Console, results: Sequence[Result]) -> None:
    """What a command did, a line or two each."""
    for result in results:
        mark, style = _CHANGE_MARKS[result.status]
        line = Text.assemble((f"{mark} ", style), (result.dispute or _nameless(result), "bold"), " ")
        line.append(_moved(result), style=state_style(result.to_state or ""))
        about = Text(f"  {result.marketplace}:{result.order}" if result.marketplace else "", "bright_black")
        if line.cell_len + about.cell_len > console.width:
            console.print(line)
            line = Text()
        line = Text.assemble(line, about, f"  {visible(result.title)}")
        line.truncate(console.width, overflow="ellipsis")
        console.print(line)
        if result.message:
            told = Text(visible(result.told(local)), style="bright_black")
            console.print(Padding(told, (0, 0, 0, 2), expand=False))


def _nameless(result: Result) -> str:
    return visible(result.order) if result.status == "error" else "new dispute"


def _moved(result: Result) -> str:
    state = f"{result.to_state}: {result.outcome}" if result.outcome else result.to_state or ""
    if result.failed:
        return f"{state} ({result.status})" if state else result.status
    if result.status == "planned":
        return f"would be {state}"
    if result.from_state in (None, result.to_state) or result.status == "unchanged":
        return state
    return f"{result.from_state} → {state}"
