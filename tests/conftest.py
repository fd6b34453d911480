"""Hypothesis as every test uses it: no deadline, and nothing left behind in the tree. The program to call."""

import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import gettempdir

import pytest
from hypothesis import settings
from hypothesis.configuration import set_hypothesis_home_dir

from tests.cli.harness import Cli

set_hypothesis_home_dir(Path(gettempdir()) / "dispcli-hypothesis")
settings.register_profile("dispcli", database=None, deadline=None)
settings.load_profile("dispcli")


@pytest.fixture
def cli(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cli]:
    """The program with a home of its own: nothing of this machine's settings gets in."""
    program = Cli(tmp_path / "home")
    with monkeypatch.context() as patched:
        for name in program.foreign_variables():
            patched.delenv(name)
        for name, value in program.env.items():
            patched.setenv(name, value)
        time.tzset()
        yield program
    time.tzset()
