"""Every exit code, each reached the way a user reaches it, with what is said about it."""

import os
import re
import shlex
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

import pytest
from jsonschema import Draft202012Validator

from dispcli.errors import EXIT_CODES
from dispcli.ledger.connection import transaction
from dispcli.ledger.ledger import Ledger
from tests.cli.harness import Cli, command
from tests.cli.samples import LAMP, SHOPPER, answered, csv_of, imported, opened, row
from tests.ledger.attacks import event

Situation = Callable[[Cli], tuple[str, ...]]


def _absent(cli: Cli) -> tuple[str, ...]:
    return ("orders", "list", "--ledger", str(cli.home / "absent.db"))


def _no_database(cli: Cli) -> tuple[str, ...]:
    return ("orders", "list", "--ledger", cli.file("text.db", "this is no database at all\n" * 100))


def _newer(cli: Cli) -> tuple[str, ...]:
    imported(cli)
    with closing(sqlite3.connect(cli.ledger)) as file:
        file.execute("PRAGMA user_version = 9999")
    return ("orders", "list")


def _bad_file(cli: Cli) -> tuple[str, ...]:
    return ("import", cli.file("bad.csv", csv_of(row(), row(Qty="0"))))


def _after(prepare: Callable[[Cli], object], *words: str) -> Situation:
    def situation(cli: Cli) -> tuple[str, ...]:
        prepare(cli)
        return words

    return situation


def _wrong_policy(cli: Cli) -> None:
    opened(cli)
    cli.write_policy("aliexpress", "reopening = maybe\n")


SITUATIONS: dict[str, tuple[int, str, Situation]] = {
    "unknown option": (2, "usage", lambda _: ("orders", "list", "--nosuch")),
    "unknown command": (2, "usage", lambda _: ("dispute", "canel")),
    "missing argument": (2, "usage", lambda _: ("dispute", "show")),
    "bad number": (2, "usage", lambda _: ("orders", "list", "--limit", "many")),
    "bad date": (2, "usage", lambda _: ("orders", "list", "--since", "2026-02-30")),
    "bad colour": (2, "usage", lambda _: ("orders", "list", "--color", "pink")),
    "unknown field": (2, "usage", lambda _: ("orders", "list", "--fields", "price")),
    "unknown format": (2, "usage", lambda _: ("orders", "list", "--output", "xml")),
    "two formats": (2, "usage", lambda _: ("orders", "list", "--output", "csv", "--json")),
    "reason forgotten": (2, "usage", _after(opened, "dispute", "cancel", "D1")),
    "reason mistyped": (2, "usage", _after(opened, "dispute", "cancel", "D1", "--reason", "agrement")),
    "stdin used twice": (2, "usage", _after(opened, "dispute", "cancel", "-", "--reason", "-")),
    "no such order": (3, "not-found", _after(imported, "dispute", "show", "123456")),
    "no such dispute": (3, "not-found", _after(opened, "dispute", "show", "D9")),
    "no dispute there": (3, "not-found", _after(imported, "dispute", "show", LAMP)),
    "no ledger yet": (3, "not-found", lambda _: ("dispute", "show", LAMP)),
    "no such policy": (3, "not-found", lambda _: ("policy", "show", "nowhere")),
    "several lines": (3, "ambiguous", _after(imported, "dispute", "open", "8190000000000003", "-r", "late")),
    "not in this state": (4, "not-allowed", _after(opened, "dispute", "accept", "D1", "--yes")),
    "a check blocks": (
        4,
        "blocked",
        _after(opened, "dispute", "cancel", "D1", "--reason", "seller-asked", "--yes"),
    ),
    "nobody to ask": (6, "confirmation-needed", _after(answered, "dispute", "accept", "D1")),
    "named ledger absent": (8, "ledger", _absent),
    "no database": (8, "ledger", _no_database),
    "newer ledger": (8, "ledger", _newer),
    "bad row": (9, "bad-input", _bad_file),
    "own policy wrong": (9, "bad-input", _after(_wrong_policy, "dispute", "show", "D1")),
    "no such file": (9, "bad-input", lambda cli: ("import", str(cli.home / "absent.csv"))),
}


def test_every_error_code_of_the_contract_is_reached_here() -> None:
    elsewhere = {0, 1, 5, 7, 10, 130, 141}
    assert {code for code, _, _ in SITUATIONS.values()} == set(EXIT_CODES) - elsewhere


@pytest.mark.parametrize("situation", [name for name in SITUATIONS if name != "two formats"])
def test_a_failure_is_told_in_a_line_with_its_code(cli: Cli, situation: str) -> None:
    code, _, prepare = SITUATIONS[situation]
    result = cli.run(*prepare(cli))
    assert result.code == code
    assert result.stdout == ""
    lines = result.stderr.splitlines()
    assert len(lines[0]) > len("error: ")
    assert lines[0].startswith("error: ")
    assert all(line.startswith(("hint: ", "  ")) for line in lines[1:])
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("situation", SITUATIONS)
def test_a_failure_is_one_json_line_where_json_is_wanted(cli: Cli, situation: str) -> None:
    code, word, prepare = SITUATIONS[situation]
    schema = cli.ok("help", "schema", "error").json()
    result = cli.run(*prepare(cli), *(("--json",) if situation != "two formats" else ()))
    assert result.code == code
    assert result.stdout == ""
    error = result.error()
    Draft202012Validator(schema).validate({"error": error})
    assert (error["exit_code"], error["code"]) == (code, word)


@pytest.mark.parametrize("words", [("-o", "json"), ("--output=ndjson",), ("-ojson",), ("-o", "ndjson")])
def test_json_is_wanted_however_it_is_spelled(cli: Cli, words: tuple[str, ...]) -> None:
    assert cli.run("dispute", "show", LAMP, *words).error()["exit_code"] in (2, 3)


def test_hints_say_what_to_do(cli: Cli) -> None:
    opened(cli)
    refused = cli.run("dispute", "accept", "D1", "--yes")
    assert "hint: possible now: " in refused.stderr
    assert "answer" in refused.stderr
    error = cli.run("dispute", "accept", "D1", "--yes", "--json").error()
    assert "request_cancel" in error["allowed"]
    assert "opened" in error["message"], "names the state"


def test_what_a_hint_advises_is_about_the_same_ledger(cli: Cli) -> None:
    there = ("--ledger", str(cli.home.parent / "my ledger.db"))
    cli.ok("ledger", "init", *there)
    cli.ok("orders", "add", LAMP, *there)
    cli.ok("dispute", "open", LAMP, "--reason", "late", *there)
    asked = cli.ok("dispute", "cancel", "D1", "--reason", "received-ok", *there)
    advised = re.search("to take it back: (dispcli .*)", asked.stderr)
    assert advised is not None
    assert cli.ok(*shlex.split(advised[1])[1:]).row()["to"] == "opened"
    hint = cli.run("dispute", "show", "D9", "--json", *there).error()["hint"]
    assert hint.startswith(f"see 'dispcli --ledger {shlex.quote(there[1])} dispute list")
    in_environment = cli.run("dispute", "show", "D9", env={"DISPCLI_LEDGER": there[1]})
    assert "'dispcli dispute list --all'" in in_environment.stderr
    assert cli.run("orders", "list", "--where", "x", *there).stderr.endswith("see 'dispcli help filters'\n")


@pytest.mark.parametrize(
    ("words", "command"),
    [
        (("agenda", "--ics"), "dispcli agenda"),
        (("dispute", "draft", "D1", "extend", "--line"), "dispcli dispute draft"),
        (("orders", "--ledger"), "dispcli orders"),
    ],
)
def test_an_option_without_its_value_names_the_help_of_its_command(
    cli: Cli, words: tuple[str, ...], command: str
) -> None:
    assert cli.run(*words).stderr.splitlines()[1] == f"hint: see '{command} --help'"


def test_blocking_checks_are_named_in_json(cli: Cli) -> None:
    opened(cli)
    error = cli.run("dispute", "cancel", "D1", "--reason", "seller-asked", "--json").error()
    assert error["findings"] == ["pressure-to-cancel"]


def test_mistakes_are_listed_in_json(cli: Cli) -> None:
    mistakes = cli.run(*_bad_file(cli), "--json").error()["details"]
    assert len(mistakes) == 1
    assert "bad.csv:3: quantity '0'" in mistakes[0]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (("ordres",), "orders"),
        (("dispute", "canel"), "cancel"),
        (("dispute", "setlement"), "settlement"),
        (("ledger", "chek"), "check"),
        (("orders", "list", "--limt", "3"), "--limit"),
        (("help", "exit-code"), "exit-codes"),
        (("orders", "list", "--colour", "never"), "--color"),
    ],
    ids=" ".join,
)
def test_a_typing_error_is_answered_with_what_was_meant(cli: Cli, typed: tuple[str, ...], meant: str) -> None:
    result = cli.run(*typed)
    assert result.code == 2
    assert meant in result.stderr


def test_success_is_zero_and_quiet(cli: Cli) -> None:
    imported(cli)
    assert cli.ok("orders", "list").stderr == ""


def test_a_bug_is_one_line_that_names_the_log(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    opened(cli)

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError(f"order {LAMP}")

    monkeypatch.setattr(Ledger, "dossiers", broken)
    result = cli.run("dispute", "show", "D1")
    assert result.code == 1
    assert "Traceback" not in result.stderr
    log = cli.home / "state" / "dispcli" / "log" / "crash.log"
    assert str(log) in result.stderr
    assert "report" in result.stderr
    assert "ZeroDivisionError" in log.read_text()
    assert LAMP not in log.read_text(), "the log can be sent"
    assert (log.stat().st_mode & 0o777, log.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_debug_shows_the_traceback(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    opened(cli)
    monkeypatch.setattr(Ledger, "dossiers", lambda *_, **__: 1 / 0)
    result = cli.run("dispute", "show", "D1", "--debug")
    assert result.code == 1
    assert "Traceback" in result.stderr
    assert "error: unexpected failure" in result.stderr


def test_a_bug_is_json_where_json_is_wanted(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    opened(cli)
    monkeypatch.setattr(Ledger, "dossiers", lambda *_, **__: 1 / 0)
    error = cli.run("dispute", "show", "D1", "--json").error()
    assert (error["exit_code"], error["code"]) == (1, "bug")


def test_a_locked_ledger_is_told_and_nothing_is_lost(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    from dispcli.ledger import connection

    opened(cli)
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.05)
    with closing(sqlite3.connect(cli.ledger, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        result = cli.run("dispute", "escalate", "D1")
    assert result.code == 8
    assert "error: " in result.stderr
    assert "hint: " in result.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write to a read-only file")
def test_a_read_only_ledger_can_be_read_but_not_changed(cli: Cli) -> None:
    opened(cli)
    cli.ledger.chmod(0o400)
    assert cli.run("dispute", "list").code == 0
    assert cli.run("dispute", "escalate", "D1").code == 8


def test_ledger_check_ends_with_eight_when_something_is_wrong(cli: Cli) -> None:
    opened(cli)
    assert cli.run("ledger", "check").code == 0
    with closing(sqlite3.connect(cli.ledger)) as file:
        file.execute(
            "DROP TRIGGER "
            + file.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchone()[0]
        )
        file.commit()
    result = cli.run("ledger", "check")
    assert result.code == 8
    assert result.rows() != []


@pytest.mark.parametrize(
    "words",
    [("agenda",), ("dispute", "show", "D1"), ("dispute", "advise", "D1"), ("dispute", "escalate", "D1")],
    ids=" ".join,
)
def test_a_date_that_is_none_is_damage_and_ends_with_eight(cli: Cli, words: tuple[str, ...]) -> None:
    opened(cli)
    with closing(sqlite3.connect(cli.ledger)) as file:
        file.execute(event(seq=2, previous_seq=1, fact="'due'", due_party="'seller'", due_at="'soon'"))
        file.commit()
    error = cli.run(*words, "--json").error()
    assert (error["exit_code"], error["code"]) == (8, "damaged")
    assert "not a UTC instant: 'soon'" in error["message"]
    assert "event 2 of dispute D1 is damaged" in cli.run("ledger", "check").stdout


def _interrupted(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_interrupted_is_130(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    opened(cli)
    monkeypatch.setattr(Ledger, "dossiers", _interrupted)
    result = cli.run("dispute", "show", "D1")
    assert (result.code, result.stdout) == (130, "")
    assert result.stderr == "\ninterrupted; nothing was written\n"


@pytest.mark.parametrize(
    "words",
    [
        ("batch",),
        ("batch", "--keep-going"),
        ("import", "-"),
        ("orders", "set", "-", "--status", "paid"),
        ("dispute", "cancel", "D1", "--reason", "-"),
    ],
    ids=" ".join,
)
def test_interrupted_while_it_reads_it_says_that_nothing_was_written(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    before = opened(cli).kept()
    monkeypatch.setattr("dispcli.commands.given._Given.readinto", _interrupted)
    result = cli.run(*words)
    assert (result.code, result.stdout, cli.kept()) == (130, "", before)
    assert result.stderr == "\ninterrupted; nothing was written\n"


def test_interrupted_when_it_is_recorded_it_says_so(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C is noticed when COMMIT, which waits for the disk, is over."""
    opened(cli)
    commit = transaction

    @contextmanager
    def interrupted(
        connection: sqlite3.Connection, *, write: bool, kept: Callable[[], None]
    ) -> Iterator[None]:
        def told() -> None:
            kept()
            if write:
                raise KeyboardInterrupt

        with commit(connection, write=write, kept=told):
            yield

    monkeypatch.setattr("dispcli.ledger.connection.transaction", interrupted)
    result = cli.run("dispute", "escalate", "D1")
    monkeypatch.undo()
    assert (result.code, result.stderr) == (130, "\ninterrupted; what was recorded until then is kept\n")
    assert cli.ok("dispute", "show", "D1").pairs()["state"] == "escalated"


def many(cli: Cli) -> None:
    rows = [row(f"{8191000000000000 + count:032}", f"Thing {count} " + "x" * 80) for count in range(3000)]
    cli.ok("import", cli.file("many.csv", csv_of(*rows)))


@pytest.mark.parametrize("format", ["tsv", "csv", "json", "ndjson", "ids", "table"])
def test_a_reader_that_goes_early_ends_the_program_quietly(cli: Cli, format: str) -> None:
    many(cli)
    program = subprocess.Popen(
        command("orders", "list", "-o", format, "--limit", "0"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=cli.env,
    )
    assert program.stdout is not None
    assert program.stderr is not None
    program.stdout.readline()
    program.stdout.close()
    said = program.stderr.read().decode()
    program.stderr.close()
    assert program.wait(30) == 141
    assert said == ""


def test_a_stderr_nobody_reads_is_no_bug(cli: Cli) -> None:
    program = subprocess.Popen(
        command("dispute", "show", LAMP),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=cli.env,
    )
    assert program.stderr is not None
    program.stderr.close()
    assert program.wait(30) in (3, 141), "never 120, which is what Python itself would say"


def in_shell(cli: Cli, line: str, *words: str) -> subprocess.CompletedProcess[str]:
    program = " ".join(command(*words))
    return subprocess.run(
        f"{program} {line}", shell=True, check=False, env=cli.env, capture_output=True, text=True, timeout=30
    )


def test_a_closed_stdin_is_an_empty_input(cli: Cli) -> None:
    done = in_shell(cli, "<&-", "import", "-")
    assert (done.returncode, "the input is empty" in done.stderr) == (9, True)


@pytest.mark.parametrize("line", [">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_closed_stream_is_no_bug(cli: Cli, line: str) -> None:
    imported(cli)
    done = in_shell(cli, line, "orders", "list")
    assert (done.returncode, done.stderr) == (0, "")


def test_a_full_disk_behind_stdout_is_told(cli: Cli) -> None:
    imported(cli)
    done = in_shell(cli, ">/dev/full", "orders", "list")
    assert done.returncode not in (0, 141)
    assert "No space left" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_exit_codes_are_documented(cli: Cli) -> None:
    told = {int(entry["code"]) for entry in cli.ok("help", "exit-codes").rows()}
    assert told == set(EXIT_CODES)


def test_stdin_may_hold_the_import(cli: Cli) -> None:
    assert cli.ok("import", "-", stdin=SHOPPER).row()["orders_new"] == "5"
