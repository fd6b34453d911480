"""`--where` on lists: what it leaves, what it says when it can't be read, and that it stays data."""

import pytest

from tests.cli.harness import Cli
from tests.cli.samples import DRILL, KETTLE, LAMP, MUG, SHOES, busy, imported


def disputes(cli: Cli, where: str, *more: str) -> list[str]:
    return cli.ok("dispute", "list", "--where", where, "-o", "ids", *more).stdout.split()


def orders(cli: Cli, where: str, *more: str) -> list[str]:
    return cli.ok("orders", "list", "--where", where, "-o", "ids", *more).stdout.split()


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ("amount:>20USD", {"D1", "D3"}),
        ("amount:>20USD -state:escalated", {"D1"}),
        ("state:answered,agreed,cancelled", {"D1", "D4", "D6"}),
        ("is:unseen", {"D6"}),
        ("is:closed", {"D6"}),
        ("-seller:~bright", {"D2", "D3", "D4"}),
        ('seller:"bright things store"', {"D1", "D5"}),
        ("seller:1100000002", {"D2"}),
        ("seller:110000000", set()),
        ('title:~"drill bits"', {"D4"}),
        (f"order:{DRILL}", {"D3", "D4"}),
        ("opened:<-3d", {"D2", "D3", "D4", "D5"}),
        ("opened:today", {"D1"}),
        ("-opened:2026-11-18 reason:not-as-described,late", {"D1"}),
        ("dispute:D2,D6", {"D2", "D6"}),
        ("settlement:promised currency:usd", {"D4"}),
        ("remedy:partial_refund", {"D5"}),
        ('message:~"close the DISPUTE"', {"D1"}),
        ("amount:500JPY", {"D5"}),
        ('amount:<="39.90 EUR" -amount:<39.90EUR', {"D2"}),
    ],
)
def test_disputes_a_filter_leaves(cli: Cli, where: str, found: set[str]) -> None:
    assert set(disputes(busy(cli), where)) == found


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ("is:disputed total:>=39.90EUR", {KETTLE}),
        ("is:undisputed", set()),
        ("status:completed placed:<2026-11", {LAMP}),
        ("placed:2026-10", {LAMP, KETTLE}),
        ("placed:>=-21d", {DRILL, SHOES, MUG}),
        ('title:~"DRILL bits"', {DRILL}),
        ("-seller:~store", {KETTLE, DRILL}),
        ("currency:EUR,JPY", {KETTLE, SHOES}),
        ("total:<20USD", {MUG}),
        ("-delivered:>2020", {LAMP, KETTLE, DRILL, SHOES, MUG}),
    ],
)
def test_orders_a_filter_leaves(cli: Cli, where: str, found: set[str]) -> None:
    assert set(orders(busy(cli), where)) == found


def test_a_filter_and_the_other_options_hold_together(cli: Cli) -> None:
    busy(cli)
    assert disputes(cli, "amount:>1USD", "--seller", "tool", "--state", "agreed") == ["D4"]
    assert disputes(cli, "currency:USD", "--all", "--sort", "oldest", "--limit", "2") == ["D3", "D4"]
    assert disputes(cli, "currency:USD", "--all", "--sort", "oldest", "--after", "D4") == ["D6", "D1"]
    assert orders(cli, "total:>1USD", "--since", "2026-11-02", "--disputed") == [MUG]


def test_a_minus_first_is_part_of_the_filter(cli: Cli) -> None:
    busy(cli)
    assert set(disputes(cli, "-state:opened")) == {"D1", "D3", "D4", "D5", "D6"}
    assert cli.ok("dispute", "list", "--where=-state:opened", "-o", "ids").stdout.count("D") == 5


@pytest.mark.parametrize(
    "value",
    ["'", '"', "%", "_", "\\", "'; DROP TABLE disputes; --", "' OR '1'='1", ":title_1", "?", "[red]x[/red]"],
)
@pytest.mark.parametrize("field", ["title:", "title:~", "seller:", "seller:~", "order:"])
def test_a_value_is_only_ever_data(cli: Cli, field: str, value: str) -> None:
    busy(cli)
    kept = cli.kept()
    written = value.replace("\\", "\\\\").replace('"', '\\"')
    assert orders(cli, f'{field}"{written}"') == []
    assert disputes(cli, f'{field}"{written}"') == []
    assert len(orders(cli, f'-{field}"{written}"')) == 5
    assert cli.kept() == kept


def test_every_mistake_is_told_with_its_column(cli: Cli) -> None:
    where = 'stat:opened amount:>20 lamp seller:"X'
    result = imported(cli).run("dispute", "list", "--where", where)
    assert result.code == 2
    assert result.stdout == ""
    first, *further, hint = result.stderr.splitlines()
    assert first.startswith(
        "error: --where: column 1: no such field: 'stat' (did you mean state?); known fields: "
    )
    assert further == [
        "  column 21: which currency? write it as in amount:>20USD",
        "  column 24: 'lamp' is not a term; to look for it: title:~lamp",
        "  column 36: the quote is never closed",
    ]
    assert hint == "hint: see 'dispcli help filters'"


def test_mistakes_as_json(cli: Cli) -> None:
    error = cli.run("orders", "list", "--json", "--where", "status:shiped is:open").error()
    assert error["code"] == "usage"
    assert error["exit_code"] == 2
    assert error["message"].startswith(
        "--where: column 8: status knows no 'shiped' (did you mean shipped?); known"
    )
    assert error["details"] == [
        "column 18: is knows no 'open'; known words: disputed, undisputed, late, arrived"
    ]


@pytest.mark.parametrize("noun", ["orders", "dispute"])
@pytest.mark.parametrize("where", ["", " ", "x\x00", "\x1b[31m:x"])
def test_a_filter_that_is_none_ends_with_2_before_anything_is_read(cli: Cli, noun: str, where: str) -> None:
    result = cli.run(noun, "list", "--where", where)
    assert result.code == 2
    assert "column 1" in result.stderr or "column 2" in result.stderr
    assert "\x1b" not in result.stderr
    assert cli.kept() == {}


@pytest.mark.parametrize(
    ("noun", "where", "told"),
    [
        ("dispute", "state=opened", "column 1: 'state=opened' is not a term (did you mean state:opened?)"),
        ("dispute", "state:open", "column 7: state knows no 'open' (did you mean is:open?); known words: "),
        ("dispute", "total:>5USD", "column 1: no such field: 'total' (did you mean amount?); known fields: "),
        ("orders", "amount:>5USD", "column 1: no such field: 'amount' (did you mean total?); known fields: "),
        (
            "orders",
            "is:disputed seller:Tool Barn",
            "column 25: 'Barn' is not a term; if it belongs to the value before it: "
            'seller:"Tool Barn"; to look for it: title:~Barn',
        ),
    ],
)
def test_what_was_meant_is_told(cli: Cli, noun: str, where: str, told: str) -> None:
    result = cli.run(noun, "list", "--where", where)
    assert result.code == 2
    assert result.stderr.startswith(f"error: --where: {told}")
    assert result.stderr.endswith("\nhint: see 'dispcli help filters'\n")


def test_a_pipe_gets_the_grammar_and_the_quoting(cli: Cli) -> None:
    from dispcli.commands.help.filters import GRAMMAR

    result = cli.call("help", "filters")
    assert result.stderr == ""
    rows = [row for row in result.rows() if row["list"] == "both"]
    assert [(row["example"], row["meaning"]) for row in rows] == list(GRAMMAR)
    assert "single quotes round the whole filter" in rows[-1]["meaning"]
    table = cli.ok("help", "filters", "-o", "table", env={"COLUMNS": "200"}).stdout
    assert all(row["example"] in table and row["meaning"] in table for row in rows), "the same facts"
    busy(cli)
    for row in rows:
        cli.ok("dispute", "list", "--where", row["example"].strip("'"))


def test_the_help_has_every_field_of_both_lists(cli: Cli) -> None:
    from dispcli.core.filter_fields import DISPUTE_FIELDS, ORDER_FIELDS

    rows = [row for row in cli.ok("help", "filters").rows() if row["list"] != "both"]
    assert [row["field"] for row in rows if row["list"] == "disputes"] == list(DISPUTE_FIELDS)
    assert [row["field"] for row in rows if row["list"] == "orders"] == list(ORDER_FIELDS)
    assert {row["operators"] for row in rows} == {":", ": :~", ":~", ": :< :<= :> :>="}
    busy(cli)
    for row in rows:
        noun = row["list"].removesuffix("s") if row["list"] == "disputes" else row["list"]
        cli.ok(noun, "list", "--where", row["example"])
