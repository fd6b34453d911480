"""Capital and small letters are the same in every alphabet, wherever a list looks for a text."""

import pytest

from dispcli.ledger.folding import folded
from tests.cli.harness import Cli

# What stands in the ledger, and what is looked for.
ALIKE = {
    "Cyrillic": ("ЛАМПА", "лампа"),
    "French": ("été", "ÉTÉ"),
    "Greek, with a last sigma": ("ΟΔΟΣ", "οδος"),
    "German": ("STRASSE", "straße"),
    "a letter in two characters": ("cafe\N{COMBINING ACUTE ACCENT}", "CAFÉ"),
    "Armenian": ("ՍԵՂԱՆ", "սեղան"),
    "both alphabets": ("Lamp ΛΑΜΠΑ", "lamp λαμπα"),
}


@pytest.mark.parametrize("case", ALIKE)
def test_folded_they_are_the_same_but_for_capitals_of_ascii(case: str) -> None:
    there, asked = ALIKE[case]
    assert folded(there).lower() == folded(asked).lower()


@pytest.mark.parametrize("text", ["", "LAMP", "100% _\\", None])
def test_ascii_is_left_to_like(text: str | None) -> None:
    assert folded(text) is text


@pytest.fixture
def shop(cli: Cli) -> Cli:
    """An order and its dispute for each case: what is alike stands in the seller, the title and a message."""
    for number, (there, _) in enumerate(ALIKE.values()):
        order = f"81900000000001{number:02}"
        cli.ok("orders", "add", order, "--title", f"one {there} more", "--seller", there, "--total", "USD 5")
        cli.ok("dispute", "open", order, "--reason", "late", "--note", "opened")
        cli.ok("dispute", "message", order, f"why {there}?")
    return cli


def test_every_list_finds_it_in_every_place(shop: Cli) -> None:
    for number, (there, asked) in enumerate(ALIKE.values()):
        found = {f"81900000000001{number:02}"}
        for text in (there, asked):
            for words in (
                ("orders", "list", "--search", text),
                ("orders", "list", "--seller", text),
                ("orders", "list", "--where", f'title:~"{text}" seller:"{text}"'),
                ("dispute", "list", "--search", text),
                ("dispute", "list", "--where", f'message:~"{text}" seller:~"{text}" title:~"{text}"'),
                ("export", "orders", "--where", f'seller:"{text}"'),
            ):
                assert {row["order"] for row in shop.ok(*words).rows()} == found, words
            assert len(shop.ok("sellers", "list", "--search", text).rows()) == 1
            assert shop.ok("sellers", "show", text).pairs()["recent_orders.0.order"] in found


@pytest.mark.parametrize(
    "words",
    [
        ("orders", "list", "--search"),
        ("orders", "list", "--seller"),
        ("dispute", "list", "--search"),
        ("dispute", "list", "--seller"),
        ("sellers", "list", "--search"),
        ("sellers", "show"),
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("letter", ["x", "é"])
def test_what_is_too_long_for_any_text_is_wrong_usage(shop: Cli, letter: str, words: tuple[str, ...]) -> None:
    result = shop.run(*words, letter * 1001)
    assert result.code == 2
    assert "longer than 1000 characters" in result.stderr
    assert shop.run(*words, letter * 1000).code in (0, 3)


def test_a_filter_whose_text_is_too_long_names_the_column(shop: Cli) -> None:
    result = shop.run("orders", "list", "--where", f"is:disputed title:~{'x' * 1001}")
    assert result.code == 2
    assert "column 20: a text longer than 1000 characters" in result.stderr
