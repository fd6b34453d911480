"""The shopper extension's CSV and JSON: what they say, and what both say together."""

import json
import os
from pathlib import Path

import pytest

from tests.cli.harness import Cli
from tests.cli.samples import DRILL, KETTLE, LAMP, SHOPPER, csv_of, item, json_of, row
from tests.formats.reading import Read


def shown(cli: Cli, number: str = LAMP) -> dict[str, str]:
    return cli.ok("orders", "show", number).pairs()


def dated(path: str, instant: float) -> str:
    """The file with another modification time."""
    os.utime(path, (instant, instant))
    return path


def test_a_csv_brings_everything_it_has(cli: Cli) -> None:
    done = cli.ok("import", cli.file("shopper.csv", SHOPPER)).row()
    assert (done["format"], done["rows"], done["orders_new"]) == ("aliexpress-shopper-csv", "6", "5")
    lamp = shown(cli)
    assert (lamp["date"], lamp["status"], lamp["status_raw"]) == ("2026-10-02", "completed", "Completed")
    assert (lamp["total"], lamp["total_currency"]) == ("25.00", "USD")
    assert (lamp["seller"], lamp["store"]) == ("Bright Things Store", "1100000001")
    assert (lamp["lines.0.title"], lamp["lines.0.attributes"]) == ("Desk lamp, brass", "Color: Brass")
    assert lamp["lines.0.platform_id"] == "", "the CSV has no line ids"
    kettle = shown(cli, KETTLE)
    assert (kettle["total"], kettle["total_currency"], kettle["status"]) == ("39.90", "EUR", "shipped")


def test_a_json_brings_line_ids_and_the_true_day(cli: Cli) -> None:
    done = cli.ok("import", cli.file("shopper.json", json_of(item()))).row()
    assert (done["format"], done["rows"]) == ("aliexpress-shopper-json", "1")
    lamp = shown(cli)
    assert lamp["date"] == "2026-10-03", "the printed day, not the ISO one"
    assert lamp["lines.0.platform_id"] == str(int(LAMP) + 1_000_000)


@pytest.mark.parametrize("first", ["csv", "json"])
def test_both_files_say_the_same_in_either_order(cli: Cli, first: str) -> None:
    files = {
        "csv": cli.file("shopper.csv", csv_of(row(), row(KETTLE, "Kettle"))),
        "json": cli.file("shopper.json", json_of(item(), item(KETTLE, "Kettle"))),
    }
    second = "json" if first == "csv" else "csv"
    cli.ok("import", files[first])
    cli.ok("import", files[second])
    for number in (LAMP, KETTLE):
        found = shown(cli, number)
        assert found["date"] == "2026-10-03", "the day of the JSON wins"
        assert found["lines.0.platform_id"] == str(int(number) + 1_000_000)
        assert "lines.1.title" not in found, "one line, not two"
        assert found["total"] == "25.00"


def test_both_files_in_one_run_are_one_import(cli: Cli) -> None:
    text = json_of(item())
    done = cli.ok("import", cli.file("a.csv", csv_of(row())), cli.file("b.json", text)).rows()
    assert [(one["orders_new"], one["orders_changed"]) for one in done] == [("1", "0"), ("0", "1")]
    assert shown(cli)["date"] == "2026-10-03"


@pytest.mark.parametrize("text", [SHOPPER, json_of(item(), item(KETTLE, "Kettle"))], ids=["csv", "json"])
def test_the_same_file_again_changes_nothing(cli: Cli, text: str) -> None:
    name = cli.file("again", text)
    cli.ok("import", name)
    before = cli.kept()
    again = cli.ok("import", name).row()
    assert (again["orders_new"], again["orders_changed"]) == ("0", "0")
    assert cli.kept() == before


def test_a_newer_file_moves_the_order_on_and_an_older_one_does_not_move_it_back(cli: Cli) -> None:
    older = json_of(item(status="Awaiting delivery", timestamp=1795000000000))
    newer = json_of(item(status="Completed", timestamp=1795200000000))
    cli.ok("import", cli.file("older.json", older))
    assert shown(cli)["status"] == "shipped"
    cli.ok("import", cli.file("newer.json", newer))
    assert shown(cli)["status"] == "completed"
    before = cli.kept()
    assert cli.ok("import", cli.file("older.json", older)).row()["orders_same"] == "1"
    assert shown(cli)["status"] == "completed"
    assert cli.kept() == before


def test_an_older_csv_is_known_by_its_modification_time(cli: Cli) -> None:
    cli.ok("import", dated(cli.file("new.csv", csv_of(row())), 1795000000))
    cli.ok("import", dated(cli.file("old.csv", csv_of(row(Status="Awaiting delivery"))), 1790000000))
    assert shown(cli)["status"] == "completed"


def test_several_rows_are_several_lines_of_one_order(cli: Cli) -> None:
    cli.ok("import", cli.file("shopper.csv", SHOPPER))
    drill = shown(cli, DRILL)
    assert (drill["lines.0.title"], drill["lines.1.title"]) == ("Cordless drill", "Drill bits, 24 pieces")
    assert (drill["lines.1.quantity"], drill["total"]) == ("2", "69.00")


def test_a_line_that_appears_later_is_added(cli: Cli) -> None:
    bits = row(title="Shade", **{"Product ID": "100577777"})
    cli.ok("import", cli.file("one.csv", csv_of(row())))
    cli.ok("import", cli.file("two.csv", csv_of(row(), bits)))
    assert shown(cli)["lines.1.title"] == "Shade"
    assert shown(cli)["total"] == "50.00"


def test_a_status_nobody_knows_is_kept_and_reported(cli: Cli) -> None:
    result = cli.ok("import", cli.file("odd.csv", csv_of(row(Status="Flying to Mars"))))
    assert "Flying to Mars" in result.stderr
    assert result.row()["unknown_words"] == "Flying to Mars"
    assert (shown(cli)["status"], shown(cli)["status_raw"]) == ("unknown", "Flying to Mars")


def test_a_dispute_stays_with_its_line_when_the_other_file_comes(cli: Cli) -> None:
    cli.ok("import", cli.file("shopper.csv", csv_of(row())))
    cli.ok("dispute", "open", LAMP, "--reason", "late")
    cli.ok("import", cli.file("shopper.json", json_of(item())))
    line_id = str(int(LAMP) + 1_000_000)
    assert cli.ok("dispute", "show", line_id).pairs()["dispute"] == "D1"


@pytest.mark.parametrize(
    ("price", "currency", "total"),
    [
        ("US $1,234.56", "USD", "1234.56"),
        ("129,46zł", "PLN", "129.46"),
        ("1 234,56 €", "EUR", "1234.56"),
        ("￥4,200", "JPY", "4200"),
        ("R$132,74", "BRL", "132.74"),
    ],
)
def test_prices_are_read_as_shops_print_them(cli: Cli, price: str, currency: str, total: str) -> None:
    cli.ok("import", cli.file("price.csv", csv_of(row(Price=price, Currency=currency))))
    assert (shown(cli)["total"], shown(cli)["total_currency"]) == (total, currency)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"\xef\xbb\xbf" + SHOPPER.encode(), "utf-8 with a mark"),
        (SHOPPER.encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + SHOPPER.encode("utf-16-be"), "utf-16, big end first"),
        (SHOPPER.replace("\n", "\r\n").encode(), "Windows line ends"),
        (b"\xef\xbb\xbf" + json_of(item()).encode(), "JSON with a mark"),
        (json_of(item()).encode("utf-16"), "JSON in utf-16"),
        (json.dumps([item()], ensure_ascii=True).encode(), "JSON in one line"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_every_usual_encoding_is_read(cli: Cli, content: bytes, name: str) -> None:
    cli.ok("import", cli.file("shopper", content))
    assert shown(cli)["total"] == "25.00"


def test_a_field_of_200_kb_is_accepted(cli: Cli) -> None:
    long = "x" * 200_000
    cli.ok("import", cli.file("long.csv", csv_of(row(title=long))))
    assert shown(cli)["lines.0.title"] == long


def test_columns_in_another_order_and_more_of_them_are_fine(cli: Cli) -> None:
    import csv
    import io

    out = io.StringIO()
    told = {**row(), "New column": "new"}
    writer = csv.DictWriter(out, sorted(told))
    writer.writeheader()
    writer.writerow(told)
    cli.ok("import", cli.file("sorted.csv", out.getvalue()))
    assert shown(cli)["total"] == "25.00"


SHARED = Path(__file__).parents[3] / "shared" / "data" / "aliexpress"
REAL = "3065094845459913"


@pytest.mark.parametrize("name", ["shopper_orders.csv", "shopper_orders.json"])
def test_the_main_job_on_a_real_export(cli: Cli, name: str) -> None:
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"{name} is not part of the project; it lies beside it where it was written")
    assert cli.ok("import", str(path)).row()["orders_new"] == "5"
    cli.ok("dispute", "open", REAL, "--reason", "not-as-described", "--amount", "50")
    cli.ok("dispute", "answer", REAL, "--offer", "20")
    assert cli.ok("dispute", "cancel", REAL, "--reason", "agreement").row()["to"] == "cancel_requested"
    assert cli.ok("dispute", "confirm", REAL, "--yes").row()["to"] == "cancelled"
    listed = {entry["order"]: entry["disputes"] for entry in cli.ok("orders", "list").rows()}
    assert listed[REAL] == "D1:cancelled"
    assert cli.ok("ledger", "check").rows() == []
    assert cli.ok("import", str(path)).row()["orders_same"] == "5"


def test_a_real_export_as_csv_and_json_are_the_same_orders(cli: Cli) -> None:
    if not SHARED.exists():
        pytest.skip("the exports are not part of the project; they lie beside it where it was written")
    cli.ok("import", str(SHARED / "shopper_orders.csv"))
    done = cli.ok("import", str(SHARED / "shopper_orders.json")).row()
    assert (done["orders_new"], len(cli.ok("orders", "list").rows())) == ("0", 5)


def test_what_a_person_set_outlives_the_same_file(cli: Cli) -> None:
    path = dated(cli.file("shopper.csv", csv_of(row())), 1_790_000_000)
    cli.ok("import", path)
    cli.ok("orders", "set", LAMP, "--status", "frozen")
    assert cli.ok("import", path).row()["orders_same"] == "1"
    assert shown(cli)["status"] == "frozen"


def test_a_newer_word_nobody_knows_is_kept_beside_the_status(cli: Cli) -> None:
    cli.ok("import", dated(cli.file("old.csv", csv_of(row(Status="Shipped"))), 1_790_000_000))
    cli.ok("import", dated(cli.file("new.csv", csv_of(row(Status="Weird"))), 1_790_100_000))
    assert (shown(cli)["status"], shown(cli)["status_raw"]) == ("shipped", "Weird")


def test_a_price_below_zero_is_refused(cli: Cli) -> None:
    bad = cli.file("bad.csv", csv_of(row(Price="US $-5.00", **{"Price Info": ""})))
    assert cli.run("import", bad).code == 9


def test_days_that_a_spreadsheet_wrote_are_read_in_the_order_that_is_told(cli: Cli) -> None:
    name = cli.file("saved.csv", csv_of(row(**{"Order Date": "02/10/2026"})))
    refused = cli.run("import", name)
    assert refused.code == 9
    assert "--date-order" in refused.stderr
    cli.ok("import", name, "--date-order", "dmy")
    assert shown(cli)["date"] == "2026-10-02"


def test_a_price_may_be_a_number(cli: Cli) -> None:
    cli.ok(
        "import",
        cli.file(
            "a.json", json.dumps([{**json.loads(json_of(item()))[0], "price": 12.5, "priceInfo": None}])
        ),
    )
    assert shown(cli)["lines.0.unit_price"] == "12.50"


def test_a_day_that_only_the_iso_text_tells_is_not_sure() -> None:
    order = Read(json_of(item(orderDate="١٥ يوليو", orderDateIso="2026-10-02"))).order
    assert (order.placed, order.placed_exact) == ("2026-10-02", False)


def test_whether_the_day_is_assumed_is_shown(cli: Cli) -> None:
    cli.ok("import", cli.file("a.csv", csv_of(row())))
    assert shown(cli)["date_assumed"] == "true"
    assert ", assumed" in cli.ok("orders", "show", LAMP, tty=True).stdout
    cli.ok("import", cli.file("b.json", json_of(item())))
    assert shown(cli)["date_assumed"] == "false"
    assert ", assumed" not in cli.ok("orders", "show", LAMP, tty=True).stdout
