"""Orders that should have come: the promised day, the parcel's number, what is late, what ends soon."""

import pytest

from dispcli.core.orders import OrderStatus
from tests.cli.harness import Cli
from tests.cli.samples import DRILL, KETTLE, LAMP, imported

NUMBER = "777000111"


def found(cli: Cli, *words: str) -> list[str]:
    return cli.ok("orders", "list", "-o", "ids", *words).stdout.split()


def test_a_promised_day_and_parcels_are_set_and_shown(cli: Cli) -> None:
    imported(cli)
    words = ("--promised", "2026-12-01", "--tracking", " LP1,RB 2 , LP1,")
    row = cli.ok("orders", "set", LAMP, *words).row()
    assert (row["status"], row["changes"]) == ("changed", "promised,tracking")
    shown = cli.ok("orders", "show", LAMP).pairs()
    assert (shown["promised"], shown["tracking"]) == ("2026-12-01", "LP1, RB 2")
    assert cli.ok("orders", "set", LAMP, *words).row()["status"] == "unchanged"
    drawn = cli.ok("orders", "show", LAMP, tty=True).stdout
    assert "2026-12-01 (in 9d)" in drawn
    assert "LP1, RB 2" in drawn


def test_both_can_be_told_when_an_order_is_added(cli: Cli) -> None:
    words = ("orders", "add", NUMBER, "--promised", "+3d", "--tracking", "LP1")
    cli.ok(*words)
    shown = cli.ok("orders", "show", NUMBER).pairs()
    assert (shown["promised"], shown["tracking"]) == ("2026-11-25", "LP1")
    assert cli.ok(*words).row()["status"] == "unchanged"


@pytest.mark.parametrize("text", ["", " , ", "a\nb", "x" * 257, "\x1b[2J"], ids=repr)
def test_what_is_no_tracking_number_is_refused(cli: Cli, text: str) -> None:
    imported(cli)
    before = cli.kept()
    for words in (("set", LAMP), ("add", NUMBER)):
        result = cli.run("orders", *words, "--tracking", text)
        assert (result.code, "--tracking" in result.stderr) == (2, True)
    assert cli.kept() == before


def promised(cli: Cli, when: str, *words: str) -> Cli:
    cli.ok("orders", "add", NUMBER, "--status", "shipped")
    cli.ok("orders", "set", NUMBER, "--promised", when, *words)
    return cli


@pytest.mark.parametrize(
    ("when", "late"),
    [
        ("2026-11-21", True),
        ("2026-11-22", False),
        ("2026-11-23", False),
        ("2026-11-22T07:59:59Z", True),
        ("2026-11-22T08:00:00Z", False),
    ],
)
def test_the_promised_day_is_over_before_anything_is_late(cli: Cli, when: str, late: bool) -> None:
    promised(cli, when)
    assert found(cli, "--late") == [NUMBER] * late
    assert found(cli, "--where", "is:late") == [NUMBER] * late
    assert found(cli, "--where", "-is:late") == [NUMBER] * (not late)


BEFORE, MIDNIGHT = "2026-11-22T07:59:59Z", "2026-11-22T08:00:00Z"
"""Just before and at midnight in California."""


def bought(cli: Cli, order: str, *told: str) -> Cli:
    cli.ok("orders", "add", order, "--title", "Lamp", "--price", "USD 5", "--placed", "2026-11-01", *told)
    return cli


def late(cli: Cli, now: str) -> set[str]:
    asked = {
        frozenset(cli.call("orders", "list", *words, "-o", "ids", env={"DISPCLI_NOW": now}).stdout.split())
        for words in (("--late",), ("--where", "is:late"))
    }
    (found,) = asked
    return set(found)


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/Los_Angeles"])
def test_what_is_awaited_is_late_when_the_promised_day_is_over_there(cli: Cli, zone: str) -> None:
    cli.env["TZ"] = zone
    bought(cli, "8190000000000001", "--promised", "2026-11-21")
    bought(cli, "22", "--marketplace", "elsewhere", "--promised", "2026-11-21")
    assert late(cli, "2026-11-21T23:59:59Z") == set()
    assert late(cli, BEFORE) == {"22"}
    assert late(cli, MIDNIGHT) == {"8190000000000001", "22"}


def test_a_clock_of_one_s_own_counts(cli: Cli) -> None:
    bought(cli, "8190000000000001", "--promised", "2026-11-21")
    cli.write_policy("aliexpress", 'zone = "Asia/Tokyo"\n')
    assert late(cli, "2026-11-21T14:59:59Z") == set()
    assert late(cli, "2026-11-21T15:00:00Z") == {"8190000000000001"}


@pytest.mark.parametrize(("delivered", "days"), [(BEFORE, 0), (MIDNIGHT, 1), ("2026-11-23", 2)])
def test_a_delivery_is_as_late_in_a_draft_as_in_the_seller_s_record(
    cli: Cli, delivered: str, days: int
) -> None:
    cli.env |= {"TZ": "Asia/Tokyo", "DISPCLI_NOW": "2026-11-25T12:00:00Z"}
    bought(cli, "8190000000000001", "--promised", "2026-11-21", "--seller", "Shop")
    cli.ok("orders", "set", "8190000000000001", "--delivered", delivered)
    cli.ok("dispute", "open", "8190000000000001", "--reason", "late")
    template = cli.file("late.txt", "late: $days_late\n")
    told = cli.call("dispute", "draft", "D1", "--template", template).stdout
    assert told.strip() == (f"late: {days}" if days else "")
    row = cli.call("sellers", "list").row()
    assert (row["late"], row["promised"]) == (str(min(days, 1)), "1")


@pytest.mark.parametrize("status", list(OrderStatus))
def test_what_has_come_or_is_over_is_not_late(cli: Cli, status: OrderStatus) -> None:
    promised(cli, "2026-11-01", "--status", status)
    assert found(cli, "--late") == [NUMBER] * (status in ("placed", "paid", "shipped", "frozen", "unknown"))
    assert found(cli, "--where", "is:arrived") == [NUMBER] * (status in ("delivered", "completed"))
    cli.ok("orders", "set", NUMBER, "--delivered", "yesterday")
    assert found(cli, "--late") == []
    assert found(cli, "--where", "is:arrived") == [NUMBER]


def test_without_a_promise_nothing_is_late(cli: Cli) -> None:
    assert found(imported(cli), "--late") == []


def test_late_goes_with_every_other_filter(cli: Cli) -> None:
    imported(cli).ok("orders", "set", "--where", "-is:arrived", "--promised", "yesterday")
    late = found(cli, "--late")
    assert len(late) == 2
    assert found(cli, "--late", "--where", "seller:~kitchen") == [KETTLE]
    assert found(cli, "--late", "--status", "shipped") == [KETTLE]


def test_protection_that_ends_soon(cli: Cli) -> None:
    imported(cli)
    for number, ends in ((LAMP, "2026-11-21"), (KETTLE, "2026-11-22"), (DRILL, "2026-11-29")):
        cli.ok("orders", "set", number, "--protection-ends", ends)
    assert found(cli, "--protection-ends-within", "6d") == [KETTLE], "what has ended is over"
    assert set(found(cli, "--protection-ends-within", "1w")) == {KETTLE, DRILL}
    cli.ok("orders", "set", KETTLE, "--protection-ends", "2026-11-22T11:00:00Z")
    assert found(cli, "--protection-ends-within", "6d") == []
    cli.ok("orders", "set", KETTLE, "--protection-ends", "2026-11-22T13:00:00Z")
    assert found(cli, "--protection-ends-within", "2h") == [KETTLE]


@pytest.mark.parametrize("length", ["7", "7x", "-7d", "+7d", "2026-12-01", "tomorrow", "", "9999y", "1d 2h"])
def test_what_is_no_length_of_time_is_refused(cli: Cli, length: str) -> None:
    result = imported(cli).run("orders", "list", "--protection-ends-within", length)
    assert (result.code, "7d, 2w, 36h" in result.stderr) == (2, True)


def test_a_parcel_finds_its_order(cli: Cli) -> None:
    imported(cli).ok("orders", "set", LAMP, "--tracking", "LP1%, RB2")
    for text, there in {
        "LP1%": True,
        "rb2": True,
        "LP1": False,
        "P1": False,
        "~P1": True,
        "~p_": False,
    }.items():
        assert found(cli, "--where", f"tracking:{text}") == [LAMP] * there, text
