"""What goes in and what comes out: formats of the input, a record a line, exit codes, streams."""

import codecs
import json

import pytest
from jsonschema import Draft202012Validator

from tests.batch.batches import (
    BAD,
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
from tests.cli.harness import Cli
from tests.cli.samples import DRILL, KETTLE, LAMP, answered, imported, opened

FIELDS = [
    "schema_version",
    "line",
    "op",
    "order",
    "dispute",
    "status",
    "from",
    "to",
    "code",
    "message",
    "findings",
    "dry_run",
]

# One line of each fate; the third is no JSON, the fourth names nothing that is there.
FATES = (
    ndjson({"op": "escalate", "order": LAMP}, {"op": "escalate", "order": LAMP})
    + BAD
    + "\n"
    + ndjson({"op": "keep", "order": "D77"}, {"op": "keep", "order": LAMP}, message("last"))
)


def test_a_line_a_line_in_the_order_of_the_input(cli: Cli) -> None:
    result = answered(cli).run("batch", "--keep-going", stdin=FATES)
    assert result.code == 7
    assert told(result, "line", "op", "order", "dispute", "status", "from", "to", "code") == [
        (1, "escalate", LAMP, "D1", "changed", "answered", "escalated", None),
        (2, "escalate", LAMP, "D1", "unchanged", "escalated", "escalated", None),
        (3, None, None, None, "invalid", None, None, "bad-input"),
        (4, "keep", "D77", None, "error", None, None, "not-found"),
        (5, "keep", LAMP, "D1", "refused", "escalated", "escalated", "not-allowed"),
        (6, "message", LAMP, "D1", "changed", "escalated", "escalated", None),
    ]
    assert all(list(item) == FIELDS for item in items(result))
    assert told(result, "dry_run") == [False] * 6
    said = told(result, "message")
    assert said[0] is None
    assert said[2].startswith("not JSON: ")
    assert "D77" in said[3]
    assert "not possible while the dispute is escalated" in said[4]
    assert said[5] == "seller: last"


def test_the_summary_and_every_line_that_failed_are_told_on_stderr(cli: Cli) -> None:
    result = answered(cli).run("batch", "--keep-going", stdin=FATES)
    *details, summary = result.stderr.splitlines()
    assert summary == "6 lines: 2 changed, 1 unchanged, 1 invalid, 1 error, 1 refused"
    assert [detail.split()[1].split(":")[1] for detail in details if "input:" in detail] == ["3", "4", "5"]


def test_a_file_is_named_with_the_line(cli: Cli) -> None:
    name = answered(cli).file("steps.ndjson", ndjson(message("a")) + BAD + "\n")
    result = cli.run("batch", name)
    assert result.code == 9
    assert f"{name}:2: " in result.stderr


@pytest.mark.parametrize("output", ["json", "ndjson"])
def test_the_report_keeps_to_its_schema(cli: Cli, output: str) -> None:
    schema = cli.ok("help", "schema", "batch_results").json()
    result = answered(cli).run("batch", "--keep-going", "-o", output, stdin=FATES)
    if output == "json":
        document = result.json()
    else:
        entries = items(result)
        document = {"schema_version": 1, "batch_results": entries, "more": False}
        assert [entry.pop("schema_version") for entry in entries] == [1] * 6
    Draft202012Validator(schema).validate(document)
    assert [entry["line"] for entry in document["batch_results"]] == [1, 2, 3, 4, 5, 6]


def test_tsv_and_csv_tell_the_same_under_one_header(cli: Cli) -> None:
    answered(cli)
    told_ndjson = items(cli.run("batch", "--keep-going", "--dry-run", stdin=FATES))
    as_tsv = cli.run("batch", "--keep-going", "--dry-run", "-o", "tsv", stdin=FATES)
    as_csv = cli.run("batch", "--keep-going", "--dry-run", "-o", "csv", stdin=FATES)
    assert as_tsv.code == as_csv.code == 7
    assert as_tsv.stdout.splitlines()[0].split("\t") == FIELDS[1:]
    assert as_csv.stdout.splitlines()[0].split(",") == FIELDS[1:]
    for row, entry in zip(as_tsv.rows(), told_ndjson, strict=True):
        assert row["line"] == str(entry["line"])
        for name in ("op", "order", "dispute", "status", "from", "to", "code", "message"):
            assert row[name] == (entry[name] or "")
    assert len(as_csv.stdout.splitlines()) == 7


def test_ids_are_the_disputes_ready_to_be_fed_back(cli: Cli) -> None:
    answered(cli)
    result = cli.run("batch", "--keep-going", "-o", "ids", stdin=FATES)
    assert set(result.stdout.split()) == {"D1"}
    assert cli.ok("dispute", "message", "-", "fed back", stdin=result.stdout).row()["dispute"] == "D1"


def test_fields_are_chosen_and_an_unknown_one_stops_everything(cli: Cli) -> None:
    answered(cli)
    chosen = cli.ok("batch", "--fields", "status,line", stdin=ndjson(message("a")))
    assert list(items(chosen)[0]) == ["schema_version", "status", "line"]
    before = cli.kept()
    unknown = cli.run("batch", "--fields", "line,colour", stdin=ndjson(message("b")))
    assert unknown.code == 2
    assert "colour" in unknown.stderr
    assert cli.kept() == before


@pytest.mark.parametrize("output", ["ndjson", "tsv", "json"])
def test_empty_input_is_nothing_to_do(cli: Cli, output: str) -> None:
    answered(cli)
    before = cli.kept()
    for content in ("", "\n\r\n  \n", codecs.BOM_UTF8, "op,order,text\n"):
        for mode in ((), ("--keep-going",)):
            result = cli.run("batch", "-o", output, *mode, stdin=content)
            assert (result.code, result.stderr) == (0, "0 lines\n")
    assert cli.kept() == before


def test_without_a_ledger_there_is_nothing_a_batch_could_be_about(cli: Cli) -> None:
    result = cli.run("batch", stdin=ndjson(message("a")))
    assert (result.code, result.stdout) == (3, "")
    assert not cli.ledger.exists()


OPERATIONS = [
    {
        "op": "open",
        "order": KETTLE,
        "reason": "late",
        "amount": "39.90",
        "note": 'with "quotes", and a comma',
    },
    {"op": "open", "order": DRILL, "line": 2, "reason": "defective"},
    {"op": "message", "order": "D1", "text": "two\nlines", "from": "buyer"},
    {"op": "answer", "order": KETTLE, "refuse": True},
    {"op": "cancel", "order": LAMP, "reason": "seller-asked", "accept_risks": ["pressure-to-cancel"]},
]
TABLE = [
    ["op", "order", "line", "reason", "amount", "note", "text", "from", "refuse", "accept_risks"],
    ["open", KETTLE, "", "late", "39.90", 'with "quotes", and a comma', "", "", "", ""],
    ["open", DRILL, "2", "defective", "", "", "", "", "", ""],
    ["message", "D1", "", "", "", "", "two\nlines", "buyer", "", ""],
    ["answer", KETTLE, "", "", "", "", "", "", "true", ""],
    ["cancel", LAMP, "", "seller-asked", "", "", "", "", "", "pressure-to-cancel"],
]


def quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if set(cell) & set('";,\n') else cell


def escaped(cell: str) -> str:
    return cell.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")


AS_CSV = "".join(",".join(map(quoted, row)) + "\n" for row in TABLE)
FORMS: dict[str, str | bytes] = {
    "ndjson": ndjson(*OPERATIONS),
    "ndjson without a last line end": ndjson(*OPERATIONS).rstrip("\n"),
    "ndjson with CRLF": ndjson(*OPERATIONS).replace("\n", "\r\n"),
    "ndjson with blank lines": "\n\n" + ndjson(*OPERATIONS).replace("\n", "\n\n  \n"),
    "ndjson with spaces around": ndjson(*OPERATIONS).replace("}\n", "}  \n"),
    "ndjson with what is absent as null": ndjson(
        *({"note": None, "line": None, **operation} for operation in OPERATIONS)
    ),
    "ndjson with a mark": codecs.BOM_UTF8 + ndjson(*OPERATIONS).encode(),
    "ndjson in UTF-16": ndjson(*OPERATIONS).encode("utf-16"),
    "ndjson in UTF-16, big end first": codecs.BOM_UTF16_BE + ndjson(*OPERATIONS).encode("utf-16-be"),
    "CSV": AS_CSV,
    "CSV with CRLF": AS_CSV.replace("\n", "\r\n").replace("two\r\nlines", "two\nlines"),
    "CSV with a mark": codecs.BOM_UTF8 + AS_CSV.encode(),
    "CSV in UTF-16": AS_CSV.encode("utf-16"),
    "CSV with semicolons": "".join(";".join(map(quoted, row)) + "\n" for row in TABLE),
    "TSV": "".join("\t".join(map(escaped, row)) + "\n" for row in TABLE),
}


@pytest.mark.parametrize("form", FORMS)
def test_the_same_operations_in_every_form(cli: Cli, form: str) -> None:
    answered(cli)
    name = cli.file("input", FORMS[form])
    result = cli.ok("batch", name, "--yes")
    assert told(result, "op", "order", "dispute", "to", "status") == [
        ("open", KETTLE, "D2", "opened", "changed"),
        ("open", DRILL, "D3", "opened", "changed"),
        ("message", LAMP, "D1", "answered", "changed"),
        ("answer", KETTLE, "D2", "answered", "changed"),
        ("cancel", LAMP, "D1", "cancelled", "changed"),
    ]
    assert texts(cli) == ["two\nlines"]
    kept = select(cli.ledger, "SELECT note, amount_minor FROM events WHERE dispute_id = 2 AND seq = 1")
    assert kept == [('with "quotes", and a comma', 3990)]
    assert cli.ok("dispute", "show", "D3").pairs()["line"] == "2"
    assert states(cli) == ["cancelled", "answered", "opened"]


def test_lines_are_counted_as_an_editor_counts_them(cli: Cli) -> None:
    answered(cli)
    content = "\n" + ndjson(message("a")) + "\r\n   \n" + ndjson(message("b"))
    assert told(cli.ok("batch", stdin=content), "line") == [2, 5]
    table = 'op,order,text\n\nmessage,D1,"c\nd\ne"\nmessage,D1,f\n'
    assert told(cli.ok("batch", stdin=table), "line") == [3, 6]
    assert texts(cli) == ["a", "b", "c\nd\ne", "f"]


def test_standard_input_is_read_with_a_dash_and_without_anything(cli: Cli) -> None:
    answered(cli)
    assert statuses(cli.ok("batch", "-", stdin=ndjson(message("a")))) == ["changed"]
    assert statuses(cli.ok("batch", stdin=ndjson(message("b")))) == ["changed"]
    assert texts(cli) == ["a", "b"]


def test_a_file_that_is_not_there_is_told(cli: Cli) -> None:
    answered(cli)
    missing = cli.run("batch", str(cli.home / "nosuch.ndjson"))
    assert (missing.code, missing.stdout) == (9, "")
    assert "nosuch.ndjson" in missing.stderr


@pytest.mark.parametrize("part", [LAMP[-4:], LAMP[:-1], LAMP[4:], f"aliexpress:{LAMP[-6:]}", f"*{LAMP}*"])
@pytest.mark.parametrize("tty", [False, True], ids=["pipe", "terminal"])
def test_a_part_of_a_number_names_nothing(cli: Cli, part: str, tty: bool) -> None:
    answered(cli)
    name = cli.file("steps.ndjson", ndjson(message("a", part)))
    result = cli.run("batch", name, "-o", "ndjson", tty=tty)
    assert result.code == 4
    assert told(result, "status", "code") == [("error", "not-found")]
    assert texts(cli) == []


@pytest.mark.parametrize("name", [LAMP, f"aliexpress:{LAMP}", f"AliExpress:{LAMP}", "D1", "d1", "5000123"])
def test_every_exact_name_will_do(cli: Cli, name: str) -> None:
    imported(cli).ok("dispute", "open", LAMP, "--reason", "late", "--platform-id", "5000123")
    result = cli.ok("batch", stdin=ndjson(message("a", name)))
    assert told(result, "order", "dispute", "status") == [(LAMP, "D1", "changed")]


def test_an_order_with_two_open_disputes_is_not_guessed(cli: Cli) -> None:
    opened(cli, DRILL, "--line", "1").ok("dispute", "open", DRILL, "--line", "2", "--reason", "late")
    lines = ndjson(message("a", DRILL), message("b", DRILL, line=2), message("c", DRILL, whole_order=True))
    result = cli.run("batch", "--keep-going", stdin=lines)
    assert told(result, "status", "code") == [
        ("error", "ambiguous"),
        ("changed", None),
        ("error", "not-found"),
    ]
    assert "D1 (opened), D2 (opened)" in told(result, "message")[0]
    assert texts(cli) == ["b"]


def test_what_the_checks_warn_of_is_in_the_report(cli: Cli) -> None:
    opened(cli)
    result = cli.ok("batch", "--yes", stdin=ndjson(cancel(reason="opened-by-mistake")))
    assert told(result, "findings") == [["seller-silent"]]


def test_a_check_blocks_unless_its_risk_is_accepted(cli: Cli) -> None:
    answered(cli)
    blocked = cli.run("batch", "--yes", stdin=ndjson(cancel(reason="seller-asked")))
    assert blocked.code == 4
    assert told(blocked, "status", "code", "to") == [("refused", "blocked", "answered")]
    assert "pressure-to-cancel" in told(blocked, "message")[0]
    passed = cli.ok(
        "batch", "--yes", stdin=ndjson(cancel(reason="seller-asked", accept_risks=["pressure-to-cancel"]))
    )
    assert told(passed, "status", "to") == [("changed", "cancelled")]


def test_the_history_says_that_it_was_a_batch_and_who_ran_it(cli: Cli) -> None:
    answered(cli).ok("batch", "--actor", "clerk", stdin=ndjson(message("a", operation_id="op-1")))
    newest = "SELECT actor, source, operation_id FROM events ORDER BY seq DESC LIMIT 1"
    ((actor, source, operation_id),) = select(cli.ledger, newest)
    assert (actor, operation_id) == ("clerk", "op-1")
    assert source.startswith("batch")
    assert source.endswith(":1"), "the line"


def test_an_error_is_one_line_of_json_where_json_was_asked_for(cli: Cli) -> None:
    answered(cli)
    result = cli.run("batch", "-o", "ndjson", stdin=ndjson(message("a"), {"op": "keep", "order": "D1"}))
    summary, error = result.stderr.splitlines()
    assert summary == "2 lines: 1 not applied, 1 refused"
    told_error = json.loads(error)["error"]
    assert (told_error["exit_code"], told_error["code"]) == (4, "refused")
    assert any("standard input:2:" in detail for detail in told_error["details"])


EXITS = {
    "all done": (ndjson(message("a")), (), 0),
    "nothing new": (ndjson(message("a"), message("a")), (), 0),
    "refused": (ndjson(message("a"), {"op": "keep", "order": "D1"}), (), 4),
    "not found": (ndjson(message("a"), message("b", "D9")), (), 4),
    "bad": (ndjson(message("a")) + BAD, (), 9),
    "bad only beside its order": (
        ndjson(message("a"), {"op": "answer", "order": "D1", "offer": "EUR 1"}),
        (),
        9,
    ),
    "unconfirmed": (ndjson(message("a"), {"op": "accept", "order": "D1"}), (), 6),
    "confirmed": (ndjson(message("a"), {"op": "accept", "order": "D1"}), ("--yes",), 0),
    "going on, all done": (ndjson(message("a")), ("--keep-going",), 0),
    "going on, refused": (ndjson(message("a"), {"op": "keep", "order": "D1"}), ("--keep-going",), 7),
    "going on, not found": (ndjson(message("a"), message("b", "D9")), ("--keep-going",), 7),
    "going on, bad": (ndjson(message("a")) + BAD, ("--keep-going",), 7),
    "going on, unconfirmed": (
        ndjson(message("a"), {"op": "accept", "order": "D1"}),
        ("--keep-going",),
        6,
    ),
}


@pytest.mark.parametrize("case", EXITS)
def test_the_exit_code_tells_how_it_ended(cli: Cli, case: str) -> None:
    lines, more, code = EXITS[case]
    answered(cli)
    before = cli.kept()
    assert cli.run("batch", *more, stdin=lines).code == code
    written = "--keep-going" in more or code == 0
    assert (cli.kept() != before) is written


def test_a_batch_that_changes_nothing_writes_nothing(cli: Cli) -> None:
    answered(cli).ok("batch", stdin=ndjson(*messages(3)))
    before, count = cli.kept(), commits(cli)
    again = ndjson(messages(3)[-1])
    for mode in ((), ("--keep-going",)):
        assert statuses(cli.ok("batch", *mode, stdin=again)) == ["unchanged"]
    assert (cli.kept(), commits(cli)) == (before, count)
