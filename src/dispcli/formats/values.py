"""Single values of files, read strictly: what is not clearly what it should be is refused with a sentence."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

MAX_FIELD = 256 * 1024
"""The longest single field accepted, in characters."""

_SHORT = 1024
_QUANTITY = re.compile(r"[0-9]{1,6}", re.ASCII)
_PLAIN_ADDRESS = re.compile(r"https?://[a-z0-9.-]+(?::[0-9]+)?(?:[/?#][!-~]*)?", re.ASCII)
_SURROGATE = re.compile("[\ud800-\udfff]")


def optional(values: Mapping[str, Any], name: str) -> str | None:
    """A value as text without blanks around it; None where there is none. Raises ValueError."""
    value = values.get(name)
    if value is None:
        return None
    if type(value) is not str:
        if type(value) is not int:
            raise ValueError(f"{name} is not text")
        value = str(value)
    text = value.strip()
    if len(text) > _SHORT or not text.isprintable():
        _require_clean(name, text)
    return text or None


def _require_clean(name: str, text: str) -> None:
    if len(text) > MAX_FIELD:
        raise ValueError(f"{name} is longer than {MAX_FIELD // 1024} KiB")
    if _SURROGATE.search(text):
        raise ValueError(f"{name} has half a character (a lone surrogate)")
    if "\x00" in text:
        raise ValueError(f"{name} has a NUL character")


def required(values: Mapping[str, Any], name: str) -> str:
    """A value that must be there. Raises ValueError."""
    text = optional(values, name)
    if text is None:
        raise ValueError(f"{name} is missing")
    return text


def digits(values: Mapping[str, Any], name: str) -> str | None:
    """An id of digits. Raises ValueError for anything else: `8.2E+15` was rounded by a spreadsheet."""
    text = optional(values, name)
    if text is not None and not (text.isascii() and text.isdigit()):
        raise ValueError(f"{name} {text!r} is not a number")
    return text


def quantity(text: str) -> int:
    """A number of pieces. Raises ValueError."""
    if not _QUANTITY.fullmatch(text) or int(text) == 0:
        raise ValueError(f"quantity {text!r} is not a whole number from 1 to 999999")
    return int(text)


def web_address(values: Mapping[str, Any], name: str) -> str | None:
    """An http(s) address; anything else is left out, as nothing hangs on it."""
    text = optional(values, name)
    if text is None:
        return None
    text = f"https:{text}" if text.startswith("//") else text
    if _PLAIN_ADDRESS.fullmatch(text):  # nearly all are, and taking one apart takes ten times as long
        return text
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    return text if parts.scheme in ("http", "https") and parts.hostname else None
