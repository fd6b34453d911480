"""Days as a country writes them, `31/12/2026` or `12/31/2026`: the order is told from all days of a file."""

import re
from collections.abc import Iterable
from datetime import date

ORDERS = ("dmy", "mdy", "ymd")
"""The orders in which day, month and year are written."""

_PATTERNS = {
    "dmy": r"(?P<d>[0-9]{1,2})(?P<mark>[/.-])(?P<m>[0-9]{1,2})(?P=mark)(?P<y>[0-9]{4})",
    "mdy": r"(?P<m>[0-9]{1,2})(?P<mark>[/.-])(?P<d>[0-9]{1,2})(?P=mark)(?P<y>[0-9]{4})",
    "ymd": r"(?P<y>[0-9]{4})(?P<mark>[/.-])(?P<m>[0-9]{1,2})(?P=mark)(?P<d>[0-9]{1,2})",
}
_YEARS = range(1900, 2200)


def read_day(text: str, order: str) -> str:
    """The ISO day of a text in one of ORDERS, its parts separated by `/`, `.` or `-`.

    Raises ValueError for another order, a year that has not four digits or is not from 1900 to 2199, and a
    day that doesn't exist.
    """
    if order not in ORDERS:
        raise ValueError(f"no such order of day, month and year: {order!r} (known: {', '.join(ORDERS)})")
    match = re.fullmatch(_PATTERNS[order], text)
    if match is None or int(match["y"]) not in _YEARS:
        raise ValueError(f"not a day written as {order}: {text[:40]!r}")
    try:
        return date(int(match["y"]), int(match["m"]), int(match["d"])).isoformat()
    except ValueError:
        raise ValueError(f"no such day: {text!r} (read as {order})") from None


def orders_of(text: str) -> frozenset[str]:
    """The orders in which a text is a day; none for a text that is no day at all."""
    return frozenset(order for order in ORDERS if _is_day(text, order))


def _is_day(text: str, order: str) -> bool:
    try:
        read_day(text, order)
    except ValueError:
        return False
    return True


def decide_order(texts: Iterable[str]) -> str | None:
    """The one order in which all texts are days; None where more than one is possible.

    Raises ValueError where no order fits them all.
    """
    possible = frozenset(ORDERS)
    for text in texts:
        fitting = possible & orders_of(text)
        if not fitting:
            told = " or ".join(order for order in ORDERS if order in possible)
            raise ValueError(f"{text[:40]!r} is not a day written as {told}, as the other days are")
        possible = fitting
    return next(iter(possible)) if len(possible) == 1 else None
