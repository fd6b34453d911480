"""JSON documents, read strictly: no key twice, no NaN, no number that an exponent has blown up."""

import json
from decimal import Decimal
from typing import Any, BinaryIO

from dispcli.errors import BadInput
from dispcli.formats.text import read_text

_LONGEST_NUMBER = 32


def read_document(name: str, stream: BinaryIO) -> Any:
    """The value of a document; fractions are Decimals. Raises BadInput with the place."""
    text = read_text(name, stream)
    try:
        return json.loads(
            text,
            object_pairs_hook=_unique,
            parse_constant=_refuse,
            parse_float=_fraction,
            parse_int=_whole,
        )
    except json.JSONDecodeError as problem:
        place = f"{name}:{problem.lineno}:{problem.colno}"
        raise BadInput(f"{place}: not well-formed JSON: {problem.msg}") from None
    except (ValueError, RecursionError) as problem:
        raise BadInput(f"{name}: not acceptable JSON: {problem}") from None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"a key stands twice: {next(n for n in names if names.count(n) > 1)!r}")
    return found


def _refuse(text: str) -> Any:
    raise ValueError(f"{text} is no number")


def _fraction(text: str) -> Decimal:
    """An exponent is refused: no amount needs one, and turning `1e9999999` into digits would take forever."""
    if len(text) > _LONGEST_NUMBER or "e" in text.lower():
        raise ValueError(f"the number {text[:40]} is too large or has an exponent")
    return Decimal(text)


def _whole(text: str) -> int:
    if len(text) > _LONGEST_NUMBER:
        raise ValueError(f"the number {text[:40]}… is too large")
    return int(text)
