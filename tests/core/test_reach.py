from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from dispcli.core.agenda import AgendaQuery, order_items
from dispcli.core.reach import OLDEST, Starts, reach
from tests.core.builders import NOW, order, policy, window


def within(moment: str | None, starts: Starts) -> bool:
    return moment is not None and starts.first <= moment < f"{starts.last}~"


def is_reached(bought, rules, query, now) -> bool:
    found = reach({bought.marketplace: rules}, query.days, now)
    return bought.placed >= found.placed_since and (
        (bought.delivered is None and within(bought.protection_ends, found.protected))
        or within(bought.delivered, found.delivered)
        or within(bought.promised, found.promised)
        or (bought.marketplace in found.marketplaces and within(bought.placed, found.paid))
    )


SPANS = st.one_of(
    st.builds(window, st.integers(1, 200), st.booleans()),
    st.integers(1, 2000).map(lambda hours: window(0, hours=hours)),
)
AGO = st.integers(-100_000, 30_000_000)


STARTED = st.sampled_from(
    [
        ("delivery", "delivered"),
        ("delivery", "promised"),
        ("latest-delivery", "promised"),
        ("payment", "placed"),
    ]
)


@given(STARTED, SPANS, AGO, st.booleans(), st.integers(0, 100), st.sampled_from(["UTC", "Pacific/Auckland"]))
def test_no_order_is_overlooked(started, span, ago, bare, days, zone):
    after, known = started
    start = f"{NOW - timedelta(seconds=ago):%Y-%m-%dT%H:%M:%SZ}"
    start = start[:10] if bare else start
    rules = policy(zone=zone, windows={"open": span._replace(by="buyer", after=after)})
    bought = order(**{"placed": "2025-11-20", "protection_ends": None, known: start})
    query = AgendaQuery(days=days)
    if list(order_items(bought, bought.lines, rules, query, NOW)):
        assert is_reached(bought, rules, query, NOW)


@given(st.integers(-40, 40), st.integers(0, 40))
def test_no_protection_is_overlooked(ahead, days):
    bought = order(protection_ends=f"{NOW + timedelta(days=ahead):%Y-%m-%d}")
    query = AgendaQuery(days=days)
    found = bool(list(order_items(bought, bought.lines, policy(), query, NOW)))
    assert found is (0 <= ahead <= days)
    assert not found or is_reached(bought, policy(), query, NOW)


def test_what_is_over_for_long_is_out_of_reach():
    rules = policy(windows={"open": window(15, by="buyer", after="delivery")})
    found = reach({"aliexpress": rules}, 14, NOW)
    assert found.delivered == Starts("2026-11-02", "2026-11-21")
    assert found.placed_since == f"{NOW - timedelta(days=OLDEST + 16):%Y-%m-%d}"
    assert found.promised == found.delivered
    assert found.paid.first > found.paid.last
    assert found.marketplaces == ()


def test_only_what_counts_from_delivery_reaches_what_was_delivered():
    rules = policy(windows={"open": window(30, by="buyer", after="latest-delivery")})
    found = reach({"ebay": rules}, 14, NOW)
    assert found.promised == Starts("2026-10-18", "2026-11-06")
    assert found.delivered.first > found.delivered.last


def test_the_farthest_look_ahead_stays_on_the_calendar():
    assert reach({}, 3650, datetime(9998, 1, 1, tzinfo=UTC)).protected.last == "9999-12-31"
