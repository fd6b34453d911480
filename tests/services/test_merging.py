"""What is known and what a file says, made one."""

from pathlib import Path

import pytest

from dispcli.core.new_orders import NewLine
from dispcli.core.orders import Line
from tests.cli.harness import Cli
from tests.cli.samples import LAMP, csv_of, item, json_of, row
from tests.imports.files import at, issue, refund_list, reverse


def shown(cli: Cli) -> dict[str, str]:
    return cli.ok("orders", "show", LAMP).pairs()


def bring(cli: Cli, **told: object) -> dict[str, str]:
    return cli.ok("import", cli.file("more.json", json_of(item(**told)))).row()


def test_what_a_newer_file_does_not_say_stays(cli: Cli) -> None:
    bring(cli)
    bring(cli, timestamp=1795262500000, storeName=None, storePageUrl=None, attributes=None)
    assert (shown(cli)["seller"], shown(cli)["lines.0.attributes"]) == ("Bright Things Store", "Color: Brass")


def test_an_older_file_fills_what_is_missing(cli: Cli) -> None:
    bring(cli, attributes=None, storeName=None, storePageUrl=None)
    bring(cli, timestamp=1795000000000)
    assert (shown(cli)["seller"], shown(cli)["lines.0.attributes"]) == ("Bright Things Store", "Color: Brass")


def test_a_word_nobody_knows_does_not_undo_a_status(cli: Cli) -> None:
    bring(cli)
    bring(cli, timestamp=1795262500000, status="Whatever")
    assert shown(cli)["status"] == "completed"


def test_a_seller_with_a_new_name_is_the_same_store(cli: Cli) -> None:
    bring(cli)
    bring(cli, timestamp=1795262500000, storeName="Bright Things Official")
    sellers = cli.ok("sellers", "list").rows()
    assert len({seller["store"] for seller in sellers if seller["orders"] != "0"}) == 1


def test_facts_entered_by_hand_survive_an_import(cli: Cli) -> None:
    bring(cli)
    cli.ok("orders", "set", LAMP, "--delivered", "2026-11-01", "--protection-ends", "2026-12-31")
    bring(cli, timestamp=1795262500000, status="Awaiting delivery")
    assert (shown(cli)["delivered"], shown(cli)["protection_ends"]) == ("2026-11-01", "2026-12-31")


def test_an_order_added_by_hand_is_taken_further_by_an_import(cli: Cli) -> None:
    cli.ok(
        "orders", "add", LAMP, "--title", "Desk lamp, brass", "--price", "USD 25", "--placed", "2026-10-03"
    )
    assert bring(cli)["orders_new"] == "0"
    assert shown(cli)["store"] == "1100000001"


def test_lines_are_told_apart_by_product_and_sku(cli: Cli) -> None:
    other = row(title="Desk lamp, brass", **{"SKU ID": "12000000000000002", "Attributes": "Color: Black"})
    cli.ok("import", cli.file("two.csv", csv_of(row(), other)))
    cli.ok("import", cli.file("two.csv", csv_of(other, row())))
    assert [shown(cli).get(f"lines.{n}.attributes") for n in range(3)] == [
        "Color: Brass",
        "Color: Black",
        None,
    ]


def test_an_order_in_two_currencies_over_time_is_refused(cli: Cli) -> None:
    bring(cli)
    before = cli.kept()
    extra = item(title="Bulb", productId="1", orderLineId="999", currency="EUR", price="1,00€", priceInfo="")
    result = cli.run("import", cli.file("other.json", json_of(item(), extra)))
    assert result.code == 9
    later = cli.run("import", cli.file("later.json", json_of(extra)))
    assert later.code == 9
    assert cli.kept() == before


# --- how the end of protection is known ---


PROTECTED = """\
marketplace = "aliexpress"
[columns]
number = "Order"
date = "Date"
protection_ends = "Protected until"
seen_at = "Seen"
"""
ENTERED, EARLIER, LATER = "2026-12-31", "2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z"


def protection(cli: Cli) -> tuple[str, str]:
    known = shown(cli)
    return known.get("protection_ends", ""), known.get("protection_basis", "")


def show_protection(cli: Cli, ends: str, seen: str) -> None:
    """A file of the marketplace that was made then shows the end of protection."""
    table = f"Order,Date,Protected until,Seen\n{LAMP},2026-10-03,{ends},{seen}\n"
    cli.ok("import", cli.file("protected.csv", table), "--map", cli.file("protected.toml", PROTECTED))


def enter_protection(cli: Cli, ends: str = ENTERED) -> None:
    bring(cli)
    cli.ok("orders", "set", LAMP, "--protection-ends", ends)


def test_what_was_typed_is_entered_until_it_is_taken_back(cli: Cli) -> None:
    enter_protection(cli)
    assert protection(cli) == (ENTERED, "entered")
    cli.ok("orders", "set", LAMP, "--protection-ends", "none")
    assert protection(cli) == ("", "")


@pytest.mark.parametrize("seen", [EARLIER, LATER])
def test_what_a_file_shows_too_is_given(cli: Cli, seen: str) -> None:
    enter_protection(cli)
    show_protection(cli, ENTERED, seen)
    assert protection(cli) == (ENTERED, "given")


def test_of_two_ends_the_one_that_counts_tells_how_it_is_known(cli: Cli) -> None:
    enter_protection(cli)
    show_protection(cli, "2026-12-20", EARLIER)
    assert protection(cli) == (ENTERED, "entered")
    show_protection(cli, "2027-01-20", LATER)
    assert protection(cli) == ("2027-01-20", "given")
    enter_protection(cli, "2027-01-25")
    assert protection(cli) == ("2027-01-25", "entered")


def test_a_file_fills_a_gap_with_what_the_marketplace_gave(cli: Cli) -> None:
    bring(cli)
    show_protection(cli, "2026-12-20", EARLIER)
    assert protection(cli) == ("2026-12-20", "given")


def exported(cli: Cli, name: str) -> str:
    cli.ok("export", "orders", "-o", str(cli.home.parent / name))
    return str(cli.home.parent / name)


def test_our_own_file_brings_along_how_it_is_known(cli: Cli) -> None:
    enter_protection(cli)
    ours = exported(cli, "orders.csv")
    cli.ok("orders", "set", LAMP, "--protection-ends", "none")
    assert cli.ok("import", ours).row()["orders_changed"] == "1"
    assert protection(cli) == (ENTERED, "entered")
    show_protection(cli, ENTERED, LATER)
    assert cli.ok("import", ours).row()["orders_changed"] == "0"
    assert protection(cli) == (ENTERED, "given")


def test_our_own_file_from_before_does_not_tell_how_it_is_known(cli: Cli) -> None:
    enter_protection(cli)
    ours = Path(exported(cli, "orders.tsv"))
    rows = [line.split("\t") for line in ours.read_text(encoding="utf-8").splitlines()]
    place = rows[0].index("protection_basis")
    older = cli.file("older.tsv", "\n".join("\t".join(row[:place] + row[place + 1 :]) for row in rows))
    cli.ok("import", older)
    assert protection(cli) == (ENTERED, "entered")
    cli.ok("orders", "set", LAMP, "--protection-ends", "none")
    cli.ok("import", older)
    assert protection(cli) == (ENTERED, "")


def test_a_word_for_it_that_is_not_ours_is_a_mistake(cli: Cli) -> None:
    enter_protection(cli)
    ours = Path(exported(cli, "orders.tsv"))
    changed = ours.read_text(encoding="utf-8").replace("entered", "guessed")
    result = cli.run("import", cli.file("changed.tsv", changed))
    assert result.code == 9
    assert "protection_basis 'guessed' is not given or entered" in result.stderr


# --- lines that a dispute tells of ---


def lines(cli: Cli) -> list[tuple[str, int, str | None]]:
    """Title, quantity and the platform's id of each line."""
    known = cli.ok("orders", "show", LAMP, "--json").json()["order"]["lines"]
    return [(line["title"], line["quantity"], line["platform_id"]) for line in known]


LINE = str(int(LAMP) + 1_000_000)
ORDERED = {
    "the export as CSV": lambda: ("orders.csv", csv_of(row(Qty="3"))),
    "the export as JSON": lambda: ("orders.json", json_of(item(quantity=3))),
}
DISPUTED = {
    "an issue": lambda: issue(product_id=f"1005{LAMP[-6:]}"),
    "an issue that names nothing": issue,
    "a list that names nothing": lambda: refund_list(reverse(2, at(20), aeItemDTO=None)),
    "a list": lambda: refund_list(reverse(2, at(20), aeItemDTO={"itemId": f"1005{LAMP[-6:]}"})),
}


@pytest.mark.parametrize("orders", ORDERED)
@pytest.mark.parametrize("disputes", DISPUTED)
@pytest.mark.parametrize("first", ["the order", "the dispute"])
def test_a_dispute_neither_renames_nor_splits_its_line(
    cli: Cli, orders: str, disputes: str, first: str
) -> None:
    files = [ORDERED[orders](), ("dispute.json", DISPUTED[disputes]())]
    for name, content in files if first == "the order" else reversed(files):
        cli.ok("import", cli.file(name, content))
    assert lines(cli) == [("Desk lamp, brass", 3, LINE)]
    before = cli.kept()
    for name, content in files:
        cli.ok("import", cli.file(f"again-{name}", content))
    assert cli.kept() == before


def test_a_line_of_several_disputes_is_one_line(cli: Cli) -> None:
    told = [
        reverse(4, at(day), reverseOrderLineId=f"62300000001000{day}", aeItemDTO=goods)
        for day, goods in ((10, None), (12, {"itemTitle": "Desk lamp, brass", "itemCount": 2}))
    ]
    cli.ok("import", cli.file("refunds.json", refund_list(*told)))
    assert lines(cli) == [("Desk lamp, brass", 2, LINE)]


def test_a_line_is_known_in_the_very_order_in_which_it_is_told() -> None:
    assert Line._fields[2:] == NewLine._fields
