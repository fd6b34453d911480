"""What a person sees, at 80 and at 160 columns, on a real pty, kept as text in `screens/`.

After a wanted change: `GOLDEN_UPDATE=1 pytest tests/cli/test_golden_screens.py`, then look at the
difference with your own eyes before you commit it.
"""

import os
import re
from pathlib import Path

import pytest

from tests.cli.harness import Cli, Terminal
from tests.cli.samples import DRILL, LAMP, busy, watched

KEPT = Path(__file__).parent / "screens"
COLUMNS = (80, 160)
SCREENS: dict[str, tuple[str, ...]] = {
    "agenda": ("agenda", "--days", "30", "--waiting"),
    "orders-list": ("orders", "list"),
    "orders-show": ("orders", "show", DRILL),
    "dispute-list": ("dispute", "list", "--all"),
    "dispute-show": ("dispute", "show", "D1"),
    "dispute-show-agreed": ("dispute", "show", "D4"),
    "dispute-show-cancelled": ("dispute", "show", "D6"),
    "dispute-advise": ("dispute", "advise", "D2"),
    "dispute-history": ("dispute", "history", "D6"),
    "dispute-reasons": ("dispute", "reasons"),
    "dispute-messages": ("dispute", "messages", "D1"),
    "dispute-draft": ("dispute", "draft", "D4", "summary"),
    "sellers-list": ("sellers", "list"),
    "sellers-show": ("sellers", "show", "Bright Things Store"),
    "policy-list": ("policy", "list"),
    "policy-show": ("policy", "show"),
    "policy-show-sources": ("policy", "show", "ebay", "--sources"),
    "help": ("--help",),
    "help-dispute": ("dispute", "--help"),
    "help-cancel": ("dispute", "cancel", "--help"),
    "help-exit-codes": ("help", "exit-codes"),
    "help-batch": ("help", "batch"),
    "help-filters": ("help", "filters"),
    "help-states": ("help", "states"),
    "escalate": ("dispute", "escalate", "D1", "--dry-run"),
}


@pytest.fixture(autouse=True)
def _recorded_by_ada(cli: Cli) -> None:
    cli.env["DISPCLI_ACTOR"] = "ada"


def keep(name: str, screen: Terminal, cli: Cli) -> None:
    """Compare the screen with the one that was kept, or keep it."""
    text = screen.text.replace(str(cli.home), "HOME")
    path = KEPT / f"{name}-{screen.columns}.txt"
    if os.environ.get("GOLDEN_UPDATE") == "1":
        path.write_text(text)
    assert text == path.read_text(), f"if this is wanted: GOLDEN_UPDATE=1, then read {path.name}"


@pytest.mark.parametrize("columns", COLUMNS)
@pytest.mark.parametrize("name", SCREENS)
def test_the_screen_is_as_it_was(cli: Cli, name: str, columns: int) -> None:
    screen = busy(cli).screen(*SCREENS[name], columns=columns)
    assert screen.code == 0
    keep(name, screen, cli)


WATCHED: dict[str, tuple[str, ...]] = {
    "orders-list-late": ("orders", "list", "--late", "--protection-ends-within", "2w"),
    "sellers-list-late": ("sellers", "list", "--sort", "late"),
    "dispute-advise-reseller": ("dispute", "advise", "D1", "--reason", "agreement"),
    "dispute-advise-fine": ("dispute", "advise", "D1", "--reason", "received-ok"),
    "dispute-advise-wait": ("dispute", "advise", "D2"),
    "sellers-show-rated": ("sellers", "show", "Bright Things Store"),
}


@pytest.mark.parametrize("columns", COLUMNS)
@pytest.mark.parametrize("name", WATCHED)
def test_the_screen_of_what_is_watched_is_as_it_was(cli: Cli, name: str, columns: int) -> None:
    screen = watched(cli).screen(*WATCHED[name], columns=columns)
    assert screen.code == 0
    keep(name, screen, cli)


@pytest.mark.parametrize("columns", COLUMNS)
def test_the_question_is_as_it_was(cli: Cli, columns: int) -> None:
    busy(cli)
    words = ("dispute", "cancel", "D1", "--reason", "agreement")
    with cli.terminal(*words, columns=columns) as terminal:
        terminal.wait_for("[y/N] ")
        terminal.type("y\n")
        terminal.finish()
    keep("cancel", terminal, cli)


@pytest.mark.parametrize("columns", COLUMNS)
def test_the_question_about_several_is_as_it_was(cli: Cli, columns: int) -> None:
    busy(cli)
    words = ("dispute", "cancel", "D1", "D4", "--reason", "keep-item")
    cli.ok("dispute", "escalate", "D4")
    cli.ok("dispute", "settlement", "D4", "received", "9.00")
    with cli.terminal(*words, columns=columns) as terminal:
        terminal.wait_for("type 2: ")
        terminal.type("2\n")
        terminal.finish()
    keep("cancel-several", terminal, cli)


@pytest.mark.parametrize("columns", COLUMNS)
def test_the_list_of_reasons_is_as_it_was(cli: Cli, columns: int) -> None:
    busy(cli)
    with cli.terminal("dispute", "cancel", "D1", columns=columns) as terminal:
        terminal.wait_for("or your own words: ")
        terminal.type("\n")
        terminal.finish()
    keep("cancel-reason", terminal, cli)


@pytest.mark.parametrize("columns", COLUMNS)
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("error-blocked", ("dispute", "cancel", "D2", "--reason", "seller-asked")),
        ("error-not-found", ("dispute", "show", "D99")),
        ("error-ambiguous", ("dispute", "show", DRILL)),
    ],
)
def test_an_error_is_as_it_was(cli: Cli, name: str, words: tuple[str, ...], columns: int) -> None:
    screen = busy(cli).screen(*words, columns=columns)
    assert screen.code in (3, 4)
    keep(name, screen, cli)


def kept_screens() -> list[Path]:
    return sorted(KEPT.glob("*.txt"))


@pytest.mark.skipif(os.environ.get("GOLDEN_UPDATE") == "1", reason="the screens are being written")
def test_no_kept_screen_is_left_over() -> None:
    others = {
        "cancel",
        "cancel-several",
        "cancel-reason",
        "error-blocked",
        "error-not-found",
        "error-ambiguous",
    }
    wanted = {f"{name}-{columns}.txt" for name in {*SCREENS, *WATCHED, *others} for columns in COLUMNS}
    assert {path.name for path in kept_screens()} == wanted


@pytest.mark.parametrize("columns", [60, 80, 100, 160])
@pytest.mark.parametrize("words", [("orders", "list"), ("dispute", "list", "--all")], ids=" ".join)
def test_ids_and_amounts_are_never_cut(cli: Cli, words: tuple[str, ...], columns: int) -> None:
    busy(cli)
    numbers = {row["order"] for row in cli.ok(*words).rows()}
    amounts = {f"{row['currency']} {row.get('total') or row.get('amount')}" for row in cli.ok(*words).rows()}
    disputes = {"D1", "D2", "D3", "D4", "D5", "D6"}
    text = cli.screen(*words, columns=columns, env={"NO_COLOR": "1"}).text
    for exact in (*numbers, *amounts, *disputes):
        assert re.search(rf"(^|\s){re.escape(exact)}(\s|$)", text, re.MULTILINE), exact


FREE = ("dispute-draft", *(name for name in SCREENS if name.startswith("help")))
"""A text to be copied is not broken into lines, and help can be longer."""


@pytest.mark.parametrize("columns", [30, 40, 60])
def test_however_narrow_a_list_tells_what_its_rows_are_about(cli: Cli, columns: int) -> None:
    screen = busy(cli).screen("sellers", "list", columns=columns)
    assert screen.lines[0].startswith("SELLER")
    assert [line for line in screen.lines if line.startswith("Kitchen")]


@pytest.mark.parametrize("name", [name for name in SCREENS if name not in FREE])
def test_no_line_is_wider_than_the_terminal(cli: Cli, name: str) -> None:
    """The width is told by COLUMNS and the terminal is wider, so that nothing wraps by itself."""
    busy(cli)
    screen = cli.screen(*SCREENS[name], columns=400, env={"COLUMNS": "80"})
    for line in screen.lines:
        assert len(line) <= 80 or re.fullmatch(r"\s*https://\S+", line), line


def test_a_long_address_stays_in_one_piece(cli: Cli) -> None:
    busy(cli)
    screen = cli.screen("dispute", "show", "D1", columns=400, env={"COLUMNS": "40"})
    assert any(line.strip().endswith(f"orderId={LAMP}") for line in screen.lines)
