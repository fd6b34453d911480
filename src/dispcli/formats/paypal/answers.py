"""Values in the answers of PayPal's disputes API: objects, lists, ids, amounts, instants."""

import re
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from dispcli.core.amount_style import read_exact
from dispcli.core.moments import instant
from dispcli.core.money import Money
from dispcli.formats.paypal.identifiers import read_identifier
from dispcli.formats.paypal.misread import Misread, read_at, required_at, text_at

_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,9})?(?:Z|[+-][0-9]{2}:?[0-9]{2})"
)
_YEARS = range(1900, 2200)


def object_at(values: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """An object that may be absent. Raises Misread."""
    value = values.get(key)
    if value is not None and not isinstance(value, dict):
        raise Misread(key, "not an object")
    return value or {}


def objects_at(values: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    """A list of objects that may be absent. Raises Misread."""
    value = values.get(key)
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise Misread(key, "not a list of objects")
    return value


def identifier_at(values: Mapping[str, Any], key: str) -> str | None:
    """An id that may be absent. Raises Misread."""
    text = text_at(values, key)
    return None if text is None else read_at(key, lambda: read_identifier(text))


def amount_at(values: Mapping[str, Any], key: str) -> Money | None:
    """An amount that may be absent: its value is the text of a plain decimal. Raises Misread."""
    told = object_at(values, key)
    return read_at(key, lambda: _amount(told)) if told else None


def _amount(told: Mapping[str, Any]) -> Money:
    currency = required_at(told, "currency_code")
    text = required_at({"value": _plain(told.get("value"))}, "value")
    money = read_at("value", lambda: read_exact(text, currency))
    if money.minor < 0:
        raise Misread("value", f"{text} is below zero")
    return money


def _plain(value: Any) -> Any:
    """A number as the text it was written with."""
    return str(value) if isinstance(value, Decimal) else value


def instant_at(values: Mapping[str, Any], key: str) -> str | None:
    """An instant that may be absent, as UTC to the second. Raises Misread."""
    text = text_at(values, key)
    return None if text is None else read_at(key, lambda: _instant(text))


def required_instant_at(values: Mapping[str, Any], key: str) -> str:
    """An instant that must be there, as UTC to the second. Raises Misread."""
    moment = instant_at(values, key)
    if moment is None:
        raise Misread(key, "is missing")
    return moment


def _instant(text: str) -> str:
    """RFC 3339, as PayPal has it: the zone is always told. Raises ValueError."""
    spelt = text.upper()
    if not _INSTANT.fullmatch(spelt) or int(spelt[:4]) not in _YEARS:
        raise ValueError(f"not an instant with its zone: {text[:40]!r}")
    try:
        return instant(datetime.fromisoformat(spelt))
    except ValueError:
        raise ValueError(f"no such instant: {text!r}") from None
