"""The agenda on a terminal: by urgency, what to do, about what, with which command; nothing is cut."""

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
from dispcli.render.wrapping import wrapped

_HEADINGS: Mapping[Urgency, tuple[str, str]] = MappingProxyType(
    {
        Urgency.OVERDUE: ("Overdue", "bold red"),
        Urgency.TODAY: ("Today", "bold yellow"),
        Urgency.SOON: ("Within 3 days", "yellow"),
        Urgency.WEEK: ("This week", "cyan"),
        Urgency.LATER: ("Later", "bright_black"),
    }
)

_MARGIN = 4
"""Where a command stands that has no room below the rest: it is copied, so it is not broken."""


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
            label = Text.assemble(f"  {when:<{due}}  ", (f"{about:<{name}}  ", "bold"))
            _entry(console, label, entry)


def _entry(console: Console, label: Text, entry: Entry) -> None:
    item, indent, columns = entry.item, label.cell_len, console.width
    remark = _remark(entry)
    line = label.append(wrapped(item.what + remark, columns, indent=indent, taken=indent))
    line.highlight_words([remark.strip()] if remark else [], "bright_black")
    console.print(line, soft_wrap=True)
    about = " · ".join(str(part) for part in (item.amount, item.title) if part)
    lines = wrapped(visible(about), columns, indent=indent, taken=indent)
    console.print(Text(f"{'':{indent}}{lines}"), soft_wrap=True)
    for command in filter(None, (entry.action, entry.otherwise)):
        margin = indent if indent + cell_len(command) <= columns else _MARGIN
        console.print(Text(f"{'':{margin}}{visible(command)}", style="bright_black"), soft_wrap=True)


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
