"""`--keep-going`: what can be done is done, chunk by chunk; the rest is reported and kept to be fed again."""

import csv
import json
from pathlib import Path

import pytest

from tests.batch.batches import (
    BAD,
    cancel,
    commits,
    items,
    message,
    messages,
    ndjson,
    states,
    statuses,
    texts,
    told,
)
from tests.cli.harness import Cli
from tests.cli.samples import KETTLE, LAMP, answered, imported, opened

REFUSED = {"op": "keep", "order": "D1"}
OPEN_KETTLE = {"op": "open", "order": KETTLE, "reason": "late"}


def test_what_can_be_done_is_done_and_the_rest_is_told(cli: Cli) -> None:
    answered(cli)
    lines = ndjson(message("a"), REFUSED, message("b", "D9")) + BAD + "\n" + ndjson(message("c"))
    result = cli.run("batch", "--keep-going", stdin=lines)
    assert result.code == 7
    assert statuses(result) == ["changed", "refused", "error", "invalid", "changed"]
    assert texts(cli) == ["a", "c"]
    assert "nothing was written" not in result.stderr


def test_when_all_goes_well_it_ends_well(cli: Cli) -> None:
    answered(cli)
    assert statuses(cli.ok("batch", "--keep-going", stdin=ndjson(*messages(5)))) == ["changed"] * 5


def test_it_commits_in_chunks(cli: Cli) -> None:
    answered(cli)
    count = commits(cli)
    assert cli.run("batch", "--keep-going", stdin=ndjson(*messages(2500), REFUSED)).code == 7
    assert count + 3 <= commits(cli) <= count + 10
    assert len(texts(cli)) == 2500


def test_a_change_finds_what_a_chunk_before_opened(cli: Cli) -> None:
    opened(cli, KETTLE)
    opening = {"op": "open", "order": LAMP, "reason": "late", "platform_id": "5000123"}
    lines = [opening, *messages(1500), message("x", "D2"), message("y", "5000123"), message("z", LAMP)]
    result = cli.ok("batch", "--keep-going", stdin=ndjson(*lines))
    assert told(result, "dispute")[-3:] == ["D2"] * 3


def test_it_writes_the_same_as_all_at_once_when_nothing_fails(cli: Cli) -> None:
    answered(cli)
    lines = ndjson(OPEN_KETTLE, *messages(1500), message("a", KETTLE), cancel())
    whole = items(cli.ok("batch", "--yes", "--dry-run", stdin=lines))
    done = items(cli.ok("batch", "--yes", "--keep-going", stdin=lines))
    assert [{**item, "dry_run": False} for item in whole] == done


DRY = {
    "little": [OPEN_KETTLE, message("a", KETTLE), REFUSED, cancel(), message("b", KETTLE)],
    "a change of what was opened a chunk before": [OPEN_KETTLE, *messages(1500), message("a", KETTLE)],
    "a change of what was cancelled a chunk before": [
        OPEN_KETTLE,
        cancel(),
        *messages(1500, KETTLE),
        {"op": "escalate", "order": "D1"},
    ],
    "the same again a chunk later": [
        message("a"),
        OPEN_KETTLE,
        *messages(1500, KETTLE),
        message("a"),
    ],
    "an id again a chunk later": [
        message("a", operation_id="op-1"),
        OPEN_KETTLE,
        *messages(1500, KETTLE),
        message("a", operation_id="op-1"),
        message("b", operation_id="op-1"),
    ],
}


@pytest.mark.parametrize("case", DRY)
def test_a_dry_run_says_the_same_and_writes_nothing(cli: Cli, case: str) -> None:
    lines = ndjson(*DRY[case])
    answered(cli)
    before = cli.kept()
    tried = cli.run("batch", "--keep-going", "--yes", "--dry-run", stdin=lines)
    assert cli.kept() == before
    done = cli.run("batch", "--keep-going", "--yes", stdin=lines)
    assert [{**item, "dry_run": False} for item in items(tried)] == items(done)
    assert tried.code == done.code
    assert set(told(tried, "dry_run")) == {True}


def test_what_can_not_be_undone_is_refused_without_yes_and_the_rest_is_done(cli: Cli) -> None:
    answered(cli)
    lines = ndjson(message("a"), cancel(), message("b"), {"op": "lapse", "order": "D1"}, OPEN_KETTLE)
    result = cli.run("batch", "--keep-going", stdin=lines)
    assert result.code == 6
    assert told(result, "status", "code", "to") == [
        ("changed", None, "answered"),
        ("refused", "confirmation-needed", "answered"),
        ("changed", None, "answered"),
        ("refused", "confirmation-needed", "answered"),
        ("changed", None, "opened"),
    ]
    assert "--yes" in result.stderr
    assert states(cli) == ["answered", "opened"]
    assert texts(cli) == ["a", "b"]


def failed(cli: Cli, content: str, code: int = 7, *more: str) -> bytes:
    """What `--failed` writes."""
    target = cli.home.parent / "failed"
    assert cli.run("batch", "--keep-going", "--failed", str(target), *more, stdin=content).code == code
    return target.read_bytes()


def test_the_lines_that_failed_are_kept_byte_for_byte(cli: Cli) -> None:
    answered(cli)
    bad = ['{"op":"keep",   "order":"D1"}', BAD, json.dumps(message("\u00fcber", "D9"), ensure_ascii=False)]
    good = ndjson(*messages(3)).splitlines()
    lines = [good[0], bad[0], good[1], "", bad[1], bad[2], good[2]]
    assert failed(cli, "\n".join(lines)).decode().splitlines() == bad


def test_failed_rows_of_a_table_keep_its_header_and_their_lines(cli: Cli) -> None:
    answered(cli)
    table = (
        'order,op,"text"\n'
        "D1,message,good\n"
        'D9,message,"two\nlines, ""quoted"""\n'
        "D1,message\n"
        "D1,message,good too\n"
        "D1,keep,\n"
    )
    assert failed(cli, table).decode() == (
        'order,op,"text"\nD9,message,"two\nlines, ""quoted"""\nD1,message\nD1,keep,\n'
    )


def test_what_failed_can_be_fixed_and_fed_again(cli: Cli) -> None:
    answered(cli)
    lines = ndjson(message("a"), message("b", KETTLE), message("c"), message("d", KETTLE))
    left = failed(cli, lines)
    cli.ok("dispute", "open", KETTLE, "--reason", "late")
    assert statuses(cli.ok("batch", stdin=left)) == ["changed", "changed"]
    assert sorted(texts(cli)) == ["a", "b", "c", "d"]


def test_what_failed_of_a_table_can_be_fixed_and_fed_again(cli: Cli) -> None:
    answered(cli)
    left = failed(cli, f'op,order,text\r\nmessage,D1,a\r\nmessage,{KETTLE},"b\r\nc"\r\n')
    cli.ok("dispute", "open", KETTLE, "--reason", "late")
    assert statuses(cli.ok("batch", stdin=left)) == ["changed"]
    assert [text.replace("\r", "") for text in texts(cli)] == ["a", "b\nc"]


def test_what_was_not_confirmed_is_kept_too(cli: Cli) -> None:
    answered(cli)
    left = failed(cli, ndjson(message("a"), cancel()), 6)
    assert told(cli.ok("batch", "--yes", stdin=left), "to") == ["cancelled"]


def test_a_failed_file_of_utf_16_can_be_fed_again(cli: Cli) -> None:
    answered(cli)
    target = cli.home.parent / "failed"
    content = ndjson(message("a"), message("\u00fcber", KETTLE)).encode("utf-16")
    assert cli.run("batch", "--keep-going", "--failed", str(target), stdin=content).code == 7
    cli.ok("dispute", "open", KETTLE, "--reason", "late")
    cli.ok("batch", str(target))
    assert texts(cli) == ["a", "\u00fcber"]


def test_the_failed_file_is_never_one_that_is_there(cli: Cli) -> None:
    """It may be the input, the ledger, or what failed the last time."""
    answered(cli)
    name = cli.file("steps.ndjson", ndjson(message("a"), REFUSED, message("b")))
    before = cli.kept()
    for there in (name, str(cli.ledger), str(cli.home)):
        result = cli.run("batch", "--keep-going", name, "--failed", there)
        assert result.code == 2
        assert "is there already" in result.stderr
    assert cli.kept() == before
    assert Path(name).read_text(encoding="utf-8") == ndjson(message("a"), REFUSED, message("b"))


def test_a_failed_file_is_empty_when_nothing_failed(cli: Cli) -> None:
    answered(cli)
    assert failed(cli, ndjson(message("a")), 0) == b""


def test_a_file_of_what_failed_stands_alone_in_its_folder(cli: Cli) -> None:
    answered(cli)
    failed(cli, ndjson(REFUSED))
    assert {path.name for path in cli.home.parent.iterdir()} == {"home", "shopper.csv", "failed"}


def test_of_a_line_that_is_too_long_its_beginning_is_not_taken_for_it(cli: Cli) -> None:
    """A line that is not kept can't be fed again; the report still says which it was."""
    answered(cli)
    long = json.dumps(message("x" * 1_100_000))
    target = cli.home.parent / "failed"
    lines = f"{ndjson(message('a'))}{long}\n{ndjson(REFUSED)}"
    result = cli.run("batch", "--keep-going", "--failed", str(target), stdin=lines)
    assert told(result, "line", "status") == [(1, "changed"), (2, "invalid"), (3, "refused")]
    assert target.read_text() == ndjson(REFUSED)
    assert "warning: --failed can't keep lines that are too long: 2\n" in result.stderr


def test_of_many_lines_that_are_too_long_the_first_are_told(cli: Cli) -> None:
    answered(cli)
    target = cli.home.parent / "failed"
    lines = ndjson(message("a")) + f"{'x' * 1_100_000}\n" * 7
    result = cli.run("batch", "--failed", str(target), stdin=lines)
    assert "--failed can't keep lines that are too long: 2, 3, 4, 5, 6 and 2 more\n" in result.stderr
    assert target.read_bytes() == b""


def test_a_table_with_rows_for_every_fate(cli: Cli) -> None:
    imported(cli)
    rows = [
        ("op", "order", "reason", "text"),
        ("open", LAMP, "late", ""),
        ("open", KETTLE, "because", ""),
        ("message", LAMP, "", "hello; there"),
        ("message", LAMP, "", ""),
    ]
    path = cli.home.parent / "steps.csv"
    with path.open("w", newline="") as file:
        csv.writer(file).writerows(rows)
    result = cli.run("batch", "--keep-going", str(path))
    assert told(result, "line", "status") == [
        (2, "changed"),
        (3, "invalid"),
        (4, "changed"),
        (5, "invalid"),
    ]
    assert texts(cli) == ["hello; there"]


def test_an_id_makes_the_whole_batch_safe_to_feed_again(cli: Cli) -> None:
    answered(cli)
    lines = ndjson(
        message("a", operation_id="op-1"),
        REFUSED,
        {**OPEN_KETTLE, "operation_id": "op-2"},
        message("b", operation_id="op-3"),
    )
    assert statuses(cli.run("batch", "--keep-going", stdin=lines)) == [
        "changed",
        "refused",
        "changed",
        "changed",
    ]
    before = cli.kept()
    assert statuses(cli.run("batch", "--keep-going", stdin=lines)) == [
        "unchanged",
        "refused",
        "unchanged",
        "unchanged",
    ]
    assert cli.kept() == before
