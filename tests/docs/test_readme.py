"""The README is run: every command in it, in order, with the output it shows."""

import os
import re
import sys
from pathlib import Path

import pytest

from dispcli.commands.registry import COMMANDS
from tests.docs import markdown

pexpect = pytest.importorskip("pexpect", reason="the README is run on a pseudo-terminal")

PROJECT = Path(__file__).parent.parent.parent
README = (PROJECT / "README.md").read_text(encoding="utf-8")
WIDTH = 88


def environment(home: Path) -> dict[str, str]:
    """A fresh user at a fixed moment, with the program under test first on the path."""
    kept = {name: os.environ[name] for name in ("LANG", "LC_ALL") if name in os.environ}
    return {
        **kept,
        "HOME": str(home),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "DISPCLI_NOW": "2026-11-22T12:00:00Z",
        "TZ": "UTC",
        "TERM": "xterm-256color",
        "NO_COLOR": "1",
    }


def test_every_command_shown_gives_the_output_shown(tmp_path: Path) -> None:
    environ = environment(tmp_path)
    for command, shown in markdown.console(README):
        if command.startswith("export "):
            name, _, value = command.removeprefix("export ").partition("=")
            environ[name] = value.replace("$PWD", str(tmp_path))
            continue
        output, code = run(command, tmp_path, environ)
        assert output == shown, command
        assert (code != 0) == shown.startswith("error:"), command


def run(command: str, folder: Path, environ: dict[str, str]) -> tuple[str, int]:
    """What a terminal shows, without trailing blanks, and the exit code."""
    child = pexpect.spawn(
        "/bin/sh",
        ["-c", command],
        cwd=str(folder),
        env=environ,
        dimensions=(200, WIDTH),
        encoding="utf-8",
        timeout=60,
    )
    child.expect(pexpect.EOF)
    child.close()
    lines = child.before.replace("\r\n", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n"), child.exitstatus


def test_there_are_exactly_two_commands_of_set_up() -> None:
    section = markdown.section(README, "Two commands")
    commands = re.findall(r"^make (\w+)", section, re.M)
    assert commands == ["demo", "test"]
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    assert all(f"\n{name}: " in makefile for name in re.findall(r"`make (\w+)`", README))


def test_every_command_named_in_the_text_exists() -> None:
    for noun, verb in re.findall(
        r"`(?:dispcli )?(orders|dispute|ledger|help|config|sellers) ([a-z-]+)", README
    ):
        assert verb in COMMANDS[noun].verbs


def test_the_installers_shown_are_the_ones_the_gate_runs() -> None:
    shown = set(re.findall(r"(pipx|uv tool|pip) install \.", README))
    assert shown == {"pipx", "uv tool", "pip"}
    script = (PROJECT / "tests" / "installs.py").read_text(encoding="utf-8")
    assert all(word in script for word in ('"pipx"', '"uv"', '"pip"'))


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert (PROJECT / target).exists(), target
