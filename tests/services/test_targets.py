"""What ORDER means: exactly one thing, or an error that lists what it could be."""

import pytest

from tests.cli.harness import Cli
from tests.cli.samples import DRILL, KETTLE, LAMP, imported, item, json_of, opened

LINE_ID = str(int(LAMP) + 1_000_000)


def shown(cli: Cli, *words: str) -> str:
    return cli.ok("dispute", "show", *words).pairs()["dispute"]


@pytest.fixture
def known(cli: Cli) -> Cli:
    """An order with a line id, and a dispute with a platform's id."""
    cli.ok("import", cli.file("shopper.json", json_of(item())))
    cli.ok("dispute", "open", LAMP, "--reason", "late", "--platform-id", "7000000000000042")
    return cli


@pytest.mark.parametrize(
    "word", [LAMP, f"aliexpress:{LAMP}", f"AliExpress:{LAMP}", "D1", "d1", "D01", LINE_ID]
)
def test_a_dispute_has_many_names(known: Cli, word: str) -> None:
    assert shown(known, word) == "D1"


def test_a_dispute_is_known_by_the_platforms_id(known: Cli) -> None:
    assert shown(known, "7000000000000042") == "D1"


@pytest.mark.parametrize(
    "word",
    [
        "",
        " ",
        "D",
        "D0",
        "D2",
        "D99999999999999999999",
        "0",
        LAMP[:-1],
        f"paypal:{LAMP}",
        ":",
        "aliexpress:",
        "D1 ",
        "%",
        "_" * 16,
        "D١",
    ],
)
def test_what_is_not_known_is_not_found(known: Cli, word: str) -> None:
    result = known.run("dispute", "show", word)
    assert result.code in (2, 3)
    assert result.stdout == ""


def two_markets(cli: Cli) -> Cli:
    """The same number on two marketplaces, a dispute about each."""
    imported(cli).ok("orders", "add", LAMP, "--marketplace", "temu", "--title", "Lamp", "--price", "USD 9")
    cli.ok("dispute", "open", f"temu:{LAMP}", "--reason", "late")
    cli.ok("dispute", "open", f"aliexpress:{LAMP}", "--reason", "damaged")
    return cli


def test_a_number_of_two_marketplaces_needs_the_marketplace(cli: Cli) -> None:
    two_markets(cli)
    for words in (("dispute", "show", LAMP), ("orders", "show", LAMP), ("dispute", "escalate", LAMP)):
        result = cli.run(*words)
        assert result.code == 3
        assert f"aliexpress:{LAMP}" in result.stderr
        assert f"temu:{LAMP}" in result.stderr
    assert shown(cli, f"temu:{LAMP}") == "D1"
    assert shown(cli, f"aliexpress:{LAMP}") == "D2"


def two_lines(cli: Cli) -> Cli:
    opened(cli, DRILL, "--line", "1").ok("dispute", "open", DRILL, "--line", "2", "--reason", "late")
    return cli


def test_several_open_disputes_are_listed_and_none_is_guessed(cli: Cli) -> None:
    two_lines(cli)
    error = cli.run("dispute", "escalate", DRILL, "--json").error()
    assert error["code"] == "ambiguous"
    assert "D1 (opened), D2 (opened)" in error["message"]
    assert "--line" in error["hint"]


@pytest.mark.parametrize(("line", "name"), [("1", "D1"), ("2", "D2")])
def test_a_line_narrows(cli: Cli, line: str, name: str) -> None:
    assert shown(two_lines(cli), DRILL, "--line", line) == name


def test_a_line_that_is_not_there_is_told(cli: Cli) -> None:
    two_lines(cli)
    result = cli.run("dispute", "show", DRILL, "--line", "3")
    assert result.code == 3
    assert "2 lines" in result.stderr
    assert cli.run("dispute", "show", DRILL, "--line", "0").code == 2
    assert cli.run("dispute", "show", DRILL, "--whole-order").code == 3
    assert cli.run("dispute", "show", DRILL, "--whole-order", "--line", "1").code == 2


def test_the_whole_order_excludes_its_lines_and_the_other_way_round(cli: Cli) -> None:
    imported(cli).ok("dispute", "open", DRILL, "--whole-order", "--reason", "late")
    assert shown(cli, DRILL, "--whole-order") == "D1"
    assert cli.run("dispute", "open", DRILL, "--line", "1", "--reason", "late").code == 4
    cli.ok("dispute", "lapse", "D1", "--yes")
    cli.ok("dispute", "open", DRILL, "--line", "1", "--reason", "late")
    assert cli.run("dispute", "open", DRILL, "--whole-order", "--reason", "late").code == 4


def test_the_open_dispute_is_meant_where_another_is_closed(cli: Cli) -> None:
    opened(cli).ok("dispute", "lapse", "D1", "--yes")
    cli.ok("dispute", "open", LAMP, "--reason", "damaged")
    assert shown(cli, LAMP) == "D2"


def test_two_closed_ones_are_not_guessed_either(cli: Cli) -> None:
    opened(cli).ok("dispute", "lapse", "D1", "--yes")
    cli.ok("dispute", "open", LAMP, "--reason", "damaged")
    cli.ok("dispute", "lapse", "D2", "--yes")
    assert "D1 (resolved), D2 (resolved)" in cli.run("dispute", "show", LAMP).stderr


def test_a_part_of_a_number_is_for_people_only(cli: Cli) -> None:
    opened(cli)
    for tty, code in ((True, 0), (False, 3), ("out err", 3), ("in out", 3)):
        assert cli.run("dispute", "show", LAMP[-4:], tty=tty).code == code
    assert cli.run("dispute", "show", LAMP[-4:], "--no-input", tty=True).code == 3
    assert cli.run("dispute", "show", LAMP[-3:], tty=True).code == 3, "four characters at least"


def test_a_part_of_several_numbers_lists_them(cli: Cli) -> None:
    opened(cli)
    result = cli.run("orders", "show", LAMP[:8], tty=True)
    assert result.code == 3
    assert LAMP in result.stderr
    assert KETTLE in result.stderr


@pytest.mark.parametrize("word", ["____", "%%%%", "*" * 4, "8190_", "8190%"])
def test_a_part_is_text_and_no_pattern(cli: Cli, word: str) -> None:
    opened(cli)
    result = cli.run("orders", "show", word, tty=True)
    assert result.code == 3
    assert "no order or dispute is known" in result.stderr


def test_an_order_without_a_dispute_says_how_to_open_one(cli: Cli) -> None:
    result = imported(cli).run("dispute", "show", LAMP)
    assert result.code == 3
    assert f"dispcli dispute open {LAMP}" in result.stderr


def test_a_seller_is_known_by_store_id_name_or_part(cli: Cli) -> None:
    imported(cli)
    for word in ("1100000002", "Kitchen House", "kitchen"):
        assert cli.ok("sellers", "show", word).pairs()["seller"] == "Kitchen House"
    several = cli.run("sellers", "show", "n")
    assert several.code == 3
    assert "Kitchen House" in several.stderr
