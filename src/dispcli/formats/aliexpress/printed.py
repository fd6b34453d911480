"""How AliExpress' pages print things: days, prices, stores."""

import re

from dispcli.core.moments import parse_day
from dispcli.core.money import Money, exponent, parse_printed
from dispcli.formats.aliexpress.months import MONTHS

_DAYS = (
    re.compile(r"(?P<month>[^\W\d_]+)\.? (?P<day>[0-9]{1,2}),? (?P<year>[0-9]{4})"),
    re.compile(
        r"(?P<day>[0-9]{1,2})\.? (?:de )?(?P<month>[^\W\d_]+)\.?,? (?:de )?(?P<year>[0-9]{4})(?: г\.?| р\.?)?"
    ),
    re.compile(
        r"(?P<year>[0-9]{4})(?:-|年 ?|년 ?|\. )(?P<month>[0-9]{1,2})(?:-|月 ?|월 ?|\. )"
        r"(?P<day>[0-9]{1,2})[.日일]?"
    ),
)
"""Months have their names, or the year goes first: no day can be read as another one."""
_STORE = re.compile(r"/store/([0-9]{1,20})(?:[/?#]|$)", re.ASCII)
_PRICE_INFO = re.compile(r"[^|]*\|([0-9., \u00a0\u202f]+)\|([0-9]*)", re.ASCII)


def printed_day(text: str) -> str | None:
    """`Jul 15, 2026`, `15 de jul. de 2026`, `2026年7月15日` as the day it is; None where that isn't clear.

    Raises ValueError for a day that there is not.
    """
    match = next((found for form in _DAYS if (found := form.fullmatch(text))), None)
    if match is None:
        return None
    name = match["month"]
    month = int(name) if name.isdecimal() else MONTHS.get(name.lower())
    return parse_day(f"{match['year']}-{month:02d}-{int(match['day']):02d}") if month else None


def required_day(text: str) -> str:
    """The same, where there must be one. Raises ValueError."""
    day = printed_day(text)
    if day is None:
        raise ValueError(f"no day that can be read: {text[:40]!r} (as in 'Jul 15, 2026')")
    return day


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
