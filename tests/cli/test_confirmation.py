"""What can't be undone is never done unasked: the one rule without a terminal, `--yes`, checks, repeats."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.cli.harness import Cli
from tests.cli.samples import DRILL, KETTLE, LAMP, SHOES, answered, imported, opened

Words = tuple[str, ...]

# How a dispute comes to where an irreversible verb applies, and that verb.
IRREVERSIBLE: dict[str, tuple[tuple[Words, ...], Words]] = {
    "accept": ((), ("accept", "D1")),
    "confirm": ((("cancel", "D1", "--reason", "agreement"),), ("confirm", "D1")),
    "lapse": ((), ("lapse", "D1")),
    "decide rejected": ((("escalate", "D1"),), ("decide", "D1", "rejected")),
    "settlement received in full": ((("concede", "D1"),), ("settlement", "D1", "received", "25")),
}
PLAIN = {"NO_COLOR": "1"}
NOBODY: dict[str, dict[str, object]] = {
    "stdin is no terminal": {"tty": "out err"},
    "stderr is no terminal": {"tty": "in out"},
    "nothing is a terminal": {},
    "DISPCLI_NO_INPUT": {"tty": True, "env": {"DISPCLI_NO_INPUT": "1"}},
}


def ready(cli: Cli, verb: str) -> Words:
    """The ledger just before the verb; returns the command."""
    before, words = IRREVERSIBLE[verb]
    answered(cli)
    for step in before:
        cli.ok("dispute", *step)
    return ("dispute", *words)


@pytest.mark.parametrize("verb", IRREVERSIBLE)
@pytest.mark.parametrize("nobody", NOBODY)
def test_nothing_irreversible_happens_when_nobody_can_be_asked(cli: Cli, verb: str, nobody: str) -> None:
    words = ready(cli, verb)
    before = cli.kept()
    result = cli.run(*words, stdin="y\ny\ny\n", **NOBODY[nobody])  # type: ignore[arg-type]
    assert result.code == 6
    assert result.stdout == ""
    assert "--yes" in result.stderr
    told = [line for line in result.stderr.splitlines() if not line.startswith(" ")]
    assert len(told) == 2, "one sentence, and one that names the flag"
    assert cli.kept() == before


@pytest.mark.parametrize("verb", IRREVERSIBLE)
def test_no_input_forbids_the_question(cli: Cli, verb: str) -> None:
    words = ready(cli, verb)
    assert cli.run(*words, "--no-input", stdin="y\n", tty=True).code == 6


@pytest.mark.parametrize("verb", IRREVERSIBLE)
def test_yes_answers_the_question(cli: Cli, verb: str) -> None:
    assert cli.ok(*ready(cli, verb), "--yes").row()["changed"] == "true"


@pytest.mark.parametrize("verb", IRREVERSIBLE)
@pytest.mark.parametrize(("answer", "code"), [("y", 0), ("n", 5)])
def test_a_terminal_is_asked(cli: Cli, verb: str, answer: str, code: int) -> None:
    words = ready(cli, verb)
    before = cli.kept()
    result = cli.run(*words, stdin=f"{answer}\n", tty=True)
    assert result.code == code
    assert "[y/N]" in result.stderr
    assert "D1" in result.stderr
    assert "[y/N]" not in result.stdout
    assert (cli.kept() == before) is (code == 5)


ORDINARY: tuple[Words, ...] = (
    ("dispute", "answer", "D1", "--refuse"),
    ("dispute", "concede", "D1"),
    ("dispute", "escalate", "D1"),
    ("dispute", "revise", "D1", "--amount", "20"),
    ("dispute", "message", "D1", "please wait"),
    ("dispute", "settlement", "D1", "promised", "10"),
    ("dispute", "open", KETTLE, "--reason", "late"),
    ("orders", "set", LAMP, "--delivered", "yesterday"),
    ("orders", "add", "777000111", "--title", "Vase", "--price", "USD 3"),
)


@pytest.mark.parametrize("words", ORDINARY, ids=" ".join)
def test_what_can_be_undone_is_not_asked_about(cli: Cli, words: Words) -> None:
    answered(cli)
    before = cli.kept()
    assert cli.run(*words, tty=True).code == 0
    assert cli.kept() != before


def test_cancel_without_a_terminal_records_a_request_only(cli: Cli) -> None:
    answered(cli)
    result = cli.ok("dispute", "cancel", "D1", "--reason", "agreement")
    assert result.row()["to"] == "cancel_requested"
    assert "not cancelled yet" in result.stderr
    assert "dispute confirm D1" in result.stderr
    kept = cli.ok("dispute", "keep", "D1")
    assert kept.row()["to"] == "answered"


def test_cancel_with_yes_is_both_steps_in_one_transaction(cli: Cli) -> None:
    answered(cli)
    result = cli.ok("dispute", "cancel", "D1", "--reason", "agreement", "--yes").row()
    assert (result["to"], result["actions"]) == ("cancelled", "request_cancel,confirm_cancel")


@pytest.mark.parametrize("verb", ["accept", "confirm"])
def test_a_silent_open_stdin_never_hangs_the_program(cli: Cli, verb: str) -> None:
    words = ready(cli, verb)
    assert cli.call(*words, stdin=None).code == 6


def test_a_silent_open_stdin_never_hangs_a_cancel(cli: Cli) -> None:
    answered(cli)
    assert cli.call("dispute", "cancel", "D1", "--reason", "agreement", stdin=None).code == 0
    assert cli.call("dispute", "cancel", "D1", stdin=None).code == 2


def test_the_data_in_a_pipe_is_never_taken_for_the_answer(cli: Cli) -> None:
    words = ready(cli, "accept")
    assert cli.call(*words, stdin="y\n" * 100).code == 6


BLOCKED: dict[str, tuple[tuple[Words, ...], str]] = {
    "refund-not-received": ((("settlement", "D1", "promised", "10"),), "agreement"),
    "replacement-not-received": (
        (("settlement", "D1", "promised", "--kind", "replacement"),),
        "agreement",
    ),
    "goods-not-received": ((("revise", "D1", "--reason", "not-received"),), "opened-by-mistake"),
    "pressure-to-cancel": ((), "seller-asked"),
}


@pytest.mark.parametrize("check", BLOCKED)
@pytest.mark.parametrize("yes", [(), ("--yes",)], ids=["asked", "--yes"])
def test_a_blocking_check_blocks_even_with_yes(cli: Cli, check: str, yes: Words) -> None:
    steps, reason = BLOCKED[check]
    answered(cli)
    for step in steps:
        cli.ok("dispute", *step)
    before = cli.kept()
    blocked = cli.run("dispute", "cancel", "D1", "--reason", reason, *yes)
    assert blocked.code == 4
    assert blocked.stdout == ""
    assert check in blocked.stderr
    assert f"--accept-risk {check}" in blocked.stderr
    assert cli.kept() == before


@pytest.mark.parametrize("check", BLOCKED)
def test_a_risk_accepted_by_name_is_recorded(cli: Cli, check: str) -> None:
    steps, reason = BLOCKED[check]
    answered(cli)
    for step in steps:
        cli.ok("dispute", *step)
    done = cli.ok("dispute", "cancel", "D1", "--reason", reason, "--yes", "--accept-risk", check).row()
    assert (done["to"], done["accepted_risks"]) == ("cancelled", check)
    assert check in {event["accepted_risks"] for event in cli.ok("dispute", "history", "D1").rows()}


def test_the_wrong_risk_accepted_passes_nothing(cli: Cli) -> None:
    answered(cli)
    words = ("dispute", "cancel", "D1", "--reason", "seller-asked", "--yes", "--accept-risk")
    assert cli.run(*words, "refund-not-received").code == 4
    unknown = cli.run(*words, "no-such-check")
    assert unknown.code == 2
    assert "pressure-to-cancel" in unknown.stderr, "the known ones are listed"


def test_an_accepted_risk_carries_from_the_request_to_the_confirm(cli: Cli) -> None:
    answered(cli)
    cli.ok("dispute", "cancel", "D1", "--reason", "seller-asked", "--accept-risk", "pressure-to-cancel")
    assert cli.ok("dispute", "confirm", "D1", "--yes").row()["to"] == "cancelled"


def test_a_confirm_is_refused_when_something_was_recorded_since_the_request(cli: Cli) -> None:
    answered(cli).ok("dispute", "cancel", "D1", "--reason", "agreement")
    cli.ok("dispute", "message", "D1", "please cancel, I will refund by PayPal")
    before = cli.kept()
    stale = cli.run("dispute", "confirm", "D1", "--yes", "--json")
    assert (stale.code, stale.error()["code"]) == (4, "facts-changed")
    assert cli.kept() == before
    cli.ok("dispute", "cancel", "D1", "--reason", "agreement")
    assert cli.ok("dispute", "confirm", "D1", "--yes").row()["to"] == "cancelled"


def test_what_the_seller_does_meanwhile_withdraws_the_request_and_says_so(cli: Cli) -> None:
    answered(cli).ok("dispute", "cancel", "D1", "--reason", "agreement")
    moved = cli.ok("dispute", "answer", "D1", "--offer", "20").row()
    assert (moved["to"], moved["message"]) == (
        "answered",
        "offers partial refund of USD 20.00; this withdraws the request to cancel",
    )
    assert cli.run("dispute", "confirm", "D1", "--yes").code == 4


REPEATABLE: dict[str, tuple[tuple[Words, ...], Words]] = {
    "open": ((), ("open", KETTLE, "--reason", "late")),
    "answer": ((), ("answer", "D1", "--offer", "12")),
    "revise": ((), ("revise", "D1", "--amount", "20")),
    "concede": ((), ("concede", "D1")),
    "accept": ((), ("accept", "D1", "--yes")),
    "escalate": ((), ("escalate", "D1")),
    "lapse": ((), ("lapse", "D1", "--yes")),
    "decide": ((("escalate", "D1"),), ("decide", "D1", "rejected", "--yes")),
    "ship-return": ((("concede", "D1"),), ("ship-return", "D1")),
    "settlement": ((), ("settlement", "D1", "promised", "10")),
    "message": ((), ("message", "D1", "please wait")),
    "set": ((), ("set", "D1", "--due", "2026-11-30")),
    "cancel": ((), ("cancel", "D1", "--reason", "agreement", "--yes")),
    "confirm": ((("cancel", "D1", "--reason", "agreement"),), ("confirm", "D1", "--yes")),
    "keep": ((("cancel", "D1", "--reason", "agreement"),), ("keep", "D1")),
    "done": ((("cancel", "D1", "--reason", "agreement", "--yes"),), ("done", "D1")),
}


@pytest.mark.parametrize("verb", REPEATABLE)
@pytest.mark.parametrize("operation", [(), ("--operation-id", "op-1")], ids=["plain", "operation id"])
def test_doing_it_twice_is_doing_it_once(cli: Cli, verb: str, operation: Words) -> None:
    steps, words = REPEATABLE[verb]
    answered(cli)
    for step in steps:
        cli.ok("dispute", *step)
    assert cli.ok("dispute", *words, *operation).row()["changed"] == "true"
    before = cli.kept()
    again = cli.ok("dispute", *words, *operation).row()
    assert (again["changed"], again["status"]) == ("false", "unchanged")
    assert cli.kept() == before


def test_every_changing_verb_of_dispute_is_tried_twice(cli: Cli) -> None:
    assert set(REPEATABLE) == changing_verbs() - {"orders add", "orders set", *ELSEWHERE}


def test_a_repeated_cancel_request_refreshes_it(cli: Cli) -> None:
    answered(cli)
    words = ("dispute", "cancel", "D1", "--reason", "agreement")
    cli.ok(*words)
    cli.ok("dispute", "message", "D1", "thank you")
    assert cli.ok(*words).row()["changed"] == "true"
    assert cli.ok("dispute", "confirm", "D1", "--yes").row()["to"] == "cancelled"


def test_an_operation_id_keeps_a_late_retry_from_happening_again(cli: Cli) -> None:
    answered(cli)
    first = ("dispute", "message", "D1", "first", "--operation-id", "op-7")
    cli.ok(*first)
    cli.ok("dispute", "message", "D1", "second")
    assert cli.ok(*first).row()["changed"] == "false"
    texts = [event["details"] for event in cli.ok("dispute", "history", "D1").rows()]
    assert texts.count("seller: first") == 1


@pytest.mark.parametrize(
    "other",
    [
        ("dispute", "settlement", "D1", "promised", "11", "--operation-id", "op-7"),
        ("dispute", "settlement", "D1", "promised", "10", "--note", "n", "--operation-id", "op-7"),
        ("dispute", "message", "D1", "hello", "--operation-id", "op-7"),
    ],
    ids=["amount", "note", "verb"],
)
def test_an_operation_id_used_for_something_else_is_refused(cli: Cli, other: Words) -> None:
    answered(cli).ok("dispute", "settlement", "D1", "promised", "10", "--operation-id", "op-7")
    before = cli.kept()
    refused = cli.run(*other, "--json")
    assert (refused.code, refused.error()["code"]) == (4, "operation-reused")
    assert cli.kept() == before


def test_another_action_under_the_same_operation_id_is_an_operation_of_its_own(cli: Cli) -> None:
    answered(cli).ok("dispute", "cancel", "D1", "--reason", "received-ok")
    cli.ok("dispute", "keep", "D1", "--operation-id", "op-7")
    cli.ok("dispute", "cancel", "D1", "--reason", "received-ok")
    confirmed = cli.ok("dispute", "confirm", "D1", "--yes", "--operation-id", "op-7").row()
    assert (confirmed["changed"], confirmed["to"]) == ("true", "cancelled")


def test_a_ruling_is_not_another_ruling_under_the_same_operation_id(cli: Cli) -> None:
    answered(cli).ok("dispute", "escalate", "D1")
    cli.ok("dispute", "decide", "D1", "agreed", "--operation-id", "op-7")
    cli.ok("dispute", "escalate", "D1")
    again = cli.run("dispute", "decide", "D1", "rejected", "--yes", "--operation-id", "op-7", "--json")
    assert (again.code, again.error()["code"]) == (4, "operation-reused")


def test_a_cancel_goes_on_only_from_its_own_pending_request(cli: Cli) -> None:
    answered(cli)
    words = ("dispute", "cancel", "D1", "--reason", "received-ok", "--operation-id", "op-7")
    cli.ok(*words)
    assert cli.ok(*words, "--yes").row()["to"] == "cancelled"
    assert cli.ok(*words, "--yes").row()["changed"] == "false"


def test_a_kept_request_is_not_confirmed_by_a_late_retry(cli: Cli) -> None:
    answered(cli)
    words = ("dispute", "cancel", "D1", "--reason", "received-ok", "--operation-id", "op-7")
    cli.ok(*words)
    cli.ok("dispute", "keep", "D1")
    before = cli.kept()
    late = cli.run(*words, "--yes", "--json")
    assert (late.code, late.error()["code"]) == (4, "operation-reused")
    assert cli.kept() == before


def test_a_new_deadline_beside_the_same_answer_is_recorded(cli: Cli) -> None:
    answered(cli)
    words = ("dispute", "answer", "D1", "--offer", "5")
    cli.ok(*words, "--due", "+2d")
    changed = cli.ok(*words, "--due", "+9d").row()
    assert (changed["changed"], changed["actions"]) == ("true", "note")
    assert cli.ok(*words, "--due", "+9d").row()["changed"] == "false"


def test_an_operation_id_for_two_orders_is_two_changes_and_safe_to_repeat(cli: Cli) -> None:
    answered(cli).ok("dispute", "open", KETTLE, "--reason", "late")
    words = ("dispute", "escalate", LAMP, KETTLE, "--operation-id", "op-9")
    assert [entry["changed"] for entry in cli.ok(*words).rows()] == ["true", "true"]
    assert [entry["changed"] for entry in cli.ok(*words).rows()] == ["false", "false"]


def test_several_orders_change_together_or_not_at_all(cli: Cli) -> None:
    answered(cli).ok("dispute", "open", KETTLE, "--reason", "late")
    before = cli.kept()
    refused = cli.run("dispute", "accept", LAMP, KETTLE, "--yes")
    assert refused.code == 4
    assert "D2" in refused.stderr
    assert "D1 (" not in refused.stderr, "only what is refused is named"
    assert "nothing was written" in refused.stderr
    assert cli.kept() == before


@pytest.mark.parametrize(("typed", "code"), [("2", 0), ("y", 5), ("yes", 5), ("1", 5), ("", 5), ("22", 5)])
def test_several_at_once_need_their_count(cli: Cli, typed: str, code: int) -> None:
    answered(cli).ok("dispute", "open", KETTLE, "--reason", "late")
    words = ("dispute", "cancel", LAMP, KETTLE, "--reason", "keep-item")
    assert cli.run(*words, stdin=f"{typed}\n", tty=True).code == code


def test_several_that_are_refused_are_each_told_about(cli: Cli) -> None:
    answered(cli)
    for number in (KETTLE, SHOES):
        cli.ok("dispute", "open", number, "--reason", "late")
    before = cli.kept()
    error = cli.run("dispute", "accept", LAMP, KETTLE, SHOES, "--yes", "--json").error()
    assert (error["exit_code"], error["code"]) == (4, "not-allowed")
    assert error["message"] == "2 of 3 can't be done; nothing was written"
    assert [detail.partition(":")[0] for detail in error["details"]] == [f"D2 ({KETTLE})", f"D3 ({SHOES})"]
    assert all("opened" in detail for detail in error["details"])
    assert cli.kept() == before


@pytest.mark.parametrize(
    ("names", "code", "word"),
    [
        (("D98", "D99"), 3, "not-found"),
        (("D99", KETTLE), 4, "not-allowed"),
        ((DRILL, "D99"), 3, "ambiguous"),
    ],
)
def test_what_can_be_refused_goes_before_what_is_not_found(
    cli: Cli, names: Words, code: int, word: str
) -> None:
    answered(cli).ok("dispute", "open", KETTLE, "--reason", "late")
    for line in ("1", "2"):
        cli.ok("dispute", "open", DRILL, "--line", line, "--reason", "late")
    before = cli.kept()
    error = cli.run("dispute", "accept", LAMP, *names, "--yes", "--json").error()
    assert error["message"] == "2 of 3 can't be done; nothing was written"
    assert (error["exit_code"], error["code"], len(error["details"])) == (code, word, 2)
    assert cli.kept() == before


def test_an_order_named_twice_is_changed_once(cli: Cli) -> None:
    answered(cli)
    assert len(cli.ok("dispute", "escalate", LAMP, "D1", f"aliexpress:{LAMP}").rows()) == 1


# Every verb that writes, in a form that would change something; the steps lead to where it can.
CHANGING: dict[str, tuple[tuple[Words, ...], Words]] = {
    **{
        f"{verb}": (tuple(("dispute", *step) for step in steps), ("dispute", *words))
        for verb, (steps, words) in REPEATABLE.items()
    },
    "orders add": ((), ("orders", "add", "777000111", "--title", "Vase")),
    "orders set": ((), ("orders", "set", KETTLE, "--status", "delivered")),
}


NOT_BY_NAME = ("orders add",)
"""What makes an order has none to name."""


@pytest.mark.parametrize("verb", [verb for verb in CHANGING if verb not in NOT_BY_NAME])
def test_an_unknown_order_among_several_stops_all_unless_told_to_keep_going(cli: Cli, verb: str) -> None:
    steps, (noun, name, order, *more) = CHANGING[verb]
    answered(cli)
    for step in steps:
        cli.ok(*step)
    words = (noun, name, order, "D99", *more)
    before = cli.kept()
    stopped = cli.run(*words)
    assert (stopped.code, stopped.stdout) == (3, "")
    assert "D99" in stopped.stderr
    assert cli.kept() == before
    done = cli.run(*words, "--keep-going")
    assert done.code == 7
    assert "D99" in done.stderr
    real, missing = done.rows()
    assert (real["status"], missing["status"], missing["order"]) == ("changed", "error", "D99")
    assert (real["code"], missing["code"]) == ("", "not-found")
    assert cli.kept() != before


def changing_verbs() -> set[str]:
    """Every verb that takes --dry-run, as the help tells it."""
    from dispcli.cli import root

    def changing(path: str, command: Any) -> Iterator[str]:
        for name, inner in getattr(command, "commands", {}).items():
            yield from changing(f"{path} {name}".strip(), inner)
        if any("--dry-run" in parameter.opts for parameter in command.params):
            yield path.removeprefix("dispute ")

    # The demo has a ledger of its own.
    return {path for path in changing("", root()) if path.split()[0] not in ("help", "demo")}


ELSEWHERE = {
    *("import", "orders import", "batch", "uphold", "orders link"),
    *("evidence add", "evidence remove", "sellers rate"),
}
"""They read what is to be done from a file, or are about something else than an order; tested apart."""


def test_no_changing_verb_is_forgotten_here() -> None:
    assert changing_verbs() == {*CHANGING, *ELSEWHERE}


@pytest.mark.parametrize("verb", CHANGING)
def test_a_dry_run_writes_nothing_anywhere_and_says_so(cli: Cli, verb: str) -> None:
    steps, words = CHANGING[verb]
    answered(cli)
    for step in steps:
        cli.ok(*step)
    before = cli.kept()
    tried = cli.ok(*words, "--dry-run", "--json").json()
    (record,) = tried.get("changes") or tried["order_changes"]
    assert record["dry_run"] is True
    assert record.get("changed", False) is False
    assert cli.kept() == before
    done = cli.ok(*words, "--json").json()
    (real,) = done.get("changes") or done["order_changes"]
    assert real.keys() == record.keys(), "the same output"
    assert real["dry_run"] is False
    assert real.get("to") == record.get("to")
    assert cli.kept() != before


@pytest.mark.parametrize("verb", IRREVERSIBLE)
def test_a_dry_run_asks_nothing(cli: Cli, verb: str) -> None:
    words = ready(cli, verb)
    assert cli.run(*words, "--dry-run", tty=True).code == 0


@pytest.mark.parametrize("words", [("import",), ("orders", "import")], ids=" ".join)
def test_an_import_can_be_tried_without_making_a_ledger(cli: Cli, words: Words) -> None:
    from tests.cli.samples import SHOPPER

    name = cli.file("shopper.csv", SHOPPER)
    tried = cli.ok(*words, name, "--dry-run").row()
    assert (tried["dry_run"], tried["orders_new"]) == ("true", "5")
    assert not cli.ledger.exists()
    imported(cli)
    before = cli.kept()
    assert cli.ok(*words, name, "--dry-run").row()["orders_same"] == "5"
    assert cli.kept() == before


def test_trying_to_add_an_order_makes_no_ledger(cli: Cli) -> None:
    cli.ok("orders", "add", "777000111", "--dry-run")
    assert not cli.ledger.exists()


def test_a_refused_change_is_refused_in_a_dry_run_too(cli: Cli) -> None:
    opened(cli)
    assert cli.run("dispute", "accept", "D1", "--dry-run").code == 4


def test_warnings_are_shown_in_the_question(cli: Cli) -> None:
    opened(cli)
    asked = cli.run(
        "dispute", "cancel", "D1", "--reason", "opened-by-mistake", stdin="n\n", tty=True, env=PLAIN
    )
    assert "! seller-silent: the seller has never answered" in asked.stderr
    assert asked.code == 5


def test_warnings_answered_by_yes_are_recorded(cli: Cli) -> None:
    opened(cli)
    done = cli.ok("dispute", "cancel", "D1", "--reason", "opened-by-mistake", "--yes").row()
    assert "seller-silent" in done["findings"]


@pytest.mark.parametrize("more", [("--yes",), ("--dry-run",)], ids=" ".join)
@pytest.mark.parametrize("tty", [True, False], ids=["terminal", "pipe"])
def test_warnings_are_shown_where_nobody_is_asked(cli: Cli, more: Words, tty: bool) -> None:
    opened(cli)
    words = ("dispute", "cancel", "D1", "--reason", "opened-by-mistake", *more)
    result = cli.ok(*words, tty=tty, env=PLAIN)
    assert "the seller has never answered" in result.stderr


def test_of_several_the_warnings_of_those_not_asked_about_are_shown_too(cli: Cli) -> None:
    answered(cli).ok("dispute", "open", KETTLE, "--reason", "not-received", "--amount", "39.90")
    cli.ok("dispute", "concede", "D2")
    with cli.terminal("dispute", "settlement", "D1", "D2", "received", "500") as terminal:
        terminal.wait_for("[y/N] ")
        assert "warning: D1:" in terminal.text, "it is not final, and so no part of the question"
        assert terminal.text.count("above-owed") == 2
        terminal.type("y\n")
        assert terminal.finish() == 0
