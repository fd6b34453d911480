"""JSON documents are read value by value, strictly, however the text happens to come."""

import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispcli.errors import BadInput
from dispcli.formats import documents, json_text
from dispcli.formats.documents import read_documents

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**30), 10**30) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
OBJECTS = st.dictionaries(st.text(), VALUES, max_size=4).filter(lambda one: not one.keys() & documents.LISTS)


class Trickle(io.BytesIO):
    """Gives a few bytes at a time, as a slow pipe does."""

    def __init__(self, data: bytes, at_once: int) -> None:
        super().__init__(data)
        self._at_once = at_once

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(self._at_once)


def read(text: str, at_once: int = 1 << 20, encoding: str = "utf-8") -> list[Any]:
    return list(read_documents("a.json", Trickle(text.encode(encoding, "surrogatepass"), at_once)))


def refused(text: str, at_once: int = 1 << 20) -> str:
    with pytest.raises(BadInput) as caught:
        read(text, at_once)
    return caught.value.message


@given(st.lists(VALUES), st.integers(3, 40), st.sampled_from([None, 1]), st.booleans())
def test_a_list_comes_as_its_elements(
    values: list[Any], at_once: int, indent: int | None, ascii: bool
) -> None:
    assert read(json.dumps(values, indent=indent, ensure_ascii=ascii), at_once) == values


@given(OBJECTS, st.integers(3, 40))
def test_an_object_comes_whole(value: dict[str, Any], at_once: int) -> None:
    assert read(json.dumps(value), at_once) == [value]


@given(st.lists(OBJECTS, min_size=1), st.sampled_from(["", "\n", " \r\n\t"]), st.integers(3, 40))
def test_documents_may_follow_each_other(values: list[Any], between: str, at_once: int) -> None:
    assert read(between.join(map(json.dumps, values)), at_once) == values


@given(st.integers(0, 2600), st.booleans())
def test_a_document_around_a_long_list_comes_in_parts(count: int, last: bool) -> None:
    rows = [{"n": number} for number in range(count)]
    told = {"schema_version": 1, "order_lines": rows, **({"links": []} if last else {})}
    parts = read(json.dumps(told))
    assert [row for part in parts for row in part["order_lines"]] == rows
    assert all(part["schema_version"] == 1 and len(part["order_lines"]) <= 1000 for part in parts)
    assert parts[-1].keys() == told.keys()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_tells_the_encoding(encoding: str) -> None:
    assert read('[{"a": "灯"}]', 5, encoding) == [{"a": "灯"}]


@pytest.mark.parametrize("text", ["mtopjsonp1({})", " cb([{}]);", "a({})\nb({});{}"])
def test_the_callback_of_a_web_page_is_taken_away(text: str) -> None:
    found = read(text)
    assert found
    assert all(one == {} for one in found)


WRONG = {
    "a comma too many": ("[1,\n 2,]", "a.json:2:4: not well-formed JSON: Expecting value"),
    "a comma missing": ("[1\n 2]", "a.json:2:2: not well-formed JSON: a comma or the end of the list"),
    "an object's comma missing": ('{"a": 1 "b": 2}', "a.json:1:9: not well-formed JSON: a comma or the end"),
    "cut off in a list": ('[{"a": 1},', "a.json:1:11: not well-formed JSON: it ends too early"),
    "cut off in a text": ('[{"a": "b', "a.json:1:8: not well-formed JSON: Unterminated string"),
    "cut off after a key": ('{"a"', "a.json:1:5: not well-formed JSON: it ends too early"),
    "no key": ("{1: 2}", "a.json:1:2: not well-formed JSON: a key in double quotes is missing"),
    "words": ('{"a": maybe}', "a.json:1:7: not well-formed JSON: Expecting value"),
    "something behind it": ("{} x", "a.json:1:4: not well-formed JSON: Expecting value"),
    "an open callback": ("cb({}", "a.json:1:6: not well-formed JSON: it ends too early"),
    "a key twice": ('{"a": 1,\n "a": 2}', "a.json:2:5: not acceptable JSON: a key stands twice: 'a'"),
    "a key twice inside": ('[{},\n {"b": 1, "b": 2}]', "a.json:2:2: not acceptable JSON: a key stands twice"),
    "a list's key twice": ('{"items": [], "items": []}', "a key stands twice: 'items'"),
    "NaN": ("[1,\nNaN]", "a.json:2:1: not acceptable JSON: NaN is not a number"),
    "minus infinity": ("[-Infinity]", "-Infinity is not a number"),
    "an exponent": ("[1e9]", "has an exponent"),
    "a huge integer": ("[" + "9" * 5000 + "]", "is too large"),
    "deep": ("[" * 100_000, "a.json:1:2: not acceptable JSON"),
    "NUL": ('{"a":\n"\x00"}', "a.json:2: a NUL character"),
    "a line end in a text": ('["a\nb"]', "a.json:1:4: not well-formed JSON: Invalid control character"),
    "nothing": (" \n", "a.json: the input is empty"),
}


@pytest.mark.parametrize("kind", WRONG)
@pytest.mark.parametrize("at_once", [3, 1 << 20])
def test_what_is_wrong_is_told_with_its_place(kind: str, at_once: int) -> None:
    text, told = WRONG[kind]
    assert told in refused(text, at_once)


def test_half_a_character_has_its_line() -> None:
    with pytest.raises(BadInput, match=r"a\.json:2: not utf-8 text"):
        list(read_documents("a.json", io.BytesIO(b'[1,\n"\xff"]')))


def test_the_first_values_come_before_the_rest_is_read() -> None:
    stream = Trickle(b"[" + b'{"a": 1}, ' * 1000, 100)
    values: Iterator[Any] = read_documents("a.json", stream)
    assert next(values) == {"a": 1}
    assert stream.tell() < 1000


def test_one_value_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_text, "MAX_VALUE", 1000)
    assert "a.json:1:2: one value is longer than" in refused('["' + "x" * 5000 + '"]', 100)


def test_many_values_have_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_text, "MAX_VALUE", 1000)
    assert len(read(json.dumps(["x" * 50] * 400), 100)) == 400
