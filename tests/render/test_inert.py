"""The functions that make text harmless, held against any text at all."""

import re
import sys
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispcli.render import inert
from dispcli.render.inert import tsv_cell, undirected, visible

ANY = st.text(st.characters(exclude_categories=()))
TRICKY = st.text(st.sampled_from("ab\\ntr\t\n\r\x00\x1b\x9b\u202e\u2066\u200b\u2028\ufeff =+-@"))
STEERING = ("Cc", "Cs", "Zl", "Zp")
DIRECTIONS = ("LRE", "LRO", "RLE", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")


def unescaped(cell: str) -> str:
    """The inverse of tsv_cell, as a careful reader writes it."""
    escapes = {"\\": "\\", "t": "\t", "n": "\n", "r": "\r"}
    rest = iter(cell)
    return "".join(escapes[next(rest)] if char == "\\" else char for char in rest)


@given(ANY | TRICKY)
def test_nothing_that_is_shown_steers_a_terminal(text: str) -> None:
    for char in visible(text):
        assert unicodedata.category(char) not in STEERING
        assert unicodedata.bidirectional(char) not in DIRECTIONS
        assert char not in "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad\u061c\u180e"


@pytest.mark.parametrize(("made", "pattern"), [(visible, inert._UNSAFE), (undirected, inert._STEERING)])
def test_no_character_there_is_escapes_by_looking_printable(made: Callable[[str], str], pattern: str) -> None:
    unsafe = set(re.findall(pattern, "".join(map(chr, range(sys.maxunicode + 1)))))
    assert {char for char in map(chr, range(sys.maxunicode + 1)) if made(char) != char} == unsafe


@given(ANY | TRICKY)
def test_what_goes_on_to_be_read_turns_nobody_s_words_and_controls_nothing(text: str) -> None:
    for char in undirected(text):
        assert char in "\t\n" or unicodedata.category(char) not in ("Cc", "Zl", "Zp")
        assert unicodedata.bidirectional(char) not in DIRECTIONS


@pytest.mark.parametrize("text", ["❤️", "👩‍👩‍👧", "\u200fשלום", "soft\u00adhyphen", "a\tb"])
def test_what_people_write_goes_on_as_it_is(text: str) -> None:
    assert undirected(text) == text


@given(ANY | TRICKY)
def test_what_is_shown_once_is_shown_the_same_again(text: str) -> None:
    assert visible(visible(text)) == visible(text)


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126)))
def test_plain_text_is_untouched(text: str) -> None:
    assert visible(text) == text


@given(st.text(st.sampled_from("äß 台灯💡ñé日本")))
def test_letters_of_the_world_are_untouched(text: str) -> None:
    assert visible(text) == text


@given(ANY | TRICKY)
def test_a_tsv_cell_stays_in_its_cell(text: str) -> None:
    assert not set(tsv_cell(text)) & set("\t\n\r")


@given(ANY | TRICKY)
def test_a_tsv_cell_can_be_read_back(text: str) -> None:
    assert unescaped(tsv_cell(text)) == text


@given(TRICKY, TRICKY)
def test_different_texts_are_different_cells(one: str, other: str) -> None:
    assert (tsv_cell(one) == tsv_cell(other)) is (one == other)
