"""What is not loaded is not waited for; what is loaded late is still known by name everywhere."""

import re
import subprocess
import sys
from collections.abc import Iterator

import pytest

from dispcli.commands.lazy import Noun, Verb
from dispcli.commands.registry import COMMANDS
from dispcli.deferring import SELDOM_USED
from tests.cli.harness import Cli
from tests.cli.samples import KETTLE, LAMP, SHOPPER, answered

Words = tuple[str, ...]

NEVER = ("pydantic", "sqlalchemy", "sqlmodel", "decimal", "email", "http", "asyncio", "importlib.metadata")
PIPED: tuple[Words, ...] = (
    ("orders", "list"),
    ("dispute", "list"),
    ("dispute", "list", "--where", "state:opened title:~lamp"),
    ("dispute", "show", "D1"),
    ("dispute", "history", "D1"),
    ("dispute", "messages", "D1"),
    ("dispute", "draft", "D1", "summary"),
    ("dispute", "escalate", "D1"),
    ("dispute", "cancel", "D1", "--reason", "agreement"),
    ("dispute", "cancel", "D1", "--reason", "agreement", "--yes"),
    ("orders", "show", LAMP),
    ("sellers", "list"),
    ("agenda",),
    ("agenda", "--count"),
    ("ledger", "check"),
    ("policy", "show"),
    ("policy", "list"),
    ("policy", "check"),
    ("--help",),
    ("dispute", "--help"),
    ("dispute", "cancel", "--help"),
    ("help", "exit-codes"),
    ("help", "filters"),
    ("dispute", "accept", "D1"),
    ("dispute", "evidence", "list", "D1"),
    ("dispute", "evidence", "--help"),
    ("orders", "nosuch"),
)


# The program may end itself without coming back.
_RUN = """
import os, sys
end = os._exit

def tell(code):
    from dispcli.deferring import Deferred

    run = sorted(name for name, module in sys.modules.items() if type(module) is not Deferred)
    print("modules:", *run, file=sys.stderr, flush=True)
    end(code or 0)

os._exit = tell
from dispcli.__main__ import run
sys.argv = ["dispcli", *sys.argv[1:]]
tell(run())
"""


def loaded(cli: Cli, *words: str) -> set[str]:
    """The modules in memory when the command has run in a pipe."""
    done = subprocess.run(
        [sys.executable, cli.file("run.py", _RUN), *words],  # what is run by -c is kept in linecache
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        text=True,
        env=cli.env,
        timeout=30,
    )
    label, *modules = done.stderr.splitlines()[-1].split()
    assert label == "modules:", done.stderr
    return set(modules)


def heavy(modules: set[str], *names: str) -> set[str]:
    return {m for m in modules if m in names or m.startswith(tuple(f"{name}." for name in names))}


@pytest.mark.parametrize("words", PIPED, ids=" ".join)
def test_a_pipe_waits_for_nothing_heavy(cli: Cli, words: Words) -> None:
    answered(cli)
    modules = loaded(cli, *words)
    assert heavy(modules, *NEVER, "rich") == set()
    assert "tomllib" not in modules, "there is no configuration file"


@pytest.mark.parametrize(
    "words",
    [
        ("orders", "list"),
        ("dispute", "show", "D1"),
        ("dispute", "cancel", "D1", "--reason", "agreement", "--yes"),
        ("agenda", "--count"),
    ],
    ids=" ".join,
)
def test_of_what_comes_with_typer_the_seldom_used_stays_asleep(cli: Cli, words: Words) -> None:
    answered(cli)
    assert loaded(cli, *words) & set(SELDOM_USED) == set()
    assert loaded(cli, *words, "--help") & set(SELDOM_USED) >= {"gettext", "textwrap"}, "so that it can fail"


def test_an_import_waits_for_nothing_heavy(cli: Cli) -> None:
    modules = loaded(cli, "import", cli.file("shopper.csv", SHOPPER))
    assert heavy(modules, *NEVER, "rich") == set()


@pytest.mark.parametrize("noun", ["orders", "dispute"])
def test_a_list_without_a_filter_brings_nothing_of_filters(cli: Cli, noun: str) -> None:
    answered(cli)
    language = {
        f"dispcli.core.{name}" for name in ("filters", "filter_fields", "filter_texts", "filter_values")
    }
    language.add("dispcli.ledger.where")
    assert language & loaded(cli, noun, "list", "--limit", "5") == set()
    assert language - loaded(cli, noun, "list", "--where", "-seller:x") == set()


def test_a_prompt_waits_for_no_clocks_unless_something_is_estimated(cli: Cli) -> None:
    answered(cli)
    late = {"zoneinfo", "hashlib", "json", "icalendar", "dispcli.core.filters", "dispcli.core.checks"}
    assert late & loaded(cli, "agenda", "--count") == set()
    cli.ok("dispute", "open", KETTLE, "--reason", "late")
    assert late & loaded(cli, "agenda", "--count") == {"zoneinfo"}


def test_a_cancel_brings_the_message_to_the_seller_once_there_is_one(cli: Cli) -> None:
    answered(cli)
    words = ("dispute", "cancel", "D1", "--reason", "agreement")
    late = {"hashlib", "json", "zoneinfo", "dispcli.core.policy_values"}
    message = {
        "dispcli.core.templates",
        "dispcli.services.drafts.compiled",
        "dispcli.services.drafts.filling",
    }
    late |= {"dispcli.core.template_reading", "dispcli.core.draft_lists", "dispcli.core.settling"}
    assert (late | message) & loaded(cli, *words) == set()
    assert (late | message) & loaded(cli, "dispute", "confirm", "D1", "--yes") == message


def test_a_calendar_brings_what_writes_it(cli: Cli) -> None:
    answered(cli)
    assert "icalendar" in loaded(cli, "agenda", "--ics", "-")
    assert "icalendar" not in loaded(cli, "agenda")


def test_a_dispute_without_evidence_brings_nothing_of_it(cli: Cli) -> None:
    answered(cli)
    parts = {"dispcli.core.evidence", "dispcli.core.photos", "dispcli.ledger.evidence_store"}
    assert parts & loaded(cli, "dispute", "show", "D1") == set()
    assert parts <= loaded(cli, "dispute", "evidence", "show", "D1", "1")


def test_a_command_brings_only_its_own_module(cli: Cli) -> None:
    modules = loaded(cli, "orders", "list")
    places = {entry.place.partition(":")[0] for _, entry in every_verb(COMMANDS)}
    assert places & modules == {"dispcli.commands.orders.list"}
    assert not any(module.startswith("dispcli.formats") for module in modules)


@pytest.mark.parametrize("words", [("--help",), ("dispute", "--help"), ("dispute", "canel")], ids=" ".join)
def test_names_and_helps_come_without_the_commands(cli: Cli, words: Words) -> None:
    modules = loaded(cli, *words)
    places = {entry.place.partition(":")[0] for _, entry in every_verb(COMMANDS)}
    assert places & modules == set()


@pytest.mark.parametrize(
    "words",
    [
        ("orders", "list"),
        ("dispute", "show", "D1"),
        ("dispute", "message", "D1", "hello"),
        ("dispute", "messages", "D1"),
        ("dispute", "escalate", "D1"),
    ],
    ids=" ".join,
)
def test_texts_to_send_are_nothing_to_those_who_send_none(cli: Cli, words: Words) -> None:
    answered(cli)
    theirs = ("dispcli.core.template", "dispcli.core.draft", "dispcli.services.drafts")
    assert {module for module in loaded(cli, *words) if module.startswith(theirs)} == set()
    assert "dispcli.core.templates" in loaded(cli, "dispute", "draft", "D1", "remind"), "so that it can fail"


def test_the_version_comes_without_typer(cli: Cli) -> None:
    modules = loaded(cli, "--version")
    assert heavy(modules, "typer", "rich", "sqlite3") == set()


def test_a_configuration_file_brings_tomllib(cli: Cli) -> None:
    cli.write_config('actor = "ada"\n')
    assert "tomllib" in loaded(cli, "orders", "list")
    assert "tomllib" not in loaded(cli, "orders", "list", "--no-config")


POLICY_PARSER = {"tomllib", "dispcli.policies.own", "dispcli.core.policy_reading", "dispcli.core.toml_lines"}


@pytest.mark.parametrize("words", [("dispute", "show", "D1"), ("dispute", "cancel", "D1", "-r", "agreement")])
def test_own_policies_are_looked_for_and_nothing_is_loaded_where_there_are_none(
    cli: Cli, words: Words
) -> None:
    answered(cli)
    assert POLICY_PARSER & loaded(cli, *words) == set()
    cli.write_policy("aliexpress", 'zone = "UTC"\n')
    assert POLICY_PARSER - loaded(cli, *words) == set()
    assert POLICY_PARSER & loaded(cli, *words, "--no-config") == set()


def test_a_list_does_not_even_look_for_policies(cli: Cli) -> None:
    answered(cli)
    cli.write_policy("aliexpress", "broken")
    modules = loaded(cli, "dispute", "list")
    assert heavy(modules, "dispcli.policies", *POLICY_PARSER) == set()


def test_a_table_brings_rich(cli: Cli) -> None:
    """So that the test above can fail."""
    answered(cli)
    assert "rich.table" in loaded(cli, "orders", "list", "-o", "table")


def every_verb(table: object, path: str = "") -> Iterator[tuple[str, Verb]]:
    for name, entry in dict(table).items():  # type: ignore[call-overload]
        if isinstance(entry, Noun):
            yield from every_verb(entry.verbs, f"{path}{name} ")
        else:
            yield f"{path}{name}", entry


VERBS = dict(every_verb(COMMANDS))


@pytest.mark.parametrize("path", VERBS)
def test_every_verb_loads_and_has_help(cli: Cli, path: str) -> None:
    shown = cli.ok(*path.split(), "--help").stdout
    assert shown.startswith(f"Usage: dispcli {path}")
    assert VERBS[path].help.split()[0] in shown
    assert "--ledger" in shown


@pytest.mark.parametrize("path", VERBS)
def test_what_an_option_takes_is_named_by_its_kind_and_no_type_of_the_program(cli: Cli, path: str) -> None:
    assert not re.findall(
        r"<\w+>|\b(?:INTEGER|FLOAT|BOOLEAN|DATETIME)\b", cli.ok(*path.split(), "--help").stdout
    )


@pytest.mark.parametrize("path", VERBS)
def test_no_help_can_run_anything_in_a_shell(cli: Cli, path: str) -> None:
    from dispcli.cli import root

    command = root()
    for name in path.split():
        command = command.commands[name]  # type: ignore[assignment,attr-defined]
    texts = [VERBS[path].help, command.help or "", *(p.help or "" for p in command.params)]  # type: ignore[attr-defined]
    texts += [str(p.metavar or "") for p in command.params]
    for text in texts:
        assert not re.search(r"[\\`]|\$\(|\$\{", text), text


@pytest.mark.parametrize("path", VERBS)
def test_every_option_is_explained(path: str) -> None:
    from dispcli.cli import root

    command = root()
    for name in path.split():
        command = command.commands[name]  # type: ignore[assignment,attr-defined]
    assert [p.name for p in command.params if not getattr(p, "help", "")] == []


def test_help_knows_every_name(cli: Cli) -> None:
    shown = cli.ok("--help").stdout
    for name, entry in COMMANDS.items():
        assert re.search(rf"^  {name} ", shown, re.MULTILINE)
        if isinstance(entry, Noun):
            inside = cli.ok(name, "--help").stdout
            assert all(re.search(rf"^  {verb} ", inside, re.MULTILINE) for verb in entry.verbs)


def test_a_noun_by_itself_shows_its_help(cli: Cli) -> None:
    assert cli.ok("dispute").stdout == cli.ok("dispute", "--help").stdout


@pytest.mark.parametrize("path", [path for path in VERBS if len(path.split()[-1]) > 4])
def test_a_slip_in_any_name_is_answered_with_the_name(cli: Cli, path: str) -> None:
    *noun, verb = path.split()
    slip = verb[:-2] + verb[-1]
    result = cli.run(*noun, slip)
    assert result.code == 2
    assert verb in result.stderr


SHELLS = ("bash", "zsh", "fish")


def completed(cli: Cli, shell: str, *words: str) -> str:
    """What the shell is offered after `dispcli` and these words, the last one half typed."""
    line = " ".join(("dispcli", *words))
    result = cli.call(
        env={
            "_DISPCLI_COMPLETE": f"complete_{shell}",
            "_TYPER_COMPLETE_ARGS": line,
            "COMP_WORDS": line,
            "COMP_CWORD": str(len(words)),
            "_TYPER_COMPLETE_FISH_ACTION": "get-args",
        }
    )
    assert result.stderr == ""
    return result.stdout


@pytest.mark.parametrize("shell", SHELLS)
def test_completion_knows_every_noun(cli: Cli, shell: str) -> None:
    offered = completed(cli, shell, "")
    for name in COMMANDS:
        assert name in offered


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize("noun", [name for name, entry in COMMANDS.items() if isinstance(entry, Noun)])
def test_completion_knows_every_verb(cli: Cli, shell: str, noun: str) -> None:
    offered = completed(cli, shell, noun, "")
    entry = COMMANDS[noun]
    assert isinstance(entry, Noun)
    for verb in entry.verbs:
        assert verb in offered


@pytest.mark.parametrize("shell", SHELLS)
def test_completion_knows_options(cli: Cli, shell: str) -> None:
    offered = completed(cli, shell, "dispute", "cancel", "--")
    for option in ("--reason", "--yes", "--accept-risk", "--ledger"):
        assert option in offered


@pytest.mark.parametrize("shell", SHELLS)
def test_completion_narrows_to_what_was_typed(cli: Cli, shell: str) -> None:
    offered = completed(cli, shell, "dispute", "ca")
    assert "cancel" in offered
    assert "history" not in offered


@pytest.mark.parametrize("shell", SHELLS)
def test_completion_writes_nothing(cli: Cli, shell: str) -> None:
    completed(cli, shell, "dispute", "show", "")
    assert cli.kept() == {}


@pytest.mark.parametrize("shell", SHELLS)
def test_the_completion_script_can_be_shown(cli: Cli, shell: str) -> None:
    result = cli.call(env={"_DISPCLI_COMPLETE": f"source_{shell}"})
    assert result.code == 0
    assert "dispcli" in result.stdout
