"""What lists and lookups bind: days and instants, patterns, lists of words, as their conditions want them."""

from collections.abc import Collection

Bounds = tuple[str, str]
"""A day and an instant: what rows that only know their day, and what the others, are compared with."""

EARLIEST: Bounds = ("", "")
LATEST: Bounds = ("~", "~")


def within(since: Bounds, until: Bounds) -> dict[str, str]:
    """What a filter of time binds: from `since`, both included, until just before `until`."""
    return {
        "since": min(since),
        "since_day": since[0],
        "since_instant": since[1],
        "until": max(until),
        "until_day": until[0],
        "until_instant": until[1],
    }


def day_after(day: str) -> str:
    """The least text after a day, which is before every later one."""
    return f"{day} "


def literal(text: str) -> str:
    """A LIKE pattern that is this text; capitals of ASCII are like small letters (see `folding`)."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def anywhere(part: str) -> str:
    """A LIKE pattern: this text somewhere."""
    return f"%{literal(part)}%"


def array(words: Collection[str]) -> str:
    """The words as a JSON array. Loading json costs a command more than all plain names together."""
    text = "".join(words)
    if text.isascii() and text.isprintable() and '"' not in text and "\\" not in text:
        return '["' + '","'.join(words) + '"]' if words else "[]"
    import json

    return json.dumps(list(words))
