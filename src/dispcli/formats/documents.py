"""JSON documents, read strictly: no key twice, no NaN, no number that an exponent has blown up.

They are read value by value, so a list of any length takes the memory of one of its elements.
"""

import json
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice
from typing import Any, BinaryIO

from dispcli.errors import BadInput
from dispcli.formats.json_text import CALLBACK, LONGEST_CALLBACK, JsonText

LISTS = ("items", "order_lines")
"""Keys under which a document holds nothing but a long list: PayPal's answers, our own exports."""

_ELEMENTS = 1000
_LONGEST_NUMBER = 32
_NEARLY_THE_END = 16


def read_documents(name: str, stream: BinaryIO) -> Iterator[Any]:
    """The documents of an input; fractions are Decimals. Raises BadInput with the place.

    They are the elements of a list, or what stands there alone or one after the other. A document around a
    long list (`LISTS`) comes as several around some of its elements each.
    """
    text = JsonText(name, stream)
    if not text.next_mark():
        raise BadInput(f"{name}: the input is empty")
    reader = _Reader(text)
    while mark := text.next_mark():
        text.require(LONGEST_CALLBACK)
        if wrapped := CALLBACK.match(text.text, text.at):
            text.at = wrapped.end()
            mark = text.next_mark()
        if mark == "[":
            yield from reader.elements()
        elif mark == "{":
            yield from reader.members()
        else:
            yield reader.value()
        if wrapped:
            reader.take(")", "a ')'")
            reader.skip(";")


class _Reader:
    """Takes values from a text, each where the one before it has ended."""

    def __init__(self, text: JsonText) -> None:
        self._text = text
        self._decoder = json.JSONDecoder(
            object_pairs_hook=_unique,
            parse_constant=_refuse,
            parse_float=_fraction,
            parse_int=_whole,
        )

    def value(self) -> Any:
        """The value that begins at the next mark, whole."""
        text = self._text
        text.next_mark()
        while True:
            try:
                found, end = self._decoder.raw_decode(text.text, text.at)
            except json.JSONDecodeError as problem:
                ahead = problem.pos - text.at
                if not self._is_cut_off(problem) or not text.more():
                    raise self._wrong(text.at + ahead, problem.msg) from None
            except (ValueError, RecursionError) as problem:
                place = text.place(text.at)
                raise BadInput(f"{place}: not acceptable JSON: {problem}") from None
            else:
                ahead = end - text.at
                if self._is_whole(found, end) or not text.more():
                    text.at += ahead
                    return found

    def elements(self) -> Iterator[Any]:
        """The elements of the list that begins here."""
        self._text.at += 1
        if self.skip("]"):
            return
        while True:
            yield self.value()
            if self.skip("]"):
                return
            self.take(",", "a comma or the end of the list")

    def members(self) -> Iterator[dict[str, Any]]:
        """The object that begins here: whole, or as several, each around a part of its long list."""
        self._text.at += 1
        found: dict[str, Any] = {}
        more = not self.skip("}")
        while more:
            key = self._key(found)
            if key in LISTS and self._text.next_mark() == "[":
                elements = self.elements()
                found[key] = list(islice(elements, _ELEMENTS))
                while rest := list(islice(elements, _ELEMENTS)):
                    yield dict(found)
                    found[key] = rest
            else:
                found[key] = self.value()
            more = not self.skip("}")
            if more:
                self.take(",", "a comma or the end of the object")
        yield found

    def skip(self, mark: str) -> bool:
        """Whether this stood here; then it is passed."""
        found = self._text.next_mark() == mark
        self._text.at += found
        return found

    def take(self, mark: str, called: str) -> None:
        """This must stand here."""
        if not self.skip(mark):
            raise self._wrong(self._text.at, f"{called} is missing")

    def _key(self, known: dict[str, Any]) -> str:
        start = self._text.next_mark()
        if start != '"':
            raise self._wrong(self._text.at, "a key in double quotes is missing")
        key: str = self.value()
        if key in known:
            place = self._text.place(self._text.at)
            raise BadInput(f"{place}: not acceptable JSON: a key stands twice: {key!r}")
        self.take(":", "a ':'")
        return key

    def _is_cut_off(self, problem: json.JSONDecodeError) -> bool:
        """Whether more text may mend it: it is about the end of what is there."""
        last = len(self._text.text) - _NEARLY_THE_END
        return problem.pos >= last or problem.msg.startswith("Unterminated string")

    def _is_whole(self, found: Any, end: int) -> bool:
        """Whether no more text can change it: `1` may be the beginning of `12` or of `1e+3`."""
        return not isinstance(found, int | Decimal) or end < len(self._text.text) - len("e+")

    def _wrong(self, at: int, told: str) -> BadInput:
        told = told if self._text.text[at:].strip() else "it ends too early"
        return BadInput(f"{self._text.place(at)}: not well-formed JSON: {told}")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"a key stands twice: {next(n for n in names if names.count(n) > 1)!r}")
    return found


def _refuse(text: str) -> Any:
    raise ValueError(f"{text} is not a number")


def _fraction(text: str) -> Decimal:
    """An exponent is refused: no amount needs one, and turning `1e9999999` into digits would take forever."""
    if len(text) > _LONGEST_NUMBER or "e" in text.lower():
        raise ValueError(f"the number {text[:40]} is too large or has an exponent")
    return Decimal(text)


def _whole(text: str) -> int:
    if len(text) > _LONGEST_NUMBER:
        raise ValueError(f"the number {text[:40]}… is too large")
    return int(text)
