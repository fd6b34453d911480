"""What leaves on stdout: the same records in every format, whole, and nothing but data."""

import csv
import io
import json

import pytest
from jsonschema import Draft202012Validator

from tests.cli.harness import Cli, Result
from tests.cli.samples import (
    DRILL,
    KETTLE,
    LAMP,
    SHOES,
    SHOPPER,
    answered,
    busy,
    csv_of,
    imported,
    opened,
    row,
)
from tests.evidence.pictures import JPEG

Words = tuple[str, ...]

# Every command that gives a list, with the name of its list in JSON and how many records are there.
LISTS: dict[Words, tuple[str, int]] = {
    ("orders", "list"): ("orders", 5),
    ("dispute", "list", "--all"): ("disputes", 6),
    ("dispute", "history", "D1"): ("events", 3),
    ("dispute", "messages", "D1"): ("messages", 1),
    ("dispute", "reasons"): ("reasons", 22),
    ("agenda", "--days", "60", "--waiting"): ("agenda", 7),
    ("sellers", "list"): ("sellers", 3),
    ("config", "list", "--origin"): ("settings", 5),
    ("help", "exit-codes"): ("exit_codes", 13),
    ("help", "environment"): ("variables", 12),
    ("help", "filters"): ("filter_terms", 39),
    ("help", "drafts"): ("draft_templates", 118),
    ("help", "formats"): ("formats", 17),
    ("help", "states"): ("transitions", 0),
    ("policy", "list"): ("policies", 5),
    ("help", "policies"): ("policy_keys", 27),
    ("ledger", "check"): ("problems", 0),
    ("dispute", "escalate", "D1", "--dry-run"): ("changes", 1),
    ("orders", "set", LAMP, "--status", "frozen", "--dry-run"): ("order_changes", 1),
    ("sellers", "rate", "Tool Barn", "2", "--note", "slow", "--dry-run"): ("seller_changes", 1),
}
FORMATS = ("tsv", "csv", "json", "ndjson", "ids", "table")
NO_IDS = ("events", "filter_terms", "draft_templates", "transitions", "problems")


def records(result: Result, format: str, name: str) -> list[list[str]]:
    """The values of every record, in the order of the fields, as text."""
    if format == "tsv":
        return [line.split("\t") for line in result.stdout.splitlines()[1:]]
    if format == "csv":
        return list(csv.reader(io.StringIO(result.stdout)))[1:]
    found = (
        result.json()[name] if format == "json" else [json.loads(line) for line in result.stdout.splitlines()]
    )
    return [[value for key, value in record.items() if key != "schema_version"] for record in found]


@pytest.mark.parametrize("words", LISTS, ids=" ".join)
@pytest.mark.parametrize("format", FORMATS)
def test_every_list_comes_in_every_format(cli: Cli, words: Words, format: str) -> None:
    name, count = LISTS[words]
    result = busy(cli).run(*words, "-o", format)
    if format == "ids" and name in NO_IDS:
        assert result.code == 2
        return
    assert result.code == 0, result.stderr
    assert "error" not in result.stderr
    if format == "table":
        assert (result.stdout == "") is (name == "problems")
    elif format == "ids":
        assert 0 < len(result.stdout.splitlines()) <= (count or 99)
    else:
        found = records(result, format, name)
        assert len(found) == count or name == "transitions"
        assert len({len(record) for record in found}) <= 1, "every record has every field"


@pytest.mark.parametrize("words", LISTS, ids=" ".join)
def test_tsv_csv_and_json_have_the_same_fields(cli: Cli, words: Words) -> None:
    name, _ = LISTS[words]
    busy(cli)
    tsv = cli.run(*words, "-o", "tsv").stdout.splitlines()[0].split("\t")
    assert next(csv.reader(io.StringIO(cli.run(*words, "-o", "csv").stdout))) == tsv
    for record in cli.run(*words, "-o", "json").json()[name]:
        assert list(record) == tsv
    for line in cli.run(*words, "-o", "ndjson").stdout.splitlines():
        assert list(json.loads(line)) == ["schema_version", *tsv]


def test_import_reports_in_every_format(cli: Cli) -> None:
    name = cli.file("shopper.csv", SHOPPER)
    for format in FORMATS:
        assert cli.ok("import", name, "--dry-run", "-o", format).stdout != ""


SINGLES: tuple[Words, ...] = (
    ("dispute", "show", "D1"),
    ("dispute", "advise", "D1"),
    ("orders", "show", LAMP),
    ("sellers", "show", "Tool Barn"),
    ("policy", "show"),
    ("ledger", "info"),
)


@pytest.mark.parametrize("words", SINGLES, ids=" ".join)
def test_one_thing_comes_as_table_tsv_and_json(cli: Cli, words: Words) -> None:
    busy(cli)
    assert cli.ok(*words, "-o", "table").stdout
    assert cli.ok(*words, "-o", "tsv").stdout.startswith("field\tvalue\n")
    assert cli.ok(*words, "--json").json()["schema_version"] == 1
    for format in ("csv", "ndjson", "ids"):
        refused = cli.run(*words, "-o", format)
        assert refused.code == 2
        assert "table, tsv, json" in refused.stderr


@pytest.mark.parametrize("words", SINGLES, ids=" ".join)
def test_the_tsv_of_one_thing_is_a_field_and_a_value_a_line(cli: Cli, words: Words) -> None:
    lines = busy(cli).ok(*words).stdout.splitlines()
    assert all(line.count("\t") == 1 for line in lines)


@pytest.mark.parametrize("words", [w for w in LISTS if LISTS[w][1]], ids=" ".join)
def test_fields_are_chosen_and_ordered(cli: Cli, words: Words) -> None:
    header = busy(cli).run(*words).stdout.splitlines()[0].split("\t")
    chosen = [header[-1], header[0]]
    result = cli.run(*words, "--fields", ",".join(chosen))
    assert result.stdout.splitlines()[0].split("\t") == chosen


@pytest.mark.parametrize("words", LISTS, ids=" ".join)
def test_an_unknown_field_lists_the_known_ones(cli: Cli, words: Words) -> None:
    busy(cli)
    before = cli.kept()
    result = cli.run(*words, "--fields", "nosuch")
    assert result.code == 2
    assert "nosuch" in result.stderr
    header = cli.run(*words).stdout.splitlines()[0].split("\t")
    assert ", ".join(header) in result.stderr
    assert cli.kept() == before


def test_a_change_with_an_unknown_field_is_not_made(cli: Cli) -> None:
    answered(cli)
    before = cli.kept()
    for words in (
        ("dispute", "escalate", "D1", "--fields", "nosuch"),
        ("dispute", "open", KETTLE, "--reason", "late", "--fields", "nosuch"),
        ("orders", "set", LAMP, "--status", "frozen", "--fields", "nosuch"),
        ("sellers", "rate", "Tool Barn", "2", "--fields", "nosuch"),
        ("orders", "add", "777000111", "--fields", "nosuch"),
        ("import", cli.file("more.csv", csv_of(row("8190000000000099"))), "--fields", "nosuch"),
        ("dispute", "escalate", "D1", "-o", "xml"),
        ("dispute", "open", KETTLE, "--reason", "late", "-o", "xml"),
        ("orders", "set", LAMP, "--status", "frozen", "-o", "xml"),
        ("import", cli.file("more.csv", csv_of(row("8190000000000099"))), "-o", "xml"),
    ):
        assert cli.run(*words).code == 2, words
        assert cli.kept() == before, words


@pytest.mark.parametrize("words", [("orders", "list"), ("dispute", "list"), ("dispute", "show", "D1")])
def test_json_and_another_format_exclude_each_other(cli: Cli, words: Words) -> None:
    busy(cli)
    assert cli.run(*words, "--json", "-o", "tsv").code == 2
    assert cli.run(*words, "--json", "-o", "json").code == 0


@pytest.mark.parametrize(
    "words",
    [
        ("orders", "list", "--search", "nothing like this"),
        ("dispute", "list", "--state", "returning"),
        ("sellers", "list", "--search", "nobody"),
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("format", FORMATS)
def test_an_empty_list_is_no_error(cli: Cli, words: Words, format: str) -> None:
    result = busy(cli).ok(*words, "-o", format)
    if format in ("tsv", "csv"):
        assert len(result.stdout.splitlines()) == 1, "only the header"
    if format == "json":
        assert next(value for value in result.json().values() if isinstance(value, list)) == []


def lots(cli: Cli, count: int = 120) -> Cli:
    rows = [row(f"{8192000000000000 + number}", f"Thing {number}") for number in range(count)]
    cli.ok("import", cli.file("lots.csv", csv_of(*rows)))
    return cli


def test_a_pipe_gets_everything(cli: Cli) -> None:
    lots(cli)
    assert len(cli.ok("orders", "list").rows()) == 120
    assert cli.ok("orders", "list", "--json").json()["more"] is False


def test_a_terminal_gets_fifty_and_is_told(cli: Cli) -> None:
    result = lots(cli).ok("orders", "list", tty=True, env={"NO_COLOR": "1"})
    assert len(result.stdout.splitlines()) == 51
    assert "there are more: --limit N" in result.stderr
    everything = cli.ok("orders", "list", "--limit", "0", tty=True)
    assert len(everything.stdout.splitlines()) == 121
    assert "there are more" not in everything.stderr


def test_a_limit_says_whether_there_is_more(cli: Cli) -> None:
    lots(cli, 10)
    assert cli.ok("orders", "list", "--limit", "9", "--json").json()["more"] is True
    assert cli.ok("orders", "list", "--limit", "10", "--json").json()["more"] is False


@pytest.mark.parametrize("sort", ["newest", "oldest", "amount", "number"])
@pytest.mark.parametrize("step", [1, 3])
def test_pages_by_after_visit_every_order_once(cli: Cli, sort: str, step: int) -> None:
    busy(cli)
    everything = cli.ok("orders", "list", "--sort", sort, "-o", "ids").stdout.split()
    visited: list[str] = []
    while page := cli.ok(
        "orders",
        "list",
        "--sort",
        sort,
        "--limit",
        str(step),
        "-o",
        "ids",
        *(("--after", visited[-1]) if visited else ()),
    ).stdout.split():
        visited += page
    assert visited == everything
    assert len(set(visited)) == 5


@pytest.mark.parametrize("sort", ["open", "newest", "oldest", "amount"])
def test_pages_by_after_visit_every_dispute_once(cli: Cli, sort: str) -> None:
    busy(cli)
    words = ("dispute", "list", "--all", "--sort", sort, "-o", "ids")
    everything = cli.ok(*words).stdout.split()
    visited = cli.ok(*words, "--limit", "2").stdout.split()
    while page := cli.ok(*words, "--limit", "2", "--after", visited[-1]).stdout.split():
        visited += page
    assert visited == everything
    assert len(set(visited)) == 6


def test_totals_are_per_currency_and_never_added_up(cli: Cli) -> None:
    busy(cli)
    totals = cli.ok("orders", "list", "--json").json()["totals"]
    assert [(total["currency"], total["amount"]) for total in totals] == [
        ("EUR", "39.90"),
        ("JPY", "4200"),
        ("USD", "99.00"),
    ]
    told = cli.ok("orders", "list", tty=True).stderr
    assert "5 orders · EUR 39.90 · JPY 4200 · USD 99.00" in told


def test_amounts_are_exact_in_every_format(cli: Cli) -> None:
    busy(cli)
    shoes = cli.ok("orders", "list", "--search", "shoes", "--json").json()["orders"][0]
    assert shoes["total"] == {"amount": "4200", "minor": 4200, "currency": "JPY"}
    drill = cli.ok("orders", "list", "--search", DRILL).row()
    assert (drill["total"], drill["currency"], drill["lines"]) == ("69.00", "USD", "2")


def test_ids_can_be_fed_back(cli: Cli) -> None:
    busy(cli)
    ids = cli.ok("dispute", "list", "-o", "ids").stdout.split()
    assert set(ids) == {"D1", "D2", "D3", "D4", "D5"}
    assert len(cli.ok("dispute", "message", "D1", "hello", "-o", "ids").stdout.split()) == 1
    for order in cli.ok("orders", "list", "-o", "ids").stdout.split():
        assert cli.ok("orders", "show", order).pairs()["order"] == order


def test_tsv_is_never_cut_and_a_line_a_record(cli: Cli) -> None:
    long = "very " * 2000 + "long title"
    cli.ok("import", cli.file("long.csv", csv_of(row(title=long))))
    result = cli.ok("orders", "list", env={"COLUMNS": "20"})
    assert result.row()["title"] == long


def test_times_are_utc_with_z_in_pipes_and_relative_on_a_terminal(cli: Cli) -> None:
    answered(cli)
    assert cli.ok("dispute", "list").row()["opened"] == "2026-11-22T12:00:00Z"
    assert "now" in cli.ok("dispute", "list", tty=True).stdout


def schema_samples(cli: Cli) -> dict[str, object]:
    """A real document of every kind."""
    busy(cli)
    cli.ok("dispute", "revise", "D1", "--amount", "12")
    lists = {name: cli.run(*words, "--json").json() for words, (name, _) in LISTS.items()}
    extra = {
        "imports": ("import", cli.file("again.csv", SHOPPER)),
        "dispute": ("dispute", "show", "D4"),
        "order": ("orders", "show", DRILL),
        "seller": ("sellers", "show", "Tool Barn"),
        "advice": ("dispute", "advise", "D2", "--reason", "received-ok"),
        "policy": ("policy", "show", "ebay"),
        "policy_changes": ("policy", "check", cli.file("paypal.toml", 'zone = "UTC"\n')),
        "ledger": ("ledger", "info"),
        "conflicts": ("ledger", "conflicts"),
        "draft": ("dispute", "draft", "D4", "summary"),
        "evidence_changes": ("dispute", "evidence", "add", "D1", cli.file("photo.jpg", JPEG)),
        "evidence_files": ("dispute", "evidence", "list", "D1"),
        "evidence_file": ("dispute", "evidence", "show", "D1", "photo.jpg"),
        "evidence_troubles": ("dispute", "evidence", "verify"),
    }
    documents = {name: cli.ok(*words, "--json").json() for name, words in extra.items()}
    exports = {"order_lines": "orders", "history": "history", "messages": "messages"}
    documents |= {name: cli.ok("export", what, "--format", "json").json() for name, what in exports.items()}
    documents["error"] = {"error": cli.run("dispute", "show", "D99", "--json").error()}
    documents["batch"] = {"op": "settlement", "order": "D1", "stage": "promised", "amount": "5", "note": None}
    lines = json.dumps(documents["batch"]) + '\n{"op": "accept", "order": "D2"}\n{"op": "keep"}\n'
    documents["batch_results"] = cli.run("batch", "--dry-run", "--keep-going", "--json", stdin=lines).json()
    return {**lists, **documents}


# Parts of other documents, which no command prints alone.
ONLY_PARTS = {"findings", "windows"}


def test_every_document_keeps_to_its_schema(cli: Cli) -> None:
    schemas = cli.ok("help", "schema").json()
    samples = schema_samples(cli)
    assert set(samples) == set(schemas) - ONLY_PARTS
    for name, document in samples.items():
        Draft202012Validator.check_schema(schemas[name])
        Draft202012Validator(closed(schemas[name])).validate(document)


def closed(schema: object) -> object:
    """The schema without room for anything it does not name, so that no undocumented field slips in."""
    if isinstance(schema, list):
        return [closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    parts = {key: closed(part) for key, part in schema.items()}
    return {**parts, "additionalProperties": False} if isinstance(schema.get("properties"), dict) else parts


@pytest.mark.parametrize("name", ["D1", "D2", "D3", "D4", "D5", "D6"])
def test_every_kind_of_dispute_keeps_to_the_schema(cli: Cli, name: str) -> None:
    schema = cli.ok("help", "schema", "dispute").json()
    document = busy(cli).ok("dispute", "show", name, "--json").json()
    Draft202012Validator(closed(schema)).validate(document)


def test_an_unknown_schema_lists_the_known_ones(cli: Cli) -> None:
    result = cli.run("help", "schema", "nosuch")
    assert result.code == 2
    assert "orders" in result.stderr


QUIET: tuple[Words, ...] = (
    ("orders", "list"),
    ("dispute", "list"),
    ("dispute", "show", "D1"),
    ("dispute", "history", "D1"),
    ("sellers", "list"),
    ("policy", "show"),
)


@pytest.mark.parametrize("words", QUIET, ids=" ".join)
def test_reading_in_a_pipe_says_nothing_else(cli: Cli, words: Words) -> None:
    assert answered(cli).ok(*words).stderr == ""


@pytest.mark.parametrize("format", ["json", "ndjson", "tsv", "csv", "ids"])
def test_stdout_of_a_cancel_is_data_only(cli: Cli, format: str) -> None:
    answered(cli)
    result = cli.ok("dispute", "cancel", "D1", "--reason", "agreement", "--yes", "-o", format)
    assert "can't press the button" in result.stderr
    if format == "json":
        assert result.json()["changes"][0]["to"] == "cancelled"
    else:
        assert len(result.stdout.splitlines()) == {"ndjson": 1, "tsv": 2, "csv": 2, "ids": 1}[format]


def test_the_question_is_no_data(cli: Cli) -> None:
    answered(cli)
    words = ("dispute", "cancel", "D1", "--reason", "agreement")
    result = cli.run(*words, stdin="y\n", tty="in err")
    assert result.code == 0
    assert result.rows()[0]["to"] == "cancelled"


def test_only_the_message_to_the_seller_is_printed_when_asked(cli: Cli) -> None:
    answered(cli)
    words = ("dispute", "cancel", "D1", "--reason", "agreement", "--yes", "--message")
    (line,) = cli.ok(*words).stdout.splitlines()
    assert LAMP in line
    assert "cancelled my dispute" in line


def test_a_reason_may_come_from_stdin(cli: Cli) -> None:
    answered(cli)
    cli.ok("dispute", "cancel", "D1", "--reason", "-", stdin="the shop closed\n")
    assert cli.ok("dispute", "history", "D1").rows()[-1]["note"] == "the shop closed"


def footer(cli: Cli, *words: str) -> str:
    """The line below what a person is shown."""
    return cli.ok(*words, "-o", "table").stderr


def test_what_was_so_already_is_not_counted_as_a_change(cli: Cli) -> None:
    imported(cli)
    add = ("orders", "add", "777000777", "--title", "Lamp")
    assert footer(cli, *add, "--dry-run") == "1 order planned\n"
    assert footer(cli, *add) == "1 order added\n"
    assert footer(cli, *add) == "1 order there already\n"
    frozen = ("--status", "frozen")
    assert footer(cli, "orders", "set", LAMP, *frozen) == "1 order changed\n"
    assert footer(cli, "orders", "set", LAMP, KETTLE, *frozen) == "2 orders: 1 unchanged, 1 changed\n"
    assert footer(cli, "sellers", "rate", "Tool Barn", "2") == "1 seller changed\n"
    assert footer(cli, "sellers", "rate", "Tool Barn", "2") == "1 seller unchanged\n"
    asked = ("dispute", "open", LAMP, KETTLE, "--reason", "damaged", "--fields", "dispute,status")
    assert footer(cli, *asked) == "2 disputes changed\n"
    assert footer(cli, *asked) == "2 disputes unchanged\n"


def test_a_footer_tells_which_files_were_there_already(cli: Cli) -> None:
    evidence, one, two = ("dispute", "evidence"), cli.file("a.txt", "a"), cli.file("b.txt", "b")
    opened(cli)
    assert footer(cli, *evidence, "add", "D1", one) == "1 evidence file added\n"
    assert footer(cli, *evidence, "add", "D1", one) == "1 evidence file there already\n"
    assert footer(cli, *evidence, "add", "D1", one, two) == "2 evidence files: 1 there already, 1 added\n"
    assert footer(cli, *evidence, "remove", "D1", "a.txt", "--yes") == "1 evidence file removed\n"
    assert footer(cli, *evidence, "remove", "D1", "a.txt", "--yes") == "1 evidence file removed before\n"


def test_drafts_are_counted_by_their_kinds(cli: Cli) -> None:
    kinds = [row for row in cli.ok("help", "drafts").rows() if row["of"] == "kind"]
    assert footer(cli, "help", "drafts") == f"{len(kinds)} kinds of draft\n"


def test_sorting_by_amount_is_by_amount(cli: Cli) -> None:
    imported(cli)
    found = cli.ok("orders", "list", "--sort", "amount", "--search", "USD")
    assert found.rows() == []
    amounts = [entry["total"] for entry in cli.ok("orders", "list", "--sort", "amount").rows()]
    assert len(amounts) == 5


def test_filters_narrow_the_list(cli: Cli) -> None:
    busy(cli)
    for words, expected in {
        ("--status", "paid"): {SHOES},
        ("--seller", "Kitchen"): {KETTLE},
        ("--search", "bits"): {DRILL},
        ("--since", "2026-10-15", "--until", "2026-10"): {KETTLE},
    }.items():
        found = cli.ok("orders", "list", *words, "-o", "ids").stdout.split()
        assert set(found) == expected, words
