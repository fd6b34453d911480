"""How an import runs: what is read, what is written when something is wrong, what it says."""

import json
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

from tests.cli.harness import Cli, command
from tests.cli.samples import KETTLE, LAMP, csv_of, item, json_of, opened, row
from tests.imports.files import at, disputes, paypal, paypal_case, refund_list, reverse

BAD = {**reverse(2, number=KETTLE), "gmtCreate": "yesterday"}


def mixed(cli: Cli, *rows: dict) -> str:
    return cli.file("mixed.json", refund_list(*rows))


# --- nothing is written ---


def test_a_dry_run_says_the_same_and_writes_nothing(cli: Cli) -> None:
    name = cli.file("paypal.json", paypal(paypal_case("UNDER_REVIEW", at(12))))
    planned = cli.ok("import", name, "--dry-run")
    assert planned.stderr.endswith("Dry run: nothing was written.\n")
    assert not cli.ledger.exists()
    done = cli.ok("import", name)
    assert {**planned.row(), "dry_run": "false"} == done.row()
    before = cli.kept()
    moved = cli.file("moved.json", paypal(paypal_case("RESOLVED", at(13), outcome="DENIED")))
    assert cli.ok("import", moved, "--dry-run").row()["disputes_changed"] == "1"
    assert cli.kept() == before


def test_a_dry_run_says_what_it_would_remark(cli: Cli) -> None:
    cli.ok("import", cli.file("one.json", paypal(paypal_case("RESOLVED", at(12), outcome="DENIED"))))
    other = cli.file("two.json", paypal(paypal_case("UNDER_REVIEW", at(13))))
    told = "D1 is rejected here, but the site says 'UNDER_REVIEW'"
    assert told in cli.ok("import", other, "--dry-run").stderr
    assert told in cli.ok("import", other).stderr


def test_one_wrong_row_stops_all_with_its_place(cli: Cli) -> None:
    result = cli.run("import", mixed(cli, reverse(2), BAD))
    assert result.code == 9
    assert "1 mistake; nothing was written" in result.stderr
    assert "mixed.json: item 2" in result.stderr or "reverseOrderLines" in result.stderr
    assert "'yesterday'" in result.stderr
    assert not cli.ledger.exists()


def test_a_dispute_about_nothing_known_is_a_wrong_row(cli: Cli) -> None:
    """A payment in two currencies can't be stored, so what is disputed about it can't be either."""
    orders = csv_of(row(), row(title="Bulb", **{"Product ID": "1", "Price": "EUR 1.00", "Currency": "EUR"}))
    result = cli.run("import", cli.file("orders.csv", orders))
    assert (result.code, cli.ledger.exists()) == (9, False)


def test_one_wrong_file_of_two_stops_both(cli: Cli) -> None:
    good = cli.file("a.json", refund_list(reverse(2)))
    result = cli.run("import", good, cli.file("b.json", "{"))
    assert (result.code, "b.json" in result.stderr, cli.ledger.exists()) == (9, True, False)


def test_every_file_that_can_not_be_read_is_told(cli: Cli) -> None:
    good, notes = cli.file("a.json", refund_list(reverse(2))), cli.file("b.txt", "to do: call the shop")
    result = cli.run("import", good, notes, cli.file("c.json", "{"))
    assert (result.code, cli.ledger.exists()) == (9, False)
    assert "2 mistakes; nothing was written" in result.stderr
    assert "b.txt: not a format dispcli knows; 'dispcli help formats'" in result.stderr
    assert "c.json:1:2: not well-formed JSON" in result.stderr


def test_an_order_can_be_said_of_one_file_only(cli: Cli) -> None:
    files = [cli.file(name, refund_list(reverse(2))) for name in ("a.json", "b.json")]
    result = cli.run("import", *files, "--order", LAMP)
    assert (result.code, cli.ledger.exists()) == (2, False)


# --- keep going ---


def test_what_is_right_is_stored_and_the_rest_is_told(cli: Cli) -> None:
    result = cli.run("import", mixed(cli, BAD, reverse(2)), "--keep-going")
    assert result.code == 7
    assert result.row()["mistakes"] == "1"
    assert "1 mistake; what was right is stored" in result.stderr
    assert disputes(cli, "order") == [(LAMP,)]


def test_a_dry_run_does_not_say_that_anything_is_stored(cli: Cli) -> None:
    result = cli.run("import", mixed(cli, BAD, reverse(2)), "--keep-going", "--dry-run")
    assert result.code == 7
    assert "1 mistake; what is right would be stored" in result.stderr
    assert not cli.ledger.exists()


def test_a_file_that_can_not_be_read_is_left_out(cli: Cli) -> None:
    bad = cli.file("a.json", "{")
    result = cli.run("import", bad, cli.file("b.json", refund_list(reverse(2))), "--keep-going")
    assert (result.code, disputes(cli, "order")) == (7, [(LAMP,)])
    assert [one["mistakes"] for one in result.rows()] == ["1", "0"]


def test_where_nothing_is_right_nothing_was_written(cli: Cli) -> None:
    result = cli.run("import", mixed(cli, BAD), "--keep-going")
    assert (result.code, "nothing was written" in result.stderr) == (9, True)


# --- what is read ---


def test_a_folder_a_pattern_and_standard_input_are_files(cli: Cli) -> None:
    folder = cli.home.parent / "in"
    (folder / "more").mkdir(parents=True)
    (folder / ".kept").mkdir()
    (folder / "1.json").write_text(json_of(item(LAMP)))
    (folder / "more" / "2.json").write_text(refund_list(reverse(2)))
    for hidden in (folder / ".hidden", folder / ".kept" / "3.json"):
        hidden.write_text("no")
    for files in ((str(folder),), (f"{folder}/**/*.json",), (f"{folder}/1.json", "-")):
        result = cli.ok("import", *files, stdin=refund_list(reverse(2)), env={"DISPCLI_LEDGER": ""})
        assert [one["format"] for one in result.rows()] == [
            "aliexpress-shopper-json",
            "aliexpress-refund-list",
        ]
    assert disputes(cli, "order") == [(LAMP,)]


def test_orders_import_is_the_same(cli: Cli) -> None:
    name = cli.file("refunds.json", refund_list(reverse(2)))
    assert cli.ok("orders", "import", name, "--dry-run").stdout == cli.ok("import", name, "--dry-run").stdout


@pytest.mark.parametrize("names", [("nowhere.json",), ("*.nothing",)])
def test_what_is_not_there_is_bad_input(cli: Cli, names: tuple[str, ...]) -> None:
    assert cli.run("import", *names).code == 9
    assert not cli.ledger.exists()


UNREADABLE = "/proc/self/mem"


@pytest.mark.skipif(not Path(UNREADABLE).exists(), reason="a file that opens and can't be read")
@pytest.mark.parametrize(
    "words",
    [
        ("import", UNREADABLE),
        ("batch", UNREADABLE),
        ("orders", "set", "--status", "paid", "--from", UNREADABLE),
        ("dispute", "message", "D1", "--from", "seller", "--file", UNREADABLE),
    ],
    ids=" ".join,
)
def test_an_input_that_can_not_be_read_is_told_as_that(cli: Cli, words: tuple[str, ...]) -> None:
    result = opened(cli).run(*words)
    assert (result.code, result.stdout) == (9, "")
    assert result.stderr.startswith(f"error: {UNREADABLE}: can't be read: ")


def test_what_a_large_pipe_brings_needs_a_temporary_folder(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setattr(tempfile, "_candidate_tempdir_list", lambda: [str(cli.home / "gone")])
    result = cli.run("import", "-", stdin=b"x" * 9_000_000)
    assert (result.code, result.stderr.splitlines()[1]) == (8, "hint: set TMPDIR to one that can")


def test_the_history_tells_the_file_and_its_digest(cli: Cli) -> None:
    name = cli.file("refunds.json", refund_list(reverse(2)))
    cli.ok("import", name)
    digest = subprocess.run(["sha256sum", name], capture_output=True, text=True, check=True).stdout[:12]
    sources = {event["source"] for event in cli.ok("dispute", "history", "D1", "--json").json()["events"]}
    assert sources == {f"import refunds.json {digest}"}


# --- Ctrl-C ---


@pytest.mark.parametrize(
    "after", [0.3, *(pytest.param(seconds, marks=pytest.mark.endurance) for seconds in (0.6, 0.9))]
)
@pytest.mark.parametrize("words", [(), ("--keep-going",)], ids=["atomic", "keep going"])
def test_an_interrupt_leaves_all_or_whole_pieces(cli: Cli, words: tuple[str, ...], after: float) -> None:
    orders = [item(str(8190000000000001 + n)) for n in range(12_000)]
    big = cli.file("big.json", json.dumps(orders))
    done = subprocess.Popen(command("import", big, *words), env=cli.env, stdout=subprocess.DEVNULL)
    time.sleep(after)
    done.send_signal(signal.SIGINT)
    code = done.wait(60)
    assert code in (0, 130, -signal.SIGINT)  # the last: Python itself had not started yet
    known = int(cli.ok("ledger", "info").pairs()["orders"]) if cli.ledger.exists() else 0
    assert known == 12_000 if code == 0 else known < 12_000 if words else known == 0
    assert cli.run("ledger", "check").code == 0
