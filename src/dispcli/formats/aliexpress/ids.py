"""AliExpress' ids: digits, kept as text."""

from collections.abc import Mapping
from typing import Any

from dispcli.formats.values import digits

_ORDER_DIGITS = range(6, 33)


def order_number(values: Mapping[str, Any], name: str) -> str:
    """The number of an order. Raises ValueError where it is missing or none."""
    number = digits(values, name)
    if number is None:
        raise ValueError(f"{name} is missing")
    if len(number) not in _ORDER_DIGITS:
        raise ValueError(f"{name} {number!r} is not a number of 6 to 32 digits")
    return number


def aliases(platform_id: str, others: tuple[str | None, ...]) -> tuple[str, ...]:
    """A dispute's other ids, each once."""
    return tuple(dict.fromkeys(other for other in others if other and other != platform_id))


def also_known_as(others: tuple[str, ...]) -> str | None:
    """A note of a dispute's other ids, so that nobody has to look for them elsewhere."""
    return f"also known as {', '.join(others)}" if others else None
