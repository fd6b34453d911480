"""A process killed in the middle of writing: the ledger is whole, and what was acknowledged is there."""

import random
import signal
import time

import pytest

from dispcli.ledger.ledger import Ledger
from tests.ledger.builders import AT, dump, history_in, make_ledger, open_dispute, order, problems, writing
from tests.ledger.processes import start

# Says a number only after its commit; each transaction writes several rows in several tables.
_LOOP = """
import sys
from pathlib import Path
from dispcli.ledger.ledger import Ledger
from tests.ledger.builders import AT, MESSAGE, make, note, open_dispute, order
from dispcli.core.facts import Message
from dispcli.core.states import Party
with Ledger.open(Path(sys.argv[1])) as ledger:
    number = 0
    while True:
        with ledger.writing():
            make(ledger, 1, note(Message(Party.BUYER, str(number))), note(note=str(number)))
            open_dispute(ledger, ledger.add_order(order(f"{sys.argv[2]}-{number}"), AT), 1, note(MESSAGE))
        print(number, flush=True)
        number += 1
"""


def kill_after(process, seconds: float) -> list[int]:
    """The numbers it had acknowledged when it was killed."""
    first = process.stdout.readline()
    time.sleep(seconds)
    process.kill()
    out = process.stdout.read()  # communicate() would leave out what readline() had read ahead
    _, err = process.communicate(timeout=30)
    assert process.returncode == -signal.SIGKILL, err
    return [int(line) for line in (first + out).splitlines(keepends=True) if line.endswith("\n")]


def recorded(path) -> tuple[list[str], list[str], set[str]]:
    """The notes and the messages of D1, and the numbers of all orders."""
    with Ledger.open(path) as ledger, ledger.reading():
        events = history_in(ledger, 1)[1:]
        notes = [event.note for event in events if event.note]
        messages = [event.fact.text for event in events if event.fact]
        return notes, messages, {found.number for found in ledger.orders_numbered_like("-", 1_000_000)}


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.endurance) for seed in (1, 2))])
def test_nothing_acknowledged_is_lost_and_nothing_is_half_there(seed, tmp_path):
    path = tmp_path / "ledger.db"
    chance = random.Random(seed)
    with writing(path) as ledger:
        open_dispute(ledger, ledger.add_order(order("begin"), AT))
    expected: list[str] = []
    for round_ in range(5):
        acknowledged = kill_after(start(_LOOP, path, round_), chance.uniform(0, 0.15))
        notes, messages, orders = recorded(path)
        mine = notes[len(expected) :]
        # The one that was committed but not yet said may be there too.
        assert len(acknowledged) <= len(mine) <= len(acknowledged) + 1
        assert mine == [str(number) for number in range(len(mine))]
        assert messages == notes
        assert {f"{round_}-{number}" for number in mine} <= orders
        assert problems(path) == []
        expected = notes
    assert len(expected) >= 5


# A cache of one page makes SQLite write to the file long before the commit.
_HALF = """
import sys
from pathlib import Path
from dispcli.ledger.ledger import Ledger
from tests.ledger.builders import AT, CONFIRM, REQUEST, make, order
with Ledger.open(Path(sys.argv[1])) as ledger:
    ledger._connection.execute("PRAGMA cache_size = 1")
    with ledger.writing():
        make(ledger, 1, REQUEST, CONFIRM)
        for number in range(300):
            ledger.add_order(order(f"half-{number}"), AT)
        print("half way", flush=True)
        sys.stdin.readline()
"""


def test_a_transaction_that_had_reached_the_file_is_taken_back(tmp_path):
    path = make_ledger(tmp_path)
    before, bytes_before = dump(path), path.read_bytes()
    process = start(_HALF, path)
    assert process.stdout.readline() == "half way\n"
    process.kill()
    process.communicate(timeout=30)
    assert path.read_bytes() != bytes_before
    assert (tmp_path / "ledger.db-journal").stat().st_size > 0
    assert problems(path) == []
    assert dump(path) == before
