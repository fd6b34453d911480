"""The ids of PayPal's disputes and transactions."""

import re

_IDENTIFIER = re.compile(r"[A-Za-z0-9_-]{1,255}")


def read_identifier(text: str) -> str:
    """An id: letters, digits, `-` and `_`. Raises ValueError: `1.2E+15` was rounded by a spreadsheet."""
    if not _IDENTIFIER.fullmatch(text):
        raise ValueError(f"not an id: {text[:40]!r}")
    return text
