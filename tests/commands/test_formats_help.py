"""`help formats`: every format there is, and a mapping that works as it stands there."""

import pytest

from dispcli.commands.help.formats import LIMITS, OPTIONS
from dispcli.formats.about import FORMATS
from dispcli.formats.json_text import MAX_VALUE
from dispcli.formats.lines import MAX_LINE
from dispcli.formats.mapped.manual import BESIDES, EXAMPLE
from dispcli.formats.registry import names
from dispcli.formats.values import MAX_FIELD
from dispcli.formats.xlsx.sheet import MAX_COLUMNS, MAX_ROWS
from tests.cli.harness import Cli

CSV = (
    "Order ID,Bought on,Item,Price,Status\n"
    '12-3,10/31/2026,Desk lamp,"1,012.50",Done\n'
    "12-4,11/02/2026,Mug,5.00,Waiting\n"
)


def test_every_format_is_told_and_the_archive() -> None:
    assert tuple(FORMATS) == names()


@pytest.mark.parametrize("tty", [False, True])
def test_every_name_is_shown(cli: Cli, tty: bool) -> None:
    shown = cli.ok("help", "formats", tty=tty, env={"COLUMNS": "120"}).stdout
    assert all(name in shown for name in (*names(), "dispcli-archive"))


def test_programs_get_the_same_facts(cli: Cli) -> None:
    rows = {row["format"]: row for row in cli.ok("help", "formats").rows()}
    assert rows["temu"] == {
        "format": "temu",
        "what": "orders",
        "files": "CSV",
        "source": "Temu orders browser extension",
        "options": "--currency",
    }
    told = cli.ok("help", "formats", "--json").json()["formats"]
    assert [entry["format"] for entry in told] == list(rows)


def test_an_option_that_may_be_needed_is_explained_and_exists(cli: Cli) -> None:
    needed = {option for about in FORMATS.values() for option in about.options}
    assert needed == set(OPTIONS)
    shown = cli.ok("help", "formats", tty=True).stdout
    options = cli.ok("import", "--help").stdout
    assert all(option in shown and option in options for option in needed)


def test_the_mapping_shown_imports_a_table(cli: Cli) -> None:
    shown = cli.ok("help", "formats", tty=True, env={"COLUMNS": "100"}).stdout
    assert all(line in shown for line in EXAMPLE.splitlines())
    words = ("import", cli.file("orders.csv", CSV), "--map", cli.file("ebay.toml", EXAMPLE))
    row = cli.ok(*words).row()
    assert (row["format"], row["rows"], row["orders_new"]) == ("ebay", "2", "2")
    orders = {row["order"]: row for row in cli.ok("orders", "list").rows()}
    first = orders["12-3"]
    assert (first["marketplace"], first["date"], first["total"]) == ("ebay", "2026-10-31", "1012.50")
    assert (first["currency"], first["title"]) == ("USD", "Desk lamp")


def test_a_mapping_and_a_format_are_one_too_many(cli: Cli) -> None:
    mapping = cli.file("ebay.toml", EXAMPLE)
    result = cli.run("import", cli.file("orders.csv", CSV), "--map", mapping, "--format", "amazon")
    assert result.code == 2
    assert "--map and --format" in result.stderr


def test_a_mapping_that_is_wrong_is_told_before_anything_is_read(cli: Cli) -> None:
    result = cli.run("import", "nosuch.csv", "--map", cli.file("bad.toml", 'marketplace = "ebay"\n'))
    assert result.code == 9
    assert "columns.number" in result.stderr


def test_the_help_of_import_points_here(cli: Cli) -> None:
    shown = cli.ok("import", "--help").stdout
    assert "dispcli help formats" in shown
    assert "--map" in shown


def test_everything_else_a_mapping_may_say_is_shown(cli: Cli) -> None:
    shown = cli.ok("help", "formats", tty=True, env={"COLUMNS": "100"}).stdout
    assert all(line in shown for line in BESIDES.splitlines())


def test_the_limits_that_are_told_are_those_that_hold() -> None:
    told = " ".join(LIMITS.values())
    for limit in (
        f"a line of {MAX_LINE >> 20} MiB",
        f"{MAX_COLUMNS} columns",
        f"{MAX_ROWS:,}",
        f"of {MAX_VALUE >> 20} MiB",
        f"a text of {MAX_FIELD >> 10} KiB",
    ):
        assert limit in told
