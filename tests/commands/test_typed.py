"""Text that comes from standard input: whole, clean, and not too much of it."""

import pytest

from tests.cli.harness import Cli
from tests.cli.samples import busy, opened

MESSAGE = ("dispute", "message", "D1", "-")


def test_a_message_may_come_from_standard_input(cli: Cli) -> None:
    opened(cli).ok(*MESSAGE, stdin="Dear buyer,\nplease wait.\n")
    shown = cli.ok("dispute", "show", "D1", "--json").json()["dispute"]
    assert shown["messages"][0]["text"] == "Dear buyer,\nplease wait."


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "the text is empty"),
        (b" \n ", "the text is empty"),
        (b"x" * (64 * 1024 + 1), "longer than 64 KiB"),
        (b"x" * 1024 * 1024, "longer than 64 KiB"),
        (b"yes\ncaf\xe9", ":2: not utf-8 text (byte 7)"),
        (b"a\n\nb\x00", ":3: a NUL character"),
        ("\ud800".encode("utf-8", "surrogatepass"), ":1: not utf-8 text (byte 0)"),
        (b"\xff\xfea", ":1: not utf-16-le text (byte 0)"),
    ],
    ids=["nothing", "blank", "too long", "far too long", "Latin-1", "NUL", "half a character", "half UTF-16"],
)
def test_what_is_no_clean_text_is_not_recorded(cli: Cli, content: bytes, told: str) -> None:
    """From standard input and from a file alike: exit code 9, and the place where there is one."""
    opened(cli)
    file = cli.file("said.txt", content)
    before = cli.kept()
    for name, result in (
        ("standard input", cli.run(*MESSAGE, stdin=content)),
        (file, cli.run("dispute", "message", "D1", "--file", file)),
    ):
        assert result.code == 9
        assert result.stderr.startswith(f"error: {name}")
        assert told in result.stderr
        assert result.stdout == ""
    assert cli.kept() == before


@pytest.mark.parametrize("after", ["", "\n", "\r\n \n"], ids=["", "line end", "blank lines"])
def test_the_longest_text_is_kept_whole(cli: Cli, after: str) -> None:
    text = "ж" * 64 * 1024
    opened(cli).ok(*MESSAGE, stdin=text + after)
    assert cli.ok("dispute", "show", "D1").pairs()["messages.0.text"] == text


@pytest.mark.parametrize(
    "content",
    [
        b"Dear buyer,\n\n  please wait.\n",
        b"Dear buyer,\r\n\r\n  please wait.\r\n\r\n",
        b"\xef\xbb\xbfDear buyer,\n\n  please wait.",
        b"\xff\xfe" + "Dear buyer,\n\n  please wait.\n".encode("utf-16-le"),
    ],
    ids=["Unix", "Windows", "UTF-8 with a mark", "UTF-16"],
)
def test_a_message_may_come_from_a_file(cli: Cli, content: bytes) -> None:
    """The same text is the same message, however the file was saved: the repeat changes nothing."""
    opened(cli).ok("dispute", "message", "D1", "Dear buyer,\n\n  please wait.")
    result = cli.ok("dispute", "message", "D1", "--file", cli.file("said.txt", content))
    assert result.row()["changed"] == "false"


def test_a_file_goes_with_many_orders(cli: Cli) -> None:
    busy(cli)
    file = cli.file("said.txt", "Where is it?\n")
    for words in (("D2", "D3"), ("--where", "state:escalated")):
        rows = cli.ok("dispute", "message", *words, "--from", "buyer", "--file", file).rows()
        assert {row["message"] for row in rows} <= {"buyer: Where is it?", "already recorded: note"}
    rows = cli.ok("dispute", "message", "-", "--file", file, stdin="D4\n").rows()
    assert [row["dispute"] for row in rows] == ["D4"]


@pytest.mark.parametrize(
    "words",
    [
        ("message", "-", "-"),
        ("message", "-", "--file", "-"),
        ("message", "--orders-from", "-", "-"),
        ("message", "--orders-from", "-", "--file", "-"),
        ("cancel", "-", "--reason", "-"),
        ("cancel", "--from", "-", "--reason", "-"),
    ],
    ids=" ".join,
)
def test_standard_input_holds_one_thing(cli: Cli, words: tuple[str, ...]) -> None:
    opened(cli)
    before = cli.kept()
    result = cli.run("dispute", *words, stdin="D1\n")
    assert result.code == 2
    assert "can't both come from standard input" in result.stderr
    assert cli.kept() == before


def test_a_file_that_is_not_there_is_told(cli: Cli) -> None:
    opened(cli)
    result = cli.run("dispute", "message", "D1", "--file", "nowhere.txt")
    assert (result.code, result.stderr) == (9, "error: nowhere.txt: No such file or directory\n")


def test_a_text_beside_a_file_is_taken_for_an_order(cli: Cli) -> None:
    opened(cli)
    before = cli.kept()
    result = cli.run("dispute", "message", "D1", "hello", "--file", cli.file("said.txt", "hello"))
    assert result.code == 3
    assert "'hello'" in result.stderr
    assert cli.kept() == before


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
