"""Orders typed by hand."""

from pathlib import Path

import pytest

from tests.cli.harness import Cli
from tests.cli.samples import LAMP, imported

NUMBER = "777000111"


def test_an_order_is_added_with_its_lines(cli: Cli) -> None:
    words = (
        "--title",
        "Vase",
        "--price",
        "USD 3",
        "--title",
        "Bowl",
        "--price",
        "4.50 USD",
        "--seller",
        "Pots",
    )
    cli.ok("orders", "add", NUMBER, *words, "--placed", "2026-11-02", "--status", "shipped")
    shown = cli.ok("orders", "show", NUMBER).pairs()
    assert (shown["total"], shown["seller"], shown["date"], shown["status"]) == (
        "7.50",
        "Pots",
        "2026-11-02",
        "shipped",
    )
    assert shown["lines.1.title"] == "Bowl"


@pytest.mark.parametrize(
    "words",
    [
        ("a:b",),
        ("",),
        ("x" * 65,),
        ("1\n2",),
        (NUMBER, "--title", "a", "--price", "USD 1", "--price", "USD 2"),
        (NUMBER, "--title", "a", "--price", "1"),
        (NUMBER, "--title", "a", "--price", "USD 1", "--title", "b", "--price", "EUR 1"),
        (NUMBER, "--total", "much"),
        (NUMBER, "--status", "lost"),
        (NUMBER, "--placed", "2026-02-30"),
        (NUMBER, "--placed", "2026"),
        (NUMBER, "--marketplace", "a b"),
    ],
    ids=" ".join,
)
def test_what_makes_no_sense_is_refused(cli: Cli, words: tuple[str, ...]) -> None:
    assert cli.run("orders", "add", *words).code == 2
    assert not cli.ledger.exists()


@pytest.mark.parametrize("option", ["--seller", "--title"])
@pytest.mark.parametrize("text", ["", " ", "\u200b", "Two\nlines", "\x1b[31mRed"], ids=ascii)
def test_what_nobody_can_read_is_no_name(cli: Cli, option: str, text: str) -> None:
    result = cli.run("orders", "add", NUMBER, option, text)
    assert (result.code, f"{option}: not a name" in result.stderr) == (2, True)
    assert not cli.ledger.exists()


def test_blanks_around_a_name_are_no_part_of_it(cli: Cli) -> None:
    cli.ok("orders", "add", NUMBER, "--seller", "Shop", "--title", "Vase")
    again = cli.ok("orders", "add", NUMBER, "--seller", " Shop ", "--title", "\u00a0Vase").row()
    assert again["status"] == "unchanged"
    cli.ok("orders", "add", "777000112", "--seller", "\tShop")
    assert [row["seller"] for row in cli.ok("sellers", "list").rows()] == ["Shop"]


def test_a_name_may_have_blanks_and_joiners_of_its_own(cli: Cli) -> None:
    name = "Maison\u00a0Déco \U0001f469\u200d\U0001f3a8"
    cli.ok("orders", "add", NUMBER, "--seller", name)
    assert cli.ok("orders", "show", NUMBER, "--json").json()["order"]["seller"] == name


def test_an_order_known_already_is_refused(cli: Cli) -> None:
    imported(cli)
    before = cli.kept()
    result = cli.run("orders", "add", LAMP)
    assert result.code == 4
    assert f"dispcli orders set {LAMP}" in result.stderr
    assert cli.kept() == before


def test_facts_are_set(cli: Cli) -> None:
    imported(cli)
    words = (
        "--status",
        "delivered",
        "--shipped",
        "2026-10-05",
        "--delivered",
        "yesterday",
        "--protection-ends",
        "+2w",
    )
    row = cli.ok("orders", "set", LAMP, *words).row()
    assert (row["status"], row["changes"]) == ("changed", "status,shipped,delivered,protection_ends")
    shown = cli.ok("orders", "show", LAMP).pairs()
    assert (shown["delivered"], shown["protection_ends"]) == ("2026-11-21", "2026-12-06")
    assert cli.ok("orders", "set", LAMP, *words).row()["changed"] == "false"


OPTIONAL = {
    "shipped": "2026-10-05",
    "delivered": "2026-10-09",
    "protection-ends": "2026-12-06",
    "promised": "2026-10-20",
    "tracking": "LP1",
}


@pytest.mark.parametrize("fact", OPTIONAL)
def test_a_fact_that_need_not_be_known_is_taken_away_again(cli: Cli, fact: str) -> None:
    told = [word for name, value in OPTIONAL.items() for word in (f"--{name}", value)]
    imported(cli).ok("orders", "set", LAMP, *told)
    before = cli.ok("orders", "show", LAMP).pairs()
    field = fact.replace("-", "_")
    assert before[field]
    assert cli.ok("orders", "set", LAMP, f"--{fact}", "none").row()["changes"] == field
    after = cli.ok("orders", "show", LAMP).pairs()
    gone = {field, "protection_basis"} if field == "protection_ends" else {field}
    assert {name for name, value in before.items() if after.get(name, "") != value} == gone
    assert cli.ok("orders", "set", LAMP, f"--{fact}", "none").row()["changed"] == "false"


def test_an_order_always_has_a_status_and_no_parcel_is_called_none(cli: Cli) -> None:
    imported(cli)
    assert cli.run("orders", "set", LAMP, "--status", "none").code == 2
    assert cli.run("orders", "add", NUMBER, "--tracking", "none").code == 2


def test_nothing_to_set_is_a_mistake(cli: Cli) -> None:
    assert imported(cli).run("orders", "set", LAMP).code == 2


def test_an_unknown_order_stops_the_others_unless_it_keeps_going(cli: Cli) -> None:
    imported(cli)
    words = ("orders", "set", LAMP, "nowhere", LAMP, "--delivered", "yesterday")
    before = cli.kept()
    assert cli.run(*words).code == 3
    assert cli.kept() == before
    result = cli.run(*words, "--keep-going")
    assert (result.code, [row["status"] for row in result.rows()]) == (7, ["changed", "error"])
    assert "nowhere" in result.stderr
    assert result.rows()[1]["code"] == "not-found"
    assert cli.ok("orders", "show", LAMP).pairs()["delivered"] == "2026-11-21"


def test_a_payment_belongs_to_a_purchase(cli: Cli) -> None:
    imported(cli).ok(
        "orders", "add", "PP-1", "--marketplace", "paypal", "--title", "Lamp", "--pays-for", LAMP
    )
    cli.ok("dispute", "open", "PP-1", "--reason", "not-received")
    cli.ok("dispute", "open", LAMP, "--reason", "not-as-described")
    checks = cli.ok("dispute", "advise", "D2", "--json").json()["advice"]["checks"]
    assert "other-channel-open" in {check["code"] for check in checks}


@pytest.mark.parametrize(
    "number", ["D1", "d12", "X99", "777", "819 000 000", "８１９０００００００", "a:b", " ", "1" * 33]
)
def test_a_number_that_no_order_has_or_that_means_something_else_is_refused(cli: Cli, number: str) -> None:
    before = imported(cli).kept()
    result = cli.run("orders", "add", number, "--title", "Lamp")
    assert (result.code, cli.kept()) == (2, before)


def test_what_is_added_by_hand_can_be_imported_again(cli: Cli, tmp_path: Path) -> None:
    imported(cli).ok("orders", "add", "PP-1/2", "--marketplace", "elsewhere", "--title", "Lamp")
    cli.ok("orders", "add", "123456", "--title", "Lamp")
    file = tmp_path / "mine.csv"
    cli.ok("export", "orders", "-o", str(file))
    assert cli.ok("import", str(file)).row()["orders_new"] == "0"
