"""A ledger of schema version 1, as dispcli 0.1.0 made it, comes to this version with everything in it."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from dispcli.errors import LedgerTrouble
from dispcli.ledger import compiled
from dispcli.ledger.header import APPLICATION_ID, SCHEMA_VERSION
from dispcli.ledger.ledger import Ledger
from dispcli.ledger.upgrade import upgrade

DUMP = Path(__file__).with_name("version_1.sql").read_text(encoding="utf-8")
KEPT = {
    "sellers": "id, marketplace, store_id, name, url, seen_at",
    "orders": "id, marketplace, number, placed, status, total_minor, currency, protection_ends, seen_at",
    "order_lines": "id, order_id, position, title, quantity, unit_minor",
    "disputes": "id, order_id, line_id, state, version, outcome, opened_at, updated_at, seen_at",
    "events": "dispute_id, seq, at, actor, source, action, from_state, to_state, reason, findings, text",
    "messages": "dispute_id, seq, speaker, at, text",
    "settlements": "dispute_id, seq, kind, stage, amount_minor, currency, at",
}


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "ledger.db"
    path.touch(mode=0o600)
    with closing(sqlite3.connect(path)) as opened:
        opened.executescript(DUMP)
        opened.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        opened.execute("PRAGMA user_version = 1")
    return path


def everything(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as opened:
        return {
            table: opened.execute(f"SELECT {columns} FROM {table} ORDER BY 1, 2").fetchall()
            for table, columns in KEPT.items()
        }


def test_an_older_ledger_is_refused_until_it_is_upgraded(old: Path) -> None:
    with pytest.raises(LedgerTrouble, match="version 1") as caught:
        Ledger.open(old)
    assert "dispcli ledger upgrade" in (caught.value.hint or "")


def test_everything_comes_along(old: Path) -> None:
    before = everything(old)
    assert all(before.values())
    found = upgrade(old)
    assert found is not None
    assert everything(old) == before
    with Ledger.open(old) as ledger, ledger.reading():
        assert ledger.version == SCHEMA_VERSION
        assert ledger.problems() == []


def test_the_old_file_is_kept_for_its_owner_alone(old: Path) -> None:
    before = everything(old)
    found = upgrade(old)
    assert found is not None
    version, copy = found
    assert version == 1
    assert everything(copy) == before
    assert copy.stat().st_mode & 0o777 == 0o600


def test_a_second_time_changes_nothing(old: Path) -> None:
    upgrade(old)
    content = old.read_bytes()
    assert upgrade(old) is None
    assert old.read_bytes() == content


def test_an_id_is_not_used_again(old: Path) -> None:
    with closing(sqlite3.connect(old)) as opened:
        opened.execute("UPDATE sqlite_sequence SET seq = 70 WHERE name = 'orders'")
        opened.commit()
    upgrade(old)
    with closing(sqlite3.connect(old)) as opened:
        assert opened.execute(compiled.LAST_ID, {"table": "orders"}).fetchone() == (70,)


def test_what_does_not_follow_from_the_history_stops_it_with_nothing_changed(old: Path) -> None:
    with closing(sqlite3.connect(old)) as opened:
        opened.execute("DROP TRIGGER disputes_follow_events")
        opened.execute("UPDATE disputes SET state = 'opened', origin = NULL WHERE id = 1")
        opened.commit()
    content = old.read_bytes()
    with pytest.raises(LedgerTrouble, match="don't follow from"):
        upgrade(old)
    assert old.read_bytes() == content
    assert [path.name for path in old.parent.glob("ledger.db.*")] in ([], ["ledger.db-journal"])


def test_a_copy_that_is_there_is_not_overwritten(old: Path) -> None:
    copy = old.with_name("ledger.db.version-1")
    copy.write_text("mine")
    with pytest.raises(LedgerTrouble, match="is there already"):
        upgrade(old)
    assert copy.read_text() == "mine"
