"""A ledger of an older schema, as the dispcli of its time left it, comes to this one with all it has."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from dispcli.errors import LedgerTrouble
from dispcli.ledger import compiled
from dispcli.ledger import connection as files
from dispcli.ledger.header import APPLICATION_ID, SCHEMA_VERSION
from dispcli.ledger.ledger import Ledger
from dispcli.ledger.upgrade import upgrade
from tests.cli.harness import Cli

DUMPS = {
    version: Path(__file__).with_name(f"version_{version}.sql").read_text(encoding="utf-8")
    for version in range(1, SCHEMA_VERSION)
}
Columns = dict[str, str]


def made(path: Path, version: int) -> Path:
    """A file as the dispcli of that schema version left it."""
    path.touch(mode=0o600)
    with closing(sqlite3.connect(path)) as opened:
        opened.executescript(DUMPS[version])
        opened.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        opened.execute(f"PRAGMA user_version = {version}")
    return path


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return made(tmp_path / "ledger.db", 1)


def columns(path: Path) -> Columns:
    """What the file keeps in each of its tables; the steps it allows are the program's."""
    with closing(sqlite3.connect(path)) as opened:
        names = [name for (name,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            table: ", ".join(row[1] for row in opened.execute(f"PRAGMA table_info({table})"))
            for table in names
            if table not in ("transitions", "sqlite_sequence")
        }


def everything(path: Path, kept: Columns) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as opened:
        return {
            table: opened.execute(f"SELECT {names} FROM {table} ORDER BY 1, 2").fetchall()
            for table, names in kept.items()
        }


def test_an_older_ledger_is_refused_until_it_is_upgraded(old: Path) -> None:
    with pytest.raises(LedgerTrouble, match="version 1") as caught:
        Ledger.open(old)
    assert "dispcli ledger upgrade" in (caught.value.hint or "")


@pytest.mark.parametrize("version", DUMPS)
def test_everything_comes_along(version: int, tmp_path: Path) -> None:
    old = made(tmp_path / "ledger.db", version)
    kept = columns(old)
    before = everything(old, kept)
    assert [table for table, rows in before.items() if not rows] == EMPTY[version]
    found = upgrade(old)
    assert found is not None
    assert found[0] == version
    assert everything(old, kept) == before
    with Ledger.open(old) as ledger, ledger.reading():
        assert ledger.version == SCHEMA_VERSION
        assert ledger.problems() == []


EMPTY = {1: ["evidence"], 2: ["evidence"], 3: ["evidence"], 4: []}
"""The tables that the file of a version has nothing in."""


@pytest.mark.parametrize("version", DUMPS)
def test_how_the_end_of_protection_was_known_is_not_made_up(version: int, tmp_path: Path) -> None:
    old = made(tmp_path / "ledger.db", version)
    upgrade(old)
    with Ledger.open(old) as ledger, ledger.reading():
        orders = [known.order for order_id in (1, 6) if (known := ledger.known(order_id))]
    assert [(bool(order.protection_ends), order.protection_basis) for order in orders] == [
        (True, None),
        (version > 1, None),
    ]


def test_the_old_file_is_kept_for_its_owner_alone(old: Path) -> None:
    kept = columns(old)
    before = everything(old, kept)
    found = upgrade(old)
    assert found is not None
    version, copy = found
    assert version == 1
    assert everything(copy, kept) == before
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


def test_interrupted_once_it_is_done_the_old_file_is_kept(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C is noticed when COMMIT, which waits for the disk, is over."""
    cli.ledger.parent.mkdir(parents=True, exist_ok=True)
    old = made(cli.ledger, 3)
    names = columns(old)
    before = everything(old, names)
    commit = files.transaction

    @contextmanager
    def interrupted(
        connection: sqlite3.Connection, *, write: bool, kept: Callable[[], None]
    ) -> Iterator[None]:
        def told() -> None:
            kept()
            raise KeyboardInterrupt

        with commit(connection, write=write, kept=told):
            yield

    monkeypatch.setattr(files, "transaction", interrupted)
    result = cli.run("ledger", "upgrade")
    monkeypatch.undo()
    assert (result.code, result.stderr) == (130, "\ninterrupted; what was recorded until then is kept\n")
    assert everything(old.with_name(f"{old.name}.version-3"), names) == before
    assert cli.ok("ledger", "check").rows() == []


def test_interrupted_before_it_is_done_nothing_is_left_of_it(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli.ledger.parent.mkdir(parents=True, exist_ok=True)
    old = made(cli.ledger, 3)
    content = old.read_bytes()

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("dispcli.ledger.upgrade._keep_ids", stopped)
    result = cli.run("ledger", "upgrade")
    assert (result.code, result.stderr) == (130, "\ninterrupted; nothing was written\n")
    assert old.read_bytes() == content
    assert not old.with_name(f"{old.name}.version-3").exists()


def test_an_end_of_protection_entered_again_is_known_to_be_entered(cli: Cli) -> None:
    cli.ledger.parent.mkdir(parents=True, exist_ok=True)
    upgrade(made(cli.ledger, 4))
    order = next(row for row in cli.ok("export", "orders").rows() if row["protection_ends"])
    assert order["protection_basis"] == ""
    words = ("orders", "set", order["order"], "--protection-ends", order["protection_ends"])
    assert cli.ok(*words).row()["changes"] == "protection_ends"
    shown = cli.ok("orders", "show", order["order"]).pairs()
    assert (shown["protection_ends"], shown["protection_basis"]) == (order["protection_ends"], "entered")
    assert cli.ok(*words).row()["changed"] == "false"
