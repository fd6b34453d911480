"""Whether to cancel, asked on the command line: the same facts for people and for programs."""

from typing import Any

import pytest

from dispcli.core.advice import Verdict
from tests.cli.harness import Cli
from tests.cli.samples import LAMP, answered, busy, opened, watched


def advised(cli: Cli, *words: str) -> dict[str, Any]:
    advice: dict[str, Any] = cli.ok("dispute", "advise", *words, "--json").json()["advice"]
    return advice


def codes(stakes: list[dict[str, str]]) -> list[str]:
    return [stake["code"] for stake in stakes]


def test_everything_that_bears_on_it_is_told(cli: Cli) -> None:
    advice = advised(watched(cli), "D1", "--reason", "agreement")
    assert (advice["verdict"], advice["recommendation"], advice["until"]) == ("think", "settle-first", None)
    assert advice["sentence"] == "Don't cancel yet: something has to be settled first."
    assert codes(advice["because"]) == ["claim-open"]
    assert codes(advice["if_cancelled"]) == ["claim", "payout", "offer", "reopening", "protection"]
    assert codes(advice["if_kept"]) == ["offer", "no-deadline"]
    seller = advice["seller"]
    assert (seller["seller"], seller["disputes"], seller["rating"], seller["late"]) == (
        "Bright Things Store",
        3,
        2,
        1,
    )
    money = {balance["currency"]: balance for balance in advice["money"]}
    assert {code: balance["net"]["amount"] for code, balance in money.items()} == {
        "EUR": "-21.00",
        "USD": "-25.00",
    }
    assert money["USD"]["owed"] == {"amount": "25.00", "minor": 2500, "currency": "USD"}


@pytest.mark.parametrize(
    "moves", [("concede", "D1"), ("accept", "D1", "--yes")], ids=["conceded", "accepted"]
)
def test_where_a_solution_stands_the_answer_is_no_whatever_the_checks_say(
    cli: Cli, moves: tuple[str, ...]
) -> None:
    answered(cli).ok("dispute", *moves)
    advice = advised(cli, "D1")
    assert (advice["verdict"], advice["recommendation"]) == ("no", "follow-through")
    assert "It can't be cancelled" in advice["sentence"]
    assert advice["if_cancelled"] == []
    drawn = cli.ok("dispute", "advise", "D1", tty=True).stdout
    assert "given up" not in drawn
    assert "If you cancel" not in drawn
    assert cli.run("dispute", "cancel", "D1", "--reason", "agreement", "--yes").code == 4


def test_advice_and_agenda_agree_on_a_refund_that_is_overdue(cli: Cli) -> None:
    opened(cli, LAMP, "--amount", "25").ok("dispute", "concede", "D1", "--at", "2026-10-05")
    (item,) = [row for row in cli.ok("agenda").rows() if row["dispute"] == "D1"]
    assert item["what"] == "the refund has not arrived in time"
    (stake,) = advised(cli, "D1")["if_kept"]
    assert stake["code"] == "deadline-passed"
    assert stake["message"].startswith("the refund had to arrive by ")
    cli.ok("dispute", "set", "D1", "--due", "2026-11-24", "--by", "seller")
    advice = advised(cli, "D1")
    assert advice["if_kept"][0]["message"] == "the refund has to arrive by 2026-11-24 (entered)"
    near = [check["message"] for check in advice["checks"] if check["code"] == "deadline-near"]
    assert near == ["the refund has to arrive by 2026-11-24 (entered)"]


def test_an_offer_that_stands_is_weighed(cli: Cli) -> None:
    opened(cli, LAMP, "--amount", "20").ok("dispute", "answer", "D1", "--offer", "12", "--due", "+3d")
    advice = advised(cli, "D1")
    told = {stake["code"]: stake["message"] for stake in advice["if_kept"]}
    assert told["offer"] == (
        "the seller offers a partial refund of USD 12.00: accepting it ends the dispute on these terms; "
        "your time to answer ends 2026-11-25 (entered)"
    )
    drawn = cli.ok("dispute", "advise", "D1", tty=True, env={"COLUMNS": "160"}).stdout
    assert "the seller's offer, a partial refund of USD 12.00, would be given up" in drawn
    assert "the seller offers a partial refund of USD 12.00" in drawn


def test_a_deadline_says_how_long_to_wait(cli: Cli) -> None:
    advice = advised(busy(cli), "D2")
    assert (advice["recommendation"], advice["until"]) == ("wait-until", "2026-11-24T07:59:59Z")
    assert "without an answer the claim is executed" in advice["if_kept"][0]["message"]


LIVES: dict[Verdict, tuple[tuple[str, ...], ...]] = {
    Verdict.OVER: (("cancel", "D1", "--reason", "agreement", "--yes"),),
    Verdict.FOLLOW_THROUGH: (("accept", "D1", "--yes"),),
    Verdict.SETTLE_FIRST: (("settlement", "D1", "promised"),),
    Verdict.WAIT_UNTIL: (("escalate", "D1", "--due", "+3d"),),
    Verdict.KEEP: (),
    Verdict.CANCEL_IS_FINE: (("settlement", "D1", "received", "25"),),
}


@pytest.mark.parametrize("verdict", LIVES)
def test_advice_follows_the_dispute_and_writes_nothing(cli: Cli, verdict: Verdict) -> None:
    answered(cli)
    for words in LIVES[verdict]:
        cli.ok("dispute", *words)
    before = cli.kept()
    assert advised(cli, LAMP)["recommendation"] == verdict
    assert cli.kept() == before


def test_what_is_to_be_recorded_first_is_asked_again(cli: Cli) -> None:
    opened(cli)
    assert advised(cli, LAMP, "--reason", "refund-received")["recommendation"] == "ask-again"
    assert set(LIVES) | {Verdict.ASK_AGAIN} == set(Verdict)


def test_an_order_without_a_seller_is_advised_on_too(cli: Cli) -> None:
    cli.ok("orders", "add", "777000111", "--title", "Vase")
    cli.ok("dispute", "open", "777000111", "--reason", "late")
    advice = advised(cli, "D1")
    assert (advice["seller"], advice["money"]) == (None, [])
    drawn = cli.ok("dispute", "advise", "D1", tty=True).stdout
    assert "This seller" not in drawn
    assert "Your money" not in drawn
    assert "Because: claim-open" in drawn


def test_what_is_fine_is_still_told_with_its_warnings(cli: Cli) -> None:
    drawn = watched(cli).ok("dispute", "advise", "D1", "--reason", "received-ok", tty=True).stdout
    assert "Cancelling is fine." in drawn
    assert "But mind: recurring-seller" in drawn


def test_one_dispute_is_meant_or_none(cli: Cli) -> None:
    assert busy(cli).run("dispute", "advise", "8190000000000003").code == 3
    assert cli.run("dispute", "advise", "D99").code == 3


@pytest.mark.parametrize(
    ("reason", "code"),
    [("received-ok", "received-ok"), ("they were nice", "other"), ("  agreement ", "agreement")],
)
def test_a_reason_is_considered_as_a_cancel_would_take_it(cli: Cli, reason: str, code: str) -> None:
    answered(cli)
    assert advised(cli, "D1", "--reason", reason)["reason"] == code
    told = cli.ok("dispute", "advise", "D1", "--reason", "-", "--json", stdin=reason).json()["advice"]
    assert told["reason"] == code
    cli.ok("dispute", "cancel", "D1", "--reason", reason)
    assert cli.ok("dispute", "history", "D1").rows()[-1]["reason"] == code


@pytest.mark.parametrize("reason", ["", "other", "recieved-ok", "Keep item"])
def test_a_reason_that_a_cancel_refuses_is_refused_in_the_same_words(cli: Cli, reason: str) -> None:
    answered(cli)
    refused = [cli.run("dispute", verb, "D1", "--reason", reason) for verb in ("advise", "cancel")]
    assert [(result.code, result.stdout) for result in refused] == [(2, ""), (2, "")]
    assert refused[0].stderr == refused[1].stderr
    assert "see 'dispcli dispute reasons'" in refused[0].stderr or not reason
