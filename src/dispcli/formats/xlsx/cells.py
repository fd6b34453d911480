"""What the cells of a spreadsheet say: exact numbers, days, texts; what was rounded is never taken."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from dispcli.formats.tables import Unreadable
from dispcli.namedtuples import NamedTuple

Cell = str | int | bool | Decimal | Unreadable | None

_DIGITS_KEPT = 15
_EXACT = 2**53
_LONGEST_NUMBER = 40
_LAST_DAY = 2958465  # 9999-12-31
_WHOLE = re.compile(r"-?[0-9]+", re.ASCII)
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,3})?", re.ASCII)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_", re.ASCII)
# Number formats that spreadsheets know by number and that show a day (ECMA-376, 18.8.30).
_DAY_FORMATS = frozenset({14, 15, 16, 17, 22, *range(27, 32), 36, *range(50, 55), 57, 58})
_HOUR_FORMATS = frozenset({22})
_NOT_SHOWN = re.compile(r'"[^"]*"|\[[^]]*\]|\\.|_.|\*.')


class Sheets(NamedTuple):
    """What all sheets share: texts, styles that show a day (True: and its hours), where days begin."""

    texts: list[str]
    day_styles: Mapping[str, bool]
    since_1904: bool


def day_styles(formats: Mapping[str, str], styles: Iterable[str]) -> dict[str, bool]:
    """The numbers of the cell styles that show a day, each with whether it shows the hours too.

    `formats` are the workbook's own by their number.
    """
    shown = ((str(number), _shows(key, formats.get(key))) for number, key in enumerate(styles))
    return {number: hours for number, (day, hours) in shown if day}


def _shows(key: str, code: str | None) -> tuple[bool, bool]:
    """Whether a number format shows the day, and whether it shows the hours."""
    if code is None:
        known = int(key) if key.isdigit() else 0
        return known in _DAY_FORMATS, known in _HOUR_FORMATS
    shown = _NOT_SHOWN.sub("", code).lower()
    return "general" not in shown and ("y" in shown or "d" in shown), "h" in shown


def cell_value(kind: str, text: str, style: str, sheets: Sheets) -> Cell:
    """The value of a cell from its kind (`t`), its text (`v` or `t`) and its style (`s`) in the file."""
    if kind == "s":
        known = text.isascii() and text.isdigit() and int(text[:9]) < len(sheets.texts)
        return (sheets.texts[int(text[:9])] or None) if known else Unreadable("a text that is not there")
    if kind in ("str", "inlineStr"):
        return unescaped(text) or None
    if kind == "b":
        return text.strip() == "1"
    if kind == "e":
        return Unreadable(f"the spreadsheet shows {text[:20]}")
    if kind == "d":
        return text.removesuffix("T00:00:00")
    return _number(text.strip(), style, sheets)


def unescaped(text: str) -> str:
    """The text with `_x000D_` and its like as the characters they stand for (ECMA-376, 22.9.2.19)."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _number(text: str, style: str, sheets: Sheets) -> Cell:
    if not text:
        return None
    if len(text) > _LONGEST_NUMBER or not _NUMBER.fullmatch(text):
        return Unreadable(f"not a number: {text[:40]}")
    if style in sheets.day_styles:
        return _moment(float(text), hours=sheets.day_styles[style], since_1904=sheets.since_1904)
    if _WHOLE.fullmatch(text):
        return int(text) if _is_exact(text.lstrip("-")) else _rounded(text)
    value = float(text)
    if abs(value) >= 10**_DIGITS_KEPT:
        return _rounded(text)
    if value.is_integer():
        return int(value)
    # Behind 15 digits is the noise of binary fractions: 1.1 stands in the file as 1.1000000000000001.
    return Decimal(format(Decimal(f"{value:.{_DIGITS_KEPT}g}"), "f"))


def _is_exact(digits: str) -> bool:
    """Whether nothing can have rounded it: Excel keeps 15 digits and puts zeros, others keep 53 bits."""
    return len(digits) <= _DIGITS_KEPT or (
        len(digits) < _LONGEST_NUMBER and int(digits) < _EXACT and digits[_DIGITS_KEPT:].strip("0") != ""
    )


def _rounded(text: str) -> Unreadable:
    return Unreadable(
        f"{text}: a spreadsheet keeps {_DIGITS_KEPT} digits, so this may be rounded; keep it as text"
    )


def _moment(days: float, *, hours: bool, since_1904: bool) -> Cell:
    """The day, or the moment to the second, counted in days. Excel thinks that 1900 was a leap year.

    Midnight is a moment where the cell shows the `hours`, else it is the day.
    """
    if not 1 <= days <= _LAST_DAY:
        return Unreadable(f"the date {days:g} is out of range")
    first = datetime(1904, 1, 1, tzinfo=UTC) if since_1904 else datetime(1899, 12, 30, tzinfo=UTC)
    if days < 60 and not since_1904:
        first += timedelta(days=1)
    try:
        moment = first + timedelta(seconds=round(days * 86400))
    except OverflowError:
        return Unreadable(f"the date {days:g} is out of range")
    told = f"{moment:%Y-%m-%d %H:%M:%S}"
    return told if hours else told.removesuffix(" 00:00:00")
