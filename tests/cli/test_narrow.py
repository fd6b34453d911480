"""Terminals of every width: what is told breaks between words, and in a pipe a line stays one."""

import re

import pytest

from tests.cli.harness import Cli
from tests.cli.samples import DRILL, KETTLE, answered, busy, csv_of, imported, row

WIDTHS = (40, 60, 80, 100, 120)

REFUSED: dict[str, tuple[str, ...]] = {
    "blocked": ("dispute", "cancel", "D2", "--reason", "seller-asked", "--yes"),
    "several": ("dispute", "show", DRILL),
    "unknown option": ("orders", "list", "--disputd"),
    "nobody by that name": ("sellers", "show", "a shop that nobody has ever heard of"),
    "a filter": ("dispute", "list", "--where", "colour:red stat:opened"),
}


def told(text: str) -> list[str]:
    """What is said, a paragraph an item, without its line ends."""
    return re.sub(r"\n {3,}", " ", text).splitlines()


@pytest.mark.parametrize("columns", WIDTHS)
@pytest.mark.parametrize("name", REFUSED)
def test_an_error_breaks_between_words(cli: Cli, name: str, columns: int) -> None:
    busy(cli)
    piped = cli.run(*REFUSED[name])
    shown = cli.run(*REFUSED[name], tty="err", env={"COLUMNS": str(columns), "NO_COLOR": "1"})
    assert piped.code == shown.code != 0
    assert told(shown.stderr) == piped.stderr.splitlines()
    for line in shown.stderr.splitlines():
        assert len(line) <= columns or "dispcli " in line, line


@pytest.mark.parametrize("columns", WIDTHS)
def test_a_question_breaks_between_words(cli: Cli, columns: int) -> None:
    """The terminal is told to be narrower than it is, so that it breaks no line by itself."""
    busy(cli)
    with cli.terminal("dispute", "cancel", "D1", columns=400, env={"COLUMNS": str(columns)}) as terminal:
        terminal.wait_for("own words: ")
        terminal.type("agreement\n")
        terminal.wait_for("[y/N] ")
        terminal.type("n\n")
        assert terminal.finish() == 5
    asked = [line.removesuffix("agreement").removesuffix(" n") for line in terminal.lines]
    assert all(len(line) <= columns for line in asked), terminal.text
    assert "recurring-seller: 2 other disputes" in " ".join(terminal.text.split())


def test_a_command_in_a_hint_is_whole_where_a_line_has_room_for_it(cli: Cli) -> None:
    busy(cli)
    shown = cli.run("dispute", "show", "D99", tty="err", env={"COLUMNS": "30", "NO_COLOR": "1"})
    assert "'dispcli dispute list --all'" in shown.stderr


def test_the_message_to_the_seller_is_not_broken_into_lines(cli: Cli) -> None:
    busy(cli)
    words = ("dispute", "cancel", "D1", "--reason", "agreement", "--yes")
    told = cli.ok(*words, tty="out err", env={"COLUMNS": "40", "NO_COLOR": "1"}).stderr
    assert "For the seller: Hello, I have cancelled my dispute about order 8190000000000001 (Desk" in told


LISTS: dict[str, tuple[str, ...]] = {
    "orders": ("orders", "list"),
    "disputes": ("dispute", "list", "--all"),
    "sellers": ("sellers", "list"),
    "policies": ("policy", "list"),
    "evidence": ("dispute", "evidence", "list", "D1"),
    "history": ("dispute", "history", "D6"),
    "imports": ("import", "--dry-run", "orders.csv"),
    "agenda": ("agenda", "--waiting", "--days", "60"),
    "reasons": ("dispute", "reasons"),
    "filters": ("help", "filters"),
}
EXACT = re.compile(r"\d{16}|D\d|\w+ \d+\.\d\d|dispcli .*|[a-z]+(?:[-_][a-z]+)+")
CUT = re.compile(r"\S*…")
"""Where a title or a name ends of which only the beginning is shown; none of them here has a digit."""


@pytest.mark.parametrize("columns", WIDTHS)
@pytest.mark.parametrize("name", LISTS)
def test_a_list_fits_and_what_is_exact_in_it_is_whole(
    cli: Cli, name: str, columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy(cli)
    cli.ok("dispute", "evidence", "add", "D1", cli.file("a-photograph-of-the-broken-lamp.txt", "broken"))
    cli.file("orders.csv", csv_of(row()))
    monkeypatch.chdir(cli.home.parent)

    def lines(width: int) -> list[str]:
        shown = cli.ok(*LISTS[name], tty="out", env={"COLUMNS": str(width), "NO_COLOR": "1"})
        return shown.stdout.splitlines()

    whole = set(EXACT.findall("\n".join(lines(400))))
    for line in lines(columns):
        assert len(line.rstrip()) <= columns, line
        assert set(EXACT.findall(CUT.sub("", line))) <= whole, line
        assert not any(map(str.isdigit, "".join(CUT.findall(line)))), line


@pytest.mark.parametrize("columns", [28, 44, 60, 80, 120])
def test_commands_of_an_advice_are_in_one_piece(cli: Cli, columns: int) -> None:
    """A shell runs what is pasted up to the line's end."""
    imported(cli).ok("dispute", "open", KETTLE, "--reason", "not-received")
    cli.ok("dispute", "settlement", "D1", "promised", "20")
    found = cli.ok("dispute", "advise", "D1", "--json").json()["advice"]["checks"]
    commands = [one["advice"].partition(": ")[2] for one in found if ": dispcli " in one["advice"]]
    assert len(commands) > 1
    shown = cli.ok("dispute", "advise", "D1", tty=True, env={"COLUMNS": str(columns), "NO_COLOR": "1"}).stdout
    assert [command for command in commands if command not in shown] == []


def test_a_history_keeps_what_was_said_before_the_codes_of_reasons(cli: Cli) -> None:
    answered(cli).ok("dispute", "cancel", "D1", "--reason", "agreement")
    assert "USD 10.00" in cli.screen("dispute", "history", "D1").text


def test_what_a_change_says_is_indented_on_each_line(cli: Cli) -> None:
    note = "asked again, and again, and once more, in as many words as it takes to fill a line"
    shown = answered(cli).screen("dispute", "message", "D1", note, columns=60).text
    said = shown.splitlines()[-2:]
    assert "seller: asked" in said[0]
    assert all(line.startswith("  ") for line in said), shown
