"""How AliExpress' answers tell money: `cent`, decimal text, or both in one object."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from dispcli.core.money import Money, exponent, parse_amount
from dispcli.formats.values import optional

_CENT = re.compile(r"[0-9]{1,18}", re.ASCII)


def money_of(values: Mapping[str, Any], name: str) -> Money | None:
    """The money at a key: `{"cent": 1234, "currency": "USD"}`, `{"amount": "12.34", "currency_code": "USD"}`.

    `cent` are minor units; the currency is a code, or an object that has one. None where nothing is told.
    Raises ValueError for what is no amount, is below zero, or says two amounts.
    """
    value = values.get(name)
    if value is None or value == {}:
        return None
    if not isinstance(value, dict):
        raise ValueError(f"{name} is not an amount with a currency")
    currency = _currency(name, value)
    said = decimal_money(value, "amount", currency)
    counted = _counted(name, value, currency, said)
    if said and counted and said != counted:
        raise ValueError(f"{name} says both {said} and {counted}")
    return said or counted


def _currency(name: str, value: Mapping[str, Any]) -> str:
    nested = value.get("currency")
    code = optional(nested, "currency_code") if isinstance(nested, dict) else optional(value, "currency")
    code = optional(value, "currency_code") or code
    if code is None:
        raise ValueError(f"{name} has no currency")
    return code


def _counted(name: str, value: Mapping[str, Any], currency: str, said: Money | None) -> Money | None:
    """The money in `cent`, which are minor units unless the platform's factor says otherwise."""
    cent = optional(value, "cent")
    if cent is None:
        return None
    if not _CENT.fullmatch(cent):
        raise ValueError(f"{name}: cent {cent[:40]!r} is not a whole number")
    factor = optional(value, "cent_factor")
    if factor is None or factor == str(10 ** exponent(currency)):
        return Money(int(cent), currency)
    if said is None:
        raise ValueError(f"{name}: {factor} cent are no unit of {currency}")
    return None


def decimal_money(values: Mapping[str, Any], name: str, currency: str | None) -> Money | None:
    """Decimal text or a JSON number, as in `407.47`; None where it is absent or empty. Raises ValueError.

    Zeros beyond the currency's decimals are no contradiction: `1200.00` of JPY.
    """
    value = values.get(name)
    text = str(value) if isinstance(value, Decimal) else optional(values, name)
    if text is None:
        return None
    if currency is None:
        raise ValueError(f"{name} {text[:40]!r} has no currency")
    whole, point, part = text.partition(".")
    shown = part[: exponent(currency)] + part[exponent(currency) :].rstrip("0") if point else ""
    if not whole.isdigit() or (point and not part.isdigit()):
        raise ValueError(f"{name} {text[:40]!r} is not an amount")
    return parse_amount(f"{whole}.{shown}" if shown else whole, currency)
