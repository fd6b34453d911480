"""Page after page visits every row exactly once, in order, whatever is equal and whatever is missing."""

from itertools import product

import pytest

from dispcli.core.facts import Claim
from dispcli.core.money import Money
from dispcli.core.summaries import DISPUTE_SORTS, ORDER_SORTS, DisputeQuery, OrderQuery
from dispcli.errors import NotFound
from dispcli.ledger.ledger import Ledger
from tests.ledger.builders import AT, CONFIRM, REQUEST, open_dispute, order, writing

AMOUNTS = (
    None,
    Money(0, "USD"),
    Money(5, "USD"),
    Money(5, "USD"),
    Money(-1, "USD"),
    Money(5, "AED"),
    Money(7, "ZAR"),
)
DAYS = ("2026-10-01", "2026-10-01T12:00:00Z", "2026-10-02")


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    """Every amount with every day, twice; every second dispute is closed."""
    path = tmp_path_factory.mktemp("paging") / "ledger.db"
    with writing(path) as made:
        for count, (day, amount) in enumerate(product(DAYS, AMOUNTS * 2)):
            market = ("aliexpress", "ebay")[count % 2]
            made_order = order(f"10{count // 2:02}", marketplace=market, placed=day, total=amount)
            moves = (REQUEST, CONFIRM) if count % 3 == 0 else ()
            claim = Claim("late", "refund", amount)
            open_dispute(made, made.add_order(made_order, AT), 1, *moves, claim=claim, happened_at=day)
    with Ledger.open(path) as opened:
        yield opened


def _amount(row) -> tuple[str, int, int]:
    amount = getattr(row, "total", None) or getattr(row, "amount", None)
    return (amount.currency, amount.minor, row.id) if amount else ("", -1, row.id)


ORDER_KEYS = {
    "newest": (lambda row: (row.placed, row.id), True),
    "oldest": (lambda row: (row.placed, row.id), False),
    "amount": (_amount, True),
    "number": (lambda row: (row.number, row.id), False),
}
DISPUTE_KEYS = {
    "open": (lambda row: (row.state == "opened", row.opened_at, row.id), True),
    "newest": (lambda row: (row.opened_at, row.id), True),
    "oldest": (lambda row: (row.opened_at, row.id), False),
    "amount": (_amount, True),
}


def pages(read, query, size: int) -> list:
    found, page = [], read(query._replace(limit=size))
    while page:
        found += page
        page = read(query._replace(limit=size, after=page[-1].id))
    return found


@pytest.mark.parametrize("size", [1, 2, 5, 42])
@pytest.mark.parametrize("sort", ORDER_SORTS)
def test_pages_of_orders_make_the_whole_list(sort, size, ledger):
    key, reverse = ORDER_KEYS[sort]
    whole = ledger.orders(OrderQuery(sort=sort))
    assert len(whole) == len(DAYS) * len(AMOUNTS) * 2
    assert whole == sorted(whole, key=key, reverse=reverse)
    assert pages(ledger.orders, OrderQuery(sort=sort), size) == whole


@pytest.mark.parametrize("everything", [True, False])
@pytest.mark.parametrize("size", [1, 2, 5, 42])
@pytest.mark.parametrize("sort", DISPUTE_SORTS)
def test_pages_of_disputes_make_the_whole_list(sort, size, everything, ledger):
    key, reverse = DISPUTE_KEYS[sort]
    query = DisputeQuery(all=everything, sort=sort)
    whole = ledger.disputes(query)
    assert len(whole) == (42 if everything else 28)
    assert whole == sorted(whole, key=key, reverse=reverse)
    assert pages(ledger.disputes, query, size) == whole


@pytest.mark.parametrize("sort", ORDER_SORTS)
def test_pages_of_a_filtered_list_make_that_list(sort, ledger):
    query = OrderQuery(sort=sort, search="100", disputed=True, since=("2026-10-01", "2026-10-01T00:00:00Z"))
    whole = ledger.orders(query)
    assert 5 < len(whole) < 42
    assert pages(ledger.orders, query, 3) == whole


def test_a_page_begins_after_a_row_that_the_filter_leaves_out(ledger):
    closed = next(
        row for row in ledger.disputes(DisputeQuery(all=True, sort="oldest")) if row.state != "opened"
    )
    rest = ledger.disputes(DisputeQuery(sort="oldest", after=closed.id))
    assert (
        rest
        == [row for row in ledger.disputes(DisputeQuery(sort="oldest")) if row.id > closed.id][: len(rest)]
    )
    assert rest


@pytest.mark.parametrize("limit", [0, 1, 7])
def test_a_limit_is_kept(limit, ledger):
    assert len(ledger.orders(OrderQuery(limit=limit))) == limit
    assert len(ledger.disputes(DisputeQuery(all=True, limit=limit))) == limit


@pytest.mark.parametrize(
    ("read", "query"), [(Ledger.orders, OrderQuery()), (Ledger.disputes, DisputeQuery())]
)
def test_nothing_follows_a_row_that_is_not_there(read, query, ledger):
    with pytest.raises(NotFound, match="999"):
        read(ledger, query._replace(after=999))
