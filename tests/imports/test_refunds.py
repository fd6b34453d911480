"""Money that came back, as PayPal's activity tells it, and the dispute that it settles."""

import pytest

from tests.cli.harness import Cli, Result
from tests.cli.samples import LAMP, imported
from tests.imports.files import (
    CASE,
    PAYMENT,
    activity,
    at,
    events,
    payment_row,
    paypal,
    paypal_case,
    refund_row,
    see,
)


def bring(cli: Cli, *rows: dict[str, str], name: str = "activity.csv") -> Result:
    report = cli.file(name, activity(payment_row(), *rows))
    return cli.ok("import", report, "--date-order", "dmy")


def received(cli: Cli, dispute: str = "D1") -> list[tuple[str, str]]:
    """The refunds received: what and with which reference."""
    shown = cli.ok("dispute", "show", dispute, "--json").json()["dispute"]["settlements"]
    return [(one["amount"]["amount"], one["reference"]) for one in shown if one["stage"] == "received"]


def state(cli: Cli, dispute: str = "D1") -> tuple[str, str]:
    shown = cli.ok("dispute", "show", dispute).pairs()
    return shown["state"], shown.get("outcome", "")


def disputed(cli: Cli, *before: tuple[str, ...]) -> Cli:
    """A dispute about the payment, opened on the 10th, and what happened since."""
    see(cli, "OPEN", at(10))
    for words in before:
        cli.ok("dispute", words[0], "D1", *words[1:])
    return cli


def test_a_refund_is_a_settlement_received(cli: Cli) -> None:
    disputed(cli)
    result = bring(cli, refund_row())
    assert (result.row()["refunds"], result.stderr) == ("1", "")
    assert received(cli) == [("25.00", "9RF00000000000001")]
    assert events(cli)[-1]["happened_at"] == at(20, 8)


def test_the_same_refund_is_recorded_once(cli: Cli) -> None:
    disputed(cli)
    bring(cli, refund_row())
    before = cli.kept()
    assert bring(cli, refund_row(), name="later.csv").row()["refunds"] == "0"
    assert cli.kept() == before


def test_two_of_one_amount_are_two(cli: Cli) -> None:
    disputed(cli)
    bring(cli, refund_row(gross="10.00"), refund_row("9RF00000000000002", gross="10.00"))
    assert received(cli) == [("10.00", "9RF00000000000001"), ("10.00", "9RF00000000000002")]


@pytest.mark.parametrize(
    "before",
    [
        (("concede",),),
        (("concede",), ("ship-return",)),
        (("concede",), ("settlement", "issued", "25")),
    ],
    ids=["agreed", "returning", "settling"],
)
def test_a_refund_in_full_resolves_what_was_agreed(cli: Cli, before: tuple[tuple[str, ...], ...]) -> None:
    disputed(cli, *before)
    bring(cli, refund_row(gross="10.00", day="23/11/2026"))
    assert state(cli)[0] != "resolved"
    bring(cli, refund_row("9RF00000000000002", gross="15.00", day="24/11/2026"))
    returned = any("ship-return" in words for words in before)
    assert state(cli) == ("resolved", "returned_and_refunded" if returned else "refunded")


def test_where_nothing_is_agreed_it_is_only_noted(cli: Cli) -> None:
    disputed(cli)
    bring(cli, refund_row())
    assert state(cli)[0] == "opened"


def test_a_final_dispute_takes_the_note_and_stays(cli: Cli) -> None:
    disputed(cli, ("cancel", "--reason", "opened-by-mistake", "--yes"))
    bring(cli, refund_row())
    assert (state(cli)[0], received(cli)) == ("cancelled", [("25.00", "9RF00000000000001")])


@pytest.mark.parametrize(("day", "time"), [("09/11/2026", "08:00:00"), ("10/11/2026", "09:59:59")])
def test_a_refund_before_the_dispute_is_not_its_settlement(cli: Cli, day: str, time: str) -> None:
    disputed(cli)
    result = bring(cli, refund_row(day=day, Time=time))
    assert received(cli) == []
    assert "refund 9RF00000000000001 of USD 25.00 arrived before D1 was opened" in result.stderr


def test_one_that_was_recorded_by_hand_is_not_doubled(cli: Cli) -> None:
    disputed(cli, ("concede",), ("settlement", "received", "10", "--at", "2026-11-21"))
    result = bring(cli, refund_row(gross="10.00"))
    assert [amount for amount, _ in received(cli)] == ["10.00"]
    assert "is taken for the one recorded by hand on D1" in result.stderr
    assert state(cli)[0] == "agreed"


def test_a_linked_purchase_s_dispute_gets_the_refund(cli: Cli) -> None:
    imported(cli).ok("dispute", "open", LAMP, "--reason", "late", "--at", "2026-11-10")
    bring(cli)
    cli.ok("orders", "link", f"paypal:{PAYMENT}", LAMP)
    assert bring(cli, refund_row()).row()["refunds"] == "1"
    assert received(cli) == [("25.00", "9RF00000000000001")]


def test_where_it_may_belong_to_two_a_person_decides(cli: Cli) -> None:
    imported(cli).ok("dispute", "open", LAMP, "--reason", "late", "--at", "2026-11-10")
    see(cli, "OPEN", at(10))
    cli.ok("orders", "link", f"paypal:{PAYMENT}", LAMP)
    result = bring(cli, refund_row())
    assert (received(cli, "D1"), received(cli, "D2")) == ([], [])
    assert "may belong to D1, D2; record it by hand" in result.stderr


def test_of_an_open_and_a_closed_one_it_is_the_open_one_s(cli: Cli) -> None:
    see(cli, "RESOLVED", at(12), outcome="DENIED", dispute_id="PP-D-0")
    see(cli, "OPEN", at(13), create_time=at(13))
    bring(cli, refund_row())
    assert (received(cli, "D1"), received(cli, "D2")) == ([], [("25.00", "9RF00000000000001")])


def test_a_dispute_known_before_its_transaction_gets_it_once_they_are_joined(cli: Cli) -> None:
    cli.ok("import", cli.file("list.json", paypal(paypal_case(payment=None))))
    bring(cli)
    cli.ok("orders", "link", f"paypal:{CASE}", f"paypal:{PAYMENT}")
    assert bring(cli, refund_row()).row()["refunds"] == "1"


def test_a_refund_of_what_is_not_disputed_is_no_news(cli: Cli) -> None:
    result = bring(cli, refund_row())
    assert (result.row()["refunds"], result.stderr) == ("0", "")
