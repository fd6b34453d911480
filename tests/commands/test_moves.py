"""The verbs that are one move: where they lead, whose they are, what they carry."""

import pytest

from tests.cli.harness import USER, Cli
from tests.cli.samples import LAMP, answered, opened


@pytest.mark.parametrize("before", ["opened", "answered", "escalated"])
def test_keep_returns_to_where_it_came_from(cli: Cli, before: str) -> None:
    (opened if before == "opened" else answered)(cli)
    if before == "escalated":
        cli.ok("dispute", "escalate", "D1")
    cli.ok("dispute", "cancel", "D1", "--reason", "solved-elsewhere")
    assert cli.ok("dispute", "keep", "D1").row()["to"] == before


def test_done_is_for_what_is_cancelled(cli: Cli) -> None:
    opened(cli)
    assert cli.run("dispute", "done", "D1").code == 4


def test_a_step_carries_a_note_and_its_day(cli: Cli) -> None:
    opened(cli).ok("dispute", "escalate", "D1", "--note", "as the chat said", "--at", "2026-11-20")
    event = cli.ok("dispute", "history", "D1").rows()[1]
    assert (event["note"], event["happened_at"]) == ("as the chat said", "2026-11-20")
    assert (event["source"], event["actor"]) == ("dispute escalate", USER)


def test_a_due_date_is_shown(cli: Cli) -> None:
    opened(cli).ok("dispute", "answer", "D1", "--refuse", "--due", "2026-11-25")
    shown = cli.ok("dispute", "show", "D1").pairs()
    assert (shown["deadline.at"], shown["deadline.party"], shown["deadline.basis"]) == (
        "2026-11-25",
        "buyer",
        "entered",
    )


def test_a_date_can_be_set_for_whoever_has_to_act(cli: Cli) -> None:
    opened(cli).ok("dispute", "set", "D1", "--due", "2026-11-25")
    cli.ok("dispute", "set", "D1", "--due", "2026-11-24T18:00Z", "--by", "buyer")
    told = cli.ok("dispute", "show", "D1", "--json").json()["dispute"]["deadlines"]
    assert [(one["code"], one["party"], one["at"], one["basis"]) for one in told] == [
        ("escalate", "buyer", "2026-11-24T18:00:00Z", "entered"),
        ("seller-answers", "seller", "2026-11-25", "entered"),
    ]


def deadlines(cli: Cli) -> list[tuple[str, str, str]]:
    told = cli.ok("dispute", "show", "D1", "--json").json()["dispute"]["deadlines"]
    return [(one["code"], one["at"], one["basis"]) for one in told]


def test_a_date_entered_by_mistake_is_taken_back(cli: Cli) -> None:
    before = deadlines(opened(cli))
    cli.ok("dispute", "set", "D1", "--due", "2026-11-25")
    cli.ok("dispute", "set", "D1", "--due", "2026-11-26")
    assert ("seller-answers", "2026-11-26", "entered") in deadlines(cli)
    row = cli.ok("--actor", "bo", "dispute", "set", "D1", "--due", "none", "--note", "misread").row()
    assert (row["status"], row["message"]) == ("changed", "the date entered for the seller is taken back")
    assert deadlines(cli) == before
    assert before[0][::2] == ("seller-answers", "estimated")
    event = cli.ok("dispute", "history", "D1").rows()[-1]
    assert (event["actor"], event["fact"], event["note"]) == ("bo", "due_removed", "misread")
    assert cli.run("ledger", "check").code == 0


def test_without_a_date_that_was_entered_nothing_is_taken_back(cli: Cli) -> None:
    opened(cli).ok("dispute", "set", "D1", "--due", "2026-11-25", "--by", "buyer")
    before = cli.kept()
    row = cli.ok("dispute", "set", "D1", "--due", "none").row()
    assert row["status"] == "unchanged"
    assert row["message"] == "no date entered for the seller counts; one for the buyer does"
    assert cli.kept() == before
    cli.ok("dispute", "set", "D1", "--due", "none", "--by", "buyer")
    row = cli.ok("dispute", "set", "D1", "--due", "none", "--by", "buyer").row()
    assert (row["status"], row["message"]) == ("unchanged", "no date entered for the buyer counts")


def test_a_date_that_was_taken_back_can_be_set_again(cli: Cli) -> None:
    opened(cli)
    for due in ("2026-11-25", "none", "2026-11-25"):
        assert cli.ok("dispute", "set", "D1", "--due", due).row()["status"] == "changed"
    assert ("seller-answers", "2026-11-25", "entered") in deadlines(cli)


def test_none_is_a_date_of_no_other_verb(cli: Cli) -> None:
    assert opened(cli).run("dispute", "answer", "D1", "--refuse", "--due", "none").code == 2


@pytest.mark.parametrize("words", [(), ("--due", "2026-11"), ("--due", "+3d", "--by", "x")])
def test_a_date_that_is_none_is_refused(cli: Cli, words: tuple[str, ...]) -> None:
    assert opened(cli).run("dispute", "set", "D1", *words).code == 2


def test_no_date_is_set_in_a_dispute_that_is_over(cli: Cli) -> None:
    answered(cli).ok("dispute", "cancel", "D1", "--reason", "agreement", "--yes")
    for due in ("+3d", "none"):
        error = cli.run("dispute", "set", "D1", "--due", due, "--json").error()
        assert (error["exit_code"], error["code"]) == (4, "final")


def test_a_party_that_can_not_do_it_is_refused(cli: Cli) -> None:
    opened(cli)
    assert cli.ok("dispute", "escalate", "D1", "--by", "platform", "--dry-run").code == 0
    assert cli.run("dispute", "escalate", "D1", "--by", "seller").code == 2


def test_what_the_seller_refused_is_not_said_to_be_acceptable(cli: Cli) -> None:
    opened(cli).ok("dispute", "answer", "D1", "--offer", "5")
    actions = [step["action"] for step in cli.ok("dispute", "show", "D1", "--json").json()["dispute"]["next"]]
    assert "accept" in actions
    cli.ok("dispute", "answer", "D1", "--refuse")
    actions = [step["action"] for step in cli.ok("dispute", "show", "D1", "--json").json()["dispute"]["next"]]
    assert ("accept" in actions, "escalate" in actions) == (False, True)
    for words in (("accept", "D1", "--yes"), ("ship-return", "D1")):
        error = cli.run("dispute", *words, "--json").error()
        assert (error["exit_code"], "accept" in error["allowed"]) == (4, False)
        assert "accept" not in error["hint"].partition("possible now: ")[2].split(", ")


@pytest.mark.parametrize("words", [(), ("--refuse", "--offer", "5"), ("--remedy", "flowers")])
def test_an_answer_is_an_offer_or_a_refusal(cli: Cli, words: tuple[str, ...]) -> None:
    assert opened(cli).run("dispute", "answer", "D1", *words).code == 2


def test_after_an_agreement_a_cancel_is_refused_and_says_why(cli: Cli) -> None:
    opened(cli).ok("dispute", "concede", "D1")
    error = cli.run("dispute", "cancel", "D1", "--reason", "agreement", "--yes", "--json").error()
    assert (error["exit_code"], error["code"]) == (4, "solution-stands")
    assert "would give it up" in error["message"]


def test_cancelled_stays_cancelled(cli: Cli) -> None:
    answered(cli).ok("dispute", "cancel", "D1", "--reason", "agreement", "--yes")
    before = cli.kept()
    for words in (
        ("answer", "D1", "--refuse"),
        ("revise", "D1", "--amount", "1"),
        ("concede", "D1"),
        ("accept", "D1", "--yes"),
        ("escalate", "D1"),
        ("decide", "D1", "agreed"),
        ("decide", "D1", "rejected", "--yes"),
        ("ship-return", "D1"),
        ("lapse", "D1", "--yes"),
        ("keep", "D1"),
        ("cancel", "D1", "--reason", "keep-item", "--yes"),
    ):
        assert cli.run("dispute", *words).code == 4, words
        assert cli.kept() == before, words


def test_advice_for_a_reason_is_about_that_reason(cli: Cli) -> None:
    answered(cli)
    advice = {
        reason: cli.ok("dispute", "advise", LAMP, "--reason", reason, "--json").json()["advice"]["verdict"]
        for reason in ("seller-asked", "refund-received", "agreement")
    }
    assert advice == {"seller-asked": "no", "refund-received": "think", "agreement": "clear"}


def test_a_date_is_told_in_one_s_own_zone_on_a_terminal(cli: Cli) -> None:
    """As other moments are; programs get it as it is kept."""
    opened(cli)
    words = ("dispute", "set", "D1", "--due", "2026-11-25T18:30Z")
    zone = {"TZ": "Asia/Tokyo"}
    told = "seller must act by 2026-11-25T18:30:00Z"
    assert told in cli.call(*words, "--dry-run", env=zone).stdout
    assert "seller must act by 2026-11-26 03:30\n" in cli.screen(*words, env=zone).text
    for verb in ("history", "show"):
        assert (
            "seller must act by 2026-11-26 03:30"
            in cli.screen("dispute", verb, "D1", columns=160, env=zone).text
        )
    assert told in cli.call("dispute", "history", "D1", env=zone).stdout
