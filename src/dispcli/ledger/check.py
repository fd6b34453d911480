"""`ledger check`: does every row follow from the history, and the history from the rules?"""

import sqlite3
from collections.abc import Iterator, Set
from itertools import combinations, groupby

from dispcli.core.disputes import Dispute
from dispcli.core.events import Event
from dispcli.core.facts import Evidence, Message, Settlement
from dispcli.core.moments import parse_instant
from dispcli.core.replay import BrokenHistory, replay
from dispcli.core.states import FINAL
from dispcli.errors import LedgerTrouble
from dispcli.ledger import compiled as sql
from dispcli.ledger import dispute_rows, order_rows
from dispcli.ledger.schema import differences

Facts = dict[tuple[str, int, int], tuple[object, ...]]
"""What each event's fact must look like, by its table, dispute and seq."""


def problems(connection: sqlite3.Connection) -> list[str]:
    """Everything that is wrong, a line each, naming the row. To be called inside a transaction."""
    found = [f"file: {row[0]}" for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
    found += differences(connection)
    for table, rowid, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        found.append(f"{table}: row {rowid if rowid is not None else '?'} points to nothing in {parent}")
    try:
        rebuilt, broken = _rebuild(connection)
        return found + broken + list(_compare(connection, rebuilt)) + list(_orders(connection))
    except (sqlite3.OperationalError, TypeError, ValueError) as problem:
        if not found:
            raise
        return [*found, f"rows: they can't be compared with their history ({problem})"]


def _rebuild(connection: sqlite3.Connection) -> tuple[tuple[dict[int, Dispute], Facts], list[str]]:
    disputes: dict[int, Dispute] = {}
    facts: Facts = {}
    broken: list[str] = []
    history = connection.execute(sql.WHOLE_HISTORY)
    for dispute_id, group in groupby(history, key=lambda row: row[0]):
        lines = list(group)
        try:
            events = [dispute_rows.event_of(row) for row in lines]
            broken += _bad_moments(events)
            disputes[dispute_id] = replay(events, dispute_rows.place_of(lines[0]))
            facts.update(_facts(events))
        except BrokenHistory as problem:
            broken.append(f"events: D{dispute_id} event {problem.seq}: {problem}")
        except (LedgerTrouble, ValueError) as problem:
            broken.append(f"events: {problem}")
    return (disputes, facts), broken


def _bad_moments(events: list[Event]) -> Iterator[str]:
    for event in events:
        for moment in (event.at, event.happened_at):
            try:
                parse_instant(moment) if moment is not None else None
            except (ValueError, TypeError) as problem:
                yield f"events: D{event.dispute_id} event {event.seq}: {problem}"


def _facts(events: list[Event]) -> Iterator[tuple[tuple[str, int, int], tuple[object, ...]]]:
    for event in events:
        at, key = event.moment, (event.dispute_id, event.seq)
        match event.fact:
            case Message(speaker, text):
                yield ("messages", *key), (str(speaker), at, text)
            case Settlement(kind, stage, amount, reference):
                minor, currency = (amount.minor, amount.currency) if amount else (None, None)
                yield ("settlements", *key), (kind, stage, minor, currency, at, reference)
            case Evidence(sha256, name, media_type, size):
                yield ("evidence", *key), (sha256, name, media_type, size, at)


def _compare(connection: sqlite3.Connection, rebuilt: tuple[dict[int, Dispute], Facts]) -> Iterator[str]:
    disputes, facts = rebuilt
    stored: dict[int, Dispute] = {}
    for row in connection.execute(sql.ALL_DISPUTES):
        try:
            stored[row[0]] = dispute_rows.dispute_of(row)
        except LedgerTrouble as problem:
            yield f"disputes: {problem}"
    for dispute_id, dispute in sorted(stored.items()):
        expected = disputes.get(dispute_id)
        if expected is None:
            yield f"disputes: D{dispute_id} has no history that makes it"
            continue
        wrong = [name for name in Dispute._fields if getattr(dispute, name) != getattr(expected, name)]
        for name in wrong:
            yield (
                f"disputes: D{dispute_id} has {name} {getattr(dispute, name)}, "
                f"its history makes it {getattr(expected, name)}"
            )
    yield from _missing(connection, stored.keys(), disputes.keys())
    yield from _rivals(stored)
    yield from (
        f"disputes: D{dispute.id} is replaced by D{dispute.replaced_by}, which is missing"
        for dispute in stored.values()
        if dispute.replaced_by is not None and dispute.replaced_by not in stored
    )
    yield from _compare_facts(connection, facts)


def _missing(connection: sqlite3.Connection, stored: Set[int], told: Set[int]) -> Iterator[str]:
    """Ids are given one after the other, so a number that was given and is gone was deleted."""
    row = connection.execute(sql.LAST_ID, {"table": "disputes"}).fetchone()
    last = row[0] if row else 0
    for dispute_id in sorted((told | set(range(1, last + 1))) - stored):
        yield f"disputes: D{dispute_id} is missing"
    if stored and max(stored) > last:
        yield f"sqlite_sequence: disputes counts to {last}, but D{max(stored)} exists"


def _rivals(stored: dict[int, Dispute]) -> Iterator[str]:
    still_open = (dispute for dispute in stored.values() if dispute.state not in FINAL)
    for _, group in groupby(sorted(still_open, key=lambda it: it.order_id), key=lambda it: it.order_id):
        for one, other in combinations(group, 2):
            if one.line_id is None or other.line_id is None or one.line_id == other.line_id:
                yield f"disputes: D{one.id} and D{other.id} are open about the same goods"


def _orders(connection: sqlite3.Connection) -> Iterator[str]:
    for table, statement, read in (
        ("orders", sql.ALL_ORDERS, lambda row: order_rows.order_of(row, ())),
        ("order_lines", sql.ALL_LINES, order_rows.line_of),
    ):
        for row in connection.execute(statement):
            try:
                read(row)
            except LedgerTrouble as problem:
                yield f"{table}: {problem}"


def _compare_facts(connection: sqlite3.Connection, facts: Facts) -> Iterator[str]:
    stored: Facts = {}
    for table, statement in _PROJECTIONS:
        for dispute_id, seq, *values in connection.execute(statement):
            stored[table, dispute_id, seq] = tuple(values)
    for key in sorted(facts.keys() | stored.keys()):
        if facts.get(key) != stored.get(key):
            table, dispute_id, seq = key
            what = "is missing" if key not in stored else "does not follow from its event"
            yield f"{table}: D{dispute_id} event {seq} {what}"


_PROJECTIONS = (
    ("messages", sql.ALL_MESSAGES),
    ("settlements", sql.ALL_SETTLEMENTS),
    ("evidence", sql.ALL_EVIDENCE),
)
