"""Which columns there is room for: ids are never cut, words not broken, and what is least missed goes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispcli.render.fields import Field, Kind
from dispcli.render.layout import GAP, fit


def field(name: str, kind: Kind = Kind.TEXT, flex: int = 0) -> Field:
    return Field(name, lambda record: record, kind, heading=name.upper(), flex=flex)


ORDER = field("order", Kind.ID)
STATE = field("state")
DATE = field("date", Kind.MOMENT)
TOTAL = field("total", Kind.MONEY)
MARKS = field("marks", Kind.LIST)
TITLE = field("title", flex=1)
SELLER = field("seller", flex=2)
MESSAGE = field("message", Kind.SENTENCE, flex=1)
PIECES = field("pieces", Kind.COUNT)
TEXTS = {
    ORDER: "8190000000000001",
    STATE: "cancel_requested",
    DATE: "25d ago",
    TOTAL: "USD 60.00",
    MARKS: "D1 opened, D2 escalated",
    TITLE: "A desk lamp made of brass, with a bulb",
    SELLER: "Bright Things Store of Shenzhen",
    PIECES: "12",
    MESSAGE: "a refund was promised, and has not been received",
}


def shown(room: int, *fields: Field) -> dict[str, int]:
    """The columns there are, with their widths."""
    columns = [[each.heading or "", TEXTS[each]] for each in fields]
    return {fields[i].name: width for i, width in fit(fields, columns, room)}


@pytest.mark.parametrize(
    ("room", "names"),
    [
        (140, "order state date total seller title"),
        (86, "order state date total seller title"),
        (80, "order state date total title"),
        (55, "order state date total"),
        (50, "order state total"),
        (40, "order state"),
        (30, "order"),
        (10, "order"),
    ],
)
def test_what_is_missed_least_goes_first(room: int, names: str) -> None:
    assert " ".join(shown(room, ORDER, STATE, DATE, TOTAL, SELLER, TITLE)) == names


def test_a_list_stands_on_several_lines_before_a_column_goes() -> None:
    whole = len(TEXTS[MARKS])
    assert shown(80, ORDER, MARKS, DATE)["marks"] == whole
    assert len("D2 escalated") <= shown(40, ORDER, MARKS, DATE)["marks"] < whole
    assert "date" in shown(40, ORDER, MARKS, DATE)


def test_a_list_is_in_one_line_or_as_narrow_as_it_can_be() -> None:
    assert shown(75, ORDER, MARKS, DATE, TITLE)["marks"] == len(TEXTS[MARKS])
    assert shown(55, ORDER, MARKS, DATE, TITLE) == {"order": 16, "marks": 12, "date": 7, "title": 14}


def test_a_sentence_has_room_for_its_longest_word_or_is_not_there() -> None:
    assert shown(60, ORDER, DATE, MESSAGE) == {"order": 16, "date": 7, "message": 33}
    assert shown(36, ORDER, DATE, MESSAGE) == {"order": 16, "date": 7, "message": 9}
    assert shown(35, ORDER, DATE, MESSAGE) == {"order": 16, "date": 7}
    assert shown(30, ORDER, PIECES, MESSAGE) == {"order": 16, "message": 12}


@given(st.lists(st.sampled_from(list(TEXTS)), min_size=1, unique=True), st.integers(16, 200))
def test_whatever_is_shown_fits_and_what_is_exact_is_whole(fields: list[Field], room: int) -> None:
    widths = shown(room, *fields)
    assert sum(widths.values()) + GAP * (len(widths) - 1) <= room
    assert next(iter(widths)) == fields[0].name, "what a row is about"
    for each in fields[1:]:
        if each in (ORDER, STATE, TOTAL, DATE) and each.name in widths:
            assert widths[each.name] == max(len(TEXTS[each]), len(each.name))
