"""Whose file it is, what it may look like, and what it is opened with."""

import os
import sqlite3
import stat
from pathlib import Path

import pytest

from dispcli.errors import LedgerTrouble
from dispcli.ledger import connection as files
from dispcli.ledger.header import SCHEMA_VERSION
from dispcli.ledger.ledger import Ledger
from tests.ledger.builders import make_ledger, problems, raw
from tests.ledger.processes import run


def mode(path: Path) -> str:
    return oct(stat.S_IMODE(path.stat().st_mode))


def refused(path: Path, match: str) -> LedgerTrouble:
    """The trouble that opening the file is; it must be left as it was."""
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(LedgerTrouble, match=match) as caught:
        Ledger.open(path)
    assert caught.value.exit_code == 8
    assert (path.read_bytes() if path.is_file() else None) == before
    return caught.value


def test_a_newer_schema_is_refused_by_its_number(tmp_path):
    path = make_ledger(tmp_path)
    with raw(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    trouble = refused(path, r"schema version 99, newer than this program knows")
    assert trouble.hint == "use a newer dispcli"


def test_another_programs_database_is_refused_and_creating_does_not_take_it_over(tmp_path):
    path = tmp_path / "other.db"
    with raw(path) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")
    path.chmod(0o600)
    refused(path, "the database of another program, not a dispcli ledger")
    with pytest.raises(LedgerTrouble, match="another program"):
        Ledger.create(path)
    with raw(path) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("bookmarks",)]


@pytest.mark.parametrize("text", ["hello\n", "number;status\n" * 1000], ids=["short", "long"])
@pytest.mark.parametrize("opening", [Ledger.open, Ledger.create])
def test_a_text_file_is_refused(opening, text, tmp_path):
    path = tmp_path / "orders.csv"
    path.write_text(text)
    path.chmod(0o600)
    with pytest.raises(LedgerTrouble, match="not a dispcli ledger"):
        opening(path)
    assert path.read_text() == text


def test_an_empty_file_is_no_ledger_yet_but_can_become_one(tmp_path):
    path = tmp_path / "ledger.db"
    path.touch(0o600)
    refused(path, "an empty file, not a dispcli ledger")
    Ledger.create(path).close()
    assert problems(path) == []


def test_a_missing_file_names_the_command_that_makes_one(tmp_path):
    path = tmp_path / "no such.db"
    trouble = refused(path, "there is no ledger at")
    assert trouble.hint == f"to make one: dispcli ledger init --ledger {path}"
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_refused(tmp_path):
    refused(tmp_path, "not a regular file")


def test_a_pipe_is_refused_without_waiting_for_its_other_end(tmp_path):
    os.mkfifo(tmp_path / "pipe", 0o600)
    refused(tmp_path / "pipe", "not a regular file")


@pytest.mark.parametrize("target", ["ledger.db", "nowhere.db"])
@pytest.mark.parametrize("opening", [Ledger.open, Ledger.create])
def test_a_symbolic_link_is_refused(opening, target, tmp_path):
    make_ledger(tmp_path)
    (tmp_path / "link.db").symlink_to(tmp_path / target)
    with pytest.raises(LedgerTrouble, match="symbolic link") as caught:
        opening(tmp_path / "link.db")
    assert str(tmp_path / target) in caught.value.hint
    assert not (tmp_path / "nowhere.db").exists()


def test_a_second_name_is_refused(tmp_path):
    path = make_ledger(tmp_path)
    (tmp_path / "second.db").hardlink_to(path)
    refused(path, "2 names")
    refused(tmp_path / "second.db", "2 names")


@pytest.mark.parametrize(("bits", "who"), [(0o620, "its group"), (0o602, "everybody"), (0o666, "everybody")])
def test_a_file_that_others_can_write_is_refused(bits, who, tmp_path):
    path = make_ledger(tmp_path)
    path.chmod(bits)
    assert refused(path, f"can be written by {who}").hint == f"close it to others: chmod 600 {path}"


@pytest.mark.parametrize("bits", [0o600, 0o640, 0o644])
def test_a_file_that_others_can_only_read_is_opened(bits, tmp_path):
    path = make_ledger(tmp_path)
    path.chmod(bits)
    assert problems(path) == []


@pytest.mark.parametrize(
    "name",
    [
        "a%20b.db",
        "what?.db",
        "x.db?mode=memory",
        "a#b.db",
        "file:a.db",
        ":memory:",
        " led ger ",
        "Käufe 订单.db",
        "-rf",
        "a'b\"c;.db",
    ],
)
def test_a_name_is_taken_as_it_is(name, tmp_path):
    path = tmp_path / "folder ?#%41" / name
    Ledger.create(path).close()
    with Ledger.open(path) as ledger, ledger.reading():
        assert ledger.counts()["orders"] == 0
    assert [found.name for found in path.parent.iterdir() if "-journal" not in found.name] == [name]


def test_a_relative_name_stays_the_same_file_when_the_folder_changes(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Ledger.create(Path("ledger.db")).close()
    with Ledger.open(Path("ledger.db")) as ledger:
        monkeypatch.chdir("/")
        with ledger.writing():
            pass
    assert problems(tmp_path / "ledger.db") == []


@pytest.mark.parametrize("in_the_way", ["file", "file/sub"])
def test_a_folder_that_can_not_be_made_is_trouble(in_the_way, tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(LedgerTrouble, match="can't make"):
        Ledger.create(tmp_path / in_the_way / "ledger.db")


# In the child: at every step where something could be seen by others, say how open it is.
_MAKE = """
import os, stat, sys
from pathlib import Path
os.umask(int(sys.argv[2]))
path = Path(sys.argv[1])
mode = lambda it: oct(stat.S_IMODE(os.stat(it).st_mode))
def hook(event, args):
    if event == "sqlite3.connect":
        print("at connect", os.path.getsize(path), mode(path))
sys.addaudithook(hook)
from dispcli.ledger.ledger import Ledger
from tests.ledger.builders import order, AT
with Ledger.create(path) as ledger:
    with ledger.writing():
        ledger.add_order(order(), AT)
        print("journal", mode(f"{path}-journal"))
print("file", mode(path))
for folder in (path.parent, path.parent.parent):
    print("folder", mode(folder))
"""


@pytest.mark.parametrize("umask", [0, 0o022, 0o077], ids=oct)
def test_a_new_ledger_is_closed_to_others_from_its_first_byte(umask, tmp_path):
    said = run(_MAKE, tmp_path / "new" / "folder" / "ledger.db", umask).splitlines()
    assert said == [
        "at connect 0 0o600",
        "journal 0o600",
        "file 0o600",
        "folder 0o700",
        "folder 0o700",
    ]


def test_a_folder_that_was_there_keeps_its_permissions(tmp_path):
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared").chmod(0o755)
    Ledger.create(tmp_path / "shared" / "ledger.db").close()
    assert mode(tmp_path / "shared") == "0o755"


@pytest.mark.parametrize("opening", [Ledger.open, Ledger.create])
def test_an_sqlite_that_is_too_old_is_said_to_be(opening, tmp_path, monkeypatch):
    path = make_ledger(tmp_path)
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 36, 9))
    with pytest.raises(LedgerTrouble, match=r"needs 3\.37 or newer"):
        opening(path)


@pytest.mark.parametrize("opening", [files.connect, files.create])
@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "truncate"),
        ("synchronous", 3),
        ("foreign_keys", 1),
        ("recursive_triggers", 1),
        ("trusted_schema", 0),
        ("user_version", SCHEMA_VERSION),
        ("application_id", int.from_bytes(b"DISP")),
    ],
)
def test_a_ledger_is_opened_with_what_keeps_it_whole(pragma, value, opening, tmp_path):
    connection = opening(make_ledger(tmp_path))
    try:
        assert connection.execute(f"PRAGMA {pragma}").fetchone() == (value,)
    finally:
        connection.close()


def test_a_ledger_in_wal_mode_is_turned_back(tmp_path):
    path = make_ledger(tmp_path)
    with raw(path) as connection:
        assert connection.execute("PRAGMA journal_mode = WAL").fetchone() == ("wal",)
    assert problems(path) == []
    with raw(path) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert not (tmp_path / "ledger.db-wal").exists()


def test_creating_where_a_ledger_is_keeps_it(tmp_path):
    path = make_ledger(tmp_path)
    before = path.read_bytes()
    Ledger.create(path).close()
    assert path.read_bytes() == before


def test_nothing_is_left_beside_a_closed_ledger_but_an_empty_journal(tmp_path):
    make_ledger(tmp_path)
    assert {
        found.name: found.stat().st_size for found in tmp_path.iterdir() if found.name != "ledger.db"
    } in (
        {},
        {"ledger.db-journal": 0},
    )
