"""What of PayPal's files can't be read, and under which key it stands."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from dispcli.formats.values import optional, required

T = TypeVar("T")


class Misread(ValueError):
    """Why a value can't be read; `key` is a column's name or the path to it in a document."""

    def __init__(self, key: str, message: str) -> None:
        super().__init__(message)
        self.key = key
        self.message = message


def read_at(key: str, read: Callable[[], T]) -> T:
    """What `read` gives. Its ValueError becomes a Misread at the key, below it where it names one itself."""
    try:
        return read()
    except Misread as problem:
        raise Misread(f"{key}.{problem.key}", problem.message) from None
    except ValueError as problem:
        raise Misread(key, str(problem).removeprefix(f"{key} ")) from None


def text_at(values: Mapping[str, Any], key: str) -> str | None:
    """A text that may be absent. Raises Misread."""
    return read_at(key, lambda: optional(values, key))


def required_at(values: Mapping[str, Any], key: str) -> str:
    """A text that must be there. Raises Misread."""
    return read_at(key, lambda: required(values, key))
