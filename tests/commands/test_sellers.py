"""Sellers: how it went with them in a list and one by one, and what the buyer says of them."""

import sqlite3

import pytest

from dispcli.core.sellers import SELLER_SORTS
from dispcli.ledger.ledger import Ledger
from dispcli.policies import SHIPPED
from dispcli.services.sellers import list_sellers
from tests.cli.harness import Cli
from tests.cli.samples import KETTLE, LAMP, busy, imported, watched
from tests.core.builders import NOW
from tests.ledger.builders import AT, open_dispute, order, writing

BRIGHT = "Bright Things Store"


def rate(cli: Cli, *words: str) -> dict[str, str]:
    return cli.ok("sellers", "rate", *words).row()


def test_a_seller_is_rated_and_all_that_was_said_is_kept(cli: Cli) -> None:
    imported(cli)
    assert rate(cli, BRIGHT, "4")["status"] == "changed"
    assert rate(cli, BRIGHT, "2", "--note", "slow, and wants disputes cancelled")["rating"] == "2"
    assert rate(cli, BRIGHT, "--note", "never again")["rating"] == ""
    shown = cli.ok("sellers", "show", BRIGHT).pairs()
    assert shown["rating"] == "2"
    assert [shown[f"ratings.{count}.rating"] for count in range(3)] == ["", "2", "4"]
    assert (shown["ratings.0.note"], shown["ratings.0.at"]) == ("never again", "2026-11-22T12:00:00Z")
    drawn = cli.ok("sellers", "show", BRIGHT, tty=True).stdout
    assert "2 of 5  slow, and wants disputes cancelled" in drawn


def test_the_same_again_changes_nothing(cli: Cli) -> None:
    imported(cli)
    words = (BRIGHT, "2", "--note", "slow")
    rate(cli, *words)
    before = cli.kept()
    assert rate(cli, *words)["status"] == "unchanged"
    assert cli.kept() == before
    assert rate(cli, BRIGHT, "2")["status"] == "changed", "another note is something new"


def test_a_dry_run_writes_nothing(cli: Cli) -> None:
    imported(cli)
    before = cli.kept()
    row = rate(cli, BRIGHT, "2", "--dry-run")
    assert (row["status"], row["changed"], row["dry_run"]) == ("planned", "false", "true")
    assert cli.kept() == before


def test_a_note_comes_from_standard_input(cli: Cli) -> None:
    imported(cli).ok("sellers", "rate", BRIGHT, "--note", "-", stdin="a long\nstory\n")
    assert (
        cli.ok("sellers", "show", BRIGHT, "--json").json()["seller"]["ratings"][0]["note"] == "a long\nstory"
    )


@pytest.mark.parametrize(
    "words",
    [(), ("0",), ("6",), ("good",), ("3", "--note", " "), ("3", "--note", "x" * 70_000)],
    ids=lambda words: " ".join(words)[:20],
)
def test_what_says_nothing_is_refused(cli: Cli, words: tuple[str, ...]) -> None:
    imported(cli)
    before = cli.kept()
    assert cli.run("sellers", "rate", BRIGHT, *words).code == 2
    assert cli.kept() == before


def test_without_a_ledger_nobody_is_known(cli: Cli) -> None:
    assert cli.run("sellers", "rate", BRIGHT, "3").code == 3
    assert not cli.ledger.exists()


def alike(cli: Cli) -> Cli:
    """S1 and S2 have one name on two marketplaces, S3 another with a store id; S4 is called S1."""
    cli.ok("ledger", "init", "--ledger", str(cli.ledger))
    with Ledger.open(cli.ledger) as ledger, ledger.writing():
        ledger.add_order(order("1001", seller_name="Lamp Shop"), AT)
        ledger.add_order(order("1002", seller_name="Lamp Shop", marketplace="ebay"), AT)
        ledger.add_order(order("1003", seller_name="Other: Lamp Shop", store_id="77"), AT)
        ledger.add_order(order("1004", seller_name="S1"), AT)
    return cli


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("S2", "S2"),
        ("s3", "S3"),
        ("77", "S3"),
        ("ebay:Lamp Shop", "S2"),
        ("eBay:Lamp Shop", "S2"),
        ("aliexpress:77", "S3"),
        ("Other: Lamp Shop", "S3"),
        ("OTHER: lamp shop", "S3"),
        ("ebay:LAMP SHOP", "S2"),
        (" S3 ", "S3"),
        ("ebay:Lamp Shop ", "S2"),
    ],
)
def test_a_seller_is_known_by_id_store_name_or_marketplace_and_name(cli: Cli, word: str, meant: str) -> None:
    assert rate(alike(cli), word, "3", "--dry-run")["id"] == meant
    assert cli.ok("sellers", "show", word).pairs()["id"] == meant


@pytest.mark.parametrize(
    ("word", "both"),
    [("Lamp Shop", ("S1 (", "S2 (")), ("lamp shop", ("S1 (", "S2 (")), ("S1", ("S1 (", "S4 ("))],
)
def test_what_could_be_two_is_never_guessed(cli: Cli, word: str, both: tuple[str, str]) -> None:
    before = alike(cli).kept()
    for words in (("rate", word, "1"), ("show", word)):
        result = cli.run("sellers", *words)
        assert (result.code, [one in result.stderr for one in both]) == (3, [True, True])
    assert cli.kept() == before


@pytest.mark.parametrize("word", ["Lamp", "S9", "etsy:Lamp Shop", "", "S", ":"])
def test_a_script_names_a_seller_exactly(cli: Cli, word: str) -> None:
    result = alike(cli).run("sellers", "rate", word, "1")
    assert (result.code, "no seller is known" in result.stderr) == (3, True)


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("Kitchen", "did you mean S2 (Kitchen House)?"),
        ("kichen house", "did you mean S2 (Kitchen House)?"),
        ("Tool Bran", "did you mean S3 (Tool Barn)?"),
        ("nobody at all", "see 'dispcli sellers list'"),
        ("", "see 'dispcli sellers list'"),
    ],
)
def test_an_unknown_name_suggests_the_nearest(cli: Cli, word: str, hint: str) -> None:
    result = imported(cli).run("sellers", "rate", word, "1")
    assert (result.code, f"hint: {hint}\n" in result.stderr) == (3, True), result.stderr


def test_the_ids_of_a_list_are_what_show_takes(cli: Cli) -> None:
    imported(cli).ok("orders", "add", "777000777", "--seller", "No Store")
    ids = cli.ok("sellers", "list", "-o", "ids").stdout.split()
    assert sorted(ids) == ["S1", "S2", "S3", "S4"]
    for word in ids:
        assert cli.ok("sellers", "show", word).pairs()["id"] == word


def bought(cli: Cli, number: str, seller: str, *more: str) -> dict[str, str]:
    """The seller of an order that is added by hand."""
    cli.ok("orders", "add", number, "--seller", seller, *more)
    return cli.ok("orders", "show", number).pairs()


@pytest.mark.parametrize("name", [BRIGHT, BRIGHT.upper(), "1100000001", "s1"])
def test_an_order_by_hand_is_of_the_seller_that_is_known(cli: Cli, name: str) -> None:
    imported(cli)
    before = cli.ok("sellers", "list").rows()
    shown = bought(cli, "777000777", name)
    assert (shown["seller"], shown["store"]) == (BRIGHT, "1100000001")
    again = cli.ok("orders", "add", "777000777", "--seller", name).row()
    assert again["status"] == "unchanged"
    after = cli.ok("sellers", "list").rows()
    assert [row["id"] for row in after] == [row["id"] for row in before]
    assert int(after[0]["orders"]) == int(before[0]["orders"]) + 1


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("s1", f"seller: s1 ({BRIGHT})\n"),
        ("1100000001", f"seller: 1100000001 ({BRIGHT})\n"),
        (BRIGHT.upper(), ""),
        ("S9", ""),
        ("New Shop", ""),
    ],
)
def test_whom_an_id_means_is_told_to_who_adds_an_order(cli: Cli, word: str, told: str) -> None:
    imported(cli)
    for more in (("--dry-run",), (), ()):
        assert cli.ok("orders", "add", "777000777", "--seller", word, *more).stderr == told
    assert cli.ok("orders", "add", "778000778").stderr == ""


def test_a_seller_of_another_marketplace_is_another(cli: Cli) -> None:
    shown = bought(imported(cli), "777000777", BRIGHT, "--marketplace", "ebay")
    assert (shown["seller"], shown["store"]) == (BRIGHT, "")
    result = cli.run("orders", "add", "778000778", "--seller", "S1", "--marketplace", "ebay")
    assert (result.code, f"S1 ({BRIGHT}) is a seller on aliexpress, not on ebay" in result.stderr) == (
        3,
        True,
    )


def test_two_sellers_of_a_name_are_told_apart_by_who_adds_an_order(cli: Cli) -> None:
    alike(cli)
    with Ledger.open(cli.ledger) as ledger, ledger.writing():
        ledger.add_order(order("1005", seller_name="Lamp Shop", store_id="88"), AT)
    before = cli.kept()
    result = cli.run("orders", "add", "777000777", "--seller", "lamp shop")
    assert result.code == 3
    assert "could be 2 sellers: S1 (Lamp Shop, aliexpress), S5 (Lamp Shop, 88)" in result.stderr
    assert "hint: use an id, as in S1" in result.stderr
    assert cli.kept() == before
    assert bought(cli, "777000777", "S5")["store"] == "88"


def test_what_is_advised_names_each_of_two_sellers_of_which_one_is_called_like_the_other_s_id(
    cli: Cli,
) -> None:
    for number, seller in (("777000777", "S2"), ("888000888", "Bright")):
        cli.ok("orders", "add", number, "--seller", seller)
    hint = cli.run("sellers", "show", "S2", "--json").error()["hint"]
    assert hint == "use an id, as in S1; the seller S2 is Bright"
    assert cli.ok("sellers", "show", "S1").pairs()["seller"] == "S2"
    assert cli.ok("sellers", "show", "Bright").pairs()["id"] == "S2"


def test_a_person_may_name_a_part_of_the_name(cli: Cli) -> None:
    imported(cli).ok("sellers", "rate", "kitchen", "4", tty=True)
    assert cli.ok("sellers", "show", "Kitchen House").pairs()["rating"] == "4"


def test_the_record_tells_how_it_went(cli: Cli) -> None:
    watched(cli)
    rows = {row["seller"]: row for row in cli.ok("sellers", "list").rows()}
    told = ("orders", "disputes", "open", "cancelled", "refund_share", "answer_days", "late", "promised")
    assert [rows[BRIGHT][name] for name in told] == ["3", "3", "2", "1", "", "0", "1", "1"]
    assert [rows["Tool Barn"][name] for name in told] == ["1", "2", "2", "0", "", "4", "0", "1"]
    assert [rows["Kitchen House"][name] for name in told] == ["1", "1", "1", "0", "", "", "1", "1"]


def test_what_never_came_is_late_as_the_list_of_orders_has_it(cli: Cli) -> None:
    for number, told in {
        "819001001": ("--promised", "2026-10-02", "--delivered", "2026-10-01"),
        "819001002": ("--promised", "2026-10-02", "--delivered", "2026-10-09"),
        "819001003": ("--promised", "2026-10-02"),
        "819001004": ("--promised", "2026-10-02", "--status", "shipped"),
        "819001005": ("--promised", "2026-12-24", "--status", "shipped"),
        "819001006": ("--promised", "2026-10-02", "--status", "cancelled"),
        "819001007": ("--status", "shipped"),
    }.items():
        cli.ok("orders", "add", number, "--title", "Cup", "--seller", "Slow Boat", "--placed", "2026-09-01")
        cli.ok("orders", "set", number, *told)
    assert cli.ok("orders", "list", "--late", "-o", "ids").stdout.split() == ["819001004", "819001003"]
    for row in (cli.ok("sellers", "list").row(), cli.ok("sellers", "show", "Slow Boat").pairs()):
        assert (row["late"], row["promised"]) == ("3", "4"), "two that are overdue, and one that came late"
    shown = cli.ok("sellers", "show", "Slow Boat", tty=True, env={"NO_COLOR": "1"}).stdout
    assert "3 of 4 orders due" in shown
    row = cli.ok("sellers", "list", env={"DISPCLI_NOW": "2026-12-26T12:00:00Z"}).row()
    assert (row["late"], row["promised"]) == ("4", "5")


@pytest.mark.parametrize("sort", SELLER_SORTS)
def test_a_list_can_be_sorted_and_cut(cli: Cli, sort: str) -> None:
    watched(cli)
    whole = cli.ok("sellers", "list", "--sort", sort).rows()
    first = cli.ok("sellers", "list", "--sort", sort, "--limit", "2", "--json").json()
    assert [one["id"] for one in first["sellers"]] == [row["id"] for row in whole[:2]]
    assert first["more"] is True
    assert len(whole) == 3


def test_only_sellers_with_a_dispute(cli: Cli) -> None:
    imported(cli).ok("dispute", "open", KETTLE, "--reason", "late")
    assert [row["seller"] for row in cli.ok("sellers", "list", "--disputed").rows()] == ["Kitchen House"]
    words = ("sellers", "list", "--disputed", "--limit", "1", "--json")
    assert cli.ok(*words).json()["more"] is False, "those that are left out are none"


def test_an_unknown_sort_is_a_mistake(cli: Cli) -> None:
    result = imported(cli).run("sellers", "list", "--sort", "size")
    assert (result.code, "refund-share" in result.stderr) == (2, True)


def test_what_sellers_are_called_and_notes_say_is_inert(cli: Cli) -> None:
    cli.ok("ledger", "init", "--ledger", str(cli.ledger))
    with Ledger.open(cli.ledger) as ledger, ledger.writing():
        ledger.add_order(order(LAMP, seller_name="\x1b[31mRed[/red]"), AT)
    cli.ok("sellers", "rate", "S1", "1", "--note", "\x1b]0;owned\x07[b]")
    drawn = cli.ok("sellers", "show", "S1", tty=True, env={"NO_COLOR": "1"}).stdout
    assert "\x1b" not in drawn
    assert "[/red]" in drawn
    assert "[b]" in drawn


@pytest.mark.parametrize("sellers", [3, 300])
def test_any_number_of_sellers_takes_the_same_few_queries(tmp_path, sellers):
    path = tmp_path / "ledger.db"
    with writing(path) as ledger:
        shops = [order(f"1{count}", seller_name=f"Shop {count}") for count in range(sellers)]
        for id_ in ledger.add_orders(shops, AT):
            if id_ % 3 == 0:
                open_dispute(ledger, id_)
    asked: list[str] = []
    with Ledger.open(path) as ledger:
        connection: sqlite3.Connection = ledger._connection
        connection.set_trace_callback(asked.append)
        found, _ = list_sellers(ledger, None, None, SHIPPED, NOW, sort="disputes")
    assert len(found) == sellers
    assert len([text for text in asked if text.startswith("SELECT")]) == 6


def test_a_sellers_record_is_the_same_in_the_list_and_alone(cli: Cli) -> None:
    busy(cli).ok("sellers", "rate", BRIGHT, "3")
    (listed,) = (one for one in cli.ok("sellers", "list", "--json").json()["sellers"] if one["id"] == "S1")
    alone = cli.ok("sellers", "show", "S1", "--json").json()["seller"]
    assert {name: alone[name] for name in listed} == listed
