"""A refund or a replacement on its way: promised, issued, received, in full or in parts."""

import pytest

from tests.cli.harness import Cli
from tests.cli.samples import LAMP, SHOES, answered, imported, opened


def agreed(cli: Cli, amount: str = "25") -> Cli:
    opened(cli, LAMP, "--amount", amount).ok("dispute", "concede", "D1")
    return cli


def settle(cli: Cli, *words: str) -> dict[str, str]:
    return cli.ok("dispute", "settlement", "D1", *words, "--yes").row()


def state(cli: Cli) -> tuple[str, str]:
    shown = cli.ok("dispute", "show", "D1").pairs()
    return shown["state"], shown["outcome"]


def test_promised_issued_received_leads_to_refunded(cli: Cli) -> None:
    agreed(cli)
    assert settle(cli, "promised", "25")["to"] == "agreed"
    assert settle(cli, "issued", "25")["to"] == "settling"
    assert settle(cli, "received", "25")["to"] == "resolved"
    assert state(cli) == ("resolved", "refunded")


def test_received_in_parts_is_resolved_by_the_last(cli: Cli) -> None:
    agreed(cli)
    settle(cli, "issued", "25")
    assert settle(cli, "received", "10", "--reference", "A")["to"] == "settling"
    assert settle(cli, "received", "14.99", "--reference", "B")["to"] == "settling"
    assert settle(cli, "received", "0.01", "--reference", "C")["to"] == "resolved"


def test_a_part_needs_no_confirmation_and_the_rest_does(cli: Cli) -> None:
    agreed(cli)
    assert cli.run("dispute", "settlement", "D1", "received", "10").code == 0
    assert cli.run("dispute", "settlement", "D1", "received", "15").code == 6


def test_without_an_amount_the_rest_is_meant(cli: Cli) -> None:
    agreed(cli)
    settle(cli, "promised", "20")
    settle(cli, "received", "5")
    assert settle(cli, "received")["amount"] == "15.00"
    assert state(cli)[0] == "resolved"


def test_less_than_claimed_is_a_part(cli: Cli) -> None:
    agreed(cli)
    settle(cli, "promised", "10")
    settle(cli, "received", "10")
    assert state(cli) == ("resolved", "partly_refunded")


def test_a_replacement_has_its_own_outcome(cli: Cli) -> None:
    agreed(cli)
    settle(cli, "issued", "--kind", "replacement", "--reference", "LP00123CN")
    assert settle(cli, "received", "--kind", "replacement")["to"] == "resolved"
    assert state(cli) == ("resolved", "replaced")


def test_goods_sent_back_and_paid_is_told_so(cli: Cli) -> None:
    agreed(cli).ok("dispute", "ship-return", "D1")
    settle(cli, "received", "25")
    assert state(cli) == ("resolved", "returned_and_refunded")


@pytest.mark.parametrize("stage", ["promised", "issued", "received"])
def test_before_anything_is_agreed_a_settlement_is_a_note(cli: Cli, stage: str) -> None:
    answered(cli)
    assert settle(cli, stage, "10")["to"] == "answered"
    assert cli.ok("dispute", "list").row()["settlement"] == stage


def test_a_promise_not_kept_blocks_a_cancel_and_says_what_is_missing(cli: Cli) -> None:
    answered(cli)
    settle(cli, "promised", "10")
    settle(cli, "received", "4")
    error = cli.run("dispute", "cancel", "D1", "--reason", "agreement", "--yes", "--json").error()
    assert error["findings"] == ["refund-not-received"]
    assert "USD 6.00" in error["details"][0]


def test_the_same_payment_is_not_counted_twice(cli: Cli) -> None:
    agreed(cli)
    settle(cli, "issued", "25")
    settle(cli, "received", "5")
    assert settle(cli, "received", "5")["changed"] == "false"
    assert settle(cli, "received", "5", "--at", "2026-11-20")["changed"] == "true"


def test_the_currency_is_the_orders(cli: Cli) -> None:
    imported(cli).ok("dispute", "open", SHOES, "--reason", "late", "--amount", "4200")
    row = cli.ok("dispute", "settlement", "D1", "promised", "4200").row()
    assert (row["amount"], row["currency"]) == ("4200", "JPY")
    assert cli.run("dispute", "settlement", "D1", "promised", "12.50").code == 2


def test_another_currency_does_not_pay_the_claim(cli: Cli) -> None:
    agreed(cli)
    assert settle(cli, "received", "EUR 25")["to"] == "agreed"


@pytest.mark.parametrize("amount", ["", "-5", "abc", "1e9", "5,00"])
def test_an_amount_that_is_none_is_refused(cli: Cli, amount: str) -> None:
    agreed(cli)
    before = cli.kept()
    assert cli.run("dispute", "settlement", "D1", "promised", "--", amount).code == 2
    assert cli.kept() == before


def test_a_settlement_is_noted_even_after_a_cancel(cli: Cli) -> None:
    answered(cli).ok("dispute", "cancel", "D1", "--reason", "agreement", "--yes")
    assert settle(cli, "received", "10")["to"] == "cancelled"


def test_money_recorded_since_a_request_is_looked_at_again(cli: Cli) -> None:
    answered(cli).ok("dispute", "cancel", "D1", "--reason", "agreement")
    settle(cli, "promised", "10")
    assert cli.run("dispute", "confirm", "D1", "--yes").code == 4


def test_an_accepted_offer_is_what_is_owed(cli: Cli) -> None:
    answered(cli).ok("dispute", "accept", "D1", "--yes")
    assert settle(cli, "received")["amount"] == "10.00"
    assert state(cli) == ("resolved", "partly_refunded")


def test_an_accepted_replacement_is_what_is_owed(cli: Cli) -> None:
    opened(cli, LAMP, "--amount", "25").ok("dispute", "answer", "D1", "--remedy", "replacement")
    cli.ok("dispute", "accept", "D1", "--yes")
    settle(cli, "received")
    assert state(cli) == ("resolved", "replaced")


def test_after_the_seller_gives_in_the_claim_is_owed(cli: Cli) -> None:
    answered(cli).ok("dispute", "concede", "D1")
    assert settle(cli, "received")["amount"] == "25.00"


def test_the_question_before_accepting_shows_the_offer_not_the_claim(cli: Cli) -> None:
    asked = answered(cli).run("dispute", "accept", "D1", stdin="n\n", tty=True).stderr
    assert "USD 10.00" in asked.splitlines()[1]
    assert "the seller offers partial refund of USD 10.00" in asked


def test_a_refusal_is_no_offer_to_accept(cli: Cli) -> None:
    opened(cli).ok("dispute", "answer", "D1", "--refuse")
    refused = cli.run("dispute", "accept", "D1", "--yes", "--json")
    assert (refused.code, refused.error()["code"]) == (4, "no-offer")


def test_a_promise_without_an_amount_promises_what_is_owed(cli: Cli) -> None:
    agreed(cli)
    assert settle(cli, "promised")["amount"] == "25.00"


def test_a_receipt_told_twice_is_recorded_once(cli: Cli) -> None:
    opened(cli, LAMP, "--amount", "25")
    assert settle(cli, "received")["changed"] == "true"
    assert settle(cli, "received")["changed"] == "false"


def test_a_claim_in_another_currency_is_a_mistake(cli: Cli) -> None:
    imported(cli)
    assert cli.run("dispute", "open", LAMP, "--reason", "late", "--amount", "10 EUR").code == 2


PAID = ("dispute", "settlement", "D1", "issued", "20", "--to", "customer")


@pytest.mark.parametrize("before", ["opened", "agreed", "final"])
def test_what_a_customer_got_moves_nothing_and_settles_nothing(cli: Cli, before: str) -> None:
    agreed(cli) if before != "opened" else opened(cli, LAMP, "--amount", "25")
    settle(cli, "received" if before == "final" else "promised", "25")
    was = cli.ok("dispute", "show", "D1").pairs()
    row = cli.ok(*PAID, "--reference", "c-7").row()
    assert (row["status"], row["amount"], row["from"]) == ("changed", "20.00", row["to"])
    shown = cli.ok("dispute", "show", "D1").pairs()
    assert (shown["state"], shown["outcome"]) == (was["state"], was["outcome"])
    assert (shown["payouts.0.amount"], shown["payouts.0.reference"]) == ("20.00", "c-7")
    assert [shown.get(f"checks.{n}.code") for n in range(5)] == [
        was.get(f"checks.{n}.code") for n in range(5)
    ]
    assert "Given to your customer" in cli.ok("dispute", "show", "D1", tty=True).stdout


def test_the_same_payout_twice_is_one_and_another_is_told_apart(cli: Cli) -> None:
    opened(cli).ok(*PAID)
    before = cli.kept()
    assert cli.ok(*PAID).row()["status"] == "unchanged"
    assert cli.kept() == before
    assert cli.ok(*PAID, "--reference", "second").row()["status"] == "changed"


def test_a_customer_may_have_paid_in_another_currency(cli: Cli) -> None:
    assert opened(cli).ok(*PAID[:4], "EUR 20", *PAID[5:]).row()["currency"] == "EUR"


@pytest.mark.parametrize(
    "words",
    [
        ("promised", "5", "--to", "customer"),
        ("received", "5", "--to", "customer"),
        ("issued", "--to", "customer"),
        ("issued", "5", "--to", "customer", "--by", "seller"),
        ("issued", "0", "--to", "customer"),
        ("issued", "5", "--to", "seller"),
    ],
    ids=" ".join,
)
def test_what_can_not_be_said_of_a_customer_is_refused(cli: Cli, words: tuple[str, ...]) -> None:
    before = opened(cli).kept()
    assert cli.run("dispute", "settlement", "D1", *words).code == 2
    assert cli.kept() == before


def test_a_record_made_in_error_hands_its_payouts_over(cli: Cli) -> None:
    opened(cli).ok(*PAID)
    cli.ok("dispute", "cancel", "D1", "--reason", "opened-by-mistake", "--yes")
    cli.ok("dispute", "open", LAMP, "--replaces", "D1")
    assert cli.ok("dispute", "show", "D2").pairs()["payouts.0.amount"] == "20.00"
