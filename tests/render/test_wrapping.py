"""Lines of whole words: nothing lost, nothing broken, commands in one piece."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispcli.render.wrapping import cells, hanging, wrapped

TEXTS = st.lists(st.text("ab-'é漢 ", min_size=1, max_size=12), max_size=20).map(" ".join)


@given(TEXTS, st.integers(8, 60), st.integers(0, 40), st.integers(0, 7))
def test_only_blanks_become_line_ends_and_only_long_words_stick_out(
    text: str, width: int, indent: int, taken: int
) -> None:
    lines = wrapped(text, width, indent=indent, taken=taken).split("\n")
    assert " ".join(line.strip(" ") for line in lines).split() == text.split()
    for count, line in enumerate(lines):
        alone = len(line.split()) == 1
        assert cells(line.rstrip()) <= width - (0 if count else taken) or alone
        assert count == 0 or line.startswith(" " * min(indent, 6))


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("to take it back: dispcli dispute keep D1 D2", ["to take it back:", "  dispcli dispute keep D1 D2"]),
        ("see 'dispcli help filters' or ask", ["see", "  'dispcli help filters'", "  or ask"]),
        ("dispcli dispute message ORDER TEXT", ["dispcli dispute message ORDER TEXT"]),
        ("here; dispcli can't press the button", ["here; dispcli can't", "  press the button"]),
    ],
)
def test_a_command_is_not_broken(text: str, lines: list[str]) -> None:
    """A shell runs what is pasted up to the line's end."""
    assert wrapped(text, 22, indent=2).split("\n") == lines


def test_wide_letters_take_two_columns() -> None:
    assert wrapped("漢字 漢字 漢字", 10) == "漢字 漢字\n漢字"


def test_the_blank_behind_a_question_stays() -> None:
    assert wrapped("Cancel it? [y/N] ", 10) == "Cancel it?\n[y/N] "


def test_a_deep_indent_gives_way_on_a_narrow_terminal() -> None:
    text = "received-ok           the goods arrived and are fine"
    assert wrapped(text, 44, indent=22).split("\n")[1] == " " * 22 + "are fine"
    assert wrapped(text, 40, indent=22).split("\n")[1] == " " * 6 + "and are fine"


def test_blanks_that_nothing_follows_cost_no_more_than_they_are_long() -> None:
    """Tried from each of them on, so many would take minutes."""
    text = f"Lamp{' ' * 100_000}"
    assert wrapped(text, 80) == text
    assert hanging(text, 80) == text
