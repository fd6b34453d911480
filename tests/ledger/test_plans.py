"""No list and no lookup reads a whole table unsorted: EXPLAIN QUERY PLAN for every one that can be asked."""

import json
import re
import sqlite3
from collections.abc import Iterator
from itertools import chain, combinations, product
from typing import Any

import pytest

from dispcli.ledger import compiled, compiled_schema
from dispcli.ledger.folding import folded
from dispcli.ledger.listing import Listing, Use
from tests.ledger.builders import make_ledger, raw

LISTINGS = {"ORDERS": compiled.ORDERS, "DISPUTES": compiled.DISPUTES, "SELLERS": compiled.SELLERS}
MAIN = {
    "orders",
    "disputes",
    "sellers",
    "seller_ratings",
    "order_lines",
    "events",
    "batches",
    "idempotency_keys",
    "messages",
    "settlements",
    "evidence",
}

NAMED = {"seller", "seller_folded"}


class _Binds(dict[str, Any]):
    """A value of the right kind for every bind there is."""

    _LISTS = ("statuses", "states", "orders", "outcomes", "reasons", "remedies", "stages")
    _LISTS = (*_LISTS, "marketplaces", "currencies", "disputes", "sellers")

    def __missing__(self, name: str) -> Any:
        if name.startswith("today_"):
            return json.dumps({"x": "y"})
        return json.dumps(["x", "y"]) if re.sub(r"_[0-9]+$", "", name) in self._LISTS else 1


def _some(names: Any) -> Iterator[tuple[str, ...]]:
    """Up to three of them together, and all."""
    names = tuple(names)
    return chain([names], chain.from_iterable(combinations(names, size) for size in range(4)))


def _cases() -> Iterator[Any]:
    for name, listing in LISTINGS.items():
        for sort in listing.sorts:
            for after in (False, True):
                yield pytest.param(listing, sort, after, id=f"{name}-{sort}-{'after' if after else 'first'}")


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    with raw(make_ledger(tmp_path_factory.mktemp("plans"))) as connection:
        connection.create_function("folded", 1, folded, deterministic=True)
        yield connection


def plan(connection: sqlite3.Connection, statement: str) -> list[str]:
    return [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}", _Binds())]


def bare_scans(steps: list[str]) -> list[str]:
    """Steps that read one of our tables from end to end, without an index."""
    return [
        step
        for step in steps
        if step.startswith("SCAN ") and step.split()[1] in MAIN and " USING " not in step
    ]


def _automatic(steps: list[str]) -> list[str]:
    """Indexes SQLite would build for one query, because one is missing."""
    return [step for step in steps if "AUTOMATIC" in step]


@pytest.mark.parametrize(("listing", "sort", "after"), list(_cases()))
def test_every_combination_of_filters_uses_an_index(listing, sort, after, ledger):
    for filters in _some(listing.filters):
        steps = plan(ledger, listing.sql(filters, sort, after=after))
        # Part of a seller's name can only be looked for in every name.
        named = ["SCAN sellers"] if NAMED & set(filters) else []
        assert [step for step in bare_scans(steps) if step not in named] == [], (filters, steps)
        assert _automatic(steps) == [], (filters, steps)


@pytest.mark.parametrize(("listing", "sort", "after"), list(_cases()))
def test_terms_use_an_index_as_the_filters_they_use_do(listing, sort, after, ledger):
    for first, second in product(listing.filters, repeat=2):
        terms = (Use((first,), 1), Use((second, first), 2), Use((second,), 3, negated=True), Use((first,), 4))
        steps = plan(ledger, listing.sql([second], sort, uses=terms, after=after))
        named = ["SCAN sellers"] if NAMED & {first, second} else []
        assert [step for step in bare_scans(steps) if step not in named] == [], (terms, steps)
        assert _automatic(steps) == [], (terms, steps)


@pytest.mark.parametrize(("listing", "sort", "after"), list(_cases()))
def test_what_a_term_denies_is_read_in_order_and_not_sorted(listing, sort, after, ledger):
    for name in listing.filters:
        steps = plan(ledger, listing.sql([], sort, uses=[Use((name,), 1, negated=True)], after=after))
        assert [step for step in steps if "TEMP B-TREE" in step] == [], (name, steps)


@pytest.mark.parametrize(
    ("listing", "name", "index"),
    [
        (compiled.ORDERS, "status", "orders_by_status (status=?)"),
        (compiled.ORDERS, "seller", "orders_by_seller (seller_id=?)"),
        (compiled.ORDERS, "number", "orders_by_number (number=?)"),
        (compiled.ORDERS, "placed", "orders_by_day (placed>? AND placed<?)"),
        (compiled.ORDERS, "late", "orders_by_status (status=?)"),
        (compiled.ORDERS, "total", "orders_by_amount (sort_currency=? AND sort_minor>? AND sort_minor<?)"),
        (compiled.DISPUTES, "open", "disputes_open_first (is_open=?)"),
        (compiled.DISPUTES, "closed", "disputes_open_first (is_open=?)"),
        (compiled.DISPUTES, "unseen", "disputes_to_cancel_on_site (state=?)"),
        (compiled.DISPUTES, "state", "disputes_by_state (state=?)"),
        (compiled.DISPUTES, "seller", "orders_by_seller (seller_id=?)"),
        (compiled.DISPUTES, "number", "orders_by_number (number=?)"),
        (compiled.DISPUTES, "dispute", "INTEGER PRIMARY KEY (rowid=?)"),
        (compiled.DISPUTES, "opened", "disputes_by_day (opened_at>? AND opened_at<?)"),
        (
            compiled.DISPUTES,
            "amount",
            "disputes_by_amount (sort_currency=? AND sort_minor>? AND sort_minor<?)",
        ),
    ],
)
def test_a_term_that_an_index_serves_begins_with_it(listing, name, index, ledger):
    first = plan(ledger, listing.sql([], next(iter(listing.sorts)), uses=[Use((name,), 1)]))[0]
    assert first.startswith("SEARCH ")
    assert first.endswith(index)


@pytest.mark.parametrize(("listing", "sort", "after"), list(_cases()))
@pytest.mark.parametrize("name", ["marketplace", "currency"])
def test_what_nearly_all_rows_have_is_read_in_order(name, listing, sort, after, ledger):
    if name in listing.filters:
        steps = plan(ledger, listing.sql([], sort, uses=[Use((name,), 1)], after=after))
        assert [step for step in steps if "TEMP B-TREE" in step] == []


@pytest.mark.parametrize(("listing", "sort", "after"), list(_cases()))
def test_an_unfiltered_list_is_read_in_order_and_not_sorted(listing, sort, after, ledger):
    steps = plan(ledger, listing.sql([], sort, after=after))
    assert [step for step in steps if "TEMP B-TREE" in step] == []


@pytest.mark.parametrize(("listing", "sort", "after"), [case for case in _cases() if "after" in case.id])
def test_the_next_page_begins_where_the_last_one_ended(listing, sort, after, ledger):
    first = plan(ledger, listing.sql([], sort, after=after))[0]
    assert re.match(r"SEARCH \w+ USING (COVERING )?INDEX \w+ \(.*[<>]", first), first


@pytest.mark.parametrize(
    "name",
    [
        "ORDER_SORT_KEY",
        "DISPUTE_SORT_KEY",
        "MARKS_OF_ORDERS",
        "ORDERS_NUMBERED",
        "LINES_KNOWN_AS",
        "ORDERS_WHOLE",
        "LINES_OF_ORDERS",
        "LINKED_ORDERS",
        "SELLER_BY_STORE",
        "SELLER_BY_NAME",
        "RENAME_SELLER",
        "RATINGS_OF_SELLER",
        "RATINGS_OF_SELLERS",
        "ORDERS_OF_SELLERS",
        "PROMISES_OF_SELLERS",
        "TURNS_OF_SELLERS",
        "SET_ORDER",
        "SET_LINE",
        "DISPUTES_OF_ORDERS",
        "DISPUTES_KNOWN_AS",
        "ORDERS_OF_DISPUTES",
        "HISTORIES",
        "OUTLINES",
        "ASKED",
        "RECORDED_UNDER",
        "SAID",
        "ENDINGS_OF_SELLERS",
        "ORDERS_IN_DISPUTE",
        "ORDERS_TO_CANCEL_ON_SITE",
        "ORDERS_TO_DISPUTE",
        "BATCH",
        "SET_BATCH",
    ],
)
def test_a_lookup_searches_by_an_index(name, ledger):
    steps = plan(ledger, getattr(compiled, name))
    ours = [step for step in steps if step.split()[0] in ("SCAN", "SEARCH") and step.split()[1] in MAIN]
    assert ours, steps
    assert [step for step in ours if not step.startswith("SEARCH ")] == []


@pytest.mark.parametrize(
    ("name", "index"),
    [
        ("ORDERS_IN_DISPUTE", "disputes_open_first (is_open=?)"),
        ("ORDERS_TO_CANCEL_ON_SITE", "disputes_to_cancel_on_site (state=?)"),
        ("ORDERS_TO_DISPUTE", "orders_by_status (status=? AND placed>?)"),
    ],
)
def test_the_agenda_reads_nothing_that_is_over(name, index, ledger):
    first = plan(ledger, getattr(compiled, name))[0]
    assert first.startswith("SEARCH ")
    assert first.endswith(index)


# What is meant to read everything, or is looked at above as a list or below as a guard.
_WHOLE = {
    "MARKS_OF_ALL_ORDERS",
    "ALL_ORDERS",
    "ALL_LINES",
    "ALL_DISPUTES",
    "WHOLE_HISTORY",
    "ALL_TRANSITIONS",
}
_WHOLE |= {"ALL_MESSAGES", "ALL_SETTLEMENTS", "ALL_EVIDENCE", "COUNTS", "LAST_ID", "ORDERS_NUMBERED_LIKE"}
_WHOLE |= {"MARKETPLACES"}

# What concerns the connection's own tables, which are read from end to end.
_STAGED = {"STAGING", "STAGE", "STAGED_HISTORIES", "WRITE_STAGED", "CLEAR_STAGED"}
_STAGED |= {"STAGING_STEPS", "STAGE_STEP", "CLEAR_STAGED_STEPS"}
_STAGED |= {"STAGING_ORDERS", "STAGE_ORDER", "WRITE_ORDERS", "CLEAR_ORDERS"}
_STAGED |= {"STAGING_LINES", "STAGE_LINE", "WRITE_LINES", "CLEAR_LINES"}


def test_conflicts_are_looked_for_among_sightings_alone(ledger):
    first, *others = plan(ledger, compiled.CONFLICTS)
    assert "events_by_sighting" in first
    assert [step for step in others if step.startswith("SCAN")] == []


def test_kept_evidence_costs_no_more_than_there_is_evidence(ledger):
    first, *others = plan(ledger, compiled.KEPT_EVIDENCE)
    assert first == "SCAN evidence"
    assert [step for step in others if step.startswith("SCAN") or "TEMP B-TREE" in step] == []


def test_no_statement_is_left_out():
    looked_at = set(test_a_lookup_searches_by_an_index.pytestmark[0].args[1])
    every = {name for name, value in vars(compiled).items() if name.isupper() and isinstance(value, str)}
    looked_at |= {"CONFLICTS", "KEPT_EVIDENCE"}
    assert {name for name in every - looked_at - _WHOLE - _STAGED if not name.startswith("ADD_")} == set()


@pytest.mark.parametrize("name", sorted(_WHOLE - {"ALL_TRANSITIONS", "LAST_ID"}))
def test_what_reads_everything_is_not_sorted_for_it(name, ledger):
    assert [step for step in plan(ledger, getattr(compiled, name)) if "TEMP B-TREE" in step] == []


def _lookups(guard: str) -> list[str]:
    """The guard's own SELECTs, with NEW and OLD as binds, so that they can be explained by themselves."""
    text = re.sub(r"\b(NEW|OLD)\.(\w+)", r":\1_\2", guard)
    selects = []
    for match in re.finditer(r"\(SELECT |\bEXISTS\s*\(\s*SELECT ", text):
        start = text.index("(", match.start())
        depth = 0
        for end in range(start, len(text)):
            depth += {"(": 1, ")": -1}.get(text[end], 0)
            if depth == 0:
                selects.append(text[start + 1 : end])
                break
    return selects


def _guard_lookups() -> list[Any]:
    return [
        pytest.param(lookup, id=f"{guard.split()[2]}-{count}")
        for guard in compiled_schema.GUARDS
        for count, lookup in enumerate(_lookups(guard))
    ]


@pytest.mark.parametrize("lookup", _guard_lookups())
def test_a_guard_searches_by_an_index(lookup, ledger):
    steps = plan(ledger, lookup)
    assert steps
    assert [step for step in steps if not re.match(r"(SEARCH|MULTI-INDEX OR|INDEX \d)", step)] == []


def test_every_guard_that_selects_is_looked_at():
    selecting = [guard for guard in compiled_schema.GUARDS if re.search(r"EXISTS|\(SELECT", guard)]
    assert all(_lookups(guard) for guard in selecting)
    assert len(selecting) > 15


def test_a_list_without_its_index_would_be_noticed(tmp_path):
    with raw(make_ledger(tmp_path)) as connection:
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE name LIKE 'disputes_%by%'"
        ).fetchall():
            connection.execute(f"DROP INDEX {name}")
        steps = plan(connection, compiled.DISPUTES.sql([], "amount"))
        assert bare_scans(steps)
        assert any("TEMP B-TREE" in step for step in steps)


def test_the_lists_have_the_sorts_that_commands_offer():
    from dispcli.core.summaries import DISPUTE_SORTS, ORDER_SORTS

    assert isinstance(compiled.ORDERS, Listing)
    assert tuple(compiled.ORDERS.sorts) == ORDER_SORTS
    assert tuple(compiled.DISPUTES.sorts) == DISPUTE_SORTS
