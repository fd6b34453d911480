"""What can't be undone in a batch: never unasked; on a terminal the count of it has to be typed."""

import pytest

from tests.batch.batches import cancel, message, ndjson, states, statuses, texts, told
from tests.cli.harness import NOW, Cli
from tests.cli.samples import KETTLE, LAMP, answered, imported

OPEN_KETTLE = {"op": "open", "order": KETTLE, "reason": "late", "amount": "39.90"}
NOBODY: dict[str, dict[str, object]] = {
    "stdin is no terminal": {"tty": "out err"},
    "stderr is no terminal": {"tty": "in out"},
    "nothing is a terminal": {},
    "DISPCLI_NO_INPUT": {"tty": True, "env": {"DISPCLI_NO_INPUT": "1"}},
}

# How a dispute comes to where the operation applies, and the operation.
FINAL: dict[str, tuple[list[dict[str, object]], dict[str, object]]] = {
    "accept": ([], {"op": "accept"}),
    "lapse": ([], {"op": "lapse"}),
    "cancel": ([], {"op": "cancel", "reason": "agreement"}),
    "confirm": ([{"op": "request-cancel", "reason": "agreement"}], {"op": "confirm"}),
    "decide": ([{"op": "escalate"}], {"op": "decide", "ruling": "rejected"}),
    "settlement": ([{"op": "concede"}], {"op": "settlement", "stage": "received", "amount": "25"}),
}
AGREED = {"agreed", "resolved", "cancelled"}


def ready(cli: Cli, op: str) -> str:
    """A file with a line that can't be undone, and a harmless one."""
    before, final = FINAL[op]
    answered(cli)
    if before:
        cli.ok("batch", stdin=ndjson(*({"order": "D1", **step} for step in before)))
    return cli.file("steps.ndjson", ndjson({"order": "D1", **final}, message("harmless")))


@pytest.mark.parametrize("op", FINAL)
@pytest.mark.parametrize("nobody", NOBODY)
def test_nothing_is_written_when_nobody_can_be_asked(cli: Cli, op: str, nobody: str) -> None:
    name = ready(cli, op)
    before = cli.kept()
    result = cli.run("batch", name, stdin="1\n1\n", **NOBODY[nobody])  # type: ignore[arg-type]
    assert result.code == 6
    assert "1 of 2 lines can't be undone" in result.stderr
    assert "--yes" in result.stderr
    assert cli.kept() == before


def test_when_nobody_can_be_asked_every_line_is_reported(cli: Cli) -> None:
    answered(cli)
    result = cli.run("batch", stdin=ndjson(message("a"), cancel(), message("b")))
    assert result.code == 6
    assert told(result, "line", "status", "code") == [
        (1, "not_applied", None),
        (2, "not_applied", "confirmation-needed"),
        (3, "not_applied", None),
    ]
    assert "--yes" in told(result, "message")[1]
    assert "3 lines: 3 not applied" in result.stderr
    assert texts(cli) == []


def test_what_only_wants_a_yes_leaves_no_file_of_what_failed(cli: Cli) -> None:
    """The same words with --yes do it; a file that is there already would stop them."""
    words = ("batch", ready(cli, "cancel"), "--failed", str(cli.home.parent / "failed"))
    assert cli.run(*words).code == 6
    assert cli.run(*words, "--yes").code == 0
    assert states(cli) == ["cancelled"]


@pytest.mark.parametrize("op", FINAL)
def test_yes_answers_for_all_of_them(cli: Cli, op: str) -> None:
    name = ready(cli, op)
    assert statuses(cli.ok("batch", name, "--yes")) == ["changed", "changed"]
    assert set(states(cli)) <= AGREED


@pytest.mark.parametrize("op", FINAL)
def test_keep_going_leaves_out_what_nobody_agreed_to(cli: Cli, op: str) -> None:
    result = cli.run("batch", ready(cli, op), "--keep-going")
    assert result.code == 6
    assert told(result, "status", "code") == [("refused", "confirmation-needed"), ("changed", None)]
    assert texts(cli) == ["harmless"]


@pytest.mark.parametrize("op", FINAL)
def test_the_count_typed_on_a_terminal_does_it(cli: Cli, op: str) -> None:
    name = ready(cli, op)
    result = cli.run("batch", name, "-o", "ndjson", stdin="1\n", tty=True)
    assert result.code == 0, result.stderr
    assert statuses(result) == ["changed", "changed"]
    assert set(states(cli)) <= AGREED


@pytest.mark.parametrize("typed", ["", "\n", "y\n", "yes\n", "2\n", "0\n", "11\n", " \n", "one\n"])
def test_anything_else_is_no(cli: Cli, typed: str) -> None:
    name = ready(cli, "cancel")
    before = cli.kept()
    result = cli.run("batch", name, stdin=typed, tty=True)
    assert result.code == 5
    assert "nothing was written" in result.stderr
    assert cli.kept() == before


def test_the_question_tells_how_many_of_which_kinds_and_about_how_much(cli: Cli) -> None:
    answered(cli)
    lines = ndjson(OPEN_KETTLE, cancel(), message("a", KETTLE), cancel(KETTLE, "keep-item"))
    with cli.terminal("batch", cli.file("steps.ndjson", lines)) as terminal:
        terminal.wait_for("To do all of it, type 2: ")
        assert "2 of 4 lines can't be undone: 2 cancel" in terminal.text
        assert "EUR 39.90" in terminal.text
        assert "USD 25.00" in terminal.text
        assert states(cli) == ["answered"], "nothing is written before the answer"
        terminal.type("2\n")
        assert terminal.finish() == 0
    assert states(cli) == ["cancelled", "cancelled"]


def test_declining_on_a_terminal_writes_nothing(cli: Cli) -> None:
    name = ready(cli, "cancel")
    before = cli.kept()
    with cli.terminal("batch", name) as terminal:
        terminal.wait_for("To do all of it, type 1: ")
        terminal.type("n\n")
        assert terminal.finish() == 5
    assert "Traceback" not in terminal.text
    assert cli.kept() == before


@pytest.mark.parametrize(("typed", "code"), [("\x03", 130), ("\x04", 5)], ids=["Ctrl-C", "Ctrl-D"])
def test_the_question_can_be_left_at_once(cli: Cli, typed: str, code: int) -> None:
    name = ready(cli, "cancel")
    before = cli.kept()
    with cli.terminal("batch", name) as terminal:
        terminal.wait_for("To do all of it, type 1: ")
        terminal.type(typed)
        assert terminal.finish() == code
    assert terminal.lines[-1].endswith("; nothing was written")
    assert cli.kept() == before


def test_what_can_be_undone_is_not_asked_about(cli: Cli) -> None:
    answered(cli)
    lines = ndjson(message("a"), {"op": "request-cancel", "order": "D1", "reason": "agreement"})
    assert cli.run("batch", cli.file("steps.ndjson", lines), tty=True).code == 0
    assert states(cli) == ["cancel_requested"]


def test_what_fails_anyway_is_not_asked_about(cli: Cli) -> None:
    answered(cli)
    lines = ndjson(cancel(), {"op": "keep", "order": "D1"})
    result = cli.run("batch", cli.file("steps.ndjson", lines), stdin="1\n", tty=True)
    assert result.code == 4
    assert "type 1" not in result.stderr
    assert states(cli) == ["answered"]


def test_what_was_done_already_is_not_asked_about(cli: Cli) -> None:
    name = ready(cli, "cancel")
    cli.ok("batch", name, "--yes")
    again = cli.file("again.ndjson", ndjson(cancel()))
    result = cli.run("batch", again, "-o", "ndjson", tty=True)
    assert (result.code, statuses(result)) == (0, ["unchanged"])


def test_the_data_in_a_pipe_is_never_taken_for_the_answer(cli: Cli) -> None:
    answered(cli)
    before = cli.kept()
    assert cli.call("batch", stdin=ndjson(cancel()) + "1\n").code == 9
    assert cli.call("batch", stdin=ndjson(cancel())).code == 6
    assert cli.kept() == before


def test_what_changed_while_the_question_stood_is_refused(cli: Cli) -> None:
    name = ready(cli, "cancel")
    with cli.terminal("batch", name) as terminal:
        terminal.wait_for("To do all of it, type 1: ")
        cli.ok("dispute", "message", "D1", "please cancel, I will refund by PayPal")
        cli.ok("dispute", "settlement", "D1", "promised", "25")
        before = cli.kept()
        terminal.type("1\n")
        assert terminal.finish() == 4
    assert "changed meanwhile" in terminal.text
    assert cli.kept() == before


def test_what_does_not_concern_the_question_may_change_meanwhile(cli: Cli) -> None:
    name = ready(cli, "cancel")
    with cli.terminal("batch", name) as terminal:
        terminal.wait_for("To do all of it, type 1: ")
        cli.ok("orders", "set", KETTLE, "--status", "delivered")
        terminal.type("1\n")
        assert terminal.finish() == 0
    assert states(cli) == ["cancelled"]


def test_what_the_checks_find_is_recorded_as_it_was_without_a_question(cli: Cli) -> None:
    """The question is asked after everything was decided once; deciding again must find the same."""
    lines = ndjson(
        {"op": "open", "order": LAMP, "reason": "late"},
        OPEN_KETTLE,
        cancel(LAMP, "opened-by-mistake"),
        cancel(KETTLE, "opened-by-mistake"),
    )
    imported(cli)
    name = cli.file("steps.ndjson", lines)
    expected = told(cli.ok("batch", name, "--dry-run"), "findings")
    result = cli.run("batch", name, "-o", "ndjson", stdin="2\n", tty=True, env={"DISPCLI_NOW": NOW})
    assert result.code == 0, result.stderr
    assert told(result, "findings") == expected
