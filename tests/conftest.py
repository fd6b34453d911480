"""Where tests write, Hypothesis without deadlines and without traces in the tree, and the program to call."""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis.configuration import set_hypothesis_home_dir

from tests.cli.harness import Cli

MEMORY = Path("/dev/shm")
ENOUGH = 4 * 2**30


def use_memory() -> None:
    """Ledgers are written to memory where there is plenty: thousands of them would wait for the disk.

    Nothing that is tested here depends on it; TMPDIR chooses another place.
    """
    if "TMPDIR" not in os.environ and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ENOUGH:
        os.environ["TMPDIR"] = str(MEMORY)
        tempfile.tempdir = None


use_memory()
set_hypothesis_home_dir(Path(tempfile.gettempdir()) / "dispcli-hypothesis")
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
