"""Several processes at once: one schema, one final outcome, no writer and no reader that fails."""

from dispcli.core.recording import Place
from dispcli.core.replay import replay
from dispcli.core.states import Action, State
from dispcli.ledger.ledger import Ledger
from tests.ledger.builders import (
    ANSWER,
    AT,
    dispute_in,
    dump,
    history_in,
    open_dispute,
    order,
    problems,
    writing,
)
from tests.ledger.processes import finish, race, start

_CREATE = """
import sys
from pathlib import Path
from dispcli.ledger.ledger import Ledger
print("ready", flush=True)
sys.stdin.readline()
with Ledger.create(Path(sys.argv[1])) as ledger, ledger.reading():
    print(ledger.problems())
"""


def test_eight_processes_that_create_the_same_ledger_make_one(tmp_path):
    path = tmp_path / "new" / "ledger.db"
    assert race(_CREATE, *[(path,)] * 8) == ["[]\n"] * 8
    with writing(tmp_path / "alone.db"):
        pass
    assert dump(path) == dump(tmp_path / "alone.db")


# Read, decide and append under one lock; say what came of it. The loser is refused by the machine.
_END = """
import sys
from pathlib import Path
from dispcli.core.machine import Change, decide
from dispcli.core.recording import Stamp
from dispcli.ledger.ledger import Ledger
from tests.ledger.builders import ACCEPT, CONFIRM, REQUEST, append, dispute_in
path, actor, dispute_id = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
moves = (REQUEST, CONFIRM) if int(actor) % 2 else (ACCEPT,)
print("ready", flush=True)
sys.stdin.readline()
with Ledger.open(path) as ledger, ledger.writing():
    for intent in moves:
        dispute = dispute_in(ledger, dispute_id)
        change = decide(dispute.position, intent)
        if not isinstance(change, Change):
            print("refused", change.code)
            break
        append(ledger, dispute, [change], Stamp("2026-11-21T10:00:00Z", actor, "race"))
    else:
        print("done", actor)
"""


def test_one_of_eight_that_cancel_or_accept_the_same_dispute_wins(tmp_path):
    path = tmp_path / "ledger.db"
    with writing(path) as ledger:
        dispute = open_dispute(ledger, ledger.add_order(order(), AT), 1, ANSWER)
    said = [line.split() for line in race(_END, *[(path, actor, dispute.id) for actor in range(8)])]
    (winner,) = (actor for verdict, actor in said if verdict == "done")
    assert sorted(verdict for verdict, _ in said) == ["done", *["refused"] * 7]
    with Ledger.open(path) as ledger, ledger.reading():
        events = history_in(ledger, dispute.id)
        now = dispute_in(ledger, dispute.id)
        assert now == replay(events, Place(1, 1, None))
    assert {event.actor for event in events[2:]} == {winner}
    assert now.state is (State.CANCELLED if int(winner) % 2 else State.AGREED)
    assert len([event for event in events if event.action in (Action.ACCEPT, Action.CONFIRM_CANCEL)]) == 1
    assert problems(path) == []


# Each decides on what all of them read before any of them writes.
_STALE = """
import sys
from pathlib import Path
from dispcli.core.machine import decide
from dispcli.core.recording import Stamp
from dispcli.errors import LedgerTrouble
from dispcli.ledger.ledger import Ledger
from tests.ledger.builders import append, dispute_in, note
with Ledger.open(Path(sys.argv[1])) as ledger:
    dispute = dispute_in(ledger, 1)
    change = decide(dispute.position, note(note=sys.argv[2]))
    print("ready", flush=True)
    sys.stdin.readline()
    try:
        with ledger.writing():
            append(ledger, dispute, [change], Stamp("2026-11-21T10:00:00Z", sys.argv[2], "race"))
        print("done")
    except LedgerTrouble as trouble:
        print("the history has moved on" in str(trouble))
"""


def test_one_of_eight_that_read_the_same_version_writes_the_next(tmp_path):
    path = tmp_path / "ledger.db"
    with writing(path) as ledger:
        open_dispute(ledger, ledger.add_order(order(), AT))
    said = sorted(race(_STALE, *[(path, actor) for actor in range(8)]))
    assert said == ["True\n"] * 7 + ["done\n"]
    with Ledger.open(path) as ledger:
        assert dispute_in(ledger, 1).version == 2


_WRITE = """
import sys
from pathlib import Path
from dispcli.ledger.ledger import Ledger
from tests.ledger.builders import make, note
path, dispute_id, count = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
print("ready", flush=True)
sys.stdin.readline()
with Ledger.open(path) as ledger:
    for number in range(count):
        with ledger.writing():
            make(ledger, dispute_id, note(note=f"{dispute_id}.{number}"))
"""

_READ = """
import sys, threading
from pathlib import Path
from dispcli.core.replay import replay
from dispcli.core.recording import Place
from dispcli.core.summaries import DisputeQuery
from dispcli.ledger.ledger import Ledger
from dispcli.services.caseload import Caseload
ended = threading.Event()
threading.Thread(target=lambda: (sys.stdin.readline(), ended.set()), daemon=True).start()
print("ready", flush=True)
rounds = 0
with Ledger.open(Path(sys.argv[1])) as ledger:
    while not ended.is_set():
        with ledger.reading():
            for line in ledger.disputes(DisputeQuery()):
                case = Caseload(ledger).case(line.id)
                there = case.dispute
                again = replay(case.history, Place(there.order_id, there.line_id, None))
                assert again == there, (again, there)
        rounds += 1
print(rounds)
"""


def test_writers_to_different_disputes_and_readers_all_succeed(tmp_path):
    path, writers, count = tmp_path / "ledger.db", 4, 50
    with writing(path) as ledger:
        for number in range(writers):
            open_dispute(ledger, ledger.add_order(order(f"100{number}"), AT))
    readers = [start(_READ, path) for _ in range(2)]
    for reader in readers:
        assert reader.stdout.readline() == "ready\n"
    race(_WRITE, *[(path, number, count) for number in range(1, writers + 1)])
    for reader in readers:
        reader.stdin.write("end\n")
        reader.stdin.flush()
    assert all(int(finish(reader)) > 1 for reader in readers)
    with Ledger.open(path) as ledger, ledger.reading():
        for dispute_id in range(1, writers + 1):
            notes = [event.note for event in history_in(ledger, dispute_id)[1:]]
            assert notes == [f"{dispute_id}.{number}" for number in range(count)]
    assert problems(path) == []
