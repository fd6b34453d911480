"""What gets past the guards, because they were taken away, `problems()` finds and names."""

from contextlib import closing

import pytest

from dispcli.core.facts import Replaced
from dispcli.errors import LedgerTrouble
from dispcli.ledger import check
from dispcli.ledger import connection as files
from dispcli.ledger.compiled_schema import GUARDS, SCHEMA
from dispcli.ledger.header import SCHEMA_VERSION
from dispcli.ledger.ledger import Ledger
from tests.ledger.attacks import copied, event, opening
from tests.ledger.builders import CONFIRM, REQUEST, make, make_ledger, note, problems, raw, tamper, writing

_REVIVED = event(
    dispute_id=2,
    seq=4,
    previous_seq=3,
    action="'observe'",
    party="'import'",
    from_state="'cancelled'",
    to_state="'opened'",
)
_KEPT = {"dispute_id": 5, "seq": 4, "previous_seq": 3, "action": "'keep'", "from_state": "'cancel_requested'"}

ROWS = {
    "a state": ("UPDATE disputes SET state = 'agreed' WHERE id = 1", "disputes: D1 has state agreed"),
    "a version": ("UPDATE disputes SET version = 9 WHERE id = 1", "disputes: D1 has version 9"),
    "an amount": ("UPDATE disputes SET amount_minor = 5 WHERE id = 1", "disputes: D1 has claim"),
    "a reason": ("UPDATE disputes SET reason = 'other' WHERE id = 1", "disputes: D1 has claim"),
    "an outcome": (
        "UPDATE disputes SET outcome = 'refunded' WHERE id = 3",
        "disputes: D3 has outcome refunded",
    ),
    "a sighting": ("UPDATE disputes SET seen_at = opened_at WHERE id = 2", "disputes: D2 has seen_at"),
    "an origin": ("UPDATE disputes SET origin = 'opened' WHERE id = 5", "disputes: D5 has origin opened"),
    "a replacement": ("UPDATE disputes SET replaced_by = 1 WHERE id = 2", "disputes: D2 has replaced_by 1"),
    "a platform's id": (
        "UPDATE disputes SET platform_id = 'X' WHERE id = 1",
        "disputes: D1 has platform_id X",
    ),
    "a line": ("UPDATE disputes SET line_id = 2 WHERE id = 1", "disputes: D1 has line_id 2"),
    "an order": ("UPDATE disputes SET order_id = 5, line_id = 9 WHERE id = 1", "disputes: D1 has order_id 5"),
    "a date": (
        "UPDATE disputes SET updated_at = '2027-01-01T00:00:00Z' WHERE id = 4",
        "disputes: D4 has updated_at",
    ),
    "an opening date": (
        "UPDATE disputes SET opened_at = '2020-01-01' WHERE id = 4",
        "disputes: D4 has opened_at",
    ),
    "a state of no machine": (
        "UPDATE disputes SET state = 'zombie' WHERE id = 1",
        "disputes: dispute D1 is damaged",
    ),
    "a deleted dispute": ("DELETE FROM disputes WHERE id = 2", "disputes: D2 is missing"),
    "a dispute from nowhere": (
        copied("disputes", "", "id = 1", id=8, order_id=5, line_id=9),
        "disputes: D8 has no history that makes it",
    ),
    "an event's step": (
        "UPDATE events SET to_state = 'agreed' WHERE dispute_id = 5 AND seq = 2",
        "events: D5 event 2: it leads to agreed, the rules to answered",
    ),
    "an event's party": (
        "UPDATE events SET party = 'seller' WHERE dispute_id = 2 AND seq = 3",
        "events: D2 event 3: confirm_cancel is the buyer's action, not the seller's",
    ),
    "an event's outcome": (
        "UPDATE events SET outcome = 'refunded' WHERE dispute_id = 3 AND seq = 2",
        "events: D3 event 2: lapse ends with one of: expired",
    ),
    "an event's claim": (
        "UPDATE events SET amount_minor = 7 WHERE dispute_id = 1 AND seq = 1",
        "disputes: D1 has claim",
    ),
    "an event's time": (
        "UPDATE events SET at = 'soon' WHERE dispute_id = 1 AND seq = 2",
        "events: D1 event 2: not a UTC",
    ),
    "an event's text": (
        "UPDATE events SET text = 'never' WHERE dispute_id = 1 AND seq = 2",
        "messages: D1 event 2 does not follow from its event",
    ),
    "an unknown party": (
        "UPDATE events SET party = 'eve' WHERE dispute_id = 1 AND seq = 2",
        "events: event 2 of dispute D1 is damaged",
    ),
    "findings that are no JSON": (
        "UPDATE events SET findings = '[{' WHERE dispute_id = 5 AND seq = 3",
        "events: event 3 of dispute D5 is damaged",
    ),
    "findings without an end": (
        "UPDATE events SET findings = replace(hex(zeroblob(60000)), '0', '[') WHERE dispute_id = 5",
        "events: event 1 of dispute D5 is damaged",
    ),
    "a deleted first event": (
        "DELETE FROM events WHERE dispute_id = 2 AND seq = 1",
        "events: D2 event 2: event 1 is missing",
    ),
    "a deleted middle event": (
        "DELETE FROM events WHERE dispute_id = 2 AND seq = 2",
        "events: D2 event 3: event 2 is missing",
    ),
    "a deleted newest event": (
        "DELETE FROM events WHERE dispute_id = 2 AND seq = 3",
        "disputes: D2 has state cancelled, its history makes it cancel_requested",
    ),
    "a deleted history": (
        "DELETE FROM events WHERE dispute_id = 2",
        "disputes: D2 has no history that makes it",
    ),
    "a revived dispute": (
        _REVIVED,
        "events: D2 event 4: this dispute is cancelled; cancelled stays cancelled",
    ),
    "an event ahead": (event(seq=7, previous_seq=6), "events: D1 event 7: event 5 is missing"),
    "a keep to elsewhere": (event(**_KEPT, to_state="'opened'"), "events: D5 event 4: it leads to opened"),
    "a deleted message": ("DELETE FROM messages", "messages: D1 event 2 is missing"),
    "a message's speaker": ("UPDATE messages SET speaker = 'buyer'", "messages: D1 event 2 does not follow"),
    "a made-up message": (copied("messages", "", "1", seq=3), "messages: D1 event 3 does not follow"),
    "a deleted settlement": ("DELETE FROM settlements", "settlements: D1 event 3 is missing"),
    "a settlement's stage": (
        "UPDATE settlements SET stage = 'received'",
        "settlements: D1 event 3 does not follow",
    ),
    "a made-up settlement": (
        copied("settlements", "", "1", dispute_id=2),
        "settlements: D2 event 3 does not follow",
    ),
    "a deleted file": ("DELETE FROM evidence", "evidence: D1 event 4 is missing"),
    "another file": ("UPDATE evidence SET sha256 = 'cd'", "evidence: D1 event 4 does not follow"),
    "an added step": (
        "INSERT INTO transitions VALUES ('cancelled', 'note', 'opened')",
        "transitions: cancelled note opened does not belong here",
    ),
    "a deleted step": (
        "DELETE FROM transitions WHERE action = 'accept'",
        "transitions: answered accept agreed is missing",
    ),
    "a deleted order": ("DELETE FROM orders WHERE id = 1", "disputes: row 1 points to nothing in orders"),
    "a deleted line": (
        "DELETE FROM order_lines WHERE id = 3",
        "disputes: row 2 points to nothing in order_lines",
    ),
    "a deleted seller": ("DELETE FROM sellers", "orders: row 1 points to nothing in sellers"),
    "an order's status": (
        "UPDATE orders SET status = 'lost' WHERE id = 5",
        "orders: order aliexpress:3069099405659915 is damaged ('lost'",
    ),
    "an order's currency": (
        "UPDATE orders SET currency = 'usd', total_minor = 5 WHERE id = 5",
        "is damaged (not a currency",
    ),
    "a line's currency": (
        "UPDATE order_lines SET currency = 'usd', unit_minor = 5 WHERE id = 2",
        "order_lines: order line 2",
    ),
    "a count of ids": (
        "UPDATE sqlite_sequence SET seq = 2 WHERE name = 'disputes'",
        "sqlite_sequence: disputes counts to 2, but D5 exists",
    ),
    "no count of ids": (
        "DELETE FROM sqlite_sequence",
        "sqlite_sequence: disputes counts to 0, but D5 exists",
    ),
}


def test_a_whole_ledger_has_no_problems(tmp_path):
    assert problems(make_ledger(tmp_path)) == []


def test_a_new_ledger_has_no_problems(tmp_path):
    with writing(tmp_path / "ledger.db"):
        pass
    assert problems(tmp_path / "ledger.db") == []


@pytest.mark.parametrize("damage", ROWS)
def test_damage_is_named_with_its_row(damage, tmp_path):
    path = make_ledger(tmp_path)
    statement, told = ROWS[damage]
    tamper(path, statement)
    found = problems(path)
    assert any(told in problem for problem in found), found
    assert not any(problem.startswith("schema:") for problem in found)


def test_the_damaged_row_alone_is_named(tmp_path):
    path = make_ledger(tmp_path)
    tamper(path, "UPDATE disputes SET platform_id = 'X' WHERE id = 4")
    assert problems(path) == ["disputes: D4 has platform_id X, its history makes it None"]


def test_a_dispute_deleted_with_its_history_leaves_a_gap_that_is_named(tmp_path):
    path = make_ledger(tmp_path)
    tamper(path, "DELETE FROM disputes WHERE id = 3", "DELETE FROM events WHERE dispute_id = 3")
    assert problems(path) == ["disputes: D3 is missing"]


@pytest.mark.parametrize("line_id", [1, "NULL"])
def test_two_open_disputes_about_the_same_goods_are_named(line_id, tmp_path):
    path = make_ledger(tmp_path)
    row = copied("disputes", "", "id = 1", id=6, line_id=line_id, platform_id="NULL", version=1)
    tamper(path, opening(order_id=1, line_id=line_id), row)
    assert "disputes: D1 and D6 are open about the same goods" in problems(path)


def test_a_replacement_that_is_not_there_is_named(tmp_path):
    path = make_ledger(tmp_path)
    with writing(path) as ledger:
        make(ledger, 2, note(Replaced(by=66)))
    assert problems(path) == ["disputes: D2 is replaced by D66, which is missing"]


def test_a_date_that_is_none_is_named(tmp_path):
    path = make_ledger(tmp_path)
    with raw(path) as connection:
        connection.execute(event(fact="'due'", due_party="'seller'", due_at="'soon'"))
    assert problems(path)[0] == "events: event 5 of dispute D1 is damaged (not a UTC instant: 'soon')"


def test_a_moment_that_is_none_is_named(tmp_path):
    path = make_ledger(tmp_path)
    with writing(path) as ledger:
        make(ledger, 4, note(happened_at="yesterday"))
    assert len(problems(path)) == 1
    assert problems(path)[0].startswith("events: D4 event 2: not a UTC instant")


def _names(word: str) -> list[str]:
    return [text.replace("UNIQUE ", "").split("(")[0].split()[2] for text in SCHEMA if word in text[:20]]


@pytest.mark.parametrize("name", [guard.split()[2] for guard in GUARDS])
def test_a_missing_guard_is_named(name, tmp_path):
    path = make_ledger(tmp_path)
    with raw(path) as connection:
        connection.execute(f"DROP TRIGGER {name}")
    assert problems(path) == [f"schema: trigger {name} is missing"]


@pytest.mark.parametrize("name", _names("INDEX"))
def test_a_missing_index_is_named(name, tmp_path):
    path = make_ledger(tmp_path)
    with raw(path) as connection:
        connection.execute(f"DROP INDEX {name}")
    assert problems(path) == [f"schema: index {name} is missing"]


@pytest.mark.parametrize("name", _names("TABLE"))
def test_a_missing_table_is_named(name, tmp_path):
    path = make_ledger(tmp_path)
    with raw(path) as connection:
        connection.execute(f"DROP TABLE {name}")
    assert f"schema: table {name} is missing" in problems(path)


_NO_RULE = "CREATE TRIGGER disputes_remain BEFORE DELETE ON disputes BEGIN SELECT 1; END"
_OTHER_RULES = {
    "trigger disputes_remain": ("DROP TRIGGER disputes_remain", _NO_RULE),
    "index disputes_by_day": ("DROP INDEX disputes_by_day", "CREATE INDEX disputes_by_day ON disputes (id)"),
    "table events": ("ALTER TABLE events ADD COLUMN mood TEXT",),
    "table disputes": ("ALTER TABLE disputes RENAME COLUMN seen_at TO looked_at",),
}


@pytest.mark.parametrize("what", _OTHER_RULES)
def test_a_changed_rule_is_named(what, tmp_path):
    path = make_ledger(tmp_path)
    with raw(path) as connection:
        for statement in _OTHER_RULES[what]:
            connection.execute(statement)
    assert f"schema: {what} was changed" in problems(path)


def test_a_check_taken_out_of_the_schema_by_hand_is_named(tmp_path):
    path = make_ledger(tmp_path)
    with raw(path) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        weaker = (
            "UPDATE sqlite_master SET sql = replace(sql, 'length(currency) = 3', '1') WHERE name = 'disputes'"
        )
        assert connection.execute(weaker).rowcount == 1
    assert problems(path) == ["schema: table disputes was changed"]


@pytest.mark.parametrize("name", ["evil", "sqliteXevil", "disputes_by_day"])
def test_a_trigger_that_does_not_belong_is_named_whatever_it_is_called(name, tmp_path):
    path = make_ledger(tmp_path)
    with raw(path) as connection:
        connection.execute(f"CREATE TRIGGER {name} AFTER INSERT ON events BEGIN SELECT 1; END")
    assert problems(path) == [f"schema: trigger {name} does not belong here"]


def test_a_file_that_says_it_is_older_than_it_is_is_named(tmp_path):
    path = make_ledger(tmp_path)
    with raw(path) as connection:
        connection.execute("PRAGMA user_version = 0")
    with pytest.raises(LedgerTrouble, match=f"schema version 0.*{SCHEMA_VERSION}$"):
        problems(path)
    with closing(files.connect(path, any_version=True)) as connection:
        assert check.problems(connection) == [f"schema: the file says it has version 0, not {SCHEMA_VERSION}"]


def test_statistics_of_sqlite_are_no_problem(tmp_path):
    path = make_ledger(tmp_path)
    with raw(path) as connection:
        connection.execute("ANALYZE")
    assert problems(path) == []


def test_looking_for_problems_changes_nothing(tmp_path):
    path = make_ledger(tmp_path)
    before = path.read_bytes()
    with Ledger.open(path) as ledger, ledger.reading():
        ledger.problems()
    assert path.read_bytes() == before


def test_a_dispute_that_was_cancelled_by_the_rules_is_no_problem(tmp_path):
    path = make_ledger(tmp_path)
    with writing(path) as ledger:
        make(ledger, 1, REQUEST, CONFIRM)
    assert problems(path) == []


def test_a_raw_event_by_the_wrong_party_is_named(tmp_path):
    path = make_ledger(tmp_path)
    with raw(path) as connection:
        connection.execute(event(action="'escalate'", to_state="'escalated'", party="'seller'"))
    (problem,) = (line for line in problems(path) if line.startswith("events:"))
    assert problem == "events: D1 event 5: escalate is the buyer or platform's action, not the seller's"


def test_text_that_is_no_text_is_trouble_and_no_traceback(tmp_path):
    path = make_ledger(tmp_path)
    tamper(path, "UPDATE events SET note = CAST(x'ff80' AS TEXT) WHERE dispute_id = 4")
    with pytest.raises(LedgerTrouble, match="UTF-8"):
        problems(path)
