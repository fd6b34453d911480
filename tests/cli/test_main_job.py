"""The main job, from an export to a cancelled dispute: in pipes as a script does it, on a pty as a person."""

import pytest

from tests.cli.harness import Cli, Terminal
from tests.cli.samples import DRILL, KETTLE, LAMP, SHOPPER, answered, opened

QUESTION = "Cancel D1? [y/N] "


def state(cli: Cli, dispute: str = "D1") -> str:
    return cli.ok("dispute", "show", dispute).pairs()["state"]


def test_the_seven_steps_in_pipes(cli: Cli) -> None:
    brought = cli.call("import", "-", stdin=SHOPPER).row()
    assert (brought["rows"], brought["orders_new"]) == ("6", "5")
    assert [entry["order"] for entry in cli.call("orders", "list").rows()][-1] == LAMP
    assert cli.call("orders", "list", "--disputed").rows() == []

    assert cli.call("dispute", "open", LAMP, "--reason", "not-as-described").row()["dispute"] == "D1"
    assert [entry["order"] for entry in cli.call("orders", "list", "--disputed").rows()] == [LAMP]
    assert cli.call("dispute", "answer", LAMP, "--offer", "10").row()["to"] == "answered"
    shown = cli.call("dispute", "show", LAMP).pairs()
    assert (shown["state"], shown["answers.0.amount"], shown["answers.0.amount_currency"]) == (
        "answered",
        "10.00",
        "USD",
    )

    asked = cli.call("dispute", "cancel", LAMP, "--reason", "agreement")
    assert (asked.code, asked.row()["to"]) == (0, "cancel_requested")
    assert "dispcli dispute confirm D1 --yes" in asked.stderr
    done = cli.call("dispute", "confirm", LAMP, "--yes")
    assert done.row()["to"] == "cancelled"
    assert LAMP in done.row()["seller_message"]
    assert "can't press the button on AliExpress" in done.stderr
    assert f"orderId={LAMP}" in done.row()["page"]

    listed = cli.call("orders", "list", "--disputed").row()
    assert listed["disputes"] == "D1:cancelled"
    assert [entry["dispute"] for entry in cli.call("dispute", "list", "--unseen").rows()] == ["D1"]
    assert cli.call("dispute", "done", "D1").row()["changed"] == "true"
    assert cli.call("dispute", "list", "--unseen").rows() == []
    steps = [event["action"] for event in cli.call("dispute", "history", LAMP).rows()]
    assert steps == ["open", "answer", "request_cancel", "confirm_cancel", "note"]


def test_the_seven_steps_on_a_terminal(cli: Cli) -> None:
    cli.screen("import", cli.file("shopper.csv", SHOPPER))
    assert LAMP in cli.screen("orders", "list").text
    assert "not-as-described" not in cli.screen("dispute", "list").text
    cli.screen("dispute", "open", LAMP, "--reason", "not-as-described")
    assert "D1 opened" in cli.screen("orders", "list", "--disputed").text
    cli.screen("dispute", "answer", LAMP, "--offer", "10")
    assert "offers partial refund of USD 10.00" in cli.screen("dispute", "show", LAMP).text

    with cli.terminal("dispute", "cancel", LAMP, "--reason", "agreement") as terminal:
        terminal.wait_for(QUESTION)
        assert "answered → cancelled" in terminal.text
        assert "reason: agreement" in terminal.text
        terminal.type("y\n")
        assert terminal.finish() == 0
    assert "can't press the button on AliExpress" in terminal.text
    assert "dispcli dispute done D1" in terminal.text
    assert "D1 cancelled" in cli.screen("orders", "list", "--disputed").text
    cli.screen("dispute", "done", "D1")
    assert "confirm_cancel" in cli.screen("dispute", "history", "D1").text


def test_confirm_on_a_terminal_makes_a_request_final(cli: Cli) -> None:
    answered(cli).ok("dispute", "cancel", "D1", "--reason", "agreement")
    with cli.terminal("dispute", "confirm", "D1") as terminal:
        terminal.wait_for("Confirm D1? [y/N] ")
        assert "cancel_requested → cancelled" in terminal.text
        terminal.type("yes\n")
        assert terminal.finish() == 0
    assert state(cli) == "cancelled"


DECLINED = "nothing was written"
INTERRUPTED = "interrupted; nothing was written"


@pytest.mark.parametrize(
    ("typed", "code", "told"),
    [
        ("n\n", 5, DECLINED),
        ("\n", 5, DECLINED),
        ("yep\n", 5, DECLINED),
        ("\x04", 5, DECLINED),
        ("\x03", 130, INTERRUPTED),
    ],
    ids=["no", "empty", "anything else", "Ctrl-D", "Ctrl-C"],
)
def test_only_yes_cancels(cli: Cli, typed: str, code: int, told: str) -> None:
    answered(cli)
    before = cli.kept()
    with cli.terminal("dispute", "cancel", "D1", "--reason", "agreement") as terminal:
        terminal.wait_for(QUESTION)
        terminal.type(typed)
        assert terminal.finish() == code
    assert told in terminal.text
    assert "Traceback" not in terminal.text
    assert cli.kept() == before


def cancel_choosing(cli: Cli, answer: str) -> Terminal:
    with cli.terminal("dispute", "cancel", "D1") as terminal:
        terminal.wait_for("or your own words: ")
        terminal.type(answer + "\n")
        if answer:
            terminal.wait_for("[y/N] ")
            terminal.type("y\n")
        terminal.finish()
    return terminal


@pytest.mark.parametrize(
    ("answer", "reason", "note"),
    [
        ("2", "agreement", ""),
        ("agreement", "agreement", ""),
        ("my neighbour had it", "other", "my neighbour had it"),
    ],
    ids=["by number", "by code", "own words"],
)
def test_a_missing_reason_is_chosen_from_a_list(cli: Cli, answer: str, reason: str, note: str) -> None:
    answered(cli)
    terminal = cancel_choosing(cli, answer)
    assert terminal.code == 0, terminal.text
    assert "an agreement with the seller" in terminal.text
    request = cli.ok("dispute", "history", "D1").rows()[2]
    assert (request["action"], request["reason"], request["note"]) == ("request_cancel", reason, note)


def test_no_reason_chosen_is_no_cancel(cli: Cli) -> None:
    answered(cli)
    assert cancel_choosing(cli, "").code == 5
    assert state(cli) == "answered"


def test_ctrl_c_while_choosing_a_reason_tells_that_nothing_was_written(cli: Cli) -> None:
    answered(cli)
    with cli.terminal("dispute", "cancel", "D1") as terminal:
        terminal.wait_for("or your own words: ")
        terminal.type("\x03")
        assert terminal.finish() == 130
    assert terminal.lines[-1] == INTERRUPTED


@pytest.mark.parametrize(("typed", "code"), [("2", 0), ("y", 5), ("1", 5), ("", 5)])
def test_several_orders_need_their_count_typed(cli: Cli, typed: str, code: int) -> None:
    answered(cli).ok("dispute", "open", KETTLE, "--reason", "late", "--amount", "39.90")
    with cli.terminal("dispute", "cancel", LAMP, KETTLE, "--reason", "keep-item") as terminal:
        terminal.wait_for("To cancel all of them, type 2: ")
        assert "2 disputes · EUR 39.90 · USD 25.00" in terminal.text
        terminal.type(typed + "\n")
        assert terminal.finish() == code
    final = "cancelled" if code == 0 else "answered"
    assert state(cli) == final
    assert (state(cli, "D2") == "cancelled") is (code == 0)


def test_a_person_may_type_a_part_of_the_number(cli: Cli) -> None:
    opened(cli)
    assert "D1" in cli.screen("dispute", "show", LAMP[-5:]).text
    assert cli.call("dispute", "show", LAMP[-5:]).code == 3


def test_several_lines_in_an_order_are_told_apart(cli: Cli) -> None:
    opened(cli, DRILL, "--line", "1").ok(
        "dispute", "open", DRILL, "--line", "2", "--reason", "quantity-short"
    )
    lost = cli.run("dispute", "show", DRILL)
    assert lost.code == 3
    assert "D1 (opened), D2 (opened)" in lost.stderr
    assert cli.ok("dispute", "show", DRILL, "--line", "2").pairs()["dispute"] == "D2"


def test_the_history_of_a_dispute_tells_when_it_happened_not_when_it_was_recorded(cli: Cli) -> None:
    opened(cli).ok("dispute", "answer", "D1", "--offer", "10", "--at", "2026-11-14")
    shown = cli.ok("dispute", "show", "D1", tty=True, env={"NO_COLOR": "1"}).stdout
    history = shown.partition("History")[2].splitlines()
    assert [line.split()[:3] for line in history[1:3]] == [
        ["1", "2026-11-22", "open"],
        ["2", "2026-11-14", "answer"],
    ]
