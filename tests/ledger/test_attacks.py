"""A plain sqlite3 shell, with any pragmas, gets nothing past the guards: refused, or nothing changed."""

import sqlite3
from itertools import product

import pytest

from dispcli.core.states import State
from dispcli.ledger import compiled_schema
from tests.ledger.attacks import FAMILIES, event, opening
from tests.ledger.builders import disarm, dump, make_ledger, problems, raw, tables

PRAGMAS = list(product((False, True), repeat=2))
_SHELLS = [f"fk{int(keys)}-rt{int(triggers)}" for keys, triggers in PRAGMAS]


def rows(connection: sqlite3.Connection) -> dict[str, list]:
    return {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables(connection)}


def attack(connection: sqlite3.Connection, statements: tuple[str, ...]) -> None:
    """Run what of it can be run, each statement by itself, and commit what is left."""
    for statement in statements:
        try:
            connection.execute(statement)
        except sqlite3.Error:
            if connection.in_transaction:
                connection.execute("ROLLBACK")


@pytest.mark.parametrize(("foreign_keys", "recursive_triggers"), PRAGMAS, ids=_SHELLS)
@pytest.mark.parametrize("family", FAMILIES)
def test_no_attack_changes_anything(family, foreign_keys, recursive_triggers, tmp_path):
    path = make_ledger(tmp_path)
    with raw(path, foreign_keys=foreign_keys, recursive_triggers=recursive_triggers) as connection:
        before = rows(connection)
        for name, statements in FAMILIES[family]():
            attack(connection, statements)
            assert rows(connection) == before, name
    assert problems(path) == []


@pytest.mark.parametrize(("foreign_keys", "recursive_triggers"), PRAGMAS, ids=_SHELLS)
@pytest.mark.parametrize("family", FAMILIES)
def test_no_attack_inside_a_transaction_changes_anything(family, foreign_keys, recursive_triggers, tmp_path):
    """Here what went before the failure stays to be committed, as OR FAIL would like it."""
    path = make_ledger(tmp_path)
    before = dump(path)
    with raw(path, foreign_keys=foreign_keys, recursive_triggers=recursive_triggers) as connection:
        connection.execute("BEGIN")
        for _, statements in FAMILIES[family]():
            for statement in statements:
                try:
                    connection.execute(statement)
                except sqlite3.Error:
                    pass
                if not connection.in_transaction:
                    connection.execute("BEGIN")
        connection.execute("COMMIT")
    assert dump(path) == before


@pytest.mark.parametrize("family", FAMILIES)
def test_the_names_of_attacks_are_told_apart(family):
    names = [name for name, _ in FAMILIES[family]()]
    assert len(names) == len(set(names))
    assert len(names) > 5


def test_the_attacks_are_aimed_well_for_without_guards_most_get_through(tmp_path):
    path = make_ledger(tmp_path)
    hits = dict.fromkeys(FAMILIES, 0)
    with raw(path) as connection:
        disarm(connection)
        before = rows(connection)
        for family in FAMILIES:
            for _, statements in FAMILIES[family]():
                connection.execute("BEGIN")
                attack(connection, statements)
                hits[family] += rows(connection) != before
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
    assert all(hits.values()), hits
    assert sum(hits.values()) > 400, hits


# The rest write what follows from an event; that they do is test_projection's affair.
GUARDING = [
    name
    for name in (guard.split()[2] for guard in compiled_schema.GUARDS)
    if name
    not in {
        "events_open",
        "events_move",
        "events_revise",
        "events_message",
        "events_settlement",
        "events_evidence",
    }
]


def gets_through(
    connection: sqlite3.Connection, statements: tuple[str, ...], before: dict[str, list]
) -> bool:
    """Whether the attack changes anything; what it changed is taken back."""
    connection.execute("SAVEPOINT attack")
    for statement in statements:
        try:
            connection.execute(statement)
        except sqlite3.Error:
            pass
    changed = rows(connection) != before
    connection.execute("ROLLBACK TO attack")
    return changed


@pytest.mark.parametrize("guard", GUARDING)
def test_no_guard_could_be_left_out(guard, tmp_path):
    """Without this one, all others in place, some attack succeeds."""
    with raw(make_ledger(tmp_path)) as connection:
        connection.execute("BEGIN")
        connection.execute(f"DROP TRIGGER {guard}")
        before = rows(connection)
        attacks = (
            (name, statements)
            for family in FAMILIES
            if family != "on_the_dead"
            for name, statements in FAMILIES[family]()
            if "ROLLBACK" not in name
        )
        assert any(gets_through(connection, statements, before) for _, statements in attacks)


def test_a_legal_event_by_hand_is_history_like_any_other(tmp_path):
    path = make_ledger(tmp_path)
    with raw(path) as connection:
        connection.execute(event(action="'escalate'", to_state="'escalated'"))
        connection.execute(opening())
        assert connection.execute("SELECT state, version FROM disputes WHERE id IN (1, 6)").fetchall() == [
            ("escalated", 5),
            ("opened", 1),
        ]
    assert problems(path) == []


def test_keep_returns_to_where_the_request_came_from(tmp_path):
    path = make_ledger(tmp_path)
    kept = event(
        dispute_id=5,
        seq=4,
        previous_seq=3,
        action="'keep'",
        from_state="'cancel_requested'",
        to_state="'answered'",
    )
    with raw(path) as connection:
        connection.execute(kept)
        assert connection.execute("SELECT state, origin FROM disputes WHERE id = 5").fetchone() == (
            State.ANSWERED,
            None,
        )


def test_the_same_operation_is_recorded_once(tmp_path):
    path = make_ledger(tmp_path)
    with raw(path) as connection:
        connection.execute(event(operation_id="'op-1'"))
        for verb in ("", "OR REPLACE"):
            with pytest.raises(sqlite3.IntegrityError, match="recorded already"):
                connection.execute(event(verb, operation_id="'op-1'", seq=6, previous_seq=5))
