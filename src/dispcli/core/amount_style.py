"""Amounts without a currency sign, `1.234,56` or `1,234.56`: the decimal mark is told from all of a file."""

import re
from collections.abc import Iterable

from dispcli.core.money import Money, exponent, parse_amount

MARKS = (".", ",")
"""The decimal marks there are. What the other one, an apostrophe or a blank does is to group by three."""


def _written(mark: str, other: str) -> str:
    grouped = (
        rf"[1-9][0-9]{{0,2}}(?P<group>[{other} '’\u00a0\u202f])[0-9]{{3}}(?:(?P=group)[0-9]{{3}}){{0,4}}"
    )
    whole = rf"(?P<sign>[-\u2212]?)(?P<whole>[0-9]{{1,15}}|{grouped})"
    return rf"{whole}(?:{re.escape(mark)}(?P<part>[0-9]{{1,4}}))?"


_PATTERNS = {".": _written(".", ","), ",": _written(",", ".")}
_EXACT = r"(?P<sign>-?)(?P<whole>[0-9]{0,15})(?:\.(?P<part>[0-9]{1,4}))?"


def marks_of(text: str) -> frozenset[str]:
    """The decimal marks with which a text is an amount; none for a text that is no amount at all."""
    return frozenset(mark for mark in MARKS if re.fullmatch(_PATTERNS[mark], text))


def decide_mark(texts: Iterable[str]) -> str | None:
    """The one decimal mark with which all texts are amounts; None where both are possible.

    Raises ValueError where neither fits them all.
    """
    possible = frozenset(MARKS)
    for text in texts:
        fitting = possible & marks_of(text)
        if not fitting:
            told = " or ".join(mark for mark in MARKS if mark in possible)
            raise ValueError(
                f"{text[:40]!r} is not an amount with {told} as its decimal mark, as the others are"
            )
        possible = fitting
    return next(iter(possible)) if len(possible) == 1 else None


def read_amount(text: str, currency: str, mark: str | None) -> Money:
    """An amount written with that decimal mark, its sign before it.

    Where the mark is not known (None), only what has no mark is read, or what can only group, because the
    currency has no decimals. Raises ValueError for two readings, for none, and for more decimals than the
    currency has.
    """
    if mark is None and exponent(currency) and re.search(r"[.,]", text):
        raise ValueError(f"{text[:40]!r} has two readings: the mark can group or begin the decimals")
    readings = MARKS if mark is None else (mark,)
    matches = [match for each in readings if (match := re.fullmatch(_PATTERNS[each], text))]
    if not matches:
        raise ValueError(f"not an amount: {text[:40]!r}")
    return _money(next((match for match in matches if not match["part"]), matches[0]), currency)


def read_exact(text: str, currency: str) -> Money:
    """An amount as machines write it, `1234.56`, `-.5`: a point, no grouping. Raises ValueError.

    Zeros beyond the currency's decimals are no contradiction: `1200.00` of JPY.
    """
    match = re.fullmatch(_EXACT, text)
    if match is None or not (match["whole"] or match["part"]):
        raise ValueError(f"not an amount: {text[:40]!r}")
    needless = len((match["part"] or "")[exponent(currency) :])
    if needless and not text[-needless:].strip("0"):
        return read_exact(text[:-needless].removesuffix("."), currency)
    return _money(match, currency)


def _money(match: re.Match[str], currency: str) -> Money:
    whole = re.sub(r"[^0-9]", "", match["whole"]) or "0"
    money = parse_amount(f"{whole}.{match['part']}" if match["part"] else whole, currency)
    return Money(-money.minor, currency) if match["sign"] else money
