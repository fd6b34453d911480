"""Money: whole minor units and an ISO 4217 code. Never a float, never a guess."""

import re
from functools import lru_cache
from typing import Self

from dispcli.namedtuples import NamedTuple

# ISO 4217 codes whose minor unit is not a hundredth.
_NO_DECIMALS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_THREE_DECIMALS = "BHD IQD JOD KWD LYD OMR TND"
_EXPONENTS = {
    **dict.fromkeys(_NO_DECIMALS.split(), 0),
    **dict.fromkeys(_THREE_DECIMALS.split(), 3),
    **dict.fromkeys(("CLF", "UYW"), 4),
}
# Patterns are compiled at their first use: most commands never parse an amount.
_PLAIN = r"([0-9]{1,15})(?:\.([0-9]{1,4}))?"
_GROUPED = r"[1-9][0-9]{0,2}(?:[., '’\u00a0\u202f][0-9]{3})+"
_PRINTED = r"(-?)\s*([0-9](?:[0-9., '’\u00a0\u202f]*[0-9])?)"

MAX_MINOR = 10**17
"""Larger amounts are taken for mistakes; it also keeps every amount inside a 64-bit integer."""


def exponent(currency: str) -> int:
    """How many decimals the currency's minor unit has (ISO 4217): USD 2, JPY 0, KWD 3."""
    return _EXPONENTS.get(currency, 2)


_CODES = {"EUR", "USD"}
"""Codes that were looked at already: a batch makes a million amounts of a few currencies."""


def _require_code(currency: str) -> None:
    if not (len(currency) == 3 and currency.isascii() and currency.isalpha() and currency.isupper()):
        raise ValueError(f"not a currency code: {currency!r} (three capital letters, as in USD)")
    _CODES.add(currency)


class _Amount(NamedTuple):
    minor: int
    currency: str


class Money(_Amount):
    """An amount in whole minor units of one currency.

    Raises ValueError for a code that is not three capital letters, or an amount out of range.
    """

    __slots__ = ()

    def __new__(cls, minor: int, currency: str) -> Self:
        """The checked amount."""
        if currency not in _CODES:
            _require_code(currency)
        if not -MAX_MINOR < minor < MAX_MINOR:
            raise ValueError("amount out of range")
        return super().__new__(cls, minor, currency)

    @property
    def amount(self) -> str:
        """The amount as exact decimal text, without the currency: `12.34`, `-0.05`, `1200` for JPY."""
        digits = exponent(self.currency)
        sign = "-" if self.minor < 0 else ""
        if digits == 0:
            return f"{sign}{abs(self.minor)}"
        whole, part = divmod(abs(self.minor), 10**digits)
        return f"{sign}{whole}.{part:0{digits}d}"

    def __str__(self) -> str:
        return f"{self.currency} {self.amount}"


@lru_cache(65536)
def money_of(minor: int | None, currency: str | None) -> Money | None:
    """An amount of two columns; None where one is empty. Prices repeat, and a million rows have two each."""
    return Money(minor, currency) if minor is not None and currency is not None else None


def parse_amount(text: str, default_currency: str | None, example: str | None = None) -> Money:
    """An amount as a person types it: `12.34`, `12.34 USD`, `USD12.34`.

    The decimal mark is a point and nothing is grouped, so there is nothing to guess. `example` is how one is
    written here, where that is not as in a command.
    Raises ValueError for anything else, for a negative amount, and for more decimals than the currency has.
    """
    stripped = text.strip()
    currency = default_currency
    if (code := stripped[:3].upper()).isascii() and code.isalpha():
        currency, stripped = code, stripped[3:].strip()
    elif (code := stripped[-3:].upper()).isascii() and code.isalpha():
        currency, stripped = code, stripped[:-3].strip()
    match = re.fullmatch(_PLAIN, stripped, re.ASCII)
    if match is None:
        raise ValueError(f"not an amount: {text!r} (write it as {example or _written(default_currency)})")
    if currency is None:
        raise ValueError(f"which currency? write it as in {example or _written(None)}")
    return _money(match[1], match[2] or "", currency)


def _written(default_currency: str | None) -> str:
    """An amount as it can be typed: the currency may be left out where there is one that is meant then."""
    if default_currency is None:
        return f"'{Money(1234, 'USD')}'"
    example = Money(1234, default_currency)
    return f"{example.amount} or '{example}'"


def parse_printed(text: str, currency: str) -> Money:
    """An amount as a shop prints it: `US $1,234.56`, `129,46zł`, `R$132,74`, `1 234,56 €`.

    The last mark is the decimal one when as many digits follow it as the currency has decimals;
    every other mark must group by three. Raises ValueError where that leaves two readings (`1.234`
    of a currency with three decimals) or none.
    """
    numbers = re.findall(_PRINTED, text, re.ASCII)
    if len(numbers) != 1:
        raise ValueError(f"not one amount: {text!r}")
    sign, number = numbers[0]
    if sum(text.count(mark) for mark in "-−") > len(sign):
        raise ValueError(f"a minus sign away from its number: {text!r}")
    digits = exponent(currency)
    marks = re.sub(r"[0-9]", "", number)
    if digits == 3 and marks and len(set(marks)) == 1:
        raise ValueError(f"two readings: {text!r}")
    if not marks or (digits != 3 and _is_grouped(number)):
        whole, part = number, ""
    elif digits and number[-digits - 1 : -digits] == marks[-1]:
        whole, part = number[: -digits - 1], number[-digits:]
    else:
        raise ValueError(f"not an amount of {currency}: {text!r}")
    if not (whole.isdigit() or (_is_grouped(whole) and (not part or marks[-1] != marks[0]))):
        raise ValueError(f"not an amount of {currency}: {text!r}")
    return _money(re.sub(r"[^0-9]", "", whole), part, currency, sign)


def _is_grouped(number: str) -> bool:
    return bool(re.fullmatch(_GROUPED, number, re.ASCII)) and len(set(re.sub(r"[0-9]", "", number))) == 1


def _money(whole: str, part: str, currency: str, sign: str = "") -> Money:
    digits = exponent(currency)
    if len(part) > digits:
        raise ValueError(f"{currency} has {digits} decimals")
    if len(whole) > 15:
        raise ValueError("amount out of range")
    return Money(int(f"{sign}{whole}{part:0<{digits}}"), currency)


def totals(amounts: list[Money]) -> tuple[Money, ...]:
    """The sum per currency, in order of the code. Amounts of different currencies are never added."""
    sums: dict[str, int] = {}
    for money in amounts:
        sums[money.currency] = sums.get(money.currency, 0) + money.minor
    return tuple(Money(minor, currency) for currency, minor in sorted(sums.items()))
