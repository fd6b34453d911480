"""Which columns of a list a terminal has room for, and how wide each becomes."""

from collections.abc import Sequence

from dispcli.render.fields import Field, Kind
from dispcli.render.wrapping import cells

GAP = 2
"""Blanks between two columns."""

_LEAST = 14
_LEAST_ALONE = 8
"""How much of a name or a title is left at least: of several in a row, of the only one."""

_LONG_WORD = 16
"""A sentence is never narrower than its longest word, unless that is longer than this."""


def fit(fields: Sequence[Field], columns: Sequence[Sequence[str]], room: int) -> list[tuple[int, int]]:
    """Which columns there is room for, and how wide; `columns` has the heading and the texts of each.

    Ids, amounts and states are whole or not there. The first column goes never: it says what a row is about.
    """
    full = [max(map(cells, texts)) for texts in columns]
    kept = list(range(len(fields)))
    while True:
        cut = _LEAST if sum(_is_cut(fields[i]) for i in kept) > 1 else _LEAST_ALONE
        least = {i: min(full[i], _least(fields[i], columns[i], full[i], cut)) for i in kept}
        spare = room - sum(least.values()) - GAP * (len(kept) - 1)
        if spare >= 0 or len(kept) == 1:
            break
        kept.remove(max(kept[1:], key=lambda i: (_goes(fields[i]), i)))
    widths = {i: min(width, room) for i, width in least.items()}
    for i in kept:  # a list in one line, or as before: what is between gains nothing
        if fields[i].kind is Kind.LIST and not fields[i].flex and full[i] - widths[i] <= spare:
            spare -= full[i] - widths[i]
            widths[i] = full[i]
    while spare > 0 and (short := [i for i in kept if fields[i].flex and widths[i] < full[i]]):
        widths[min(short, key=widths.__getitem__)] += 1
        spare -= 1
    return list(widths.items())


def _least(field: Field, texts: Sequence[str], full: int, cut: int) -> int:
    """How narrow a column can become: a list can stand on several lines, a sentence between its words."""
    if field.kind is Kind.LIST:
        return max(cells(item) for text in texts for item in text.split(", "))
    if field.kind is Kind.SENTENCE:
        longest = max(cells(word) for text in texts for word in text.split(" "))
        return max(cells(texts[0]), min(_LONG_WORD, longest))
    return max(cut, cells(texts[0])) if _is_cut(field) else full


def _is_cut(field: Field) -> bool:
    return field.flex > 0 and field.kind not in (Kind.ID, Kind.LIST, Kind.SENTENCE)


def _goes(field: Field) -> tuple[int, int]:
    """How little a column is missed; the one with most goes first, of equal ones the last."""
    if field.flex > 1 or _is_cut(field):
        return len(_NEEDED), field.flex
    return _NEEDED.index(Kind.SENTENCE if field.flex else field.kind), 0


_NEEDED = (
    Kind.ID,
    Kind.LIST,
    Kind.TEXT,
    Kind.FILE,
    Kind.MONEY,
    Kind.MOMENT,
    Kind.SENTENCE,
    Kind.FLAG,
    Kind.COUNT,
)
"""Kinds of columns, the most needed first. A list of any length is needed like a sentence."""
