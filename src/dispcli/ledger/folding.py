"""Capital and small letters taken for the same, in every alphabet. LIKE itself does so for ASCII alone."""

from typing import overload


@overload
def folded(text: str) -> str: ...
@overload
def folded(text: None) -> None: ...
def folded(text: str | None) -> str | None:
    """The text without the difference between capitals and small letters that LIKE would still see.

    Lists call it for each text they look at, as SQL's `folded`, where what they look for is not ASCII.
    """
    if text is None or text.isascii():
        return text
    return _without_capitals(text)


def same_letters(one: str, other: str) -> bool:
    """Whether two texts differ in nothing but capitals and small letters."""
    return _without_capitals(one) == _without_capitals(other)


def _without_capitals(text: str) -> str:
    from unicodedata import normalize

    return normalize("NFC", text.casefold())


def by_letters(name: str, text: str) -> str:
    """The name of the list's filter that finds this text: an ASCII one is found without calling Python."""
    return name if text.isascii() else f"{name}_folded"
