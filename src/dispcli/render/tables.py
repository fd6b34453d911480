"""Lists on a terminal: Rich tables as wide as the terminal. Ids and amounts are never cut, titles are."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, TextIO

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from dispcli.core.money import Money
from dispcli.render.fields import Field, Kind, plain
from dispcli.render.inert import visible
from dispcli.render.times import relative

_GAP = 2
_LEAST = 14
_SMALLEST = 8
_STATE_STYLES = {
    "opened": "yellow",
    "answered": "bold cyan",
    "escalated": "magenta",
    "agreed": "green",
    "returning": "blue",
    "settling": "blue",
    "cancel_requested": "bold yellow",
    "cancelled": "bright_black",
    "resolved": "bright_black",
    "block": "bold red",
    "warn": "yellow",
    "info": "bright_black",
    "completed": "green",
    "delivered": "green",
    "frozen": "red",
    "new": "green",
    "changed": "yellow",
}


class _Console(Console):
    """Rich's own way with a reader that has gone is to exit with 1; `main` knows a better one."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def make_console(out: TextIO, width: int, *, colour: bool, live: bool = False) -> Console:
    """A Rich console that takes nothing in the text for markup, and judges nothing by itself.

    A `live` one is on a terminal and may move its cursor.
    """
    return _Console(
        file=out,
        width=width,
        force_terminal=colour or live,
        color_system="standard" if colour else None,
        no_color=not colour,
        markup=False,
        emoji=False,
        highlight=False,
        soft_wrap=False,
        legacy_windows=False,
    )


def state_style(word: str) -> str:
    """The colour of a state, a level, a status; plain for every other word."""
    return _STATE_STYLES.get(word, "")


def shown(field: Field, value: Any, now: datetime) -> str:
    """A value for a person: amounts with currency, times as seen from now; harmless text."""
    if value is None or value == () or value == []:
        return ""
    if isinstance(value, Money):
        return str(value)
    if field.kind is Kind.MOMENT:
        return visible(relative(str(value), now))
    if field.kind is Kind.FLAG:
        return "yes" if value else "no"
    if field.kind is Kind.LIST:
        return visible(", ".join(str(item).replace(":", " ") for item in value))
    return visible(plain(value))


def draw_list(console: Console, fields: Sequence[Field], records: Iterable[Any], now: datetime) -> None:
    """A table with one row a record. Columns that can give way do; the first of those stays longest."""
    rows = [[shown(field, (field.seen or field.get)(record), now) for field in fields] for record in records]
    widths = [
        max([cell_len(_heading(field)), *(cell_len(row[i]) for row in rows)])
        for i, field in enumerate(fields)
    ]
    least = [_least(field, widths[i], (row[i] for row in rows)) for i, field in enumerate(fields)]
    kept = _fit(fields, widths, least, console.width)
    narrow = sum(width + _GAP for _, width in kept) - _GAP > console.width
    table = Table(box=None, pad_edge=False, padding=(0, _GAP, 0, 0), header_style="bold", show_edge=False)
    for index, width in kept:
        right = fields[index].kind in (Kind.MONEY, Kind.COUNT)
        table.add_column(
            _heading(fields[index]),
            width=width,
            no_wrap=not (narrow or _wraps(fields, index)),
            overflow="fold" if narrow or _wraps(fields, index) else "ellipsis",
            justify="right" if right else "left",
        )
    for row in rows:
        table.add_row(*(_cell(fields[index], row[index], width) for index, width in kept))
    console.print(table)


def _heading(field: Field) -> str:
    return field.heading or field.name.replace("_", " ").upper()


def _cell(field: Field, text: str, width: int) -> Text:
    word = text.rpartition(" ")[2] if field.kind is Kind.LIST else text
    if field.kind is Kind.LIST and cell_len(text) > width:
        text = _stacked(text.split(", "), width)
    if field.kind is Kind.FILE and cell_len(text) > width:
        text = f"…{text[1 - width :]}"  # the end of a path tells more than its beginning
    return Text(text, style=state_style(word) if field.flex == 0 else "")


def _stacked(items: Sequence[str], width: int) -> str:
    """Items side by side as far as there is room, no item in two lines."""
    lines = [items[0]]
    for item in items[1:]:
        if cell_len(f"{lines[-1]}, {item}") < width:
            lines[-1] += f", {item}"
        else:
            lines.append(item)
    return ",\n".join(lines) if cell_len(max(lines, key=cell_len)) < width else "\n".join(lines)


_SENTENCES = ("message", "advice", "meaning", "problem", "value", "details", "source", "note", "changes")


def _wraps(fields: Sequence[Field], index: int) -> bool:
    """Sentences run over several lines; names and titles are cut with an ellipsis."""
    return fields[index].flex > 0 and fields[index].name in _SENTENCES


def _least(field: Field, width: int, texts: Iterable[str]) -> int:
    """How narrow a column can become without being cut: a list can stand on several lines."""
    if field.kind is not Kind.LIST:
        return width
    return max(cell_len(item) for text in (_heading(field), *texts) for item in text.split(", "))


def _fit(fields: Sequence[Field], widths: list[int], least: list[int], room: int) -> list[tuple[int, int]]:
    """Which columns there is room for, and how wide. Ids, amounts and states are never cut.

    For want of room lists go over several lines, then columns that can give way do, then the times, and in
    the end the counts. The first column goes never: it says what a row is about.
    """
    kept, chosen = list(range(len(fields))), widths
    while True:
        flexible = [i for i in kept if fields[i].flex]
        fixed = sum(chosen[i] for i in kept if not fields[i].flex) + _GAP * (len(kept) - 1)
        need = sum(min(widths[i], _LEAST if len(flexible) > 1 else _SMALLEST) for i in flexible)
        if fixed + need <= room:
            break
        if chosen is widths:
            chosen = least
        elif (index := _first_to_go(fields, kept[1:])) is not None:
            kept.remove(index)
        else:
            break
    spare = {i: widths[i] if fields[i].flex else widths[i] - chosen[i] for i in kept}
    shares = _share(room - fixed, {i: spare[i] for i in flexible or kept if spare[i]})
    return [(i, shares.get(i, 0) + (0 if fields[i].flex else chosen[i])) for i in kept]


def _first_to_go(fields: Sequence[Field], kept: Sequence[int]) -> int | None:
    """Which of these columns is missed least; None where all must stay."""
    if flexible := [i for i in kept if fields[i].flex]:
        return max(flexible, key=lambda i: fields[i].flex)
    for kind in (Kind.MOMENT, Kind.COUNT):
        if going := [i for i in kept if fields[i].kind is kind]:
            return going[-1]
    return None


def _share(room: int, wanted: dict[int, int]) -> dict[int, int]:
    """Room shared so that what needs little gets it whole and the rest is split evenly."""
    shares: dict[int, int] = {}
    for count, index in enumerate(sorted(wanted, key=lambda i: wanted[i])):
        shares[index] = min(wanted[index], (room - sum(shares.values())) // (len(wanted) - count))
    return shares
