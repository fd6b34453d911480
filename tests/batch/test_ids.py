"""Operation ids: what was asked under one is done once, whatever its words mean by then."""

import pytest

from tests.batch.batches import items, ndjson, select, statuses, texts
from tests.cli.harness import Cli
from tests.cli.samples import DRILL, LAMP, imported, opened

Line = dict[str, object]


def line(op: str, id: str, order: str = "D1", **fields: object) -> Line:
    return {"op": op, "order": order, "operation_id": id, **fields}


OPEN = line("open", "O", LAMP, reason="late", amount="10")
AGAIN: dict[str, list[Line]] = {
    "what was said already, between others under the same id": [
        OPEN,
        line("escalate", "X"),
        line("message", "A", text="hi"),
        line("message", "X", text="hi"),
        line("message", "B", text="other"),
    ],
    "nothing but what was said already": [
        OPEN,
        line("escalate", "X"),
        line("message", "A", text="hi"),
        line("message", "X", text="hi"),
    ],
    "a settlement and a message under one id": [
        OPEN,
        line("concede", "C"),
        line("settlement", "X", stage="issued", amount="10"),
        line("message", "X", text="paid"),
    ],
    "a settlement that names no amount": [
        OPEN,
        line("concede", "C"),
        line("settlement", "A", stage="issued", amount="10"),
        line("settlement", "B", stage="issued"),
        line("settlement", "R", stage="received"),
    ],
    "a cancel and what is done after it under one id": [
        OPEN,
        line("cancel", "T", reason="received-ok"),
        line("done", "T"),
    ],
    "two lines of an order under one id": [
        line("open", "O", DRILL, reason="late", line=1, platform_id="P1"),
        line("open", "O", DRILL, reason="late", line=2, platform_id="P2"),
        line("cancel", "X", "P1", reason="received-ok"),
        line("cancel", "X", "P2", reason="received-ok"),
    ],
}


@pytest.mark.parametrize("mode", [(), ("--keep-going",)], ids=["atomic", "keep-going"])
@pytest.mark.parametrize("case", AGAIN)
def test_a_batch_that_is_fed_again_changes_nothing(cli: Cli, case: str, mode: tuple[str, ...]) -> None:
    imported(cli)
    lines = ndjson(*AGAIN[case])
    first = cli.ok("batch", "--yes", *mode, stdin=lines)
    history = select(cli.ledger, "SELECT * FROM events ORDER BY dispute_id, seq")
    again = cli.ok("batch", "--yes", *mode, stdin=lines)
    assert set(statuses(again)) == {"unchanged"}
    assert [item["dispute"] for item in items(again)] == [item["dispute"] for item in items(first)]
    assert select(cli.ledger, "SELECT * FROM events ORDER BY dispute_id, seq") == history


def test_two_disputes_under_one_id_are_both_done(cli: Cli) -> None:
    imported(cli)
    for position, name in ((1, "P1"), (2, "P2")):
        words = ("--line", str(position), "--reason", "late", "--platform-id", name)
        cli.ok("dispute", "open", DRILL, *words)
    result = cli.ok(
        "dispute", "cancel", "P1", "P2", "--reason", "received-ok", "--yes", "--operation-id", "X"
    )
    assert [row["dispute"] for row in result.rows()] == ["D1", "D2"]
    assert select(cli.ledger, "SELECT state FROM disputes") == [("cancelled",), ("cancelled",)]


def test_a_cancel_that_was_confirmed_another_way_is_done(cli: Cli) -> None:
    opened(cli)
    words = ("dispute", "cancel", "D1", "--reason", "received-ok", "--operation-id", "X")
    cli.ok(*words)
    cli.ok("dispute", "confirm", "D1", "--yes")
    assert cli.ok(*words, "--yes").row()["status"] == "unchanged"


def test_a_cancel_about_which_more_was_said_is_refused_for_that(cli: Cli) -> None:
    opened(cli)
    words = ("dispute", "cancel", "D1", "--reason", "received-ok", "--operation-id", "X")
    cli.ok(*words)
    cli.ok("dispute", "message", "D1", "thanks")
    result = cli.run(*words, "--yes")
    assert result.code == 4
    assert "recorded since the request" in result.stderr


REUSED: dict[str, tuple[Line, Line]] = {
    "another text": (line("message", "X", text="a"), line("message", "X", text="b")),
    "another reason": (
        line("request-cancel", "X", reason="agreement"),
        line("request-cancel", "X", reason="received-ok"),
    ),
    "another action of the same kind of step": (
        line("message", "X", text="a"),
        line("settlement", "X", stage="promised", amount="1"),
    ),
    "a text that hides a time": (
        line("message", "X", text="t", note="a", at="2026-11-20"),
        line("message", "X", text="t", note="a\x1fhappened_at=2026-11-20"),
    ),
}


@pytest.mark.parametrize("case", REUSED)
def test_an_id_says_one_thing_of_a_kind_about_a_dispute(cli: Cli, case: str) -> None:
    opened(cli)
    first, other = REUSED[case]
    cli.ok("batch", stdin=ndjson(first))
    result = cli.run("batch", stdin=ndjson(other))
    assert (result.code, items(result)[0]["code"]) == (4, "operation-reused")


def test_a_platform_id_belongs_to_what_an_opening_says(cli: Cli) -> None:
    imported(cli)
    cli.ok("batch", stdin=ndjson(line("open", "X", LAMP, reason="late", platform_id="P1")))
    other = cli.run("batch", stdin=ndjson(line("open", "X", LAMP, reason="late", platform_id="P9")))
    assert (other.code, items(other)[0]["code"]) == (4, "operation-reused")
    elsewhere = cli.run("dispute", "open", DRILL, "--line", "1", "--reason", "late", "--platform-id", "P1")
    assert elsewhere.code == 4
    assert "platform's id of D1" in elsewhere.stderr


def test_a_line_beside_a_word_that_is_more_exact_must_be_the_same(cli: Cli) -> None:
    imported(cli)
    words = ("dispute", "open", DRILL, "--line", "1", "--reason", "late", "--platform-id", "P1")
    cli.ok(*words)
    for more in ({"line": 2}, {"whole_order": True}):
        wrong = {"op": "message", "order": "P1", "text": "x", **more}
        assert statuses(cli.run("batch", stdin=ndjson(wrong))) == ["invalid"]
    assert cli.run("dispute", "open", "D1", "--line", "2", "--reason", "late").code == 2
    right = {"op": "message", "order": "P1", "text": "x", "line": 1}
    assert statuses(cli.ok("batch", stdin=ndjson(right))) == ["changed"]
    assert texts(cli) == ["x"]
