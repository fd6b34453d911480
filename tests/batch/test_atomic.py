"""All or nothing: one transaction, everything decided before the first write, every mistake told."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.batch.batches import (
    BAD,
    Operation,
    cancel,
    commits,
    items,
    message,
    messages,
    ndjson,
    select,
    states,
    statuses,
    texts,
    told,
)
from tests.cli.harness import Cli, command
from tests.cli.samples import DRILL, KETTLE, LAMP, SHOES, answered, imported, opened

REFUSED = {"op": "keep", "order": "D1"}
MISSING = message("nobody hears this", "D99")
OPEN_KETTLE = {"op": "open", "order": KETTLE, "reason": "late"}

SPOILERS: dict[str, tuple[str, str, int]] = {
    "refused": (json.dumps(REFUSED), "refused", 4),
    "not there": (json.dumps(MISSING), "error", 4),
    "no JSON": (BAD, "invalid", 9),
    "an unknown operation": ('{"op":"forget","order":"D1"}', "invalid", 9),
    "an amount in another currency": ('{"op":"answer","order":"D1","offer":"EUR 5"}', "invalid", 9),
}


@pytest.mark.parametrize("spoiler", SPOILERS)
@pytest.mark.parametrize("place", [0, 5, 10])
def test_one_line_that_fails_stops_all_of_them(cli: Cli, spoiler: str, place: int) -> None:
    line, status, code = SPOILERS[spoiler]
    answered(cli)
    before, count = cli.kept(), commits(cli)
    lines = ndjson(OPEN_KETTLE, *messages(9)).splitlines()
    lines.insert(place, line)
    result = cli.run("batch", stdin="\n".join(lines))
    assert result.code == code
    assert statuses(result) == ["not_applied"] * place + [status] + ["not_applied"] * (10 - place)
    assert told(result, "line") == list(range(1, 12))
    assert "nothing was written" in result.stderr
    assert f"standard input:{place + 1}:" in result.stderr
    assert (cli.kept(), commits(cli)) == (before, count)


@pytest.mark.parametrize("spoiler", SPOILERS)
def test_one_line_that_fails_after_a_thousand_stops_all_of_them(cli: Cli, spoiler: str) -> None:
    line, status, code = SPOILERS[spoiler]
    answered(cli)
    before, count = cli.kept(), commits(cli)
    result = cli.run("batch", stdin=ndjson(*messages(2100)) + line)
    assert result.code == code
    assert statuses(result) == ["not_applied"] * 2100 + [status]
    assert (cli.kept(), commits(cli)) == (before, count)


def test_what_is_not_applied_stays_where_it_was(cli: Cli) -> None:
    result = answered(cli).run("batch", stdin=ndjson({"op": "escalate", "order": LAMP}, MISSING))
    first, _ = items(result)
    assert (first["dispute"], first["from"], first["to"]) == ("D1", "answered", "answered")


def test_everything_is_one_transaction(cli: Cli) -> None:
    answered(cli)
    count = commits(cli)
    result = cli.ok("batch", stdin=ndjson(OPEN_KETTLE, *messages(2500)))
    assert statuses(result) == ["changed"] * 2501
    assert commits(cli) == count + 1
    assert len(texts(cli)) == 2500


def test_a_line_builds_on_the_lines_before_it(cli: Cli) -> None:
    imported(cli)
    lines = ndjson(
        {"op": "open", "order": SHOES, "reason": "late", "platform_id": "5000123"},
        {"op": "answer", "order": SHOES, "offer": "100"},
        {"op": "accept", "order": "D1"},
        {"op": "settlement", "order": "5000123", "stage": "issued"},
        {"op": "settlement", "order": f"aliexpress:{SHOES}", "stage": "received"},
        {"op": "open", "order": SHOES, "reason": "defective"},
        cancel(SHOES, "received-ok"),
        {"op": "done", "order": "D2"},
    )
    result = cli.ok("batch", "--yes", stdin=lines)
    assert told(result, "dispute", "from", "to") == [
        ("D1", None, "opened"),
        ("D1", "opened", "answered"),
        ("D1", "answered", "agreed"),
        ("D1", "agreed", "settling"),
        ("D1", "settling", "resolved"),
        ("D2", None, "opened"),
        ("D2", "opened", "cancelled"),
        ("D2", "cancelled", "cancelled"),
    ]


def test_a_line_that_the_lines_before_it_rule_out_is_refused(cli: Cli) -> None:
    answered(cli)
    before = cli.kept()
    result = cli.run("batch", "--yes", stdin=ndjson(cancel(), {"op": "escalate", "order": "D1"}))
    assert result.code == 4
    assert statuses(result) == ["not_applied", "refused"]
    assert cli.kept() == before


FOLLOWERS: dict[str, Operation] = {
    "by its number": message("last", LAMP),
    "by its id": message("last", "D2"),
    "by the platform's id": message("last", "5000123"),
    "in a move": {"op": "answer", "order": "D2", "refuse": True},
    "as what names the order": {"op": "open", "order": "D2", "reason": "late"},
}


@pytest.mark.parametrize("follower", FOLLOWERS)
@pytest.mark.parametrize("between", [10, 999, 1000, 2500])
def test_what_was_opened_is_known_however_many_lines_later(cli: Cli, follower: str, between: int) -> None:
    opened(cli, KETTLE)
    opening = {"op": "open", "order": LAMP, "reason": "late", "platform_id": "5000123"}
    result = cli.run("batch", stdin=ndjson(opening, *messages(between), FOLLOWERS[follower]))
    *_, last = items(result)
    expected = "unchanged" if follower == "as what names the order" else "changed"
    assert (last["dispute"], last["status"], last["message"]) == ("D2", expected, last["message"])
    assert result.code == 0


def test_what_was_replaced_is_known_many_lines_later(cli: Cli) -> None:
    opened(cli, KETTLE)
    opened_and_cancelled = [
        {"op": "open", "order": LAMP, "reason": "late"},
        cancel(LAMP, "opened-by-mistake"),
    ]
    anew = {"op": "open", "order": LAMP, "reason": "damaged", "replaces": "D2"}
    lines = ndjson(*opened_and_cancelled, *messages(1200), anew, message("last", LAMP))
    result = cli.run("batch", "--yes", stdin=lines)
    assert result.code == 0, result.stderr
    assert told(result, "dispute", "status")[-2:] == [("D3", "changed"), ("D3", "changed")]


def test_a_seller_is_recurring_because_of_lines_long_before(cli: Cli) -> None:
    """The lamp and the mug are of one shop; what was opened about one counts in the checks of the other."""
    opened(cli, KETTLE)
    lines = ndjson(
        {"op": "open", "order": LAMP, "reason": "late"},
        *messages(1200),
        {"op": "open", "order": SHOES, "reason": "late"},
        cancel(SHOES, "opened-by-mistake"),
    )
    result = cli.ok("batch", "--yes", stdin=lines)
    assert "recurring-seller" in items(result)[-1]["findings"]


def test_every_line_that_fails_is_told_with_its_line(cli: Cli) -> None:
    answered(cli)
    lines = [REFUSED, message("a"), MISSING, message("b"), {"op": "confirm", "order": "D1"}]
    result = cli.run("batch", stdin=ndjson(*lines))
    assert result.code == 4
    assert statuses(result) == ["refused", "not_applied", "error", "not_applied", "refused"]
    assert "3 of 5 lines can't be done; nothing was written" in result.stderr
    for line in (1, 3, 5):
        assert f"standard input:{line}: " in result.stderr


def test_every_mistake_of_every_line_is_told(cli: Cli) -> None:
    answered(cli)
    lines = [
        {"op": "message", "order": 7, "colour": "red"},
        message("a"),
        {"op": "cancel", "order": "D1", "reason": "agreemnt", "accept_risks": ["luck"]},
    ]
    result = cli.run("batch", stdin=ndjson(*lines))
    assert result.code == 9
    first, _, third = told(result, "message")
    assert [part in first for part in ("order: not text", "colour: message has no", "text: missing")] == [
        True
    ] * 3
    assert "Did you mean 'agreement'" in third
    assert "accept_risks: no such code: 'luck'" in third
    assert "2 of 3 lines can't be done; nothing was written" in result.stderr


def test_bad_lines_do_not_hide_the_lines_that_the_rules_refuse(cli: Cli) -> None:
    """Every mistake is reported: not the badly written ones in one run and the others in the next."""
    result = answered(cli).run("batch", stdin=f"{BAD}\n" + ndjson(REFUSED, message("a"), MISSING))
    assert result.code == 9
    assert statuses(result) == ["invalid", "refused", "not_applied", "error"]
    for line in (1, 2, 4):
        assert f"standard input:{line}: " in result.stderr


def test_of_very_many_mistakes_the_first_ones_are_told_on_stderr_and_all_on_stdout(cli: Cli) -> None:
    result = answered(cli).run("batch", stdin=ndjson(*[REFUSED] * 50))
    assert statuses(result) == ["refused"] * 50
    assert len(result.stderr.splitlines()) < 30
    assert "and 30 more" in result.stderr


DRY = {
    "all good": (ndjson(OPEN_KETTLE, message("a", KETTLE), cancel(), message("b")), 0),
    "refused": (ndjson(OPEN_KETTLE, message("a", KETTLE), REFUSED), 4),
    "bad": (ndjson(OPEN_KETTLE) + BAD, 9),
    "nothing new": (ndjson({"op": "answer", "order": LAMP, "offer": "10"}), 0),
    "much": (ndjson(OPEN_KETTLE, *messages(1500), message("b", KETTLE)), 0),
}


@pytest.mark.parametrize("case", DRY)
def test_a_dry_run_says_the_same_and_writes_nothing(cli: Cli, case: str) -> None:
    lines, code = DRY[case]
    answered(cli)
    before = cli.kept()
    tried = cli.run("batch", "--yes", "--dry-run", stdin=lines)
    assert tried.code == code
    assert cli.kept() == before
    assert "dry run" in tried.stderr
    done = cli.run("batch", "--yes", stdin=lines)
    assert done.code == code
    assert set(told(tried, "dry_run")) == {True}
    assert set(told(done, "dry_run")) == {False}
    assert [{**item, "dry_run": False} for item in items(tried)] == items(done)


def test_a_dry_run_needs_nobody_to_ask(cli: Cli) -> None:
    answered(cli)
    result = cli.ok("batch", "--dry-run", stdin=ndjson(cancel()))
    assert told(result, "to", "dry_run") == [("cancelled", True)]
    assert states(cli) == ["answered"]


def beside(cli: Cli) -> set[str]:
    """What lies beside the home folder, where the tests have their files."""
    return {path.name for path in cli.home.parent.iterdir()}


def test_the_lines_that_failed_are_kept_as_they_came(cli: Cli) -> None:
    answered(cli)
    lines = [json.dumps(message("a")), f"  {json.dumps(MISSING)} ", BAD, json.dumps(message("b"))]
    target = cli.home.parent / "failed.ndjson"
    result = cli.run("batch", "--failed", str(target), stdin="\n".join(lines))
    assert result.code == 9
    assert BAD in target.read_text().splitlines()
    assert target.stat().st_mode & 0o777 == 0o600
    assert beside(cli) == {"home", "shopper.csv", "failed.ndjson"}


ENDINGS: dict[str, tuple[tuple[str, ...], str, int]] = {
    "done": (("--yes",), ndjson(cancel()), 0),
    "refused": ((), ndjson(REFUSED), 4),
    "bad": ((), BAD, 9),
    "unconfirmed": ((), ndjson(message("a"), cancel()), 6),
    "another batch of that name": (("--resume", "nightly"), ndjson(message("another")), 4),
    "a wrong header": ((), "op,colour\n", 9),
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_no_unfinished_file_is_left_however_it_ends(cli: Cli, ending: str) -> None:
    more, lines, code = ENDINGS[ending]
    answered(cli).ok("batch", "--resume", "nightly", stdin=ndjson(message("first")))
    target = cli.home.parent / "failed.ndjson"
    assert cli.run("batch", *more, "--failed", str(target), stdin=lines).code == code
    assert beside(cli) - {"failed.ndjson"} == {"home", "shopper.csv"}


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("output", ["json", "ndjson"])
def test_what_stands_on_stdout_can_be_parsed_however_it_ends(cli: Cli, ending: str, output: str) -> None:
    more, lines, code = ENDINGS[ending]
    answered(cli).ok("batch", "--resume", "nightly", stdin=ndjson(message("first")))
    result = cli.run("batch", *more, "-o", output, stdin=lines)
    assert result.code == code
    for document in [result.stdout] if output == "json" else result.stdout.splitlines():
        assert not document or json.loads(document)["schema_version"] == 1


def test_a_report_that_can_not_be_written_is_not_told_of_the_failed_file(cli: Cli, tmp_path: Path) -> None:
    answered(cli)
    failed = tmp_path / "failed.ndjson"
    with Path("/dev/full").open("wb") as out:
        done = subprocess.run(
            command("batch", "--keep-going", "--failed", str(failed)),
            env=cli.env,
            input=ndjson(MISSING).encode(),
            stdout=out,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 8
    assert b"can't write the output: No space left on device" in done.stderr
    assert failed.read_text() == ndjson(MISSING)


def test_a_failed_file_that_can_not_be_made_stops_everything(cli: Cli, tmp_path: Path) -> None:
    answered(cli)
    before = cli.kept()
    result = cli.run("batch", "--failed", str(tmp_path / "no" / "such"), stdin=ndjson(message("a")))
    assert result.code != 0
    assert str(tmp_path / "no" / "such") in result.stderr
    assert cli.kept() == before


def test_an_operation_with_an_id_is_done_once(cli: Cli) -> None:
    answered(cli)
    lines = ndjson(
        message("a", operation_id="op-1"),
        {"op": "open", "order": KETTLE, "reason": "late", "operation_id": "op-2"},
        {"op": "answer", "order": KETTLE, "refuse": True, "operation_id": "op-3"},
        cancel(operation_id="op-4"),
        message("b", operation_id="op-5"),
    )
    assert set(statuses(cli.ok("batch", "--yes", stdin=lines))) == {"changed"}
    before = cli.kept()
    assert set(statuses(cli.ok("batch", "--yes", stdin=lines))) == {"unchanged"}
    assert cli.kept() == before


def test_an_operation_id_that_said_something_else_is_refused(cli: Cli) -> None:
    answered(cli)
    lines = ndjson(message("a", operation_id="op-1"), message("b", operation_id="op-1"))
    result = cli.run("batch", stdin=lines)
    assert (result.code, told(result, "code")) == (4, [None, "operation-reused"])
    assert texts(cli) == []


def test_a_fixed_batch_can_be_fed_again_whole(cli: Cli) -> None:
    answered(cli)
    lines = ndjson(message("a"), {"op": "escalate", "order": "D1"})
    assert cli.run("batch", stdin=lines + BAD).code == 9
    assert statuses(cli.ok("batch", stdin=lines)) == ["changed", "changed"]
    kept = select(cli.ledger, "SELECT action FROM events WHERE seq > 2")
    assert kept == [("note",), ("escalate",)]


def test_a_line_of_an_order_is_meant_by_its_number(cli: Cli) -> None:
    imported(cli)
    lines = ndjson(
        {"op": "open", "order": DRILL, "line": 1, "reason": "late"},
        {"op": "open", "order": DRILL, "line": 2, "reason": "damaged"},
        message("one", DRILL, line=1),
        message("two", DRILL, line=2),
    )
    assert told(cli.ok("batch", stdin=lines), "dispute") == ["D1", "D2", "D1", "D2"]
