"""A batch that is fed, interrupted or cut off while it runs: what it says is what the ledger holds."""

import json
import os
import re
import select as polling
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from dispcli.commands.batch.reading import read_batch
from dispcli.formats.lines import read_lines
from tests.batch.batches import Operation, message, messages, ndjson, opened_everywhere, texts
from tests.batch.measuring import measured
from tests.cli.harness import Cli, Result, command
from tests.cli.samples import answered, csv_of, row

DEADLINE = 30
MOST_MEBIBYTES = 120
MANY = 6000
"""More lines than fit into a pipe as results: whoever doesn't read them holds the program up."""

MODES = {"atomic": (), "keep-going": ("--keep-going",)}
REFUSED: Operation = {"op": "keep", "order": "D1"}

every_mode = pytest.mark.parametrize("mode", MODES.values(), ids=MODES)


class Live:
    """The program at work: what it writes is read when it comes."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self.process = process
        self.printed: list[str] = []
        self._begun = b""

    def write(self, text: str) -> None:
        self.process.stdin.write(text.encode())

    def line(self) -> str:
        """The next line of its output, which must come."""
        self.comes("\n")
        line, _, self._begun = self._begun.partition(b"\n")
        self.printed.append(line.decode())
        return self.printed[-1]

    def comes(self, text: str) -> None:
        """This must come, after the lines that were read."""
        end = time.monotonic() + DEADLINE
        while text.encode() not in self._begun:
            ready, _, _ = polling.select([self.process.stdout], [], [], end - time.monotonic())
            assert ready, f"nothing more came after {self.printed[-1:]} {self._begun!r}"
            more = os.read(self.process.stdout.fileno(), 4096)
            assert more, self.process.communicate()
            self._begun += more

    def result(self) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(self.line())
        return told

    def quiet(self) -> bool:
        """Whether it has written nothing more."""
        return not (self._begun or polling.select([self.process.stdout], [], [], 0)[0])

    def interrupt(self) -> None:
        self.process.send_signal(signal.SIGINT)

    def ends(self) -> Result:
        """It ends by itself, while its input is still open. For what writes little."""
        self.process.wait(DEADLINE)
        return self.rest()

    def rest(self) -> Result:
        """There is no more input; everything that it wrote."""
        out, err = self.process.communicate(timeout=DEADLINE)
        text = "".join(f"{line}\n" for line in self.printed) + (self._begun + (out or b"")).decode()
        return Result(self.process.returncode, text, err.decode())

    def waits(self) -> None:
        """Until it waits for input, as far as this system tells."""
        status = Path(f"/proc/{self.process.pid}/stat")
        if status.exists():
            until(lambda: status.read_text().rpartition(")")[2].split()[0] == "S")

    def ticks(self) -> int:
        """The processor's time that it has used, in hundredths of a second as a rule."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return int(fields[11]) + int(fields[12])


@contextmanager
def live(cli: Cli, *args: str, **env: str) -> Iterator[Live]:
    with subprocess.Popen(
        command("batch", *args),
        bufsize=0,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**cli.env, **env},
        cwd=cli.home,
    ) as process:
        try:
            yield Live(process)
        finally:
            process.kill()


def until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + DEADLINE
    while not condition():
        assert time.monotonic() < end, "it does not happen"
        time.sleep(0.001)


def summary(result: Result) -> tuple[int, dict[str, int]]:
    """How many lines stderr tells of, and what they came to."""
    (found,) = re.findall(r"^(\d+) lines?(?:: ([^;(\n]*))?", result.stderr, re.MULTILINE)
    parts = [part.split(" ", 1) for part in found[1].strip().split(", ") if part]
    return int(found[0]), {status: int(count) for count, status in parts}


def up_to(result: Result) -> int:
    """The line up to which stderr says that all is recorded."""
    (line,) = re.findall(r"everything up to line (\d+) is recorded", result.stderr)
    return int(line)


def printed(result: Result) -> list[dict[str, Any]]:
    """The results that came out whole."""
    return [json.loads(line) for line in result.stdout.splitlines(keepends=True) if line.endswith("\n")]


def mixed(count: int) -> list[Operation]:
    """Messages, and each tenth line one that is refused."""
    return [REFUSED if number % 10 == 9 else message(f"message {number}") for number in range(count)]


def texts_of(lines: list[Operation]) -> list[str]:
    return [operation["text"] for operation in lines if "text" in operation]


def borders(name: str) -> set[int]:
    """The last lines of the chunks in which a file is done."""
    with Path(name).open("rb") as file:
        return {piece.last for piece in read_batch(name, read_lines(file), lambda: datetime.now(UTC)).chunks}


def require_agreement(cli: Cli, result: Result, lines: list[Operation], *, whole: bool = True) -> int:
    """What was printed, what the summary says and what the ledger holds are the same; how many lines it is.

    Where the reader of the output has gone, not all may have been printed.
    """
    count, statuses = summary(result)
    items = printed(result)
    assert [item["line"] for item in items] == list(range(1, len(items) + 1))
    assert len(items) == count if whole else len(items) <= count
    told = {status: sum(item["status"] == status for item in items) for status in statuses}
    assert told == statuses if whole else all(told[status] <= statuses[status] for status in statuses)
    assert texts(cli) == texts_of(lines[:count])
    assert statuses.get("changed", 0) == len(texts(cli))
    return count


# --- line by line ---


def test_each_result_is_there_before_the_next_line_is_written(cli: Cli) -> None:
    answered(cli)
    with live(cli, "--keep-going") as batch:
        for number, operation in enumerate(mixed(20), start=1):
            batch.write(ndjson(operation))
            result = batch.result()
            assert (result["line"], result["op"]) == (number, operation["op"])
            assert result["status"] == ("changed" if operation["op"] == "message" else "refused")
            assert texts(cli) == texts_of(mixed(number)), "what is told is done"
        assert batch.quiet()
        result = batch.rest()
    assert result.code == 7
    assert summary(result) == (20, {"changed": 18, "refused": 2})


OUTPUTS = {
    "tsv": (("-o", "tsv", "--fields", "line,status"), "line\tstatus", "{}\tchanged"),
    "csv": (("-o", "csv", "--fields", "line,status"), "line,status", "{},changed"),
    "ids": (("-o", "ids"), None, "D1"),
}


@pytest.mark.parametrize("output", OUTPUTS)
def test_whatever_is_written_comes_line_by_line(cli: Cli, output: str) -> None:
    options, header, expected = OUTPUTS[output]
    answered(cli)
    with live(cli, "--keep-going", *options) as batch:
        for number in range(1, 6):
            batch.write(ndjson(message(f"message {number}")))
            if header and number == 1:
                assert batch.line() == header
            assert batch.line() == expected.format(number)
        assert batch.rest().code == 0


def test_a_json_document_comes_result_by_result_too(cli: Cli) -> None:
    answered(cli)
    with live(cli, "--keep-going", "--json", "--fields", "line") as batch:
        for number in range(1, 4):
            batch.write(ndjson(message(f"message {number}")))
            batch.comes(f'{{"line": {number}}}')
        document = batch.rest()
    assert [item["line"] for item in document.json()["batch_results"]] == [1, 2, 3]


def test_lines_that_come_together_are_told_together_and_a_half_one_waits(cli: Cli) -> None:
    answered(cli)
    a, b, c = (ndjson(message(text)) for text in "abc")
    with live(cli, "--keep-going") as batch:
        batch.write(a + b + c[:20])
        assert [batch.result()["line"] for _ in range(2)] == [1, 2]
        batch.waits()
        assert batch.quiet()
        assert texts(cli) == ["a", "b"]
        batch.write(c[20:])
        assert batch.result()["line"] == 3
        assert batch.rest().code == 0
    assert texts(cli) == ["a", "b", "c"]


def test_a_table_is_done_row_by_row_and_a_row_when_its_quote_ends(cli: Cli) -> None:
    answered(cli)
    with live(cli, "--keep-going") as batch:
        batch.write("op,order,text\n")
        batch.write("message,D1,a\n")
        assert batch.result()["line"] == 2
        batch.write('message,D1,"b\n')
        batch.waits()
        assert batch.quiet()
        batch.write('c"\n')
        assert batch.result()["line"] == 3
        assert batch.rest().code == 0
    assert texts(cli) == ["a", "b\nc"]


def test_the_last_line_needs_no_end(cli: Cli) -> None:
    answered(cli)
    with live(cli, "--keep-going") as batch:
        batch.write(ndjson(message("a")) + ndjson(message("b")).rstrip())
        assert batch.result()["line"] == 1
        result = batch.rest()
    assert result.code == 0
    assert require_agreement(cli, result, [message("a"), message("b")]) == 2


def test_what_others_write_between_two_lines_is_seen(cli: Cli) -> None:
    """It keeps no lock while it waits, and what it knew may be wrong then."""
    answered(cli)
    with live(cli, "--keep-going", "--yes") as batch:
        batch.write(ndjson(message("a")))
        assert batch.result()["status"] == "changed"
        assert cli.call("dispute", "cancel", "D1", "--reason", "agreement", "--yes").code == 0
        batch.write(ndjson({"op": "escalate", "order": "D1"}))
        result = batch.result()
        assert (result["status"], result["from"]) == ("refused", "cancelled")
        assert cli.call("dispute", "message", "D1", "meanwhile").code == 0
        batch.write(ndjson(message("b")))
        assert batch.result()["status"] == "changed"
        assert batch.rest().code == 7
    assert texts(cli) == ["a", "meanwhile", "b"]


def test_all_or_nothing_waits_for_the_last_line_without_the_lock(cli: Cli) -> None:
    answered(cli)
    with live(cli) as batch:
        batch.write(ndjson(message("a")))
        batch.waits()
        assert cli.call("dispute", "message", "D1", "meanwhile").code == 0
        batch.write(ndjson(message("b")))
        batch.waits()
        assert batch.quiet()
        assert batch.rest().code == 0
    assert texts(cli) == ["meanwhile", "a", "b"]


# --- Ctrl-C ---


@pytest.mark.parametrize("count", [1, 5, 25])
def test_interrupted_while_it_waits_it_says_what_is_done(cli: Cli, count: int) -> None:
    answered(cli)
    lines = mixed(count)
    with live(cli, "--keep-going") as batch:
        for operation in lines:
            batch.write(ndjson(operation))
            batch.result()
        batch.waits()
        batch.interrupt()
        result = batch.ends()
    assert result.code == 130
    assert require_agreement(cli, result, lines) == count
    assert f"interrupted after line {count}; what is told here is done" in result.stderr


def test_interrupted_in_the_midst_of_a_line_that_line_is_not_done(cli: Cli) -> None:
    answered(cli)
    with live(cli, "--keep-going") as batch:
        batch.write(ndjson(message("a")) + ndjson(message("b"))[:-2])
        batch.result()
        batch.waits()
        batch.interrupt()
        result = batch.ends()
    assert result.code == 130
    assert require_agreement(cli, result, [message("a")]) == 1


BEGINNINGS = {"nothing": "", "half a line": '{"op":', "blank lines": "\n\n", "a header": "op,order,text\n"}


@every_mode
@pytest.mark.parametrize("beginning", BEGINNINGS)
def test_interrupted_before_the_first_line_nothing_is_written(
    cli: Cli, beginning: str, mode: tuple[str, ...]
) -> None:
    answered(cli)
    before = cli.kept()
    with live(cli, *mode) as batch:
        batch.write(beginning)
        batch.waits()
        batch.interrupt()
        result = batch.ends()
    assert (result.code, result.stdout) == (130, "")
    assert "Traceback" not in result.stderr
    assert cli.kept() == before


@pytest.mark.parametrize("output", ["--json", "-o=table", "-o=ids"])
def test_interrupted_while_it_waits_its_report_is_whole(cli: Cli, output: str) -> None:
    answered(cli)
    with live(cli, "--keep-going", *output.split("=")) as batch:
        batch.write(ndjson(message("a")))
        until(lambda: texts(cli) == ["a"])
        batch.waits()
        batch.interrupt()
        result = batch.ends()
    assert result.code == 130
    assert summary(result) == (1, {"changed": 1})
    if output == "--json":
        assert [item["line"] for item in result.json()["batch_results"]] == [1]
    assert "D1" in result.stdout


@pytest.mark.parametrize("read", [1, 1500, 4000])
def test_interrupted_in_the_midst_it_ends_after_a_chunk(cli: Cli, read: int) -> None:
    answered(cli)
    lines = mixed(MANY)
    name = cli.file("steps.ndjson", ndjson(*lines))
    with live(cli, "--keep-going", name, "--resume", "monday") as batch:
        for _ in range(read):
            batch.line()
        batch.interrupt()
        result = batch.rest()
    assert result.code == 130
    count = require_agreement(cli, result, lines)
    assert read <= count < len(lines)
    assert count in borders(name)
    assert f"interrupted after line {count}; what is told here is done" in result.stderr
    again = cli.call("batch", "--keep-going", name, "--resume", "monday")
    assert again.code == 7
    assert [item["line"] for item in printed(again)] == list(range(count + 1, len(lines) + 1))
    assert texts(cli) == texts_of(lines)


def test_interrupted_twice_it_ends_at_once_and_what_it_says_is_true(cli: Cli) -> None:
    """Within a chunk the second Ctrl-C takes that chunk back; its last results may not come out."""
    answered(cli)
    lines = messages(MANY)
    name = cli.file("steps.ndjson", ndjson(*lines))
    with live(cli, "--keep-going", name) as batch:
        batch.line()
        batch.interrupt()
        batch.interrupt()
        result = batch.rest()
    assert result.code == 130
    assert "Traceback" not in result.stderr
    count = require_agreement(cli, result, lines, whole=False)
    assert count in borders(name)


def test_interrupted_while_an_atomic_batch_reads_nothing_is_written(cli: Cli) -> None:
    answered(cli)
    before = cli.kept()
    with live(cli) as batch:
        batch.write(ndjson(*messages(50)))
        batch.waits()
        batch.interrupt()
        result = batch.ends()
    assert (result.code, result.stdout) == (130, "")
    assert "interrupted; nothing was written" in result.stderr
    assert cli.kept() == before


def is_locked(cli: Cli) -> bool:
    with closing(sqlite3.connect(cli.ledger, timeout=0, isolation_level=None)) as connection:
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return True
        connection.execute("ROLLBACK")
    return False


@pytest.mark.parametrize("more", [(), ("--resume", "monday"), ("--failed", "failed")], ids=str)
def test_interrupted_while_an_atomic_batch_decides_nothing_is_written(
    cli: Cli, more: tuple[str, ...]
) -> None:
    """From the moment it has the lock it decides, long before it writes."""
    answered(cli)
    name = cli.file("steps.ndjson", ndjson(*messages(4 * MANY)))
    before = cli.kept()
    with live(cli, name, *more) as batch:
        until(lambda: is_locked(cli))
        batch.interrupt()
        result = batch.rest()
    assert (result.code, result.stdout) == (130, "")
    assert "interrupted; nothing was written" in result.stderr
    assert cli.kept() == before
    assert not is_locked(cli)


@pytest.mark.parametrize("env", [{}, {"PYTHONUNBUFFERED": "1"}], ids=["", "unbuffered"])
def test_interrupted_while_an_atomic_batch_reports_it_is_all_done_and_all_told(
    cli: Cli, env: dict[str, str]
) -> None:
    """Python without buffers would drop what the pipe had not taken when the signal came."""
    answered(cli)
    lines = messages(MANY)
    with live(cli, cli.file("steps.ndjson", ndjson(*lines)), **env) as batch:
        batch.line()
        batch.interrupt()
        result = batch.rest()
    assert result.code == 0, "there was nothing left to interrupt"
    assert require_agreement(cli, result, lines) == MANY


@pytest.mark.parametrize("lines", [0, 1])
def test_interrupted_the_lines_that_failed_are_kept(cli: Cli, lines: int) -> None:
    answered(cli)
    target = cli.home.parent / "failed"
    with live(cli, "--keep-going", "--failed", str(target)) as batch:
        batch.write(ndjson(*[REFUSED] * lines, message("a")))
        for _ in range(lines + 1):
            batch.result()
        batch.waits()
        batch.interrupt()
        assert batch.ends().code == 130
    assert target.read_text() == ndjson(*[REFUSED] * lines)
    assert {path.name for path in cli.home.parent.iterdir()} == {"home", "shopper.csv", "failed"}


# --- the reader of the output goes ---


@pytest.mark.parametrize("read", [0, 1, 1500])
def test_without_a_reader_what_stderr_says_is_in_the_ledger(cli: Cli, read: int) -> None:
    answered(cli)
    lines = mixed(MANY)
    name = cli.file("steps.ndjson", ndjson(*lines))
    with live(cli, "--keep-going", name) as batch:
        for _ in range(read):
            batch.line()
        batch.process.stdout.close()
        result = batch.rest()
    assert result.code == 141
    count = require_agreement(cli, result, lines, whole=False)
    assert up_to(result) == count
    assert read <= count < len(lines)
    assert count in borders(name)
    assert "the reader of the output has gone" in result.stderr


@pytest.mark.parametrize("read", [0, 1, 1500])
def test_without_a_reader_an_atomic_batch_is_done_and_says_so(cli: Cli, read: int) -> None:
    answered(cli)
    lines = messages(MANY)
    with live(cli, cli.file("steps.ndjson", ndjson(*lines))) as batch:
        for _ in range(read):
            batch.line()
        batch.process.stdout.close()
        result = batch.rest()
    assert result.code == 141
    assert require_agreement(cli, result, lines, whole=False) == MANY


def test_without_a_reader_a_batch_that_is_fed_ends_with_the_next_line(cli: Cli) -> None:
    answered(cli)
    lines = mixed(12)
    with live(cli, "--keep-going") as batch:
        for operation in lines[:11]:
            batch.write(ndjson(operation))
            batch.result()
        batch.process.stdout.close()
        batch.write(ndjson(lines[11]))
        result = batch.ends()
    assert result.code == 141
    assert require_agreement(cli, result, lines, whole=False) == up_to(result) == 12


@every_mode
def test_head_gets_its_line_and_nobody_says_more_than_is_true(cli: Cli, mode: tuple[str, ...]) -> None:
    answered(cli)
    lines = messages(MANY)
    with live(cli, cli.file("steps.ndjson", ndjson(*lines)), *mode) as batch:
        head = subprocess.run(
            ["head", "-n", "1"], stdin=batch.process.stdout, capture_output=True, check=True, timeout=DEADLINE
        )
        batch.process.stdout.close()
        result = batch.rest()
    assert json.loads(head.stdout)["line"] == 1
    assert result.code == 141
    count = require_agreement(cli, result, lines, whole=False)
    assert (count == MANY) is (not mode)


def test_without_any_reader_it_ends_as_quietly(cli: Cli) -> None:
    answered(cli)
    with live(cli, "--keep-going") as batch:
        batch.process.stdout.close()
        batch.process.stderr.close()
        batch.write(ndjson(message("a")))
        assert batch.process.wait(DEADLINE) == 141
    assert texts(cli) == ["a"]


def test_without_a_reader_it_can_be_resumed(cli: Cli) -> None:
    answered(cli)
    lines = messages(MANY)
    name = cli.file("steps.ndjson", ndjson(*lines))
    with live(cli, "--keep-going", name, "--resume", "monday") as batch:
        batch.line()
        batch.process.stdout.close()
        count = up_to(batch.rest())
    again = cli.call("batch", "--keep-going", name, "--resume", "monday", "--fields", "line")
    assert again.code == 0
    assert [item["line"] for item in printed(again)] == list(range(count + 1, len(lines) + 1))
    assert texts(cli) == texts_of(lines)


@pytest.mark.parametrize("how", ["interrupted", "without a reader"])
def test_a_dry_run_that_is_stopped_claims_nothing(cli: Cli, how: str) -> None:
    answered(cli)
    before = cli.kept()
    with live(cli, "--keep-going", "--dry-run") as batch:
        batch.write(ndjson(message("a")))
        batch.result()
        if how == "interrupted":
            batch.waits()
            batch.interrupt()
        else:
            batch.process.stdout.close()
            batch.write(ndjson(message("b")))
        result = batch.ends()
    assert result.code == (130 if how == "interrupted" else 141)
    assert cli.kept() == before
    assert "nothing was written" in result.stderr
    assert not re.search(r"is recorded|is done", result.stderr), result.stderr


# --- what it costs ---


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="this system doesn't tell")
@every_mode
def test_while_nothing_comes_it_uses_no_time(cli: Cli, mode: tuple[str, ...]) -> None:
    answered(cli)
    with live(cli, *mode) as batch:
        batch.write(ndjson(message("a")))
        if mode:
            batch.result()
        batch.waits()
        before = batch.ticks()
        time.sleep(1)
        assert batch.ticks() - before <= 2
        assert batch.rest().code == 0


ORDERS = [str(8190000000100000 + number) for number in range(1000)]


@pytest.fixture
def shop(cli: Cli) -> Cli:
    """A thousand orders, a dispute about each."""
    cli.ok("import", cli.file("orders.csv", csv_of(*map(row, ORDERS))))
    return opened_everywhere(cli, ORDERS)


def told_to_all(times: int) -> Iterator[bytes]:
    """So many messages about each order, one order after the other."""
    for order in ORDERS:
        said = (message(f"message {time}", order, operation_id=f"op-{time}") for time in range(times))
        yield ndjson(*said).encode()


@pytest.mark.endurance
def test_a_hundred_thousand_changes_take_little_memory(shop: Cli) -> None:
    result = measured(shop, "batch", "--keep-going", "--fields", "status", stdin=told_to_all(100))
    assert (result.code, result.stderr) == (0, "100000 lines: 100000 changed\n")
    assert result.stdout.count(b'"changed"') == 100_000
    assert result.mebibytes < MOST_MEBIBYTES


@pytest.mark.endurance
def test_a_hundred_thousand_repeats_take_little_memory(shop: Cli) -> None:
    assert measured(shop, "batch", stdin=told_to_all(10)).code == 0
    repeats = (piece for _ in range(10) for piece in told_to_all(10))
    result = measured(shop, "batch", "--keep-going", "--fields", "status", stdin=repeats)
    assert (result.code, result.stderr) == (0, "100000 lines: 100000 unchanged\n")
    assert result.stdout.count(b'"unchanged"') == 100_000
    assert result.mebibytes < MOST_MEBIBYTES
