"""Many processes at once on one ledger: every one ends as it should, and what was told is in the ledger."""

import json
import random
import re
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from typing import Any, NamedTuple

import pytest

from dispcli.core.states import FINAL
from dispcli.ledger.ledger import Ledger
from tests.batch.batches import (
    Operation,
    cancel,
    items,
    message,
    messages,
    ndjson,
    opened_everywhere,
    select,
    texts,
    told,
)
from tests.cli.harness import Cli, Result, command
from tests.cli.samples import answered, csv_of, row

DEADLINE = 60
ROUNDS = (0, *(pytest.param(round_, marks=pytest.mark.endurance) for round_ in (1, 2)))
MODES = {"atomic": (), "keep-going": ("--keep-going",)}
every_mode = pytest.mark.parametrize("mode", MODES.values(), ids=MODES)

ORDERS = [str(8190000000100000 + number) for number in range(8)]
DISPUTES = [f"D{number}" for number in range(1, len(ORDERS) + 1)]


@pytest.fixture
def shop(cli: Cli) -> Cli:
    """Orders with an answered dispute each, which can be cancelled for any good reason."""
    cli.ok("import", cli.file("orders.csv", csv_of(*map(row, ORDERS))))
    opened_everywhere(cli, ORDERS)
    cli.ok(
        "batch", stdin=ndjson(*({"op": "answer", "order": dispute, "refuse": True} for dispute in DISPUTES))
    )
    return cli


def require_sound(cli: Cli) -> None:
    with Ledger.open(cli.ledger) as ledger, ledger.reading():
        assert ledger.problems() == []
    check = cli.call("ledger", "check")
    assert check.code == 0, check


class Fed:
    """A batch that is fed line by line."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process
        self.printed = ""

    def do(self, operation: Operation) -> dict[str, Any] | None:
        """What becomes of this line; None if the program has ended instead."""
        try:
            self.process.stdin.write(ndjson(operation))
            self.process.stdin.flush()
        except BrokenPipeError:
            return None
        line = self.process.stdout.readline()
        self.printed += line
        told: dict[str, Any] | None = json.loads(line) if line else None
        return told

    def end(self) -> Result:
        out, err = self.process.communicate(timeout=DEADLINE)
        return Result(self.process.returncode, self.printed + out, err)


@contextmanager
def feeding(cli: Cli, words: list[str], *more: str) -> Iterator[Fed]:
    """The program, started with these words and `batch --keep-going`."""
    with subprocess.Popen(
        [*words, "batch", "--keep-going", *more],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=cli.env,
        cwd=cli.home,
    ) as process:
        try:
            yield Fed(process)
        finally:
            process.kill()


# --- sixteen at once ---


class Told(NamedTuple):
    """What a process was told that it had done: messages by their text, disputes that it cancelled."""

    said: list[str]
    cancelled: list[str]


def told_by(result: Result, lines: list[Operation]) -> Told:
    done = [lines[item["line"] - 1] for item in items(result) if item["status"] == "changed"]
    return Told(
        [line["text"] for line in done if line["op"] == "message"],
        [line["order"] for line in done if line["op"] == "cancel"],
    )


class Racers:
    """What sixteen processes do at the same time, each as somebody of its own."""

    def __init__(self, cli: Cli, seed: int) -> None:
        self._cli = cli
        self._seed = seed
        self._start = threading.Barrier(16)
        self._over = threading.Event()
        self.reads = 0

    def race(self) -> dict[str, Told]:
        """Who was told what."""
        jobs = [self.reads_on] * 4 + [self.changes_singly] * 5 + [self.all_or_none] * 4 + [self.goes_on] * 3
        with ThreadPoolExecutor(len(jobs)) as pool:
            names = [f"{job.__name__}-{number}" for number, job in enumerate(jobs)]
            running = [pool.submit(self._begin, job, name) for job, name in zip(jobs, names, strict=True)]
            try:
                for writer in running[4:]:
                    writer.result()
            finally:
                self._over.set()
            return {name: done.result() for name, done in zip(names, running, strict=True)}

    def _begin(self, job: Any, name: str) -> Told:
        chance = random.Random(f"{self._seed} {name}")
        self._start.wait(DEADLINE)
        told: Told = job(name, chance)
        return told

    def reads_on(self, name: str, chance: random.Random) -> Told:
        while not self._over.is_set():
            read = chance.choice(
                [
                    ("orders", "list", "-o", "ndjson"),
                    ("dispute", "list", "--all", "-o", "ndjson"),
                    ("dispute", "show", chance.choice(DISPUTES), "--json"),
                ]
            )
            result = self._cli.call(*read)
            assert (result.code, result.stderr) == (0, ""), (read, result)
            if "show" in read:
                assert result.json()
            else:
                assert len(items(result)) == len(ORDERS)
            self.reads += 1
        return Told([], [])

    def changes_singly(self, name: str, chance: random.Random) -> Told:
        told = Told([], [])
        for number in range(4):
            text, dispute = f"{name} {number}", chance.choice(DISPUTES)
            assert self._cli.call("dispute", "message", dispute, text, "--actor", name).code == 0
            told.said.append(text)
            cancelling = ("dispute", "cancel", dispute, "--reason", "keep-item", "--yes", "-o", "ndjson")
            result = self._cli.call(*cancelling, "--actor", name)
            assert result.code in (0, 4), result
            if result.code == 0 and items(result)[0]["changed"]:
                told.cancelled.append(dispute)
        return told

    def all_or_none(self, name: str, chance: random.Random) -> Told:
        told = Told([], [])
        for number in range(3):
            lines = [message(f"{name} {number} {dispute}", dispute) for dispute in DISPUTES]
            lines.insert(
                chance.randrange(9), cancel(chance.choice(DISPUTES), "agreement", note=f"{name} {number}")
            )
            result = self._cli.call("batch", "--yes", "--actor", name, stdin=ndjson(*lines))
            assert result.code in (0, 4), result
            done = told_by(result, lines)
            assert (len(done.said), len(done.cancelled)) == ((8, 1) if result.code == 0 else (0, 0))
            told.said.extend(done.said)
            told.cancelled.extend(done.cancelled)
        return told

    def goes_on(self, name: str, chance: random.Random) -> Told:
        """It cancels each dispute that the others have left, so that all of them end."""
        lines = [message(f"{name} {number}", chance.choice(DISPUTES)) for number in range(16)]
        lines += [cancel(dispute, "opened-by-mistake", note=name) for dispute in DISPUTES]
        chance.shuffle(lines)
        with feeding(self._cli, command(), "--yes", "--actor", name) as batch:
            for line in lines:
                assert batch.do(line) is not None, batch.end()
            result = batch.end()
        assert result.code in (0, 7), result
        assert len(items(result)) == len(lines)
        return told_by(result, lines)


@pytest.mark.parametrize("seed", ROUNDS)
def test_sixteen_at_once_all_end_as_they_should_and_what_was_told_is_there(shop: Cli, seed: int) -> None:
    racers = Racers(shop, seed)
    told = racers.race()
    assert racers.reads >= 8
    said = [text for each in told.values() for text in each.said]
    assert sorted(texts(shop)) == sorted(said)
    assert len(set(said)) == len(said) >= 5 * 4 + 3 * 16
    final = tuple(map(str, FINAL))
    endings = select(
        shop.ledger,
        f"SELECT dispute_id, actor FROM events WHERE to_state IN {final} AND from_state NOT IN {final}",
    )
    assert sorted(dispute for dispute, _ in endings) == list(range(1, len(DISPUTES) + 1))
    cancelled = [(int(dispute[1:]), name) for name, each in told.items() for dispute in each.cancelled]
    assert sorted(cancelled) == sorted(endings)
    require_sound(shop)


def test_one_of_sixteen_batches_that_cancel_the_same_dispute_does_it(cli: Cli) -> None:
    answered(cli)
    before = len(select(cli.ledger, "SELECT 1 FROM events"))
    start = threading.Barrier(16)

    def race(number: int) -> Result:
        mode = ("--keep-going",) if number % 2 else ()
        start.wait(DEADLINE)
        lines = ndjson(cancel(note=f"as number {number} wanted"))
        return cli.call("batch", "--yes", "--actor", f"racer-{number}", *mode, stdin=lines)

    with ThreadPoolExecutor(16) as pool:
        results = list(pool.map(race, range(16)))
    winners = [number for number, result in enumerate(results) if result.code == 0]
    assert len(winners) == 1
    assert {result.code for result in results} == {0, 4, 7}
    newest = select(cli.ledger, "SELECT actor, to_state FROM events ORDER BY seq DESC LIMIT 1")
    assert newest == [(f"racer-{winners[0]}", "cancelled")]
    assert len(select(cli.ledger, "SELECT 1 FROM events")) == before + 2
    require_sound(cli)


# --- the lock ---

_IMPATIENT = """
import sys
from dispcli.ledger import connection
connection.BUSY_SECONDS = 0.05
from dispcli.__main__ import run
sys.exit(run())
"""
IMPATIENT = [sys.executable, "-c", _IMPATIENT]
"""The program, but that it waits for a lock as long as a test can."""


def impatiently(cli: Cli, *words: str, stdin: str) -> Result:
    done = subprocess.run(
        [*IMPATIENT, *words],
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        timeout=DEADLINE,
        env=cli.env,
        cwd=cli.home,
    )
    return Result(done.returncode, done.stdout, done.stderr)


@contextmanager
def held(cli: Cli, how: str) -> Iterator[None]:
    """A transaction of somebody else's. Within it the file must not be read but by SQLite."""
    with closing(sqlite3.connect(cli.ledger, isolation_level=None)) as connection:
        connection.execute(how)
        connection.execute("SELECT count(*) FROM orders").fetchall()
        yield
        connection.execute("ROLLBACK")


LOCKS = {"a writer": "BEGIN IMMEDIATE", "a commit": "BEGIN EXCLUSIVE", "a reader": "BEGIN"}


@every_mode
@pytest.mark.parametrize("more", [(), ("--resume", "monday")], ids=["", "resume"])
@pytest.mark.parametrize("lock", LOCKS)
def test_who_can_not_get_the_lock_says_so_and_has_done_nothing(
    cli: Cli, lock: str, more: tuple[str, ...], mode: tuple[str, ...]
) -> None:
    answered(cli)
    before = cli.kept()
    words = ("batch", "--yes", *mode, *more)
    lines = ndjson(*messages(3), cancel())
    with held(cli, LOCKS[lock]):
        result = impatiently(cli, *words, stdin=lines)
    assert (result.code, result.stdout) == (8, "")
    assert "another process kept the ledger locked" in result.stderr
    assert "try again when it is done" in result.stderr
    assert "changed" not in result.stderr.replace("nothing was changed", "")
    assert cli.kept() == before
    again = impatiently(cli, *words, stdin=lines)
    assert (again.code, told(again, "status")) == (0, ["changed"] * 4)


class Impatient:
    """Sixteen that mix reads, single changes and batches; who writes hardly waits for the lock."""

    def __init__(self, cli: Cli) -> None:
        self._cli = cli
        self._start = threading.Barrier(16)
        self.locked_out = threading.Event()

    def act(self, number: int) -> list[str]:
        """What this one was told that it had recorded."""
        self._start.wait(DEADLINE)
        said = [f"racer {number} {count}" for count in range(3)]
        lines = ndjson(*(message(text, DISPUTES[number % 8]) for text in said))
        if number % 4 == 0:
            result = self._cli.call("dispute", "list", "--all", "-o", "ndjson")
            assert (result.code, result.stderr, len(items(result))) == (0, "", len(DISPUTES)), result
            return []
        if number % 4 == 1:
            words = ("dispute", "message", DISPUTES[number % 8], said[0], "-o", "ndjson")
            return said[:1] if self._ends(impatiently(self._cli, *words, stdin="")) else []
        mode = ("--keep-going",) if number % 4 == 2 else ()
        result = impatiently(self._cli, "batch", *mode, stdin=lines)
        assert told(result, "status") == (["changed"] * 3 if self._ends(result) else [])
        return said if result.code == 0 else []

    def _ends(self, result: Result) -> bool:
        """Whether it was done; if not, it says why, and that it is nothing."""
        if result.code == 0:
            return True
        assert (result.code, result.stdout) == (8, "")
        assert "another process kept the ledger locked" in result.stderr
        assert "nothing was changed" in result.stderr
        self.locked_out.set()
        return False


def test_of_sixteen_that_hardly_wait_each_has_done_what_it_was_told_or_ends_with_8(shop: Cli) -> None:
    impatient = Impatient(shop)
    with ThreadPoolExecutor(16) as pool:
        with held(shop, "BEGIN IMMEDIATE"):
            running = [pool.submit(impatient.act, number) for number in range(16)]
            assert impatient.locked_out.wait(DEADLINE)
        said = [text for each in running for text in each.result()]
    assert len(set(said)) == len(said)
    assert sorted(texts(shop)) == sorted(said)
    require_sound(shop)


@every_mode
def test_a_dry_run_needs_no_lock(cli: Cli, mode: tuple[str, ...]) -> None:
    answered(cli)
    with held(cli, "BEGIN IMMEDIATE"):
        result = impatiently(cli, "batch", "--dry-run", *mode, stdin=ndjson(message("a")))
    assert (result.code, told(result, "status")) == (0, ["changed"])


@every_mode
def test_a_lock_that_ends_is_waited_for(cli: Cli, mode: tuple[str, ...]) -> None:
    answered(cli)
    with ThreadPoolExecutor(1) as pool:
        with held(cli, "BEGIN IMMEDIATE"):
            waiting = pool.submit(cli.call, "batch", *mode, stdin=ndjson(message("a")))
            with pytest.raises(TimeoutError):
                waiting.result(0.7)
        assert waiting.result(DEADLINE).code == 0
    assert texts(cli) == ["a"]


@pytest.mark.parametrize("lock", LOCKS)
def test_who_loses_the_lock_half_way_has_done_what_was_told(cli: Cli, lock: str) -> None:
    answered(cli)
    with feeding(cli, IMPATIENT, "--resume", "monday") as batch:
        for text in "ab":
            assert batch.do(message(text))["status"] == "changed"
        with held(cli, LOCKS[lock]):
            assert batch.do(message("c")) is None
            result = batch.end()
    assert result.code == 8
    assert told(result, "line") == [1, 2]
    assert "everything up to line 2 is recorded" in result.stderr
    assert "another process kept the ledger locked" in result.stderr
    assert texts(cli) == ["a", "b"]
    again = cli.call("batch", "--resume", "monday", stdin=ndjson(*map(message, "abc")))
    assert (again.code, told(again, "line")) == (0, [3])


# --- the same batch at once ---


def at_once(cli: Cli, count: int, *words: str) -> list[Result]:
    """So many of the same processes."""
    start = threading.Barrier(count)

    def run(_: int) -> Result:
        start.wait(DEADLINE)
        return cli.call("batch", *words)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


@pytest.mark.parametrize("modes", [("--keep-going",), ()], ids=["keep-going", "atomic"])
@pytest.mark.parametrize("round_", ROUNDS)
def test_the_same_name_at_once_does_nothing_twice(cli: Cli, round_: int, modes: tuple[str, ...]) -> None:
    answered(cli)
    lines = messages(2200)
    name = cli.file("steps.ndjson", ndjson(*lines))
    results = at_once(cli, 3, name, "--resume", "monday", *modes)
    assert {result.code for result in results} <= {0, 4}
    assert 0 in {result.code for result in results}
    for result in results:
        if result.code == 4:
            assert "another process is running batch 'monday'" in result.stderr
    done = [item["line"] for result in results for item in items(result)]
    assert sorted(done) == list(range(1, len(lines) + 1)), "each line is told by exactly one of them"
    assert texts(cli) == [line["text"] for line in lines]
    again = cli.call("batch", name, "--resume", "monday", *modes)
    assert (again.code, again.stdout) == (0, "")
    require_sound(cli)


@pytest.mark.parametrize("round_", ROUNDS)
def test_the_same_ids_at_once_do_nothing_twice(cli: Cli, round_: int) -> None:
    answered(cli)
    lines = [message(f"message {number}", operation_id=f"op-{number}") for number in range(1500)]
    name = cli.file("steps.ndjson", ndjson(*lines))
    results = at_once(cli, 3, name, "--keep-going")
    assert [result.code for result in results] == [0, 0, 0]
    changed = [text for result in results for text in told_by(result, lines).said]
    assert sorted(changed) == sorted(texts(cli)) == sorted(line["text"] for line in lines)
    require_sound(cli)


def overtaken(cli: Cli) -> Result:
    """A batch that has done its first line; then another process of its name has done the second."""
    answered(cli)
    first, second = message("a"), message("b")
    with feeding(cli, command(), "--resume", "monday") as batch:
        assert batch.do(first)["status"] == "changed"
        other = cli.call("batch", "--keep-going", "--resume", "monday", stdin=ndjson(first, second))
        assert (other.code, told(other, "line")) == (0, [2])
        assert batch.do(second) is None
        return batch.end()


def test_a_batch_that_was_overtaken_is_refused_and_does_nothing_twice(cli: Cli) -> None:
    result = overtaken(cli)
    assert result.code == 4
    assert told(result, "line") == [1]
    assert "another process is running batch 'monday'" in result.stderr
    assert "everything up to line 1 is recorded" in result.stderr
    assert texts(cli) == ["a", "b"]


def test_a_batch_that_was_overtaken_does_not_say_that_it_wrote_nothing(cli: Cli) -> None:
    """It has recorded its first line."""
    assert "nothing was written" not in overtaken(cli).stderr


def test_a_batch_that_lost_the_lock_half_way_does_not_say_that_it_changed_nothing(cli: Cli) -> None:
    answered(cli)
    with feeding(cli, IMPATIENT) as batch:
        assert batch.do(message("a"))["status"] == "changed"
        with held(cli, "BEGIN IMMEDIATE"):
            assert batch.do(message("b")) is None
            result = batch.end()
    assert texts(cli) == ["a"]
    assert not re.search(r"nothing was (changed|written)", result.stderr), result.stderr
