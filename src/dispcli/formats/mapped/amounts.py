"""Amounts of a mapped table: in which currency, and how many minor units; never a guess."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from dispcli.core.money import Money, exponent, parse_printed
from dispcli.formats.mapped.mapping import Amounts, Decimals

_BLANKS = " \u00a0\u202f"
_NUMBER = re.compile(f"-?[{_BLANKS}]*[0-9](?:[0-9.,'’{_BLANKS}]*[0-9])?", re.ASCII)
_GROUPED = {
    ".": re.compile(
        rf"(-?)([0-9]{{1,17}}|[0-9]{{1,3}}(?:([,'’{_BLANKS}])[0-9]{{3}}(?:\3[0-9]{{3}})*))(?:\.([0-9]+))?"
    ),
    ",": re.compile(
        rf"(-?)([0-9]{{1,17}}|[0-9]{{1,3}}(?:([.'’{_BLANKS}])[0-9]{{3}}(?:\3[0-9]{{3}})*))(?:,([0-9]+))?"
    ),
}
_MINOR = re.compile(r"-?[0-9]{1,17}", re.ASCII)
_CODE = re.compile(r"[A-Z]{3}", re.ASCII)


class NoCurrency(ValueError):
    """Nothing tells the amount's currency: no column, no sign, no mapping, and nobody was asked."""


AmountReader = Callable[[str, str | None, bool], Money | None]
"""From a text, the currency its row tells, and whether the cell is a number of its own and no printed text.

None for an amount that can't be known. Raises ValueError, NoCurrency.
"""


def amount_reader(amounts: Amounts, asked: str | None) -> AmountReader:
    """How the amounts of one file are read; what was asked goes before what the mapping says."""
    told = asked or amounts.currency

    @lru_cache(4096)
    def read(text: str, currency: str | None, is_number: bool) -> Money | None:
        text = _bare(text)
        code = currency or _printed_currency(text, amounts) or told
        if code is None:
            raise NoCurrency(f"{text!r} has no currency")
        if amounts.minor:
            return _minor(text, code)
        if code in amounts.lost_commas and not _shows_decimals(text, code):
            return None
        if amounts.decimal == "printed" and not is_number:
            return parse_printed(text, code)
        return _marked(text, code, "," if amounts.decimal == "," and not is_number else ".")

    return read


def told_amount(value: dict[str, Any]) -> Money:
    """An amount as JSON of ours has it: `{"amount": "12.34", "minor": 1234, "currency": "USD"}`.

    Raises ValueError for anything else, and where it contradicts itself.
    """
    minor, code = value.get("minor"), value.get("currency")
    if type(minor) is not int or type(code) is not str or not _CODE.fullmatch(code):
        raise ValueError("an amount is not an object of amount, minor and currency")
    money = Money(minor, code)
    if value.get("amount") != money.amount:
        raise ValueError(f"an amount contradicts itself: {minor} of the smallest units is {money.amount}")
    return money


def _bare(text: str) -> str:
    """Amazon writes a negative amount as `'-6.66'`, so that no spreadsheet takes it for a formula."""
    return text.strip("'")


def _printed_currency(text: str, amounts: Amounts) -> str | None:
    """The currency by the sign or the code beside the number. Raises ValueError for a sign nobody knows.

    A sign without letters is no mistake: many currencies share `$`, so it only tells nothing.
    """
    sign = _NUMBER.sub("", text, count=1).strip(f"-−{_BLANKS}")
    if sign in amounts.signs:
        return amounts.signs[sign]
    if _CODE.fullmatch(sign):
        return sign
    if any(map(str.isalpha, sign)):
        raise ValueError(f"which currency is {sign[:20]!r} in {text[:40]!r}?")
    return None


def _shows_decimals(text: str, currency: str) -> bool:
    """Whether the decimals are there in spite of lost commas: `129.46`, or a currency that has none."""
    digits = exponent(currency)
    return digits == 0 or bool(
        re.search(rf"(?<![0-9.,])[0-9]+\.[0-9]{{{digits}}}(?![0-9.,])", text, re.ASCII)
    )


def _minor(text: str, currency: str) -> Money:
    if not _MINOR.fullmatch(text):
        raise ValueError(f"{text[:40]!r} is not a whole number of the smallest units of {currency}")
    return Money(int(text), currency)


def _marked(text: str, currency: str, mark: Decimals) -> Money:
    """An amount whose decimal mark is known; groups of three may be parted by one other mark."""
    numbers = _NUMBER.findall(text)
    match = _GROUPED[mark].fullmatch(numbers[0]) if len(numbers) == 1 else None
    if match is None or sum(map(text.count, "-−")) > len(match[1]):
        raise ValueError(f"not an amount with {mark!r} before its decimals: {text[:40]!r}")
    digits = exponent(currency)
    part = (match[4] or "").rstrip("0")
    if len(part) > digits:
        raise ValueError(f"{text[:40]!r}: {currency} has {digits} decimals")
    whole = re.sub("[^0-9]", "", match[2])
    return Money(int(f"{match[1]}{whole}{part:0<{digits}}"), currency)
