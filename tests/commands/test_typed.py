"""Text that comes from standard input: whole, clean, and not too much of it."""

import pytest

from tests.cli.harness import Cli
from tests.cli.samples import opened

MESSAGE = ("dispute", "message", "D1", "-")


def test_a_message_may_come_from_standard_input(cli: Cli) -> None:
    opened(cli).ok(*MESSAGE, stdin="Dear buyer,\nplease wait.\n")
    shown = cli.ok("dispute", "show", "D1", "--json").json()["dispute"]
    assert shown["messages"][0]["text"] == "Dear buyer,\nplease wait."


@pytest.mark.parametrize(
    ("stdin", "code"),
    [
        (b"", 2),
        (b" \n ", 2),
        (b"x" * (64 * 1024 + 1), 2),
        (b"caf\xe9", 9),
        (b"a\x00b", 9),
        ("\ud800".encode("utf-8", "surrogatepass"), 9),
    ],
    ids=["nothing", "blank", "too long", "Latin-1", "NUL", "half a character"],
)
def test_what_is_no_clean_text_is_not_recorded(cli: Cli, stdin: bytes, code: int) -> None:
    opened(cli)
    before = cli.kept()
    result = cli.run(*MESSAGE, stdin=stdin)
    assert result.code == code
    assert cli.kept() == before


def test_the_longest_text_is_kept_whole(cli: Cli) -> None:
    text = "x" * 64 * 1024
    opened(cli).ok(*MESSAGE, stdin=text)
    assert cli.ok("dispute", "show", "D1").pairs()["messages.0.text"] == text


def test_an_argument_that_is_no_utf8_is_told(cli: Cli) -> None:
    """A shell can hand over bytes that are no text; Python keeps them as lone surrogates."""
    opened(cli)
    before = cli.kept()
    for words in (
        ("dispute", "message", "D1", "caf\udce9"),
        ("dispute", "escalate", "D1", "--note", "caf\udce9"),
        ("dispute", "escalate", "D1", "--actor", "caf\udce9"),
        ("dispute", "settlement", "D1", "promised", "5", "--reference", "caf\udce9"),
        ("orders", "add", "777000111", "--title", "caf\udce9"),
        ("dispute", "show", "caf\udce9"),
        ("orders", "list", "--search", "caf\udce9"),
        ("sellers", "show", "caf\udce9"),
    ):
        result = cli.run(*words)
        assert result.code in (2, 3, 9), (words, result.stderr)
        assert cli.kept() == before, words
