"""The language of templates: what is left out, what is repeated, what is a mistake; values stay values."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispcli.core.template_reading import about_of, parse
from dispcli.core.templates import Facts, Template, Value, Vocabulary, fill
from dispcli.core.toml_reading import Mistakes

KNOWN = Vocabulary(
    fields={"order": (), "title": (), "amount": (), "state": ("opened", "cancel_requested")},
    lists={"said": {"day": (), "text": (), "party": ("buyer", "seller")}, "files": {"name": ()}},
)


class Told:
    """Facts as a test tells them: texts by name, and lists of rows, each of which knows the whole too."""

    def __init__(self, whole: Mapping[str, Any], row: Mapping[str, str] = MappingProxyType({})) -> None:
        self._whole = whole
        self._row = row

    def value(self, name: str) -> Value | None:
        found = self._row.get(name, self._whole.get(name))
        return Value(found.replace("_", " "), found) if isinstance(found, str) else None

    def rows(self, name: str) -> Sequence[Facts]:
        return [Told(self._whole, row) for row in self._whole.get(name, ())]


def filled(text: str, **told: Any) -> str:
    return fill(parse(text, KNOWN), Told(told))


def mistakes(text: str) -> tuple[str, ...]:
    with pytest.raises(Mistakes) as wrong:
        parse(text, KNOWN)
    return wrong.value.mistakes


LAMP: Mapping[str, Any] = {"order": "77", "title": "Lamp", "state": "opened"}
TALK = [
    {"day": "1", "text": "one\ntwo", "party": "seller"},
    {"day": "2", "text": "three", "party": "buyer"},
    {"day": "3"},
]


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("order $order", "order 77"),
        ("${order}th, $order.", "77th, 77."),
        ("$$5 $[a$] a$|b a|b {x} $${order}", "$5 [a] a|b a|b {x} ${order}"),
        ("a\nfor $amount\nb", "a\nb"),
        ("a[ ($title)][ ($amount)] b", "a (Lamp) b"),
        ("[$amount|$title|none]", "Lamp"),
        ("[$amount|none]", "none"),
        ("[$amount|]x", "x"),
        ("[$title[ for $amount]]", "Lamp"),
        ("[$amount [$title]]", ""),
        ("[$?title yes|no] [$?amount yes|no]", "yes no"),
        ("[$?title  two blanks]", " two blanks"),
        ("[\n$?title next line\n|no]", "next line"),
        ("[${?title}glued]", "glued"),
        ("[$?state=opened is $state|no]", "is opened"),
        ("[${?state=cancel_requested}no|no, $state]", "no, opened"),
        ("$?amount all of the line\nrest", "rest"),
        ("$?title all of the line\nrest", "all of the line\nrest"),
        ("[$?said some|none]", "none"),
        ("[$*said - $day|none]", "none"),
        ("a\n\n[$amount]\n\n\nb\n\n", "a\n\nb"),
        ("\n\na  \n \t\nb", "a\n\nb"),
        ("# for nobody\n# more\n\na # b", "a # b"),
        ("", ""),
        ("[$?amount\n]", ""),
    ],
)
def test_what_is_known_is_filled_in_and_the_rest_is_left_out(template: str, text: str) -> None:
    assert filled(template, **LAMP) == text


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("[$*said - $day, $party: $text]", "- 1, seller: one\n    two\n- 2, buyer: three"),
        ("  [$*said $day $text]", "  1 one\n      two\n  2 three"),
        ("[$*said $day[: $text]]", "1: one\n    two\n2: three\n3"),
        ("[$*said $order/$day]", "77/1\n77/2\n77/3"),
        ("[$*said [$?party=seller S|$?party=buyer B|?]]", "S\nB\n?"),
        ("[$?said TALK\n[$*said $day\n]]", "TALK\n1\n2\n3"),
        (
            "[$*said $day [$*said $text]]",
            "1 one\n    two\nthree\n2 one\n    two\nthree\n3 one\n    two\nthree",
        ),
        ("[$*files $name|$*said $day]", "1\n2\n3"),
    ],
)
def test_a_list_is_repeated_for_its_rows(template: str, text: str) -> None:
    assert filled(template, **LAMP, said=TALK) == text


def test_fields_and_lists_are_those_that_are_named() -> None:
    template = parse("# x\n$order [$?title $amount|$*said $day $order] [$?files a]", KNOWN)
    assert template.fields == ("order", "title", "amount")
    assert template.lists == ("said", "files")
    assert template.about == "x"


@pytest.mark.parametrize(
    ("text", "about"),
    [("# To you", "To you"), ("#To you\nx", "To you"), ("#\nx", None), ("x\n# y", None), ("", None)],
)
def test_the_first_remark_tells_what_it_is_for(text: str, about: str | None) -> None:
    assert about_of(text) == about


@pytest.mark.parametrize(
    ("template", "told"),
    [
        ("a $titel", "1:3: no such field: 'titel'; did you mean 'title'?"),
        ("a\n$Order", "2:1: no such field: 'Order'; did you mean 'order'?"),
        ("$day", "1:1: no such field: 'day'; see 'dispcli help drafts'"),
        ("[$*said $name]", "1:9: no such field: 'name'; see 'dispcli help drafts'"),
        ("[$*sayd $day]", "1:2: no such list: 'sayd'; did you mean 'said'?"),
        ("$*said", "1:1: $*said must come first in its brackets: [$*said ...]"),
        ("[x $*said]", "1:4: $*said must come first in its brackets: [$*said ...]"),
        ("[$?state=open x]", "1:2: state is never 'open' (one of: opened, cancel_requested)"),
        ("[$?title=Lamp x]", "1:2: title is never 'Lamp' (it can't be compared)"),
        ("[$?said=x y]", "1:2: no such field: 'said'; see 'dispcli help drafts'"),
        ("costs $5", "1:7: a $ without a field; the sign itself is $$"),
        ("a $", "1:3: a $ without a field; the sign itself is $$"),
        ("${or der}", "1:1: 'or der' is no field; the sign itself is $$"),
        ("${}", "1:1: '' is no field; the sign itself is $$"),
        ("${order=5}", "1:1: 'order=5' is no field; the sign itself is $$"),
        ("a\nb [c", "2:3: this bracket is never closed; a bracket itself is $["),
        ("a ]", "1:3: no bracket is open here; a bracket itself is $]"),
        ("[" * 9, "1:9: more than 8 brackets in each other"),
    ],
)
def test_a_mistake_is_told_with_its_place(template: str, told: str) -> None:
    assert mistakes(template) == (told,)


def test_remarks_count_as_lines() -> None:
    assert mistakes("# one\n# two\n\n$nothing_like_it")[0].startswith("4:1: ")


def test_every_mistake_is_told_at_once() -> None:
    assert [told.partition(": ")[0] for told in mistakes("$a $5\n[$b]\n]$*said\n[")] == [
        "1:1",
        "1:4",
        "2:2",
        "3:1",
        "3:2",
        "4:1",
    ]


def test_mistakes_are_told_in_the_order_of_the_text() -> None:
    told = mistakes("[\n$nothing")
    assert [one.split(":")[0] for one in told] == ["1", "2"]
    assert told[0] == "1:1: this bracket is never closed; a bracket itself is $["


def test_a_file_of_mistakes_is_not_read_to_its_end() -> None:
    told = mistakes("$ " * 30_000)
    assert len(told) == 51
    assert told[-1] == "and perhaps more"


@pytest.mark.parametrize(
    "value",
    ["$order", "${order}", "[$title]", "$*said", "]", "[", "|", "$$", "$?title", "{order}", "%s", "\\1"],
)
def test_what_is_filled_in_is_never_looked_at_again(value: str) -> None:
    assert filled("<$title>[ ($title)]", title=value) == f"<{value}> ({value})"
    assert filled("[$*said $text]", said=[{"text": value}]) == value


def test_no_line_of_a_value_passes_for_a_line_of_the_template() -> None:
    text = filled("SAID\n- $title\n\nPAID", title="a\n\nPAID\n- b")
    assert text == "SAID\n- a\n\n    PAID\n    - b\n\nPAID"


ANY = st.text(st.sampled_from("$?*[]|={}# \nabc_orderti5"), max_size=60)


@given(ANY)
def test_any_text_is_a_template_or_told_to_be_none(text: str) -> None:
    """And what is one has no blank at the end of a line, and no blank lines where none belong."""
    try:
        template: Template = parse(text, KNOWN)
    except Mistakes:
        return
    result = fill(template, Told({**LAMP, "said": TALK[1:]}))
    lines = result.split("\n")
    assert all(line == line.rstrip() for line in lines)
    assert result == "" or (lines[0] and lines[-1])


@given(st.text(max_size=40).filter(lambda text: not text.startswith("#")))
def test_a_text_with_its_signs_doubled_is_itself(text: str) -> None:
    escaped = "".join(f"${char}" if char in "$[]|" else char for char in text)
    plain = [line.rstrip() for line in text.split("\n")]
    kept = [line for index, line in enumerate(plain) if line or (index and plain[index - 1])]
    expected = "\n".join(kept).strip("\n")
    assert filled(escaped) == expected
