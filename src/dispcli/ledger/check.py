"""`ledger check`: does every row follow from the history, and the history from the rules?"""

import sqlite3
from collections.abc import Iterator
from itertools import groupby

from dispcli.core.disputes import Dispute, Event
from dispcli.core.facts import Evidence, Message, Settlement
from dispcli.core.history import BrokenHistory, replay
from dispcli.errors import LedgerTrouble
from dispcli.ledger import compiled as sql
from dispcli.ledger import rows
from dispcli.ledger.schema import differences

Facts = dict[tuple[int, int], tuple[object, ...]]


def problems(connection: sqlite3.Connection) -> list[str]:
    """Everything that is wrong, a line each, naming the row. To be called inside a transaction."""
    found = [f"file: {row[0]}" for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
    found += differences(connection)
    for table, rowid, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        found.append(f"{table}: row {rowid if rowid is not None else '?'} points to nothing in {parent}")
    rebuilt, broken = _rebuild(connection)
    return found + broken + list(_compare(connection, rebuilt))


def _rebuild(connection: sqlite3.Connection) -> tuple[tuple[dict[int, Dispute], Facts], list[str]]:
    disputes: dict[int, Dispute] = {}
    facts: Facts = {}
    broken: list[str] = []
    history = connection.execute(sql.WHOLE_HISTORY)
    for dispute_id, group in groupby(history, key=lambda row: row[0]):
        lines = list(group)
        try:
            events = [rows.event_of(row) for row in lines]
            disputes[dispute_id] = replay(events, **rows.place_of(lines[0])._asdict())
            facts.update(_facts(events))
        except BrokenHistory as problem:
            broken.append(f"events: D{dispute_id} event {problem.seq}: {problem}")
        except (LedgerTrouble, ValueError) as problem:
            broken.append(f"events: {problem}")
    return (disputes, facts), broken


def _facts(events: list[Event]) -> Iterator[tuple[tuple[int, int], tuple[object, ...]]]:
    for event in events:
        at = event.happened_at or event.at
        match event.fact:
            case Message(speaker, text):
                yield (event.dispute_id, event.seq), ("messages", str(speaker), at, text)
            case Settlement(kind, stage, amount, reference):
                minor, currency = (amount.minor, amount.currency) if amount else (None, None)
                yield (
                    (event.dispute_id, event.seq),
                    ("settlements", kind, stage, minor, currency, at, reference),
                )
            case Evidence(sha256, name, media_type, size):
                yield (event.dispute_id, event.seq), ("evidence", sha256, name, media_type, size, at)


def _compare(connection: sqlite3.Connection, rebuilt: tuple[dict[int, Dispute], Facts]) -> Iterator[str]:
    disputes, facts = rebuilt
    stored: dict[int, Dispute] = {}
    for row in connection.execute(sql.ALL_DISPUTES):
        try:
            stored[row[0]] = rows.dispute_of(row)
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
    yield from (
        f"disputes: D{dispute_id} is missing" for dispute_id in sorted(disputes.keys() - stored.keys())
    )
    yield from _compare_facts(connection, facts)


def _compare_facts(connection: sqlite3.Connection, facts: Facts) -> Iterator[str]:
    stored: Facts = {}
    for table, statement in _PROJECTIONS:
        for dispute_id, seq, *values in connection.execute(statement):
            stored[dispute_id, seq] = (table, *values)
    for key in sorted(facts.keys() | stored.keys()):
        if facts.get(key) != stored.get(key):
            where = (stored.get(key) or facts[key])[0]
            what = "is missing" if key not in stored else "does not follow from its event"
            yield f"{where}: D{key[0]} event {key[1]} {what}"


_PROJECTIONS = (
    ("messages", sql.ALL_MESSAGES),
    ("settlements", sql.ALL_SETTLEMENTS),
    ("evidence", sql.ALL_EVIDENCE),
)
