"""Every term of a filter, negated too, leaves just the rows that the same question asked in Python leaves."""

import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis.strategies import lists, sampled_from

from dispcli.core.facts import REMEDIES, SETTLEMENT_STAGES, Claim, Done, Message, Settlement
from dispcli.core.filter_fields import DISPUTE_FIELDS, ORDER_FIELDS, Fields, Kind
from dispcli.core.filter_texts import MAX_TEXT, quoted
from dispcli.core.filters import MAX_TERMS, Term, parse_filter
from dispcli.core.lateness import days_later
from dispcli.core.moments import instant
from dispcli.core.money import Money
from dispcli.core.new_orders import NewLine
from dispcli.core.orders import OrderStatus
from dispcli.core.states import FINAL, Party
from dispcli.core.summaries import DisputeQuery, OrderQuery
from dispcli.ledger import compiled
from dispcli.ledger.ledger import Ledger
from dispcli.ledger.listing import Listing, Use
from dispcli.ledger.where import dispute_uses, order_uses
from dispcli.policies import SHIPPED
from tests.ledger.builders import (
    ACCEPT,
    ANSWER,
    AT,
    CONFIRM,
    REQUEST,
    make,
    move,
    note,
    open_dispute,
    order,
    writing,
)

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)

# Texts in which something means more than itself somewhere: in LIKE, in SQL, in JSON, in a filter.
HOSTILE = (
    "100% cotton",
    "100 cotton",
    "a_b",
    "axb",
    "back\\slash",
    "backslash",
    'it\'s "new"',
    "'; DROP TABLE orders; --",
    "x' OR '1'='1",
    ":title_1",
    '["a","b"]',
    "LAMP é ЛАМПА Straße",
    "lamp",
)
PARTS = (
    "",
    "%",
    "_",
    "\\",
    "'",
    '"',
    "cotton",
    "lamp",
    "É",
    "лампа s",
    "STRAẞE",
    "strasse",
    ";",
    ":",
    "a,b",
    "1'='1",
    "DROP TABLE",
    "zzz",
)
MOMENTS = (
    None,
    "2026-10-31",
    "2026-10-31T23:59:59Z",
    "2026-11-01",
    "2026-11-01T00:00:00Z",
    "2026-11-01T12:00:00Z",
    "2026-11-01T23:59:59Z",
    "2026-11-02",
    "2026-11-02T00:00:00Z",
)
AMOUNTS = (
    None,
    Money(0, "USD"),
    Money(20_00, "USD"),
    Money(20_01, "USD"),
    Money(20_00, "EUR"),
    Money(20, "JPY"),
)
LIVES: tuple[tuple[Any, ...], ...] = (
    (),
    (ANSWER,),
    (REQUEST, CONFIRM),
    (REQUEST, CONFIRM, note(Done())),
    (move("lapse", Party.TIME, outcome="expired"),),
    (ANSWER, ACCEPT),
    (REQUEST,),
)


class Known(NamedTuple):
    """What a row's summary does not tell."""

    store_id: str | None
    titles: tuple[str, ...]
    messages: tuple[str, ...] = ()
    shipped: str | None = None


class Books(NamedTuple):
    """A ledger with something of everything, and what is known of each row by its id."""

    ledger: Ledger
    orders: dict[int, Known]
    disputes: dict[int, Known]


@pytest.fixture(scope="module")
def books(tmp_path_factory):
    path = tmp_path_factory.mktemp("where") / "ledger.db"
    orders: dict[int, Known] = {}
    disputes: dict[int, Known] = {}
    with writing(path) as ledger:
        for count in range(36):
            _order_and_disputes(ledger, count, orders, disputes)
    with Ledger.open(path) as opened:
        yield Books(opened, orders, disputes)


def _order_and_disputes(
    ledger: Ledger, count: int, orders: dict[int, Known], disputes: dict[int, Known]
) -> None:
    moment, amount, text = MOMENTS[count % 9], AMOUNTS[count % 6], HOSTILE[count % 13]
    titles = () if count % 8 == 7 else (text, "second line") if count % 3 else ("first line", text)
    told = {
        "marketplace": ("aliexpress", "ebay")[count % 2],
        "placed": MOMENTS[1 + count % 8],
        "status": tuple(OrderStatus)[count % 9],
        "total": amount,
        "shipped": moment,
        "delivered": MOMENTS[(count + 3) % 9],
        "protection_ends": MOMENTS[(count + 5) % 9],
        "promised": MOMENTS[(count + 7) % 9],
        "tracking": (None, text, f"LP{count}, {text}", f"LP1, LP{count}")[count % 4],
        "seller_name": None if count % 5 == 4 else text,
        "store_id": f"S{count}" if count % 5 < 2 else None,
        "lines": tuple(NewLine(title, 1, None if amount else Money(5, "USD")) for title in titles),
    }
    number = text if count < 13 else f"#{count}"
    id_ = ledger.add_order(order(number, **told), AT)
    store = told["store_id"] if told["seller_name"] else None
    orders[id_] = Known(store, titles, shipped=moment)
    if count % 4 == 3:
        return
    line = None if count % 8 == 7 or count % 4 == 1 else min(len(titles), 1 + count % 2) or None
    claim = Claim(("late", "defective", "other")[count % 3], REMEDIES[count % 4], AMOUNTS[(count + 1) % 6])
    dispute = open_dispute(ledger, id_, line, *LIVES[count % 7], claim=claim, happened_at=moment)
    messages = (HOSTILE[(count + 1) % 13], "and one more")[: count % 3]
    make(ledger, dispute.id, *(note(Message(Party.SELLER, said)) for said in messages))
    stages = [SETTLEMENT_STAGES[(count + step) % 3] for step in range(count % 3)]
    make(ledger, dispute.id, *(note(Settlement("refund", stage)) for stage in stages))
    disputes[dispute.id] = Known(store, titles[line - 1 : line] if line else titles[:1], messages)


def terms_of(written: str, fields: Fields) -> tuple[Term, ...]:
    return parse_filter(written, fields, NOW, UTC, lambda: SHIPPED.clocks(SHIPPED.known()))


def without_capitals(text: str, asked: str) -> str:
    """The text as it is compared with what is asked: where that is ASCII, only ASCII has capitals."""
    return text.casefold() if not asked.isascii() else re.sub("[A-Z]", lambda found: found[0].lower(), text)


def _time(operator: str, span: Any, moment: str | None) -> bool:
    if moment is None:
        return False
    if len(moment) == 10:
        before, after = moment < span.first_day, moment > span.last_day
    else:
        before, after = moment < span.start, moment >= span.end
    return {"": not (before or after), "<": before, "<=": not after, ">": after, ">=": not before}[operator]


def _amount(operator: str, asked: Money, amount: Money | None) -> bool:
    if amount is None or amount.currency != asked.currency:
        return False
    left, right = amount.minor, asked.minor
    holds = {
        "": left == right,
        "<": left < right,
        "<=": left <= right,
        ">": left > right,
        ">=": left >= right,
    }
    return holds[operator]


def _text(operator: str, asked: str, texts: Iterable[str | None]) -> bool:
    known = [without_capitals(text, asked) for text in texts if text is not None]
    wanted = without_capitals(asked, asked)
    return any(wanted in text if operator else wanted == text for text in known)


def _seller(term: Term, name: str | None, store: str | None) -> bool:
    by_store = term.operator == "" and store is not None and store == term.value
    return by_store or _text(term.operator, str(term.value), [name])


def _standing(row: Any) -> set[str]:
    over = row.state in FINAL
    unseen = row.state == "cancelled" and row.seen_at is None
    return {"closed" if over else "open"} | ({"unseen"} if unseen else set())


Asked = Callable[[Term, Any, Known], bool]


def _tracking(term: Term, tracking: str | None) -> bool:
    numbers = [] if tracking is None else [tracking, *tracking.split(", ")]
    return _text(term.operator, str(term.value), numbers)


def _words_for(row: Any) -> set[str]:
    """What `is` says of an order now."""
    arrived = row.delivered is not None or row.status in ("delivered", "completed")
    over = arrived or row.status in ("cancelled", "closed")
    passed = row.promised and days_later(row.promised, instant(NOW), SHIPPED.clock_of(row.marketplace))
    words = {"disputed" if row.marks else "undisputed"}
    return words | ({"arrived"} if arrived else set()) | ({"late"} if passed and not over else set())


SHARED: dict[str, Asked] = {
    "seller": lambda term, row, known: _seller(term, row.seller, known.store_id),
    "title": lambda term, row, known: _text(term.operator, term.value, known.titles),
    "order": lambda term, row, known: row.number == term.value,
    "marketplace": lambda term, row, known: row.marketplace in term.value,
    "currency": lambda term, row, known: row.currency in term.value,
}
OF_DISPUTES: dict[str, Asked] = {
    **SHARED,
    "state": lambda term, row, known: row.state in term.value,
    "is": lambda term, row, known: bool(_standing(row) & set(term.value)),
    "outcome": lambda term, row, known: row.outcome in term.value,
    "reason": lambda term, row, known: row.reason in term.value,
    "remedy": lambda term, row, known: row.remedy in term.value,
    "settlement": lambda term, row, known: row.settlement in term.value,
    "dispute": lambda term, row, known: row.id in term.value,
    "opened": lambda term, row, known: _time(term.operator, term.value, row.opened_at),
    "updated": lambda term, row, known: _time(term.operator, term.value, row.updated_at),
    "amount": lambda term, row, known: _amount(term.operator, term.value, row.amount),
    "message": lambda term, row, known: _text(term.operator, term.value, known.messages),
}
OF_ORDERS: dict[str, Asked] = {
    **SHARED,
    "status": lambda term, row, known: row.status in term.value,
    "is": lambda term, row, known: bool(_words_for(row) & set(term.value)),
    "placed": lambda term, row, known: _time(term.operator, term.value, row.placed),
    "shipped": lambda term, row, known: _time(term.operator, term.value, known.shipped),
    "promised": lambda term, row, known: _time(term.operator, term.value, row.promised),
    "delivered": lambda term, row, known: _time(term.operator, term.value, row.delivered),
    "protection_ends": lambda term, row, known: _time(term.operator, term.value, row.protection_ends),
    "total": lambda term, row, known: _amount(term.operator, term.value, row.total),
    "tracking": lambda term, row, known: _tracking(term, row.tracking),
}


def holds(asked: dict[str, Asked], terms: Iterable[Term], row: Any, known: Known) -> bool:
    return all(asked[term.field](term, row, known) is not term.negated for term in terms)


def check_disputes(books: Books, written: str) -> int:
    terms = terms_of(written, DISPUTE_FIELDS)
    found = [row.id for row in books.ledger.disputes(DisputeQuery(all=True, sort="oldest", where=terms))]
    rows = books.ledger.disputes(DisputeQuery(all=True, sort="oldest"))
    assert found == [row.id for row in rows if holds(OF_DISPUTES, terms, row, books.disputes[row.id])], (
        written
    )
    return len(found)


def check_orders(books: Books, written: str) -> int:
    terms = terms_of(written, ORDER_FIELDS)
    found = [row.id for row in books.ledger.orders(OrderQuery(where=terms))]
    rows = books.ledger.orders(OrderQuery())
    assert found == [row.id for row in rows if holds(OF_ORDERS, terms, row, books.orders[row.id])], written
    return len(found)


TIMES = ("2026-11-01", "2026-10", "2026-11", "2026", "2026-11-01T12:00:00Z", "2026-11-02T00:00:00Z", "today")
TIMES = (*TIMES, "2026-11-20T10:00:00Z", "0001-01-01", "9998")
VALUES: dict[Kind, tuple[str, ...]] = {
    Kind.NAMES: ("aliexpress", "eBay,aliexpress", "nosuch", "'--"),
    Kind.CURRENCIES: ("USD", "eur,JPY", "XXX"),
    Kind.DISPUTES: ("D1", "D2,D3,D999", "D999999999999999"),
    Kind.TIME: TIMES,
    Kind.AMOUNT: ("20USD", "0USD", "20.01USD", "20EUR", "20JPY", "5XXX", "999999999999999USD"),
}


def _values(field: Any) -> list[str]:
    if field.kind is Kind.WORDS:
        words = field.words
        return [*words, ",".join(words), ",".join(words[:2]), ",".join(words[1:3])]
    if field.kind is Kind.TEXT:
        known = ("S0", "s0", "#20", "second line", "FIRST line", "x' or '1'='1", "and one more")
        return [quoted(text) for text in (*HOSTILE, *PARTS, *known) if text]
    return [quoted(text) for text in VALUES[field.kind]]


def _every(fields: Fields) -> list[str]:
    return [
        f"{field.name}:{operator}{value}"
        for field in fields.values()
        for operator in field.operators
        for value in _values(field)
    ]


DISPUTE_TERMS, ORDER_TERMS = _every(DISPUTE_FIELDS), _every(ORDER_FIELDS)


@pytest.mark.parametrize("field", DISPUTE_FIELDS)
def test_a_term_about_disputes_leaves_those_it_holds_for(field, books):
    terms = [term for term in DISPUTE_TERMS if term.startswith(f"{field}:")]
    assert any(check_disputes(books, term) for term in terms), "or it would be no test"
    assert any(check_disputes(books, f"-{term}") for term in terms)


@pytest.mark.parametrize("field", ORDER_FIELDS)
def test_a_term_about_orders_leaves_those_it_holds_for(field, books):
    terms = [term for term in ORDER_TERMS if term.startswith(f"{field}:")]
    assert any(check_orders(books, term) for term in terms), "or it would be no test"
    assert any(check_orders(books, f"-{term}") for term in terms)


def test_a_term_and_its_negation_share_all_there_is(books):
    for written, check in ((DISPUTE_TERMS, check_disputes), (ORDER_TERMS, check_orders)):
        every = check(books, "-marketplace:nosuch")
        assert all(check(books, term) + check(books, f"-{term}") == every for term in written)


def _some(terms: list[str]) -> Any:
    return lists(sampled_from([*terms, *(f"-{term}" for term in terms)]), min_size=1, max_size=6).map(
        " ".join
    )


@given(_some(DISPUTE_TERMS))
def test_several_terms_about_disputes_hold_together(books, written):
    check_disputes(books, written)


@given(_some(ORDER_TERMS))
def test_several_terms_about_orders_hold_together(books, written):
    check_orders(books, written)


@pytest.mark.parametrize(
    "written",
    [
        "amount:>=0.01USD amount:<20.01USD",
        "-state:opened -state:answered,cancelled",
        "title:~cotton -title:~%",
        "opened:>=2026-11-01 opened:<2026-11-02",
        "settlement:issued,promised -settlement:promised",
        "seller:~o -seller:~%",
    ],
)
def test_the_same_field_can_stand_twice(written, books):
    both = check_disputes(books, written)
    assert 0 < both < min(check_disputes(books, term) for term in written.split())


def test_terms_narrow_what_the_other_options_leave(books):
    terms = terms_of("-seller:~%", DISPUTE_FIELDS)
    options = DisputeQuery(states=("opened", "answered"), seller="o", search="t")
    left = books.ledger.disputes(options._replace(where=terms))
    assert left == [row for row in books.ledger.disputes(options) if "%" not in row.seller]
    assert 0 < len(left) < len(books.ledger.disputes(options))
    dated = OrderQuery(since=("2026-11-01", "2026-11-01T00:00:00Z"), disputed=True)
    left = books.ledger.orders(dated._replace(where=terms_of("-placed:>2026-11-01", ORDER_FIELDS)))
    assert left == [row for row in books.ledger.orders(dated) if row.placed < "2026-11-02"]
    assert 0 < len(left) < len(books.ledger.orders(dated))


@pytest.mark.parametrize("sort", list(compiled.DISPUTES.sorts))
def test_pages_of_what_a_filter_leaves_make_the_whole(sort, books):
    query = DisputeQuery(
        sort=sort, where=terms_of("-amount:>20USD -title:~cotton is:open,unseen", DISPUTE_FIELDS)
    )
    whole = books.ledger.disputes(query)
    assert len(whole) > 5
    pages = []
    while found := books.ledger.disputes(query._replace(limit=2, after=pages[-1].id if pages else None)):
        pages += found
    assert pages == whole


@pytest.mark.parametrize(
    ("written", "closed_too"),
    [
        ("title:~cotton", False),
        ("-opened:2020", False),
        ("-state:opened", True),
        ("-is:unseen", True),
        ("-outcome:replaced", True),
        ("-dispute:D99", True),
        ("dispute:D3", True),
    ],
)
def test_only_open_disputes_unless_the_filter_says_how_they_stand(written, closed_too, books):
    terms = terms_of(written, DISPUTE_FIELDS)
    found = books.ledger.disputes(DisputeQuery(where=terms))
    assert any(row.state in FINAL for row in found) is closed_too
    if not closed_too:
        everything = books.ledger.disputes(DisputeQuery(all=True, where=terms))
        assert {row.id for row in found} == {row.id for row in everything if row.state not in FINAL}


MOST_FOLDED = "\U0001d1c0"
"""No character is longer when it is folded: 12 bytes."""


def test_the_longest_filter_and_the_one_of_most_terms_are_answered(books):
    for text in ("_" * MAX_TEXT, "😀" * MAX_TEXT, MOST_FOLDED * MAX_TEXT):
        written = f'title:~"{text}"'
        assert check_disputes(books, written) == check_orders(books, written) == 0
    for term in ("-title:~zzz", "-seller:~zzz", "-is:closed,unseen", "-settlement:issued", "-opened:<2020"):
        assert check_disputes(books, f"{term} " * MAX_TERMS)
    assert check_orders(books, "-is:undisputed " * MAX_TERMS)


@pytest.mark.parametrize(
    ("fields", "uses", "listing"),
    [(DISPUTE_FIELDS, dispute_uses, compiled.DISPUTES), (ORDER_FIELDS, order_uses, compiled.ORDERS)],
    ids=["disputes", "orders"],
)
def test_every_field_is_one_of_the_lists_filters_with_all_it_binds(fields, uses, listing):
    for field in fields.values():
        (term,) = terms_of(field.example, fields)
        (use,), binds = uses((term,))
        assert set(use.filters) <= set(listing.filters)
        assert set(re.findall(r":(\w+)", use.condition(listing.filters))) == set(binds)


def test_each_use_of_a_filter_has_binds_of_its_own():
    listing = Listing("SELECT", {"x": "a = :one OR b = :two"}, {"id": ("id", "id > :id")})
    uses = (Use(("x",), 1), Use(("x", "x"), 2, negated=True))
    assert listing.sql(["x"], "id", uses=uses) == (
        "SELECT WHERE (a = :one OR b = :two) AND ((a = :one_1 OR b = :two_1))"
        " AND (NOT coalesce(((a = :one_2 OR b = :two_2) OR (a = :one_2 OR b = :two_2)), 0))"
        " ORDER BY id LIMIT :limit"
    )
    assert uses[1].binds({"one": 5, "two": 6}) == {"one_2": 5, "two_2": 6}
