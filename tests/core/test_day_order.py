"""Days as countries write them, and the order of a whole file."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispcli.core.day_order import ORDERS, decide_order, orders_of, read_day

DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))
MARKS = st.sampled_from("/.-")


def written(day: date, order: str, mark: str = "/", *, padded: bool = True) -> str:
    width = 2 if padded else 1
    parts = {"d": f"{day.day:0{width}d}", "m": f"{day.month:0{width}d}", "y": f"{day.year:04d}"}
    return mark.join(parts[part] for part in order)


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("31/12/2026", "dmy", "2026-12-31"),
        ("12/31/2026", "mdy", "2026-12-31"),
        ("2026/12/31", "ymd", "2026-12-31"),
        ("03.04.2026", "dmy", "2026-04-03"),
        ("03.04.2026", "mdy", "2026-03-04"),
        ("1/2/2020", "mdy", "2020-01-02"),
        ("29-02-2024", "dmy", "2024-02-29"),
    ],
)
def test_a_day_is_read_in_its_order(text: str, order: str, day: str) -> None:
    assert read_day(text, order) == day


@pytest.mark.parametrize(
    "text",
    [
        "31/12/26",
        "31/12.2026",
        "31 12 2026",
        "31/12/2026 ",
        "29/02/2026",
        "00/12/2026",
        "31/12/20260",
        "٣١/١٢/٢٠٢٦",
        "3_1/12/2026",
        "+1/12/2026",
        "31/12/1899",
        "31/12/2200",
        "",
        "31/12/2026\n",
    ],
)
def test_what_is_no_day_is_refused_in_every_order(text: str) -> None:
    assert orders_of(text) == frozenset()
    for order in ORDERS:
        with pytest.raises(ValueError, match=r"no such day|not a day"):
            read_day(text, order)


def test_an_order_nobody_knows_is_refused() -> None:
    with pytest.raises(ValueError, match="dmy, mdy, ymd"):
        read_day("31/12/2026", "ydm")


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["03/04/2026", "13/04/2026"], "dmy"),
        (["03/04/2026", "04/13/2026"], "mdy"),
        (["2026-04-03"], "ymd"),
        (["03/04/2026", "12/12/2026"], None),
        ([], None),
    ],
)
def test_the_order_is_decided_by_all_days(texts: list[str], order: str | None) -> None:
    assert decide_order(texts) == order


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        (["13/04/2026", "04/13/2026"], "'04/13/2026' is not a day written as dmy"),
        (["03/04/2026", "2026/04/03"], "'2026/04/03' is not a day written as dmy or mdy"),
        (["03/04/2026", "soon"], "'soon' is not a day"),
    ],
)
def test_days_that_no_order_fits_are_refused(texts: list[str], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        decide_order(texts)


@given(DAYS, st.sampled_from(ORDERS), MARKS, st.booleans())
def test_a_written_day_comes_back(day: date, order: str, mark: str, padded: bool) -> None:
    text = written(day, order, mark, padded=padded)
    assert read_day(text, order) == day.isoformat()
    assert order in orders_of(text)


@given(st.lists(DAYS, min_size=1), st.sampled_from(["dmy", "mdy"]))
def test_only_a_day_after_the_twelfth_tells_day_from_month(days: list[date], order: str) -> None:
    decided = decide_order(written(day, order) for day in days)
    assert decided == (order if any(day.day > 12 for day in days) else None)


@given(DAYS.filter(lambda day: day.day > 12), DAYS.filter(lambda day: day.day > 12))
def test_a_file_of_both_orders_is_refused(one: date, other: date) -> None:
    with pytest.raises(ValueError, match="as the other days are"):
        decide_order([written(one, "dmy"), written(other, "mdy")])


@given(st.text(max_size=12), st.sampled_from(ORDERS))
def test_any_text_is_a_day_or_a_value_error(text: str, order: str) -> None:
    try:
        day = read_day(text, order)
    except ValueError:
        return
    assert date.fromisoformat(day).isoformat() == day
