"""Every operation: what it does, that its command does the same, and that the schema knows what is right."""

import json
import shlex
import shutil
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from dispcli.commands.lazy import Verb
from dispcli.commands.registry import COMMANDS
from dispcli.core.checks import BLOCKING
from dispcli.core.facts import MAX_TEXT
from dispcli.core.operations import COMMON, FIELDS, KNOWN_FIELDS, MAX_NAME, OPERATIONS, Field, Wants
from dispcli.render.schemas import schemas
from tests.batch.batches import Operation, as_cells, items, ndjson, select, statuses, table, told, written
from tests.cli.harness import NOW, Cli, Result
from tests.cli.samples import DRILL, LAMP, imported
from tests.imports.files import at, refund_list, reverse

Row = dict[str, Any]

# --- what is right: a line, the command that says the same, what both record ---

OPENED = (f"open {LAMP} --reason not-as-described --amount 25",)
DATED = (*OPENED, f"set {LAMP} --due 2026-11-25")
ANSWERED = (*OPENED, f"answer {LAMP} --offer 10")
ESCALATED = (*OPENED, f"escalate {LAMP}")
AGREED = (*ANSWERED, f"accept {LAMP} --yes")
ISSUED = (*AGREED, f"settlement {LAMP} issued")
REQUESTED = (*ANSWERED, f"cancel {LAMP} --reason agreement")
PRESSED = (*OPENED, f"cancel {LAMP} --reason seller-asked --accept-risk pressure-to-cancel")
CANCELLED = (*ANSWERED, f"cancel {LAMP} --reason agreement --yes")
LAPSED = (*OPENED, f"message {LAMP} 'take 10'", f"lapse {LAMP} --yes")
DENIED = (*LAPSED, f"shown {LAMP}")
"""`shown` is no command: the site shows the dispute as one that goes on."""


class Good(NamedTuple):
    """A line that is right where `before` has led, what its command takes for it, and what comes of it."""

    before: tuple[str, ...]
    fields: Operation
    words: str
    state: str
    events: tuple[Row, ...]


def event(action: str, party: str, before: str, after: str, **more: Any) -> Row:
    """What a row of the history has, apart from who recorded it, when and from where."""
    return {"action": action, "party": party, "from_state": before, "to_state": after, **more}


def usd(minor: int) -> Row:
    return {"amount_minor": minor, "currency": "USD"}


def claim(reason: str, remedy: str = "refund") -> Row:
    return {"fact": "claim", "claim_reason": reason, "remedy": remedy}


def offer(remedy: str | None) -> Row:
    return {"fact": "offer", **({"remedy": remedy} if remedy else {})}


def settled(stage: str, kind: str = "refund", **more: Any) -> Row:
    return {"fact": "settlement", "settlement_kind": kind, "settlement_stage": stage, **more}


def due(party: str, at: str = "2026-11-25") -> Row:
    """The second event of a move with `due`."""
    return {"action": "note", "party": "buyer", "fact": "due", "due_party": party, "due_at": at}


PLACE = {"order_id": 1, "line_id": 1}
TOLD = {"note": "by phone", "at": "2026-11-20"}
TOLD_WORDS = "--note 'by phone' --at 2026-11-20"
KEPT = {"note": "by phone", "happened_at": "2026-11-20"}
DUE = {**TOLD, "due": "2026-11-25"}
DUE_WORDS = f"{TOLD_WORDS} --due 2026-11-25"


def due_in(state: str, party: str) -> Row:
    return {**due(party), "from_state": state, "to_state": state}


EXAMPLES: dict[str, tuple[Good, ...]] = {
    "open": (
        Good(
            (),
            {"reason": "damaged", "remedy": "replacement", "amount": "20", "platform_id": "5000123", **TOLD},
            f"--reason damaged --remedy replacement --amount 20 --platform-id 5000123 {TOLD_WORDS}",
            "opened",
            (
                event("open", "buyer", "none", "opened", **PLACE, **KEPT, **usd(2000), platform_id="5000123")
                | claim("damaged", "replacement"),
            ),
        ),
        Good(
            (),
            {"reason": "late"},
            "--reason late",
            "opened",
            (event("open", "buyer", "none", "opened", **PLACE, **claim("late")),),
        ),
        Good(
            LAPSED,
            {"replaces": "D1"},
            "--replaces D1",
            "opened",
            (
                event("note", "buyer", "resolved", "resolved", fact="replaced", replaced_by=2),
                event("open", "buyer", "none", "opened", **PLACE, **claim("not-as-described"), **usd(2500)),
                event("note", "seller", "opened", "opened", fact="message", speaker="seller")
                | {"text": "take 10", "happened_at": NOW},
            ),
        ),
        Good(
            CANCELLED,
            {"reason": "late", "accept_risks": ["reopening"]},
            "--reason late --accept-risk reopening",
            "opened",
            (event("open", "buyer", "none", "opened", **PLACE, **claim("late")),),
        ),
    ),
    "revise": (
        Good(
            ANSWERED,
            {"reason": "damaged", "remedy": "partial_refund", "amount": "USD 12.50", **TOLD},
            f"--reason damaged --remedy partial_refund --amount 'USD 12.50' {TOLD_WORDS}",
            "opened",
            (
                event("revise", "buyer", "answered", "opened", **KEPT, **usd(1250))
                | claim("damaged", "partial_refund"),
            ),
        ),
        Good(
            OPENED,
            {"amount": "20.00"},
            "--amount 20.00",
            "opened",
            (event("revise", "buyer", "opened", "opened", **claim("not-as-described"), **usd(2000)),),
        ),
    ),
    "answer": (
        Good(
            OPENED,
            {"offer": "10", "remedy": "return_and_refund", **DUE},
            f"--offer 10 --remedy return_and_refund {DUE_WORDS}",
            "answered",
            (
                event("answer", "seller", "opened", "answered", **KEPT, **usd(1000))
                | offer("return_and_refund"),
                due_in("answered", "buyer"),
            ),
        ),
        Good(
            ANSWERED,
            {"offer": "12.50", "refuse": False},
            "--offer 12.50",
            "answered",
            (event("answer", "seller", "answered", "answered", **offer("partial_refund"), **usd(1250)),),
        ),
        Good(
            OPENED,
            {"remedy": "replacement"},
            "--remedy replacement",
            "answered",
            (event("answer", "seller", "opened", "answered", **offer("replacement")),),
        ),
        Good(
            REQUESTED,
            {"refuse": True},
            "--refuse",
            "answered",
            (event("answer", "seller", "cancel_requested", "answered", **offer(None)),),
        ),
    ),
    "concede": (
        Good(
            OPENED,
            DUE,
            DUE_WORDS,
            "agreed",
            (event("concede", "seller", "opened", "agreed", **KEPT), due_in("agreed", "seller")),
        ),
    ),
    "accept": (
        Good(
            ANSWERED,
            DUE,
            DUE_WORDS,
            "agreed",
            (event("accept", "buyer", "answered", "agreed", **KEPT), due_in("agreed", "seller")),
        ),
    ),
    "escalate": (
        Good(
            ANSWERED,
            {"by": "platform", **DUE},
            f"--by platform {DUE_WORDS}",
            "escalated",
            (
                event("escalate", "platform", "answered", "escalated", **KEPT),
                due_in("escalated", "platform"),
            ),
        ),
        Good(OPENED, {}, "", "escalated", (event("escalate", "buyer", "opened", "escalated"),)),
    ),
    "decide": (
        Good(
            ESCALATED,
            {"ruling": "agreed", **TOLD},
            f"agreed {TOLD_WORDS}",
            "agreed",
            (event("decide", "platform", "escalated", "agreed", **KEPT),),
        ),
        Good(
            ESCALATED,
            {"ruling": "rejected"},
            "rejected",
            "resolved",
            (event("decide", "platform", "escalated", "resolved", outcome="rejected"),),
        ),
    ),
    "ship-return": (
        Good(
            AGREED,
            DUE,
            DUE_WORDS,
            "returning",
            (event("ship_return", "buyer", "agreed", "returning", **KEPT), due_in("returning", "seller")),
        ),
    ),
    "settlement": (
        Good(
            OPENED,
            {"stage": "promised", "amount": "5", "kind": "replacement", "by": "platform", **TOLD}
            | {"reference": "R-77"},
            f"promised 5 --kind replacement --by platform --reference R-77 {TOLD_WORDS}",
            "opened",
            (
                event("note", "platform", "opened", "opened", **KEPT, **usd(500))
                | settled("promised", "replacement", reference="R-77"),
            ),
        ),
        Good(
            AGREED,
            {"stage": "issued"},
            "issued",
            "settling",
            (event("issue", "seller", "agreed", "settling", **settled("issued"), **usd(1000)),),
        ),
        Good(
            ISSUED,
            {"stage": "received"},
            "received",
            "resolved",
            (
                event("receive", "buyer", "settling", "resolved", outcome="partly_refunded", **usd(1000))
                | settled("received"),
            ),
        ),
        Good(
            CANCELLED,
            {"stage": "issued", "amount": "EUR 5", "to": "customer", "reference": "c-7", **TOLD},
            f"issued 'EUR 5' --to customer --reference c-7 {TOLD_WORDS}",
            "cancelled",
            (
                event("note", "buyer", "cancelled", "cancelled", **KEPT, fact="payout", reference="c-7")
                | {"settlement_kind": "refund", "amount_minor": 500, "currency": "EUR"},
            ),
        ),
        Good(
            AGREED,
            {"stage": "issued", "to": "customer", "kind": "replacement"},
            "issued --to customer --kind replacement",
            "agreed",
            (event("note", "buyer", "agreed", "agreed", fact="payout", settlement_kind="replacement"),),
        ),
    ),
    "lapse": (
        Good(
            ANSWERED,
            TOLD,
            TOLD_WORDS,
            "resolved",
            (event("lapse", "time", "answered", "resolved", outcome="expired", **KEPT),),
        ),
    ),
    "set": (
        Good(
            OPENED,
            DUE,
            DUE_WORDS,
            "opened",
            (event("note", "buyer", "opened", "opened", **KEPT) | due("seller"),),
        ),
        Good(
            OPENED,
            {"due": "2026-11-25", "by": "platform"},
            "--due 2026-11-25 --by platform",
            "opened",
            (event("note", "buyer", "opened", "opened") | due("platform"),),
        ),
        Good(
            DATED,
            {"due": "none", **TOLD},
            f"--due none {TOLD_WORDS}",
            "opened",
            (event("note", "buyer", "opened", "opened", **KEPT, fact="due_removed", due_party="seller"),),
        ),
        Good(
            (*DATED, f"set {LAMP} --due 2026-11-24 --by buyer"),
            {"due": " none ", "by": "buyer"},
            "--due none --by buyer",
            "opened",
            (event("note", "buyer", "opened", "opened", fact="due_removed", due_party="buyer"),),
        ),
    ),
    "message": (
        Good(
            OPENED,
            {"text": 'two\nlines, "quoted"', "from": "platform", **TOLD},
            f"'two\nlines, \"quoted\"' --from platform {TOLD_WORDS}",
            "opened",
            (
                event("note", "platform", "opened", "opened", **KEPT, fact="message", speaker="platform")
                | {"text": 'two\nlines, "quoted"'},
            ),
        ),
        Good(
            CANCELLED,
            {"text": "hello"},
            "hello",
            "cancelled",
            (
                event("note", "seller", "cancelled", "cancelled", fact="message", speaker="seller")
                | {"text": "hello"},
            ),
        ),
    ),
    "request-cancel": (
        Good(
            ANSWERED,
            {"reason": "seller-asked", "note": "by phone", "accept_risks": ["pressure-to-cancel"]},
            "--reason seller-asked --note 'by phone' --accept-risk pressure-to-cancel",
            "cancel_requested",
            (
                event("request_cancel", "buyer", "answered", "cancel_requested", reason="seller-asked")
                | {"note": "by phone"},
            ),
        ),
        Good(
            OPENED,
            {"reason": "I found it myself"},
            "--reason 'I found it myself'",
            "cancel_requested",
            (
                event("request_cancel", "buyer", "opened", "cancel_requested", reason="other")
                | {"note": "I found it myself"},
            ),
        ),
    ),
    "cancel": (
        Good(
            ANSWERED,
            {"reason": "my own words", "note": "by phone", "accept_risks": list(BLOCKING)},
            " ".join(
                ["--reason 'my own words' --note 'by phone'", *(f"--accept-risk {code}" for code in BLOCKING)]
            ),
            "cancelled",
            (
                event("request_cancel", "buyer", "answered", "cancel_requested", reason="other")
                | {"note": "my own words\nby phone"},
                event("confirm_cancel", "buyer", "cancel_requested", "cancelled"),
            ),
        ),
        Good(
            REQUESTED,
            {"reason": "opened-by-mistake"},
            "--reason opened-by-mistake",
            "cancelled",
            (
                event("request_cancel", "buyer", "cancel_requested", "cancel_requested")
                | {"reason": "opened-by-mistake"},
                event("confirm_cancel", "buyer", "cancel_requested", "cancelled"),
            ),
        ),
    ),
    "confirm": (
        Good(
            PRESSED,
            {"accept_risks": ["pressure-to-cancel", "refund-not-received"]},
            "--accept-risk pressure-to-cancel --accept-risk refund-not-received",
            "cancelled",
            (event("confirm_cancel", "buyer", "cancel_requested", "cancelled"),),
        ),
        Good(
            REQUESTED,
            {},
            "",
            "cancelled",
            (event("confirm_cancel", "buyer", "cancel_requested", "cancelled"),),
        ),
    ),
    "keep": (
        Good(
            REQUESTED,
            TOLD,
            TOLD_WORDS,
            "answered",
            (event("keep", "buyer", "cancel_requested", "answered", **KEPT),),
        ),
    ),
    "done": (
        Good(
            CANCELLED,
            TOLD,
            TOLD_WORDS,
            "cancelled",
            (event("note", "buyer", "cancelled", "cancelled", **KEPT, fact="done"),),
        ),
    ),
    "uphold": (
        Good(
            DENIED,
            TOLD,
            TOLD_WORDS,
            "resolved",
            (event("note", "buyer", "resolved", "resolved", **KEPT, fact="upheld"),),
        ),
    ),
}
CASES = [(op, number) for op, examples in EXAMPLES.items() for number in range(len(examples))]
every_example = pytest.mark.parametrize(("op", "number"), CASES)
every_operation = pytest.mark.parametrize("op", OPERATIONS)


def line_of(op: str, number: int = 0, **more: Any) -> Operation:
    return {"op": op, "order": LAMP, **EXAMPLES[op][number].fields, **more}


def test_every_operation_is_a_verb_and_every_verb_that_changes_something_an_operation() -> None:
    asking = {"list", "show", "advise", "history", "messages", "reasons", "draft"}
    verbs = {name for name, entry in COMMANDS["dispute"].verbs.items() if isinstance(entry, Verb)} - asking
    assert set(OPERATIONS) - verbs == {"request-cancel"}
    assert verbs <= set(OPERATIONS)
    assert set(EXAMPLES) == set(OPERATIONS)


@every_operation
def test_every_field_stands_in_an_example(op: str) -> None:
    assert {name for good in EXAMPLES[op] for name in good.fields} == set(OPERATIONS[op])


# --- what it does ---


def led_to(cli: Cli, before: Iterable[str]) -> Cli:
    imported(cli)
    for verb, order, *more in map(shlex.split, before):
        carry_out(cli, verb, order, *more)
    return cli


def carry_out(cli: Cli, verb: str, order: str, *more: str) -> None:
    if verb != "shown":
        cli.ok("dispute", verb, order, *more)
        return
    product = {"itemId": "100599999" if "2" in more else f"1005{order[-6:]}"}
    about = {"tradeOrderLineId": None} if "--whole-order" in more else {"aeItemDTO": product}
    cli.ok(
        "import", cli.file("shown.json", refund_list(reverse(2, at(20), at(22, 13), number=order, **about)))
    )


def events(path: Path) -> list[Row]:
    """The history, a row an event, without what is absent."""
    names = [name for (name,) in select(path, "SELECT name FROM pragma_table_info('events')")]
    rows = select(path, "SELECT * FROM events ORDER BY dispute_id, seq")
    return [
        {name: value for name, value in zip(names, row, strict=True) if value is not None} for row in rows
    ]


def added(path: Path, before: list[Row]) -> list[Row]:
    return [row for row in events(path) if row not in before]


STAMP = ("at", "actor", "source", "operation_id")
COUNTED = ("dispute_id", "seq", "previous_seq", "findings")
FORMS: dict[str, tuple[Callable[..., str], int]] = {"ndjson": (ndjson, 1), "csv": (table, 2)}


@every_example
@pytest.mark.parametrize("form", FORMS)
def test_an_operation_does_what_it_says(cli: Cli, op: str, number: int, form: str) -> None:
    good = EXAMPLES[op][number]
    write, place = FORMS[form]
    before = events(led_to(cli, good.before).ledger)
    name = cli.file("steps", write(line_of(op, number, operation_id="op-1")))
    result = cli.ok("--actor", "ada", "batch", name, "--yes")
    assert told(result, "line", "op", "order", "status", "to") == [(place, op, LAMP, "changed", good.state)]
    new = added(cli.ledger, before)
    stamps = {tuple(row.pop(part, None) for part in STAMP) for row in new}
    # The facts that a replacing record takes over are the same step, and not said again under its id.
    stamps = {stamp for stamp in stamps if stamp[STAMP.index("operation_id")]} or stamps
    assert stamps == {(NOW, "ada", f"batch steps:{place}", "op-1")}
    assert [{key: row[key] for key in row if key not in COUNTED} for row in new] == list(good.events)
    dispute = items(result)[0]["dispute"]
    shown = cli.ok("dispute", "history", dispute, "--json").json()["events"][-1]
    assert (shown["actor"], shown["source"]) == ("ada", f"batch steps:{place}")
    assert cli.ok("dispute", "show", dispute).pairs()["state"] == good.state
    assert cli.run("ledger", "check").code == 0


def rows(path: Path) -> dict[str, Any]:
    """Everything that was recorded, apart from where it came from."""
    return {
        **written(path),
        "events": [{name: value for name, value in row.items() if name != "source"} for row in events(path)],
    }


def command_of(op: str, words: str) -> list[str]:
    """The command that does the same: a request is a cancel that nobody confirms."""
    verb, *yes = ["cancel"] if op == "request-cancel" else [op, "--yes"]
    return ["dispute", verb, LAMP, *shlex.split(words), *yes]


@every_example
@pytest.mark.parametrize("operation_id", [None, "op-1"], ids=["", "under an id"])
def test_an_operation_does_what_its_command_does(
    cli: Cli, op: str, number: int, operation_id: str | None
) -> None:
    good = EXAMPLES[op][number]
    before = events(led_to(cli, good.before).ledger)
    other = cli.ledger.with_name("other.db")
    shutil.copy(cli.ledger, other)
    named = ("--operation-id", operation_id) if operation_id else ()
    told_by_command = cli.ok(
        *command_of(op, good.words), *named, "-o", "ndjson", env={"DISPCLI_LEDGER": str(other)}
    )
    told_by_batch = cli.ok("batch", "--yes", stdin=ndjson(line_of(op, number, operation_id=operation_id)))
    assert rows(cli.ledger) == rows(other)
    assert {row["source"] for row in added(other, before)} == {" ".join(command_of(op, "")[:2])}
    for name in ("order", "dispute", "status", "from", "to"):
        assert told(told_by_batch, name) == told(told_by_command, name), name


def test_what_is_accepted_is_in_the_history(cli: Cli) -> None:
    led_to(cli, ANSWERED)
    line = line_of("cancel", reason="seller-asked")
    cli.ok("batch", "--yes", stdin=ndjson(line))
    accepted = [
        row["accepted_risks"] for row in cli.ok("dispute", "history", "D1", "--json").json()["events"]
    ]
    assert accepted == [[], [], ["pressure-to-cancel"], ["pressure-to-cancel"]]


NARROWED: dict[str, tuple[list[str], Operation]] = {
    "a line": (["--line", "2"], {"line": 2}),
    "the whole order": (["--whole-order"], {"whole_order": True}),
}


@every_operation
@pytest.mark.parametrize("part", NARROWED)
@pytest.mark.parametrize("form", FORMS)
def test_every_operation_may_be_about_a_part_of_an_order(cli: Cli, op: str, part: str, form: str) -> None:
    words, fields = NARROWED[part]
    imported(cli).ok("dispute", "open", DRILL, "--line", "1", "--reason", "late")
    if "whole_order" in fields:
        cli.ok("dispute", "lapse", "D1", "--yes")
    for verb, _, *more in map(shlex.split, EXAMPLES[op][0].before):
        carry_out(cli, verb, DRILL, *more, *words)
    line = {**line_of(op), "order": DRILL, **fields}
    result = cli.ok("batch", "--yes", stdin=FORMS[form][0](line))
    assert told(result, "dispute", "status") == [("D2", "changed")]
    lines = [None, 1] if "whole_order" in fields else [1, 2]
    found = "SELECT position FROM disputes LEFT JOIN order_lines ON order_lines.id = line_id"
    assert sorted(select(cli.ledger, found), key=str) == sorted([(place,) for place in lines], key=str)


@every_example
def test_every_operation_is_done_once_under_its_id(cli: Cli, op: str, number: int) -> None:
    led_to(cli, EXAMPLES[op][number].before)
    line = line_of(op, number, operation_id="op-1")
    assert statuses(cli.ok("batch", "--yes", stdin=ndjson(line))) == ["changed"]
    before = cli.kept()
    assert statuses(cli.ok("batch", "--yes", stdin=ndjson(line))) == ["unchanged"]
    assert cli.kept() == before


@pytest.mark.parametrize("op", [op for op in OPERATIONS if "note" in OPERATIONS[op]])
def test_an_id_that_said_something_else_is_refused(cli: Cli, op: str) -> None:
    led_to(cli, EXAMPLES[op][0].before)
    cli.ok("batch", "--yes", stdin=ndjson(line_of(op, operation_id="op-1")))
    before = cli.kept()
    again = cli.run("batch", "--yes", stdin=ndjson(line_of(op, operation_id="op-1", note="another")))
    assert told(again, "status", "code") == [("refused", "operation-reused")]
    assert cli.kept() == before


def test_every_fact_that_is_taken_over_is_recorded_under_the_same_id(cli: Cli) -> None:
    """Of two messages each becomes an event of the new dispute, and both belong to the one operation."""
    led_to(cli, OPENED)
    said = [{"op": "message", "order": "D1", "text": text} for text in ("a", "b")]
    lines = [*said, {"op": "lapse", "order": "D1"}, line_of("open", 2, operation_id="op-1")]
    result = cli.run("batch", "--keep-going", "--yes", stdin=ndjson(*lines))
    assert (result.code, statuses(result)) == (0, ["changed"] * 4)
    assert select(cli.ledger, "SELECT text FROM messages WHERE dispute_id = 2") == [("a",), ("b",)]
    assert statuses(cli.run("batch", stdin=ndjson(lines[-1]))) == ["unchanged"]


# --- the schema of a line ---


@cache
def schema() -> Draft202012Validator:
    """As the program prints it."""
    return Draft202012Validator(json.loads(json.dumps(schemas()["batch"])))


def test_the_schema_is_the_one_that_is_printed(cli: Cli) -> None:
    assert cli.ok("help", "schema", "batch").json() == schema().schema
    Draft202012Validator.check_schema(schema().schema)


def test_the_schema_has_every_operation_with_its_fields() -> None:
    found = {one["properties"]["op"]["const"]: set(one["properties"]) for one in schema().schema["oneOf"]}
    assert found == {op: {"op", *COMMON, *OPERATIONS[op]} for op in OPERATIONS}


@every_example
def test_the_schema_accepts_what_is_right(op: str, number: int) -> None:
    line = line_of(op, number, operation_id="op-1", line=1)
    schema().validate(line)
    schema().validate(as_cells(line))
    schema().validate({**dict.fromkeys(FIELDS[op]), **line})


@every_example
@pytest.mark.parametrize("output", ["json", "ndjson"])
def test_every_report_keeps_to_its_schema(cli: Cli, op: str, number: int, output: str) -> None:
    led_to(cli, EXAMPLES[op][number].before)
    lines = ndjson(*[line_of(op, number)] * 2, line_of(op, number, order="D9"), {"op": op})
    result = cli.run("batch", "--yes", "--keep-going", "-o", output, stdin=lines)
    assert result.code == 7
    report = document(result, output)
    assert len(report["batch_results"]) == 4
    known = cli.ok("help", "schema", "batch_results").json()
    Draft202012Validator(known).validate(report)
    for entry in report["batch_results"]:
        assert set(entry) == set(known["properties"]["batch_results"]["items"]["properties"])


def document(result: Result, output: str) -> Any:
    if output == "json":
        return result.json()
    entries = items(result)
    assert [entry.pop("schema_version") for entry in entries] == [1] * len(entries)
    return {"schema_version": 1, "batch_results": entries, "more": False}


# --- mistakes ---

NO_TEXT: list[Any] = [7, 1.5, True, ["late"], {"a": "b"}, ""]
WRONG: dict[Wants, list[Any]] = {
    Wants.TEXT: [*NO_TEXT, "x" * (MAX_TEXT + 1)],
    Wants.REASON: [*NO_TEXT, "x" * (MAX_TEXT + 1)],
    Wants.AMOUNT: [*NO_TEXT, "x" * (MAX_TEXT + 1)],
    Wants.MOMENT: [*NO_TEXT, "x" * (MAX_TEXT + 1)],
    Wants.PAST: [*NO_TEXT, "x" * (MAX_TEXT + 1)],
    Wants.NAME: [*NO_TEXT, "x" * (MAX_NAME + 1)],
    Wants.WORD: [*NO_TEXT, "because", "LATE", " late"],
    Wants.DISPUTE: [*NO_TEXT, "12", "D", "D-1", "E12", "D1 D2", "D" + "9" * 16],
    Wants.COUNT: ["one", "", "-1", "1.0", "٣", "1" * 10, True, False, 0, -1, 1.5, [1], {"a": 1}, "0", "000"],
    Wants.FLAG: ["yes", "True", "", 1, 0, [True], {"a": True}],
    Wants.CODES: [["luck"], [7], [["reopening"]], [None], 7, True, {"a": 1}],
}
"""What no field of its kind may hold."""


def bare(**fields: Any) -> tuple[str, Operation]:
    return "apart", {"order": LAMP, **fields}


TOGETHER: dict[str, list[tuple[str, Operation]]] = {
    "open": [bare(), bare(reason=None), bare(reason=None, replaces=None), bare(amount="5")],
    "revise": [bare(), bare(note="x"), bare(reason=None, remedy=None, amount=None)],
    "answer": [
        bare(),
        bare(refuse=False),
        bare(refuse="false", note="x"),
        bare(refuse=None, offer=None),
        bare(refuse=True, offer="5"),
        bare(refuse="true", remedy="refund"),
        bare(refuse=True, offer="5", remedy="refund"),
    ],
    "settlement": [
        bare(stage="promised", amount="5", to="customer"),
        bare(stage="received", amount="5", to="customer"),
        bare(stage="issued", to="customer"),
        bare(stage="issued", to="customer", amount=None, kind="refund"),
        bare(stage="issued", to="customer", amount="5", by="platform"),
    ],
}


def mistaken(op: str) -> Iterator[tuple[str, Operation]]:
    """Lines of this operation that are wrong in one way each, with what kind of mistake it is."""
    good = line_of(op)
    for name, field in FIELDS[op].items():
        if field.required:
            yield "missing", {key: value for key, value in good.items() if key != name}
            yield "missing", {**good, name: None}
        for value in WRONG[field.wants]:
            yield f"a wrong {field.wants.value}", {**good, name: value}
    yield "unknown", {**good, "colour": "red"}
    yield "unknown", {**good, "Note": "x"}
    foreign = [name for name in KNOWN_FIELDS if name != "op" and name not in FIELDS[op]]
    for name in foreign:
        yield "unknown", {**good, name: "x"}
    yield "excluding", {**good, "line": 1, "whole_order": True}
    yield "excluding", {**good, "line": "1", "whole_order": "true"}
    yield from ((kind, {**line, "op": op}) for kind, line in TOGETHER.get(op, ()))


NO_OPERATION: list[Operation] = [
    {"order": LAMP},
    {"op": None, "order": LAMP},
    {"op": "", "order": LAMP},
    {"op": "forget", "order": LAMP},
    {"op": "Keep", "order": LAMP},
    {"op": "keep ", "order": LAMP},
    {"op": ["keep"], "order": LAMP},
    {"op": {"keep": "keep"}, "order": LAMP},
    {"op": "confirm_cancel", "order": LAMP},
    {},
]


def all_mistakes() -> dict[str, list[Operation]]:
    """By their kind."""
    found: dict[str, list[Operation]] = {"no operation": NO_OPERATION}
    for op in OPERATIONS:
        for kind, line in mistaken(op):
            found.setdefault(kind, []).append(line)
    return found


MISTAKES = all_mistakes()


@pytest.mark.parametrize("kind", MISTAKES)
def test_the_schema_refuses_every_mistake(kind: str) -> None:
    assert [line for line in MISTAKES[kind] if schema().is_valid(line)] == []


@pytest.mark.parametrize("kind", MISTAKES)
def test_the_program_refuses_every_mistake(cli: Cli, kind: str) -> None:
    lines = MISTAKES[kind]
    result = imported(cli).run("batch", "--keep-going", stdin=ndjson(*lines))
    assert result.code == 7
    fates = told(result, "status", "code")
    assert [line for line, fate in zip(lines, fates, strict=True) if fate != ("invalid", "bad-input")] == []


# --- lines at random ---

RIGHT: dict[Wants, list[Any]] = {
    Wants.TEXT: ["hello", "1", "true", "é" * 40, " blanks around "],
    Wants.REASON: ["agreement", "seller-asked", "in my own words"],
    Wants.NAME: ["nothing", "D9", "1", "é" * MAX_NAME],
    Wants.AMOUNT: ["10", "10.00", "USD 10.00", "0.01"],
    Wants.MOMENT: ["2026-11-25", "2026-11-25T14:00Z"],
    Wants.PAST: ["2026-11-20", "2026-11-20T08:00Z"],
    Wants.DISPUTE: ["D1", "d12", "D" + "9" * 15],
    Wants.COUNT: [1, 2, 10**9, "1", "007"],
    Wants.FLAG: [True, False, "true", "false"],
}


def rights(field: Field) -> list[Any]:
    if field.wants is Wants.CODES:
        return [[], list(field.words), [field.words[0]] * 2, " ".join(field.words), ",".join(field.words)]
    return list(field.words) if field.wants is Wants.WORD else [*RIGHT[field.wants], *field.words]


def wrongs(field: Field) -> list[Any]:
    return [value for value in WRONG[field.wants] if not isinstance(value, str) or len(value) < 1000]


@st.composite
def random_lines(draw: st.DrawFn) -> Operation:
    """Mostly right; sometimes a field too many, too few, or with what it may not hold."""
    op = draw(st.sampled_from(list(OPERATIONS)))
    line: Operation = {"op": op, "order": "nothing"}
    for name, field in FIELDS[op].items():
        fate = draw(st.sampled_from(FATES_OF_REQUIRED if field.required else FATES))
        if fate in ("right", "wrong"):
            line[name] = draw(st.sampled_from(rights(field) if fate == "right" else wrongs(field)))
        elif fate == "null":
            line[name] = None
        else:
            line.pop(name, None)
    if draw(st.sampled_from([False] * 9 + [True])):
        foreign = [name for name in KNOWN_FIELDS if name not in FIELDS[op]]
        line[draw(st.sampled_from(["colour", *foreign]))] = draw(st.sampled_from(["x", True]))
    return line


FATES = ["absent"] * 6 + ["right"] * 6 + ["null", "null", "wrong"]
FATES_OF_REQUIRED = ["right"] * 20 + ["absent", "null", "wrong"]


def accepted(cli: Cli, lines: list[Operation]) -> list[bool]:
    """Which lines the program can read: none of them names anything that is there."""
    result = cli.run("batch", "--keep-going", "--dry-run", stdin=ndjson(*lines))
    return [code != "bad-input" for code in told(result, "code")]


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=st.lists(random_lines(), min_size=1, max_size=8))
def test_a_line_is_right_for_the_program_when_it_is_for_the_schema(cli: Cli, lines: list[Operation]) -> None:
    if not cli.ledger.exists():
        imported(cli)
    known = [schema().is_valid(line) for line in lines]
    assert accepted(cli, lines) == known


odd_texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
odd_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats(allow_nan=False) | odd_texts,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(odd_texts, inner, max_size=2),
    max_leaves=3,
)


@st.composite
def odd_lines(draw: st.DrawFn) -> Operation:
    """A good line with anything at all in some of its fields."""
    op, number = draw(st.sampled_from(CASES))
    line = line_of(op, number, order="nothing")
    for name in draw(st.lists(st.sampled_from(list(FIELDS[op])), min_size=1, max_size=3)):
        line[name] = draw(odd_values)
    return line


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=st.lists(odd_lines(), min_size=1, max_size=8))
def test_what_the_program_accepts_the_schema_accepts_too(cli: Cli, lines: list[Operation]) -> None:
    """The schema can't tell a date from another text, but it is never stricter than the program."""
    if not cli.ledger.exists():
        imported(cli)
    fates = zip(lines, accepted(cli, lines), strict=True)
    assert [line for line, right in fates if right and not schema().is_valid(line)] == []


# Where it is easy to be of two minds.
EITHER: dict[str, Operation] = {
    "blanks around a dispute": {"op": "open", "order": "nothing", "replaces": " D1 "},
    "blanks around a long name": {"op": "keep", "order": " " + "x" * MAX_NAME},
    "blanks around a long text": {"op": "message", "order": "nothing", "text": "x" * MAX_TEXT + "\n"},
    "an unknown field without a value": {"op": "keep", "order": "nothing", "colour": None},
    "a field of others without a value": {"op": "keep", "order": "nothing", "reason": None},
    "a line and not the whole order": {"op": "keep", "order": "nothing", "line": 1, "whole_order": False},
    "a refusal that is none and an offer": {
        "op": "answer",
        "order": "nothing",
        "refuse": "false",
        "offer": "5",
    },
    "nobody else got it": {"op": "settlement", "order": "nothing", "stage": "received", "to": None},
    "a replacement of no known cost": {
        "op": "settlement",
        "order": "nothing",
        "stage": "issued",
        "to": "customer",
        "kind": "replacement",
        "by": None,
    },
    "no risks": {"op": "confirm", "order": "nothing", "accept_risks": ""},
}


@pytest.mark.parametrize("case", EITHER)
def test_the_program_and_the_schema_are_of_one_mind(cli: Cli, case: str) -> None:
    line = EITHER[case]
    assert accepted(imported(cli), [line]) == [schema().is_valid(line)]
