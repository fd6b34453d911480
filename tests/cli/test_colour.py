"""Colours: each stream judged by itself, and the usual variables obeyed."""

import pytest

from tests.cli.harness import EVERYTHING, Cli
from tests.cli.samples import answered

LIST = ("dispute", "list", "-o", "table")


def coloured(text: str) -> bool:
    return "\x1b[" in text


@pytest.mark.parametrize(
    ("env", "option", "terminal", "piped"),
    [
        ({}, "", True, False),
        ({"NO_COLOR": "1"}, "", False, False),
        ({"NO_COLOR": ""}, "", True, False),
        ({"FORCE_COLOR": "1"}, "", True, True),
        ({"FORCE_COLOR": "0"}, "", False, False),
        ({"FORCE_COLOR": ""}, "", True, False),
        ({"CLICOLOR": "0"}, "", False, False),
        ({"CLICOLOR": "1"}, "", True, False),
        ({"TERM": "dumb"}, "", False, False),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, "", False, False),
        ({"TERM": "dumb", "FORCE_COLOR": "1"}, "", True, True),
        ({}, "always", True, True),
        ({}, "never", False, False),
        ({}, "auto", True, False),
        ({"NO_COLOR": "1"}, "always", True, True),
        ({"FORCE_COLOR": "1"}, "never", False, False),
        ({"FORCE_COLOR": "1"}, "auto", True, True),
        ({"DISPCLI_COLOR": "never"}, "", False, False),
        ({"DISPCLI_COLOR": "never"}, "always", True, True),
    ],
)
def test_colours_come_when_they_are_wanted(
    cli: Cli, env: dict[str, str], option: str, terminal: bool, piped: bool
) -> None:
    answered(cli)
    words = (*LIST, *(("--color", option) if option else ()))
    assert coloured(cli.ok(*words, env=env, tty=True).stdout) is terminal
    assert coloured(cli.ok(*words, env=env).stdout) is piped


@pytest.mark.parametrize("stream", ["out", "err"])
def test_each_stream_is_judged_by_itself(cli: Cli, stream: str) -> None:
    answered(cli)
    words = ("dispute", "cancel", "D1", "--reason", "agreement", "-o", "table")
    result = cli.ok(*words, tty=stream)
    assert coloured(result.stdout) is (stream == "out")
    assert coloured(result.stderr) is (stream == "err")


def test_errors_are_coloured_on_a_terminal_only(cli: Cli) -> None:
    for tty in (EVERYTHING, "in out"):
        result = cli.run("dispute", "show", "D1", tty=tty)
        assert coloured(result.stderr) is ("err" in tty)
        assert "error:" in result.stderr


@pytest.mark.parametrize("format", ["tsv", "csv", "json", "ndjson", "ids"])
def test_what_programs_read_is_never_coloured(cli: Cli, format: str) -> None:
    answered(cli)
    result = cli.ok("dispute", "list", "-o", format, "--color", "always", env={"FORCE_COLOR": "1"}, tty=True)
    assert not coloured(result.stdout)


@pytest.mark.parametrize("words", [LIST, ("dispute", "show", "D1", "-o", "table"), ("help", "states")])
def test_without_colours_a_terminal_gets_not_one_escape(cli: Cli, words: tuple[str, ...]) -> None:
    answered(cli)
    screen = cli.screen(*words, env={"NO_COLOR": "1"})
    assert screen.code == 0
    assert "\x1b" not in screen.raw


def test_a_wrong_colour_is_told(cli: Cli) -> None:
    assert cli.run("orders", "list", "--color", "pink").code == 2
    assert cli.run("orders", "list", env={"DISPCLI_COLOR": "pink"}).code == 2
    assert cli.run("orders", "nosuch", "--color", "pink").code == 2


def test_an_error_obeys_the_option_and_the_variable(cli: Cli) -> None:
    assert not coloured(cli.run("dispute", "show", "D1", "--color", "never", tty=True).stderr)
    assert not coloured(cli.run("dispute", "show", "D1", tty=True, env={"DISPCLI_COLOR": "never"}).stderr)
