"""How AliExpress' pages print things: days, prices, stores."""

import re

from dispcli.core.moments import parse_day
from dispcli.core.money import Money, exponent, parse_printed

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY = re.compile(r"([A-Za-z]{3}) ([0-9]{1,2}), ([0-9]{4})", re.ASCII)
_STORE = re.compile(r"/store/([0-9]{1,20})(?:[/?#]|$)", re.ASCII)
_PRICE_INFO = re.compile(r"[^|]*\|([0-9., \u00a0\u202f]+)\|([0-9]*)", re.ASCII)


def in_english(text: str) -> bool:
    """Whether a day is printed as in `Jul 15, 2026`; in other languages the pages print it otherwise."""
    match = _DAY.fullmatch(text)
    return match is not None and match[1].lower() in _MONTHS


def printed_day(text: str) -> str:
    """`Jul 15, 2026` as the day it is. Raises ValueError."""
    match = _DAY.fullmatch(text)
    if match is None or match[1].lower() not in _MONTHS:
        raise ValueError(f"no day that can be read: {text[:40]!r} (as in 'Jul 15, 2026')")
    return parse_day(f"{match[3]}-{_MONTHS.index(match[1].lower()) + 1:02d}-{int(match[2]):02d}")


def printed_price(text: str | None, info: str | None, currency: str) -> Money | None:
    """A price as text (`129,46zł`), taken apart (`129,46zł|129|46`), or both; None without either.

    The apart one says which digits are decimals, so it goes first. Raises ValueError, also below zero.
    """
    match = _PRICE_INFO.fullmatch(info) if info else None
    if match and len(match[2]) == exponent(currency):
        whole = match[1] if match[1].isdigit() else re.sub(r"[^0-9]", "", match[1])
        if 0 < len(whole) <= 15:
            return Money(int(whole + match[2]), currency)
    if text is None:
        return None
    price = parse_printed(text, currency)
    if price.minor < 0:
        raise ValueError(f"price {text!r} is below zero")
    return price


def store_id(page: str | None) -> str | None:
    """The store's number in the address of its page."""
    match = _STORE.search(page or "")
    return match[1] if match else None
