"""Joining a payment to the purchase it paid for."""

import pytest

from tests.cli.harness import Cli
from tests.cli.samples import KETTLE, LAMP, imported

PAYMENT = "paypal:5AB12345CD678901E"


def paid(cli: Cli, *numbers: str) -> Cli:
    """The five orders and payments without a purchase."""
    imported(cli)
    for number in numbers or (PAYMENT,):
        cli.ok("orders", "add", number.partition(":")[2], "--marketplace", "paypal", "--total", "USD 25")
    return cli


def row(cli: Cli, *words: str) -> tuple[str, str]:
    told = cli.ok("orders", "link", *words).row()
    return told["status"], told["changes"]


def test_a_payment_is_joined_once_and_taken_off_again(cli: Cli) -> None:
    paid(cli)
    assert row(cli, PAYMENT, LAMP) == ("changed", "purchase")
    before = cli.kept()
    assert row(cli, PAYMENT, LAMP) == ("unchanged", "")
    assert cli.kept() == before
    assert row(cli, PAYMENT, KETTLE) == ("changed", "purchase")
    assert row(cli, PAYMENT, "--unlink") == ("changed", "purchase")
    assert row(cli, PAYMENT, "--unlink") == ("unchanged", "")


def test_a_dispute_that_is_open_at_the_other_place_is_warned_of(cli: Cli) -> None:
    paid(cli).ok("dispute", "open", LAMP, "--reason", "not-as-described")
    cli.ok("dispute", "open", PAYMENT, "--reason", "not-as-described")
    assert "other-channel-open" not in cli.ok("dispute", "advise", "D1").stdout
    cli.ok("orders", "link", PAYMENT, LAMP)
    assert "other-channel-open" in cli.ok("dispute", "advise", "D1").stdout
    assert "other-channel-open" in cli.ok("dispute", "advise", "D2").stdout


def test_a_dry_run_writes_nothing(cli: Cli) -> None:
    before = paid(cli).kept()
    told = cli.ok("orders", "link", PAYMENT, LAMP, "--dry-run").row()
    assert (told["status"], told["dry_run"]) == ("planned", "true")
    assert cli.kept() == before


def test_the_next_import_leaves_it(cli: Cli) -> None:
    paid(cli).ok("orders", "link", PAYMENT, LAMP)
    imported(cli)
    assert row(cli, PAYMENT, LAMP) == ("unchanged", "")


SECOND = "paypal:9ZZ12345CD678901E"


@pytest.mark.parametrize(
    ("linked", "words", "code", "told"),
    [
        ((), (LAMP, LAMP), 4, "can't pay for itself"),
        ((PAYMENT, LAMP), (LAMP, PAYMENT), 4, "is itself a payment"),
        ((PAYMENT, LAMP), (SECOND, PAYMENT), 4, f"dispcli orders link {PAYMENT} --unlink"),
        ((PAYMENT, SECOND), (SECOND, PAYMENT), 4, "is itself a payment"),
        ((PAYMENT, SECOND), (SECOND, LAMP), 4, f"is itself a purchase, paid for with {PAYMENT}"),
        ((), (PAYMENT,), 2, "name PAYMENT and PURCHASE"),
        ((), (PAYMENT, LAMP, "--unlink"), 2, "name PAYMENT and PURCHASE"),
        ((), (PAYMENT, "12345"), 3, "no order or dispute is known as '12345'"),
        ((), ("12345", LAMP), 3, "no order or dispute is known as '12345'"),
    ],
    ids=[
        "itself",
        "round about",
        "a payment",
        "two payments in a circle",
        "a purchase as a payment",
        "of nothing",
        "both",
        "no such purchase",
        "no such payment",
    ],
)
def test_what_can_not_be_joined_is_refused(
    cli: Cli, linked: tuple[str, ...], words: tuple[str, ...], code: int, told: str
) -> None:
    paid(cli, PAYMENT, SECOND)
    if linked:
        cli.ok("orders", "link", *linked)
    before = cli.kept()
    result = cli.run("orders", "link", *words)
    assert (result.code, told in result.stderr) == (code, True), result.stderr
    assert cli.kept() == before


def test_without_a_ledger_there_is_nothing_to_join(cli: Cli) -> None:
    assert cli.run("orders", "link", PAYMENT, LAMP).code == 3
    assert not cli.ledger.exists()
