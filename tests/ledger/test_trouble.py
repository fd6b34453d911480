"""A full disk, a read-only folder, somebody else's lock: exit code 8, and nothing half-written."""

import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest

from dispcli.core.disputes import Dispute
from dispcli.core.summaries import DisputeQuery
from dispcli.errors import LedgerTrouble
from dispcli.ledger import connection as files
from dispcli.ledger.ledger import Ledger
from tests.ledger.builders import (
    AT,
    append,
    decided,
    dispute_in,
    dump,
    make,
    make_ledger,
    note,
    order,
    problems,
    raw,
)
from tests.ledger.processes import finish, run, start


def add_orders(ledger: Ledger, count: int = 1) -> None:
    with ledger.writing():
        for number in range(count):
            ledger.add_order(order(f"4{number:09}"), AT)


def test_a_full_disk_writes_nothing(tmp_path):
    path = make_ledger(tmp_path)
    before = dump(path)
    with Ledger.open(path) as ledger:
        connection = ledger._connection
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(LedgerTrouble, match="the disk is full; nothing was changed") as caught:
            add_orders(ledger, 10_000)
        assert caught.value.exit_code == 8
        assert connection.in_transaction is False
    assert dump(path) == before
    assert problems(path) == []


def test_a_failure_half_way_through_writes_nothing(tmp_path):
    path = make_ledger(tmp_path)
    before = dump(path)

    def fail(ledger: Ledger) -> None:
        with ledger.writing():
            make(ledger, 1, note(note="half"))
            raise ZeroDivisionError

    with Ledger.open(path) as ledger:
        with pytest.raises(ZeroDivisionError):
            fail(ledger)
        assert ledger._connection.in_transaction is False
    assert dump(path) == before


_HOLD = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute(sys.argv[2])
connection.execute("SELECT count(*) FROM orders").fetchall()
print("held", flush=True)
sys.stdin.readline()
connection.close()
"""


@contextmanager
def held(path: Path, how: str):
    """Another process has a transaction open on the file."""
    process = start(_HOLD, path, how)
    assert process.stdout.readline() == "held\n"
    yield
    finish(process)


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(files, "BUSY_SECONDS", 0.05)


@pytest.mark.usefixtures("impatient")
def test_a_lock_before_writing_is_said_to_be_one(tmp_path):
    path = make_ledger(tmp_path)
    before = dump(path)
    with held(path, "BEGIN IMMEDIATE"), Ledger.open(path) as ledger:
        with pytest.raises(LedgerTrouble, match="another process kept the ledger locked") as caught:
            add_orders(ledger)
        assert caught.value.exit_code == 8
        assert caught.value.hint == "try again when it is done"
    assert dump(path) == before


@pytest.mark.usefixtures("impatient")
def test_a_lock_before_opening_is_said_to_be_one(tmp_path):
    path = make_ledger(tmp_path)
    with held(path, "BEGIN EXCLUSIVE"), pytest.raises(LedgerTrouble, match="another process kept"):
        Ledger.open(path)


@pytest.mark.usefixtures("impatient")
def test_a_reader_that_does_not_let_go_blocks_the_commit_and_nothing_is_half_written(tmp_path):
    path = make_ledger(tmp_path)
    before = dump(path)
    with Ledger.open(path) as ledger:
        with held(path, "BEGIN"), pytest.raises(LedgerTrouble, match="locked"):
            add_orders(ledger)
        assert dump(path) == before
        add_orders(ledger)
    assert dump(path) != before


@pytest.mark.usefixtures("impatient")
def test_a_ledger_being_written_can_still_be_read(tmp_path):
    path = make_ledger(tmp_path)
    with held(path, "BEGIN IMMEDIATE"):
        assert problems(path) == []


def test_a_lock_that_ends_in_time_is_waited_for(tmp_path):
    path = make_ledger(tmp_path)
    process = start(
        _HOLD.replace("sys.stdin.readline()", "__import__('time').sleep(0.3)"), path, "BEGIN IMMEDIATE"
    )
    assert process.stdout.readline() == "held\n"
    with Ledger.open(path) as ledger:
        add_orders(ledger)
    finish(process)
    assert problems(path) == []


# The child becomes nobody where it starts as root, whom no permission stops.
_READ_ONLY = """
import os, sys
from pathlib import Path
from dispcli.errors import LedgerTrouble
from dispcli.ledger.ledger import Ledger
from tests.ledger.builders import AT, order
import urllib.parse  # pathlib needs it later, when this user may not read the library any more
if os.geteuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
with Ledger.open(Path(sys.argv[1])) as ledger:
    with ledger.reading():
        print(ledger.counts()["disputes"], ledger.problems())
    try:
        with ledger.writing():
            ledger.add_order(order("4000000001"), AT)
    except LedgerTrouble as trouble:
        print(trouble.exit_code, trouble)
"""


def test_a_read_only_ledger_can_be_read_and_writing_it_is_trouble():
    folder = Path(tempfile.mkdtemp(prefix="dispcli-read-only-"))
    try:
        path = make_ledger(folder)
        path.chmod(0o444)
        (folder / "ledger.db-journal").unlink(missing_ok=True)
        folder.chmod(0o555)
        before = dump(path)
        read, wrote = run(_READ_ONLY, path).splitlines()
        assert read == "5 []"
        assert wrote.startswith("8 ")
        assert "read-only; nothing was changed" in wrote
        assert dump(path) == before
    finally:
        folder.chmod(0o700)
        shutil.rmtree(folder)


def test_a_file_that_may_not_be_read_is_trouble(tmp_path):
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    path = make_ledger(tmp_path)
    path.chmod(0)
    with pytest.raises(LedgerTrouble, match=r"can't open|can't be opened"):
        Ledger.open(path)


def append_note(ledger: Ledger, dispute: Dispute) -> None:
    with ledger.writing():
        append(ledger, dispute, [decided(dispute, note(note="again"))])


def test_a_writer_who_read_an_older_version_is_told_so(tmp_path):
    path = make_ledger(tmp_path)
    with Ledger.open(path) as ledger:
        read = dispute_in(ledger, 1)
        append_note(ledger, read)
        before = dump(path)
        with pytest.raises(LedgerTrouble, match="the history has moved on"):
            append_note(ledger, read)
    assert dump(path) == before


def search(ledger: Ledger) -> None:
    with ledger.reading():
        ledger.disputes(DisputeQuery(search="x"))


def test_a_problem_of_the_file_is_told_with_its_name(tmp_path):
    path = make_ledger(tmp_path)
    with raw(path) as connection:
        connection.execute("DROP TABLE messages")
    with Ledger.open(path) as ledger, pytest.raises(LedgerTrouble, match="no such table: messages") as caught:
        search(ledger)
    assert str(path) in str(caught.value)
    assert caught.value.hint == "see 'dispcli ledger check'"
