"""Text from sellers and files steers nothing: no terminal, no table, no spreadsheet."""

import csv
import io
import json
import re
import unicodedata

import pytest

from tests.cli.harness import Cli
from tests.cli.samples import LAMP, csv_of, imported, item, json_of, opened, row

HOSTILE: dict[str, str] = {
    "escape": "red \x1b[31m lamp \x1b[2J\x1b[H",
    "title of the window": "lamp \x1b]0;pwned\x07 end",
    "hyperlink": "lamp \x1b]8;;https://evil.example\x1b\\click\x1b]8;;\x1b\\",
    "C1": "lamp \x9b31m\x9d0;x\x9c end",
    "C0": "lamp \x01\x07\x08\x0b\x0c\x7f end",
    "backspaces": "USD 99\x08\x08USD 1",
    "carriage return": "harmless\rEVIL",
    "bidi override": "lamp \u202eevil\u202c \u2066x\u2069",
    "zero width": "la\u200bmp\u200d\ufeff\u2060 \u00ad",
    "tags": "lamp \U000e0041\U000e0042",
    "closing markup": "lamp [/] [/bold]",
    "link markup": "lamp [link=https://evil.example]x[/link]",
    "colour markup": "[bold red]lamp[/bold red]",
    "emoji code": "lamp :warning: :skull:",
    "tab and newline": "lamp\tone\ntwo",
    "line separators": "lamp\u2028one\u2029two\x85three",
    "formula": "=cmd|' /C calc'!A0",
    "formula with at": "@SUM(1+1)*cmd|' /C calc'!A0",
    "wide": "台灯" * 60,
    "emoji": "lamp 👩‍👩‍👧‍👦💡" * 12,
    "one long word": "x" * 5000,
    "backslashes": "C:\\temp\\new",
    "combining": "z" + "\u0301" * 200,
}
SGR = re.compile(r"\x1b\[[0-9;]*m")
ALLOWED = {"\r", "\n"}


def with_title(cli: Cli, title: str) -> Cli:
    """A disputed order with this title, seller and message."""
    text = json_of(item(title=title, storeName=f"Shop {title}"[:3000], attributes=title))
    cli.ok("import", cli.file("hostile.json", text))
    cli.ok("dispute", "open", LAMP, "--reason", "not-as-described", "--note", title)
    cli.ok("dispute", "message", "D1", "--", f"m {title}")
    return cli


def steering(text: str) -> set[str]:
    """What in the text is neither printable nor Rich's own colour nor a line end."""
    left = SGR.sub("", text)
    return {c for c in left if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") and c not in ALLOWED}


SCREENS = (
    ("orders", "list"),
    ("dispute", "list"),
    ("dispute", "show", "D1"),
    ("dispute", "history", "D1"),
    ("dispute", "advise", "D1"),
    ("agenda", "--waiting"),
    ("agenda", "--waiting", "--ics", "-"),
    ("orders", "show", LAMP),
    ("sellers", "list"),
    ("dispute", "escalate", "D1", "--dry-run"),
    ("orders", "list", "-o", "tsv"),
    ("orders", "list", "-o", "csv", "--raw"),
    ("orders", "list", "-o", "json"),
    ("dispute", "show", "D1", "-o", "tsv"),
)


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_terminal_is_never_steered(cli: Cli, kind: str) -> None:
    with_title(cli, HOSTILE[kind])
    for words in SCREENS:
        result = cli.ok(*words, tty=True)
        separators = {"\t"} if "tsv" in words else set()
        assert steering(result.stdout + result.stderr) <= separators, words


@pytest.mark.parametrize("kind", HOSTILE)
def test_the_question_is_never_steered(cli: Cli, kind: str) -> None:
    with_title(cli, HOSTILE[kind])
    asked = cli.run("dispute", "cancel", "D1", "--reason", "opened-by-mistake", stdin="n\n", tty=True)
    assert asked.code == 5
    assert steering(asked.stderr) == set()


@pytest.mark.parametrize("kind", ["escape", "hyperlink", "C1", "bidi override", "emoji", "combining"])
def test_a_real_terminal_gets_rich_colours_and_nothing_else(cli: Cli, kind: str) -> None:
    with_title(cli, HOSTILE[kind])
    screen = cli.screen("dispute", "show", "D1")
    assert screen.code == 0
    assert steering(screen.raw) == set()


@pytest.mark.parametrize("kind", ["closing markup", "link markup", "colour markup", "emoji code"])
def test_markup_in_data_stays_text(cli: Cli, kind: str) -> None:
    with_title(cli, HOSTILE[kind])
    shown = SGR.sub("", cli.ok("orders", "show", LAMP, tty=True, env={"COLUMNS": "200"}).stdout)
    assert HOSTILE[kind] in shown


@pytest.mark.parametrize("kind", HOSTILE)
def test_tsv_stays_a_line_a_record(cli: Cli, kind: str) -> None:
    with_title(cli, HOSTILE[kind])
    lines = cli.ok("orders", "list").stdout.split("\n")
    assert len(lines) == 3
    assert lines[0].count("\t") == lines[1].count("\t")
    shown = cli.ok("dispute", "show", "D1").stdout
    assert all(line.count("\t") == 1 for line in shown.rstrip("\n").split("\n"))
    assert "\r" not in shown


@pytest.mark.parametrize("kind", HOSTILE)
def test_json_keeps_the_true_text(cli: Cli, kind: str) -> None:
    title = HOSTILE[kind].strip()
    with_title(cli, title)
    for tty in (False, True):
        assert cli.ok("orders", "list", "--json", tty=tty).json()["orders"][0]["title"] == title
    shown = cli.ok("dispute", "show", "D1", "--json").json()["dispute"]
    assert shown["messages"][0]["text"] == f"m {title}"


@pytest.mark.parametrize(
    "start", ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0"], ids=["=", "+", "-", "@", "cmd"]
)
def test_a_spreadsheet_sees_no_formula_unless_raw(cli: Cli, start: str) -> None:
    with_title(cli, start)
    for words, expected in ((("-o", "csv"), f"'{start}"), (("-o", "csv", "--raw"), start)):
        (record,) = csv.DictReader(io.StringIO(cli.ok("orders", "list", *words).stdout))
        assert record["title"] == expected


@pytest.mark.parametrize("start", ["=1+1", "@SUM(A1)", "-2"])
def test_a_formula_in_any_text_is_defused(cli: Cli, start: str) -> None:
    with_title(cli, start)
    cells = [
        cell
        for line in cli.ok("dispute", "history", "D1", "-o", "csv").stdout.splitlines()
        for cell in line.split(",")
    ]
    assert f"'{start}" in cells
    assert start not in cells


@pytest.mark.parametrize("half", ["\ud800", "a\ud83dz"])
def test_half_a_character_is_refused(cli: Cli, half: str) -> None:
    text = json.dumps([item(title=f"lamp {half}")])
    result = cli.run("import", cli.file("half.json", text))
    assert result.code == 9
    assert "half.json" in result.stderr
    assert not cli.ledger.exists()


def test_a_whole_pair_written_as_escapes_is_one_character(cli: Cli) -> None:
    cli.ok("import", cli.file("emoji.json", json.dumps([item(title="lamp 💡")], ensure_ascii=True)))
    assert cli.ok("orders", "list").row()["title"] == "lamp 💡"


@pytest.mark.parametrize("columns", [20, 40, 80, 160])
@pytest.mark.parametrize("kind", ["wide", "emoji", "one long word", "combining"])
def test_wide_text_never_breaks_a_line(cli: Cli, kind: str, columns: int) -> None:
    from rich.cells import cell_len

    with_title(cli, HOSTILE[kind])
    env = {"COLUMNS": str(columns), "NO_COLOR": "1"}
    for words in (("orders", "list"), ("dispute", "list"), ("sellers", "list")):
        for line in cli.ok(*words, tty=True, env=env).stdout.splitlines():
            assert cell_len(line) <= columns, words


@pytest.mark.parametrize("word", ["[/]", "\x1b[31m", ":skull:", "D1\x1b[2J", "\u202eD1"])
def test_hostile_words_in_an_error_are_harmless(cli: Cli, word: str) -> None:
    imported(cli)
    for words in (
        ("dispute", "show", word),
        ("orders", "list", "--fields", word),
        ("orders", "list", "--status", word),
        ("orders", "list", f"--{word}"),
        (word,),
        ("import", word.replace("/", "_")),
        ("dispute", "cancel", "D1", "--reason", word),
    ):
        result = cli.run(*words, tty=True, env={"NO_COLOR": "1"})
        assert result.code in (2, 3, 9), words
        assert steering(result.stderr) == set(), words


def test_a_hostile_file_name_and_status_are_harmless(cli: Cli) -> None:
    name = cli.file("a\x1b[31m.csv", csv_of(row(Status="Lost\x1b[2J")))
    result = cli.ok("import", name, tty=True, env={"NO_COLOR": "1"})
    assert "nobody knows the status" in result.stderr
    assert steering(result.stdout + result.stderr) == set()


def test_a_hostile_address_becomes_no_page(cli: Cli) -> None:
    cli.ok("orders", "add", "77$(id)77", "--title", "Vase", "--marketplace", "paypal")
    assert cli.ok("orders", "show", "77$(id)77").pairs()["site.page"] == ""
    opened(cli)
    assert cli.ok("dispute", "show", "D1").pairs()["page"].endswith(f"orderId={LAMP}")
