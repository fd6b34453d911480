"""What `help` tells: the page about batches, and every command by its name."""

from datetime import datetime

import pytest

from dispcli.commands.help.batch import INPUT, STATUSES, TOGETHER
from dispcli.commands.registry import COMMANDS
from dispcli.core.operations import COMMON, OPERATIONS, Asked, Wants, read_operation
from tests.cli.harness import NOW, Cli
from tests.cli.samples import answered

AT = datetime.fromisoformat(NOW)
WORDS = {
    Wants.REASON: "agreement",
    Wants.AMOUNT: "10.00",
    Wants.MOMENT: "2026-11-30",
    Wants.FLAG: True,
    Wants.DISPUTE: "D1",
    Wants.TEXT: "x",
    Wants.NAME: "x",
}


def page(cli: Cli, columns: int = 88) -> str:
    return cli.ok("help", "batch", env={"COLUMNS": str(columns)}).stdout


def told(text: str, name: str) -> str:
    """What stands beside a name, on as many lines as it takes."""
    lines = iter(text.splitlines())
    first = next(line for line in lines if line.startswith(f"  {name} "))
    more = []
    for line in lines:
        if not line.startswith("        "):
            break
        more.append(line.strip())
    return " ".join([first.removeprefix(f"  {name}").strip(), *more])


def test_the_page_is_two_screens(cli: Cli) -> None:
    lines = page(cli).splitlines()
    assert len(lines) <= 80
    assert max(map(len, lines)) <= 88
    assert max(map(len, page(cli, 80).splitlines())) <= 80


def test_a_pipe_gets_the_page_as_it_is(cli: Cli) -> None:
    result = cli.call("help", "batch")
    assert (result.code, result.stderr) == (0, "")
    assert result.stdout.startswith("One operation a line.")
    assert "\x1b" not in result.stdout


@pytest.mark.parametrize("op", OPERATIONS)
def test_each_operation_has_its_fields(cli: Cli, op: str) -> None:
    shown, *needs = told(page(cli), op).split("; needs ")
    names = [part.split(" (")[0] for part in shown.split(", ") if part.split(" (")[0]]
    required = {name.removesuffix("*") for name in names if name.endswith("*")}
    assert {name.removesuffix("*") for name in names} == set(OPERATIONS[op])
    assert required == {name for name, field in OPERATIONS[op].items() if field.required}
    assert needs == ([TOGETHER[op]] if op in TOGETHER else [])


@pytest.mark.parametrize("op", OPERATIONS)
def test_what_is_told_to_be_required_is_all_that_is(op: str) -> None:
    fields = {**COMMON, **OPERATIONS[op]}
    line = {"op": op} | {
        name: field.words[0] if field.words else WORDS[field.wants]
        for name, field in fields.items()
        if field.required
    }
    read = read_operation(line, AT)
    assert isinstance(read, Asked) is (op not in TOGETHER), read


@pytest.mark.parametrize("name", COMMON)
def test_the_fields_of_every_line_are_told(cli: Cli, name: str) -> None:
    marked = f"{name}*" if COMMON[name].required else name
    assert told(page(cli), marked) == COMMON[name].about


def test_the_statuses_are_those_of_the_report(cli: Cli) -> None:
    from dispcli.render.sheets.batch import BATCH

    about = next(field.about for field in BATCH.fields if field.name == "status")
    assert ", ".join(STATUSES).replace(", not_applied", " or not_applied") == about
    assert all(told(page(cli), status) == meaning for status, meaning in STATUSES.items())


@pytest.mark.parametrize("start", ['{"op"', "op,order"], ids=["ndjson", "csv"])
def test_the_lines_shown_can_be_run(cli: Cli, start: str) -> None:
    answered(cli)
    lines = [line.strip() for line in INPUT.replace("D12", "D1").splitlines()]
    begin = next(index for index, line in enumerate(lines) if line.startswith(start))
    shown = lines[begin : lines.index("", begin)] if "" in lines[begin:] else lines[begin:]
    result = cli.ok("batch", "--yes", "-o", "tsv", stdin="\n".join(shown) + "\n")
    assert result.row()["status"] == "changed"


@pytest.mark.parametrize("number", range(3))
def test_the_examples_can_be_run(cli: Cli, number: int) -> None:
    answered(cli)
    line = '{"op":"message","order":"D1","text":"x"}\n'
    examples = [row.strip() for row in page(cli).split("Examples:\n")[1].splitlines()[:3]]
    words = examples[number].split("dispcli ")[1].split()
    file = cli.file("ops.ndjson", line)
    rest = file.replace("ops.ndjson", "rest")
    result = cli.ok(*(file if w == "ops.ndjson" else rest if w == "rest" else w for w in words), stdin=line)
    assert '"status":"changed"' in result.stdout.replace(": ", ":")


def test_the_page_and_the_schema_name_each_other(cli: Cli) -> None:
    assert "dispcli help schema batch" in page(cli)
    assert "dispcli help batch" in cli.ok("help", "schema", "batch").json()["description"]


@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "batch"])
def test_help_of_a_command_is_its_help(cli: Cli, name: str) -> None:
    assert cli.ok("help", name).stdout == cli.ok(name, "--help").stdout


def test_help_of_a_verb_is_its_help(cli: Cli) -> None:
    shown = cli.ok("dispute", "cancel", "--help").stdout
    before = cli.kept()
    for more in ((), ("--yes",), ("--reason", "agreement")):
        assert cli.ok("help", "dispute", "cancel", *more).stdout == shown
    assert cli.kept() == before


def test_a_topic_wins_over_a_command(cli: Cli) -> None:
    assert cli.ok("help", "batch").stdout.startswith("One operation a line.")
    assert "dispcli batch --help" in page(cli).replace("\n", " ")


@pytest.mark.parametrize(
    ("words", "name"), [(("dispute", "canel"), "cancel"), (("exit-cods",), "exit-codes"), (("nosuch",), "")]
)
def test_help_of_what_is_no_command_ends_with_2(cli: Cli, words: tuple[str, ...], name: str) -> None:
    result = cli.run("help", *words)
    assert (result.code, result.stdout) == (2, "")
    assert words[-1] in result.stderr
    assert name in result.stderr
