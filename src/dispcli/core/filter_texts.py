"""A text as a filter has it: in quotes where it needs them, shortened where a sentence tells of it."""

import re

MAX_TEXT = 1000
"""The longest text that a list looks for, in characters: patterns have a greatest length in SQLite."""


def quoted(text: str) -> str:
    """The text as a value that means it literally, in quotes where it needs them."""
    if text and not re.search(r'\s|^[<>~"]', text):
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def shortened(text: str) -> str:
    """The text as far as a sentence about it needs it."""
    return text if len(text) <= 40 else f"{text[:39]}\N{HORIZONTAL ELLIPSIS}"
