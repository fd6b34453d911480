"""Opening: where it may be, what it takes over, and what is kept of a risk."""

import pytest

from tests.cli.harness import Cli
from tests.cli.samples import DRILL, KETTLE, LAMP, answered, imported, opened


def cancelled(cli: Cli) -> Cli:
    answered(cli).ok("dispute", "cancel", "D1", "--reason", "agreement", "--yes")
    return cli


def test_a_claim_is_kept_as_it_was_made(cli: Cli) -> None:
    opened(
        cli,
        LAMP,
        "--remedy",
        "partial_refund",
        "--amount",
        "12.50",
        "--platform-id",
        "77",
        "--at",
        "2026-11-01",
    )
    shown = cli.ok("dispute", "show", "D1").pairs()
    assert (shown["claim.reason"], shown["claim.remedy"]) == ("not-as-described", "partial_refund")
    assert (shown["claim.amount"], shown["claim.amount_currency"]) == ("12.50", "USD")
    assert (shown["platform_id"], shown["opened"]) == ("77", "2026-11-01")


@pytest.mark.parametrize(
    "amount", ["12,50", "1e3", "-5", "", "abc", "1.234", "٥", "1_0", "99999999999999999999"]
)
def test_an_amount_that_is_none_is_refused(cli: Cli, amount: str) -> None:
    imported(cli)
    before = cli.kept()
    result = cli.run("dispute", "open", LAMP, "--reason", "late", f"--amount={amount}")
    assert result.code == 2
    assert cli.kept() == before


@pytest.mark.parametrize("when", ["tomorrow", "2026-12-24", "+1d"])
@pytest.mark.parametrize(
    "verb", [("open", KETTLE, "--reason", "late"), ("escalate", "D1"), ("message", "D1", "hello")]
)
def test_nothing_happened_in_the_future(cli: Cli, verb: tuple[str, ...], when: str) -> None:
    opened(cli)
    before = cli.kept()
    assert cli.run("dispute", *verb, "--at", when).code == 2
    assert cli.kept() == before


def test_a_line_has_one_open_dispute_at_most(cli: Cli) -> None:
    opened(cli)
    before = cli.kept()
    result = cli.run("dispute", "open", LAMP, "--reason", "damaged")
    assert result.code == 4
    assert "D1 is open about the same goods" in result.stderr
    assert cli.kept() == before


def test_after_a_cancel_a_new_one_needs_its_risk_accepted(cli: Cli) -> None:
    cancelled(cli)
    before = cli.kept()
    error = cli.run("dispute", "open", LAMP, "--reason", "damaged", "--json").error()
    assert (error["exit_code"], error["code"], error["findings"]) == (4, "reopening", ["reopening"])
    assert "--accept-risk reopening" in error["hint"]
    assert "may refuse" in error["hint"], "no promise that it works"
    assert cli.kept() == before


def test_reopening_is_recorded_in_the_history(cli: Cli) -> None:
    cancelled(cli)
    done = cli.ok("dispute", "open", LAMP, "--reason", "damaged", "--accept-risk", "reopening").row()
    assert done["dispute"] == "D2"
    assert cli.ok("dispute", "history", "D2").row()["accepted_risks"] == "reopening"
    assert cli.ok("dispute", "show", "D1").pairs()["state"] == "cancelled", "cancelled stays cancelled"


def test_a_marketplace_without_a_rule_against_it_opens_again(cli: Cli) -> None:
    cli.ok(
        "orders", "add", "555000111", "--marketplace", "flea-market", "--title", "Vase", "--price", "USD 3"
    )
    cli.ok("dispute", "open", "555000111", "--reason", "damaged")
    cli.ok("dispute", "cancel", "D1", "--reason", "keep-item", "--yes")
    assert cli.ok("dispute", "open", "555000111", "--reason", "late").row()["dispute"] == "D2"


def test_a_record_in_error_is_replaced_and_marked(cli: Cli) -> None:
    answered(cli).ok("dispute", "revise", "D1", "--amount", "20")
    cli.ok("dispute", "cancel", "D1", "--reason", "opened-by-mistake", "--yes")
    done = cli.ok("dispute", "open", LAMP, "--replaces", "D1").row()
    assert done["dispute"] == "D2"
    old, new = (cli.ok("dispute", "show", name).pairs() for name in ("D1", "D2"))
    assert (old["state"], old["replaced_by"]) == ("cancelled", "D2")
    assert (new["state"], new["claim.reason"], new["claim.amount"]) == ("opened", "not-as-described", "20.00")
    assert cli.ok("dispute", "show", LAMP).pairs()["dispute"] == "D2"


def test_the_replacement_takes_over_the_platforms_id(cli: Cli) -> None:
    opened(cli, LAMP, "--platform-id", "4242").ok("dispute", "lapse", "D1", "--yes")
    cli.ok("dispute", "open", LAMP, "--replaces", "D1")
    assert cli.ok("dispute", "show", "D2").pairs()["platform_id"] == "4242"
    assert cli.ok("dispute", "show", "4242").pairs()["dispute"] == "D2"


@pytest.mark.parametrize("name", ["D1", "D9", "12", "x"])
def test_only_a_final_record_is_replaced(cli: Cli, name: str) -> None:
    opened(cli)
    before = cli.kept()
    assert cli.run("dispute", "open", KETTLE, "--reason", "late", "--replaces", name).code in (2, 3, 4)
    assert cli.kept() == before


def test_a_record_is_not_replaced_by_one_about_another_order(cli: Cli) -> None:
    cancelled(cli)
    before = cli.kept()
    assert cli.run("dispute", "open", KETTLE, "--replaces", "D1").code != 0
    assert cli.kept() == before


def test_a_record_is_replaced_once(cli: Cli) -> None:
    cancelled(cli).ok("dispute", "open", LAMP, "--replaces", "D1")
    cli.ok("dispute", "lapse", "D2", "--yes")
    before = cli.kept()
    assert cli.run("dispute", "open", LAMP, "--reason", "damaged", "--replaces", "D1").code != 0
    assert cli.kept() == before


def test_an_order_of_several_lines_needs_to_know_which(cli: Cli) -> None:
    imported(cli)
    result = cli.run("dispute", "open", DRILL, "--reason", "late")
    assert result.code == 3
    assert "1: Cordless drill" in result.stderr
    assert "--line N or --whole-order" in result.stderr


def test_several_orders_are_opened_together_or_not_at_all(cli: Cli) -> None:
    imported(cli)
    before = cli.kept()
    assert cli.run("dispute", "open", LAMP, DRILL, "--reason", "late").code == 3
    assert cli.kept() == before
    assert [row["dispute"] for row in cli.ok("dispute", "open", LAMP, KETTLE, "--reason", "late").rows()] == [
        "D1",
        "D2",
    ]


def test_the_platforms_id_is_for_one_dispute(cli: Cli) -> None:
    imported(cli)
    before = cli.kept()
    result = cli.run("dispute", "open", LAMP, KETTLE, "--reason", "late", "--platform-id", "4242")
    assert result.code == 2
    assert cli.kept() == before


def test_an_operation_id_used_to_open_something_else_is_refused(cli: Cli) -> None:
    imported(cli).ok("dispute", "open", LAMP, "--reason", "late", "--operation-id", "op-1")
    before = cli.kept()
    result = cli.run("dispute", "open", LAMP, "--reason", "damaged", "--operation-id", "op-1")
    assert result.code == 4
    assert cli.kept() == before


def test_a_replacement_takes_over_the_facts(cli: Cli) -> None:
    opened(cli, LAMP, "--remedy", "partial_refund").ok("dispute", "message", "D1", "I will pay")
    cli.ok("dispute", "settlement", "D1", "promised", "7")
    risk = ("--accept-risk", "refund-not-received")
    cli.ok("dispute", "cancel", "D1", "--reason", "opened-by-mistake", "--yes", *risk)
    cli.ok("dispute", "open", LAMP, "--replaces", "D1")
    shown = cli.ok("dispute", "show", "D2").pairs()
    assert (shown["claim.remedy"], shown["messages.0.text"]) == ("partial_refund", "I will pay")
    assert shown["settlements.0.amount"] == "7.00"
    assert cli.run("dispute", "cancel", "D2", "--reason", "agreement", "--yes").code == 4


def test_a_replaced_record_asks_for_nothing_on_the_site(cli: Cli) -> None:
    cancelled(cli).ok("dispute", "open", LAMP, "--replaces", "D1")
    assert cli.ok("dispute", "list", "--unseen").rows() == []
    assert cli.run("dispute", "done", "D1").code == 4


def test_a_record_of_another_order_is_not_replaced(cli: Cli) -> None:
    cancelled(cli)
    refused = cli.run("dispute", "open", KETTLE, "--replaces", "D1", "--json")
    assert (refused.code, refused.error()["code"]) == (4, "other-order")


def test_the_same_order_named_twice_is_opened_once(cli: Cli) -> None:
    imported(cli)
    assert len(cli.ok("dispute", "open", LAMP, LAMP, "--reason", "late").rows()) == 1


def test_an_operation_on_another_order_is_another_opening(cli: Cli) -> None:
    imported(cli)
    words = ("--whole-order", "--reason", "late", "--operation-id", "op-1")
    assert cli.ok("dispute", "open", LAMP, *words).row()["dispute"] == "D1"
    assert cli.ok("dispute", "open", KETTLE, *words).row()["dispute"] == "D2"
    assert cli.ok("dispute", "open", LAMP, *words).row()["changed"] == "false"


def test_an_opening_under_a_used_operation_id_is_refused(cli: Cli) -> None:
    imported(cli)
    cli.ok("dispute", "open", LAMP, "--reason", "late", "--operation-id", "op-1")
    cli.ok("dispute", "lapse", "D1", "--yes")
    again = cli.run("dispute", "open", LAMP, "--reason", "damaged", "--operation-id", "op-1", "--json")
    assert (again.code, again.error()["code"]) == (4, "operation-reused")
