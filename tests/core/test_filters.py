"""The language of filters: what parses, to what; and every mistake with its column."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis.strategies import lists, sampled_from, text

from dispcli.core.filter_fields import DISPUTE_FIELDS, ORDER_FIELDS, Fields, Kind
from dispcli.core.filter_texts import quoted
from dispcli.core.filter_values import FilterMistakes
from dispcli.core.filters import MAX_LENGTH, MAX_TERMS, Term, parse_filter
from dispcli.core.moments import Span, parse_span
from dispcli.core.money import MAX_MINOR, Money
from dispcli.core.states import State

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
EVERY_FIELD = [*DISPUTE_FIELDS.values(), *ORDER_FIELDS.values()]


def parsed(written: str, fields: Fields = DISPUTE_FIELDS) -> tuple[Term, ...]:
    return parse_filter(written, fields, NOW, UTC)


def mistakes(written: str, fields: Fields = DISPUTE_FIELDS) -> list[tuple[int, str]]:
    with pytest.raises(FilterMistakes) as found:
        parsed(written, fields)
    return [tuple(mistake) for mistake in found.value.mistakes]


def day(word: str) -> Span:
    return parse_span(word, NOW, UTC)


@pytest.mark.parametrize(
    ("written", "terms"),
    [
        ("state:opened", [Term("state", "", ("opened",))]),
        ("  state:opened\t\nis:open ", [Term("state", "", ("opened",)), Term("is", "", ("open",))]),
        ("-state:opened,answered", [Term("state", "", ("opened", "answered"), negated=True)]),
        ("state:opened,opened", [Term("state", "", ("opened",))]),
        ("state:opened state:answered", [Term("state", "", ("opened",)), Term("state", "", ("answered",))]),
        ('state:"opened,answered"', [Term("state", "", ("opened", "answered"))]),
        ("seller:X", [Term("seller", "", "X")]),
        ('seller:"Shop 12"', [Term("seller", "", "Shop 12")]),
        ('title:~"desk lamp"', [Term("title", "~", "desk lamp")]),
        ('-title:~"desk lamp" is:open', [Term("title", "~", "desk lamp", True), Term("is", "", ("open",))]),
        (r'title:"a \"b\" \\ \n \%"', [Term("title", "", r'a "b" \ \n \%')]),
        (r"title:a\"b\\", [Term("title", "", r"a\"b\\")]),
        ('title:~24"', [Term("title", "~", '24"')]),
        ('title:~24" title:"<x"', [Term("title", "~", '24"'), Term("title", "", "<x")]),
        (
            "title:~~x title:-x title::x",
            [Term("title", w[0], w[1]) for w in (("~", "~x"), ("", "-x"), ("", ":x"))],
        ),
        ("title:a,b order:1,2", [Term("title", "", "a,b"), Term("order", "", "1,2")]),
        ("order:8190", [Term("order", "", "8190")]),
        ("marketplace:AliExpress,ebay", [Term("marketplace", "", ("aliexpress", "ebay"))]),
        ("dispute:D12,d13,D012", [Term("dispute", "", (12, 13))]),
        ("currency:usd,EUR", [Term("currency", "", ("USD", "EUR"))]),
        ("amount:>20USD", [Term("amount", ">", Money(20_00, "USD"))]),
        ('amount:<="12.50 EUR"', [Term("amount", "<=", Money(12_50, "EUR"))]),
        ("amount:jpy500", [Term("amount", "", Money(500, "JPY"))]),
        ("amount:<0.001kwd", [Term("amount", "<", Money(1, "KWD"))]),
        ("opened:<-10d", [Term("opened", "<", day("2026-11-12"))]),
        ("opened:-10d", [Term("opened", "", day("2026-11-12"))]),
        ("-updated:>=2026-10", [Term("updated", ">=", day("2026-10"), True)]),
        ("opened:>+2w", [Term("opened", ">", day("2026-12-06"))]),
        ('opened:" today "', [Term("opened", "", day("2026-11-22"))]),
        ('message:~"; DROP TABLE disputes; --"', [Term("message", "~", "; DROP TABLE disputes; --")]),
    ],
)
def test_what_is_written_is_what_is_meant(written, terms):
    assert parsed(written) == tuple(terms)


def test_an_instant_is_the_second_it_begins():
    (term,) = parsed("opened:2026-10-31T14:00:00Z")
    assert term.value == Span("2026-10-31", "2026-10-31", "2026-10-31T14:00:00Z", "2026-10-31T14:00:01Z")


def test_days_are_days_of_the_zone():
    (term,) = parse_filter("opened:today", DISPUTE_FIELDS, NOW, ZoneInfo("America/Los_Angeles"))
    assert term.value == Span("2026-11-22", "2026-11-22", "2026-11-22T08:00:00Z", "2026-11-23T08:00:00Z")


STATES = ", ".join(State)
KNOWN = ", ".join(DISPUTE_FIELDS)


@pytest.mark.parametrize(
    ("written", "column", "problem"),
    [
        ("", 1, "the filter is empty"),
        (" \t ", 1, "the filter is empty"),
        ("stat:opened", 1, f"no such field: 'stat' (did you mean state?); known fields: {KNOWN}"),
        ("is:open State:x", 9, f"no such field: 'State' (did you mean state?); known fields: {KNOWN}"),
        ("is:open -xyzzy:x", 10, f"no such field: 'xyzzy'; known fields: {KNOWN}"),
        ("status:paid", 1, f"no such field: 'status' (did you mean state?); known fields: {KNOWN}"),
        (":x", 1, f"a field's name is missing before the colon; known fields: {KNOWN}"),
        ("state:<opened", 7, "state has no ':<'; known: ':'"),
        ("title:>=x", 7, "title has no ':>='; known: ':', ':~'"),
        ("order:~x", 7, "order has no ':~'; known: ':'"),
        ("message:x", 9, "message has no ':'; known: ':~'"),
        ("amount:~20USD", 8, "amount has no ':~'; known: ':', ':<', ':<=', ':>', ':>='"),
        ("-opened:~today", 9, "opened has no ':~'; known: ':', ':<', ':<=', ':>', ':>='"),
        ("state:opend", 7, f"state knows no 'opend' (did you mean opened?); known words: {STATES}"),
        ("-state:opened,xyzzy,agreed", 15, f"state knows no 'xyzzy'; known words: {STATES}"),
        ('state:"agreed,xyzzy"', 7, f"state knows no 'xyzzy'; known words: {STATES}"),
        ("state:Opened", 7, f"state knows no 'Opened' (did you mean opened?); known words: {STATES}"),
        ("state:opened,", 14, "nothing stands beside the comma"),
        ("marketplace:,ebay", 13, "nothing stands beside the comma"),
        ("state:", 7, "state has no value, as in state:opened,answered"),
        ("amount:>=", 10, "amount has no value, as in amount:>20USD"),
        ('title:~""', 8, 'title has no value, as in title:~"desk lamp"'),
        (
            "opened:<someday",
            9,
            "not a date: 'someday' (try 2026-10-31, 2026-10-31T14:00, 2026-10, today, yesterday, -7d, +2w)",
        ),
        ("opened:2026-02-30", 8, "no such date: '2026-02-30' (day is out of range for month)"),
        ("opened:+9999y", 8, "out of range: '+9999y'"),
        ("amount:>20", 9, "which currency? write it as in amount:>20USD"),
        ("amount:-5USD", 8, "not an amount: '-5USD' (write it as amount:>20USD)"),
        ("amount:1.234USD", 8, "USD has 2 decimals"),
        ("amount:12,34EUR", 8, "not an amount: '12,34EUR' (write it as amount:>20USD)"),
        ("currency:US", 10, "not a currency code: 'US' (three letters, as in USD)"),
        ("dispute:D12,13", 13, "not a dispute id: '13' (as in D12)"),
        ("dispute:D1234567890123456", 9, "not a dispute id: 'D1234567890123456' (as in D12)"),
        ("is:open lamp", 9, "'lamp' is not a term; to look for it: title:~lamp"),
        ("-lamp", 2, "'lamp' is not a term; to look for it: -title:~lamp"),
        ('is:open "desk lamp"', 9, "'desk lamp' is not a term; to look for it: title:~\"desk lamp\""),
        ("-", 1, "'-' is not a term; to look for it: title:~-"),
        ('seller:"Shop 12 state:opened', 8, "the quote is never closed"),
        ('is:open "desk lamp', 9, "the quote is never closed"),
        ('title:"a\\"', 7, "the quote is never closed"),
        ('title:"a\\', 7, "the quote is never closed"),
        ('title:"', 7, "the quote is never closed"),
        ('title:"a"b', 10, "a space is missing after the closing quote"),
        ("title:a\x00b", 8, "'\\x00' is not a character of a text"),
        ("title:\udc80", 7, "'\\udc80' is not a character of a text"),
        ("x" * (MAX_LENGTH + 1), MAX_LENGTH + 1, f"the filter is longer than {MAX_LENGTH} characters"),
        ("is:open " * MAX_TERMS + "is:open", 801, f"more than {MAX_TERMS} terms"),
    ],
)
def test_a_mistake_is_told_with_its_column(written, column, problem):
    assert mistakes(written) == [(column, problem)]


LOOK = "; to look for it: title:~"


@pytest.mark.parametrize(
    ("written", "column", "meant"),
    [
        ("state=opened", 1, "state:opened"),
        ("is:open -state==opened", 10, "-state:opened"),
        ("state!=opened", 1, "-state:opened"),
        ("-state!=opened", 2, "state:opened"),
        ("amount>20USD", 1, "amount:>20USD"),
        ("is:open amount>=20USD", 9, "amount:>=20USD"),
        ("opened<-10d", 1, "opened:<-10d"),
        ("title~lamp", 1, "title:~lamp"),
        ("title=~lamp", 1, "title:~lamp"),
        ("message=sorry", 1, "message:~sorry"),
        ("total>20USD", 1, "amount:>20USD"),
        ("Status=opened", 1, "state:opened"),
    ],
)
def test_a_comparison_of_other_languages_is_told_as_a_term(written, column, meant):
    ((found, problem),) = mistakes(written)
    assert (found, problem.endswith(f" is not a term (did you mean {meant}?)")) == (column, True)
    assert parsed(meant)


@pytest.mark.parametrize("written", ["a=b", "state~opened", "https://x/?state=opened", "=opened", "state="])
def test_what_compares_no_field_is_a_word_to_look_for(written):
    if ":" in written:
        assert "no such field" in mistakes(written)[0][1]
    else:
        assert mistakes(written) == [(1, f"{written!r} is not a term{LOOK}{written}")]


@pytest.mark.parametrize(
    ("written", "fields", "meant"),
    [
        ("state:open", DISPUTE_FIELDS, "is:open"),
        ("-state:agreed,Closed", DISPUTE_FIELDS, "is:closed"),
        ("is:opened", DISPUTE_FIELDS, "state:opened"),
        ("is:unsen", DISPUTE_FIELDS, "unseen"),
        ("status:disputed", ORDER_FIELDS, "is:disputed"),
    ],
)
def test_a_word_that_another_field_knows_is_told_with_it(written, fields, meant):
    ((_, problem),) = mistakes(written, fields)
    assert f" (did you mean {meant}?); known words: " in problem


@pytest.mark.parametrize("fields", [DISPUTE_FIELDS, ORDER_FIELDS])
def test_no_name_people_try_is_a_field_or_means_two(fields):
    tried = [name for field in fields.values() for name in field.also]
    assert len(set(tried)) == len(tried)
    assert not set(tried) & set(fields)
    for field in fields.values():
        for name in field.also:
            ((_, problem),) = mistakes(f"{name.upper()}:x", fields)
            assert f"(did you mean {field.name}?)" in problem


def test_the_fields_a_list_lacks_lead_to_its_own():
    assert "(did you mean amount?)" in mistakes("total:>5USD")[0][1]
    assert "(did you mean total?)" in mistakes("amount:>5USD", ORDER_FIELDS)[0][1]
    assert "(did you mean seller?)" in mistakes("selers:x")[0][1]


@pytest.mark.parametrize(
    ("written", "column", "whole"),
    [
        ("seller:Shop 12", 13, 'seller:"Shop 12"'),
        ("is:open title:~desk lamp", 21, 'title:~"desk lamp"'),
        ("-seller:Shop 12", 14, '-seller:"Shop 12"'),
        ("title:~desk lamp is:open", 13, 'title:~"desk lamp"'),
    ],
)
def test_a_value_that_lost_its_quotes_is_told_whole(written, column, whole):
    ((found, problem),) = mistakes(written)
    assert found == column
    assert f"; if it belongs to the value before it: {whole}{LOOK}" in problem
    assert parsed(whole)


def test_a_word_after_other_values_belongs_to_nothing():
    for written in ("state:opened lamp", 'title:"desk" lamp', "lamp", "seller:x -lamp"):
        assert "before it" not in mistakes(written)[-1][1]


@pytest.mark.parametrize(
    ("word", "told"),
    [("AND", "all terms must hold"), ("or", "any of several words"), ("not", "a minus before a term")],
)
def test_a_word_of_logic_is_told_how_to_be_said(word, told):
    ((column, problem),) = mistakes(f"state:opened {word} is:open")
    assert (column, told in problem) == (14, True)


def test_every_mistake_is_told_at_once_in_order():
    written = 'stat:x state:opend,,answerd lamp amount:~20 opened:nope seller:"a"b -selr:"x'
    assert [column for column, _ in mistakes(written)] == [1, 14, 20, 21, 29, 41, 42, 52, 67, 70, 75]


def test_what_orders_have_disputes_may_not_have():
    assert parsed("placed:today total:<5USD is:disputed", ORDER_FIELDS)
    assert [column for column, _ in mistakes("placed:today total:<5USD is:disputed")] == [1, 14, 29]
    assert mistakes("dispute:D1", ORDER_FIELDS)[0][0] == 1


def test_a_long_word_is_not_told_whole():
    for written in (
        "x" * 5000,
        "x" * 5000 + ":",
        "state:" + "x" * 5000,
        "opened:" + "x" * 5000,
        "amount:" + "1" * 5000,
    ):
        ((_, problem),) = mistakes(written)
        assert len(problem) < 400


@pytest.mark.parametrize("written", ["9" * 5000 + "USD", f"{MAX_MINOR}USD", "1e3USD", "NaN", "infUSD"])
def test_no_amount_comes_near_a_float(written):
    assert mistakes(f"amount:>{written}")[0][0] in (8, 9)


@pytest.mark.parametrize("field", EVERY_FIELD, ids=lambda field: field.name)
def test_the_example_of_each_field_is_right(field):
    fields = DISPUTE_FIELDS if DISPUTE_FIELDS.get(field.name) is field else ORDER_FIELDS
    (term,) = parsed(field.example, fields)
    assert term.field == field.name
    assert term.operator in field.operators


@pytest.mark.parametrize(
    "field", [f for f in EVERY_FIELD if f.kind is Kind.WORDS], ids=lambda field: field.name
)
def test_each_known_word_is_taken(field):
    (term,) = parse_filter(f"{field.name}:{','.join(field.words)}", {field.name: field}, NOW, UTC)
    assert term.value == field.words
    assert all("," not in word and word == word.strip() for word in field.words)


# What filters are made of, so that a random text is one more often than not.
PIECES = ['"', "\\", "-", ":", ",", "<", "<=", ">", ">=", "~", " ", "\t", "\x00", "é", "%", "1", "20", "USD"]
PIECES += [
    *DISPUTE_FIELDS,
    "opened",
    "D12",
    "2026",
    "-7d",
    "lamp",
    'title:"',
    "state:",
    "+9999y",
    "0001-01-01",
]


def parses_or_tells(written: str) -> None:
    try:
        terms, told = parsed(written), ()
    except FilterMistakes as found:
        terms, told = (), found.mistakes
    assert bool(terms) is not bool(told)
    assert told == tuple(sorted(told))
    assert all(1 <= mistake.column <= len(written) + 1 and mistake.problem for mistake in told)
    assert all(term.operator in DISPUTE_FIELDS[term.field].operators for term in terms)


@given(text())
@example("opened:0001-01-01 opened:<0001")
@example("opened:9999-12-31T23:59:59Z")
def test_any_text_is_a_filter_or_a_mistake(written):
    parses_or_tells(written)


@given(lists(sampled_from(PIECES)).map("".join))
def test_anything_made_of_its_pieces_is_a_filter_or_a_mistake(written):
    parses_or_tells(written)


@given(text(min_size=1, max_size=50), sampled_from(["title", "seller"]), sampled_from(["", "~"]))
@example('a "b" \\', "title", "")
@example("<x", "title", "")
@example("\\", "title", "~")
@example('"', "seller", "")
def test_a_text_in_quotes_is_that_text(value, field, operator):
    if "\x00" not in value and not any("\ud800" <= char <= "\udfff" for char in value):
        assert parsed(f"{field}:{operator}{quoted(value)}") == (Term(field, operator, value),)


@given(
    sampled_from(["", "<", "<=", ">", ">="]),
    sampled_from(["-9999h", "+9999h", "now", "-1y", "tomorrow", "1970"]),
)
def test_a_stretch_of_time_has_an_end(operator, word):
    (term,) = parsed(f"opened:{operator}{word}")
    assert term.value.start < term.value.end
    assert datetime.fromisoformat(term.value.end) - datetime.fromisoformat(term.value.start) >= timedelta(
        seconds=1
    )
