"""Cells that a spreadsheet would run as a formula: made harmless, and read back as they were."""

import re

RISKY = frozenset("=+-@\t\r'")
"""How a cell begins that has to be looked at."""

_FORMULA = r"'*[=+\-@\t\r]"
_DEFUSED = r"'+[=+\-@\t\r]"


def defused(text: str) -> str:
    """The text as a cell that is never a formula: an apostrophe before what could be one.

    One that stands before such a beginning already gets another, so that `restored` knows which is ours.
    """
    return f"'{text}" if re.match(_FORMULA, text) else text


def restored(text: str) -> str:
    """The inverse of `defused`, for every text."""
    return text[1:] if re.match(_DEFUSED, text) else text
