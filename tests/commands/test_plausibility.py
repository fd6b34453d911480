"""What is unlikely is recorded with a warning; what one command tells must not contradict itself."""

import pytest

from tests.batch.batches import items, ndjson
from tests.cli.harness import Cli
from tests.cli.samples import LAMP, SHOES, imported, opened

NUMBER = "777000111"


def test_amounts_too_high_to_be_likely_are_recorded_with_a_warning(cli: Cli) -> None:
    """The lamp cost USD 25."""
    imported(cli)
    steps = {
        ("open", LAMP, "--reason", "late", "--amount", "30"): "above-total",
        ("revise", "D1", "--amount", "250"): "above-total",
        ("revise", "D1", "--amount", "20"): None,
        ("answer", "D1", "--offer", "200"): "above-claim",
        ("answer", "D1", "--offer", "20"): None,
        ("settlement", "D1", "promised", "200"): "above-owed",
        ("settlement", "D1", "received", "25"): None,
        ("settlement", "D1", "received", "25", "--reference", "R2"): "above-owed",
    }
    for words, code in steps.items():
        done = cli.ok("dispute", *words, "-o", "tsv")
        assert done.row()["changed"] == "true"
        assert done.row()["findings"] == (code or "")
        assert (f"[{code}]" in done.stderr) if code else done.stderr == ""


def test_a_day_before_the_order_was_placed_is_recorded_with_a_warning(cli: Cli) -> None:
    opened(cli, LAMP, "--at", "2026-10-02")
    done = cli.ok("dispute", "message", "D1", "Soon.", "--from", "seller", "--at", "2026-09-30")
    assert "2026-09-30 is before the order was placed: 2026-10-02 [before-order]" in done.stderr


def test_a_date_that_is_over_is_recorded_with_a_warning(cli: Cli) -> None:
    opened(cli)
    done = cli.ok("dispute", "set", "D1", "--due", "2026-11-12", "--by", "seller")
    assert done.stderr == "warning: D1: the seller must act by 2026-11-12, which is over already [due-over]\n"
    assert done.row()["findings"] == "due-over"
    assert cli.ok("dispute", "show", "D1", "--json").json()["dispute"]["deadline"]["at"] == "2026-11-12"
    assert cli.ok("dispute", "set", "D1", "--due", "today").stderr == ""
    answer = ("dispute", "answer", "D1", "--refuse", "--due", "2026-11-20")
    assert "[due-over]" in cli.ok(*answer, "--dry-run").stderr
    assert cli.ok(*answer, "--at", "2026-11-15").stderr == "", "it was not over then"


@pytest.mark.parametrize(
    ("known", "at", "doubted"),
    [
        ("2026-12-20", (), True),
        ("2026-12-20T18:00Z", (), True),
        ("2026-11-22", ("--at", "2026-11-21"), True),
        ("2026-11-20", (), False),
        ("2026-11-20", ("--at", "2026-11-20"), False),
        ("2026-11-20T18:00Z", (), False),
    ],
)
def test_a_time_that_has_not_run_out_lapses_with_a_warning(
    cli: Cli, known: str, at: tuple[str, ...], doubted: bool
) -> None:
    opened(cli).ok("dispute", "answer", "D1", "--offer", "5")
    cli.ok("dispute", "set", "D1", "--due", known)
    for more in (("--dry-run",), ()):
        done = cli.ok("dispute", "lapse", "D1", "--yes", *at, *more, "-o", "tsv")
        assert done.row()["findings"] == ("not-over" if doubted else "")
        assert ("it has not run out [not-over]" in done.stderr) is doubted


def test_who_is_asked_whether_it_lapsed_is_told_that_there_is_time(cli: Cli) -> None:
    opened(cli).ok("dispute", "answer", "D1", "--offer", "5")
    cli.ok("dispute", "set", "D1", "--due", "2026-12-20")
    asked = cli.run("dispute", "lapse", "D1", tty=True, stdin="n\n")
    assert asked.code == 5
    assert "you have time until 2026-12-20" in asked.stderr


def test_a_batch_says_so_in_its_report_and_is_done(cli: Cli) -> None:
    opened(cli, LAMP, "--amount", "25")
    line = {"op": "answer", "order": "D1", "offer": "30"}
    (report,) = items(cli.ok("batch", "-", stdin=ndjson(line)))
    assert (report["status"], report["findings"]) == ("changed", ["above-claim"])


def test_days_that_can_not_be_as_they_are_known_are_set_with_a_warning(cli: Cli) -> None:
    done = imported(cli).ok("orders", "set", LAMP, "--delivered", "2026-10-01")
    assert f"warning: {LAMP}: delivered 2026-10-01 is before placed 2026-10-02" in done.stderr
    assert cli.ok("orders", "show", LAMP).pairs()["delivered"] == "2026-10-01"
    assert cli.ok("orders", "set", SHOES, "--delivered", "2026-11-20").stderr == ""


@pytest.mark.parametrize(
    "words",
    [
        ("set", LAMP, "--shipped", "2026-10-10", "--delivered", "2026-10-09"),
        ("add", NUMBER, "--placed", "2026-10-10", "--promised", "2026-10-09"),
        ("add", NUMBER, "--promised", "yesterday"),
    ],
)
def test_what_contradicts_itself_is_refused(cli: Cli, words: tuple[str, ...]) -> None:
    before = imported(cli).kept()
    result = cli.run("orders", *words)
    assert (result.code, "is before" in result.stderr) == (2, True)
    assert cli.kept() == before
