"""The agenda on a terminal: grouped by urgency, two lines a thing to do, its command never cut."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby
from types import MappingProxyType

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from dispcli.core.agenda import Entry, Item, Urgency
from dispcli.core.deadlines import RECORDED
from dispcli.core.moments import is_day
from dispcli.render.inert import visible
from dispcli.render.times import in_days, relative

_HEADINGS: Mapping[Urgency, tuple[str, str]] = MappingProxyType(
    {
        Urgency.OVERDUE: ("Overdue", "bold red"),
        Urgency.TODAY: ("Today", "bold yellow"),
        Urgency.SOON: ("Within 3 days", "yellow"),
        Urgency.WEEK: ("This week", "cyan"),
        Urgency.LATER: ("Later", "bright_black"),
    }
)


def draw_agenda(console: Console, entries: Sequence[Entry], now: datetime) -> None:
    """The entries, which are in order."""
    told = {id(entry): (_when(entry.item, now), _name(entry)) for entry in entries}
    due, name = (max(cell_len(row[column]) for row in told.values()) for column in (0, 1))
    groups = groupby(entries, lambda entry: entry.item.urgency)
    for count, (urgency, group) in enumerate(groups):
        heading, style = _HEADINGS[urgency]
        if count:
            console.print()
        console.print(Text(heading, style=style))
        for entry in group:
            when, about = told[id(entry)]
            line = Text.assemble(f"  {when:<{due}}  ", (f"{about:<{name}}  ", "bold"), entry.item.what)
            line.append(_remark(entry), style="bright_black")
            line.truncate(console.width, overflow="ellipsis")
            console.print(line)
            _details(console, entry, due + name + 6)


def _when(item: Item, now: datetime) -> str:
    """As far off as `days_left` says; a day may go on at the marketplace while here it is the next one.

    Nothing for what others have to do by no known date.
    """
    if item.deadline.is_open_ended:
        return ""
    at = item.deadline.at
    return in_days(item.days_left) if is_day(at) else relative(at, now)


def _name(entry: Entry) -> str:
    return entry.item.dispute or "order"


def _remark(entry: Entry) -> str:
    basis = entry.item.deadline.basis
    return "" if basis == "given" else " (no date is known)" if basis == RECORDED else f" ({basis})"


def _details(console: Console, entry: Entry, indent: int) -> None:
    item = entry.item
    about = " · ".join(str(part) for part in (item.amount, item.title) if part)
    line = Text(f"{'':{indent}}{visible(about)}")
    line.truncate(console.width, overflow="ellipsis")
    console.print(line)
    for command in (entry.action, entry.otherwise):
        if command:
            console.print(Text(f"{'':{indent}}{visible(command)}", style="bright_black"), soft_wrap=True)
