"""The programs that are measured, each as the words and the environment it is run with."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from bench.measure import Ran, Way

_ROOT = Path(__file__).parents[1]
_INSTALLED = Path(sys.executable).parent


class Contender(NamedTuple):
    """A program ready to be run. `{turn}` in its words is the turn: every turn cancels another dispute."""

    name: str
    argv: tuple[str, ...]
    env: Mapping[str, str]
    folder: Path

    def run(self, way: Way, turn: int) -> Ran:
        """Run it once."""
        return way([word.format(turn=turn) for word in self.argv], self.env, self.folder)


class Programs:
    """Makes contenders that share an interpreter, an environment and an empty working folder.

    dispcli and sqlite-utils are the console scripts of this virtual environment; the naive program is
    imported, as a console script would, so that its compiled form is used.
    """

    def __init__(self, empty: Path) -> None:
        self._folder = empty
        self._env = {
            "PATH": os.environ.get("PATH", ""),
            "HOME": str(empty),
            "XDG_CONFIG_HOME": str(empty),
            "USER": "bench",
            "LANG": "C.UTF-8",
            "TERM": "xterm-256color",
            "COLUMNS": "160",
        }

    def python(self, code: str) -> Contender:
        """A line of Python."""
        return self._made(f"python -c '{code}'", (sys.executable, "-c", code))

    def module(self, name: str, *words: str) -> Contender:
        """A module of this folder that is a program."""
        return self._made(name, (sys.executable, "-m", f"bench.{name}", *words), PYTHONPATH=str(_ROOT))

    def dispcli(self, data_home: Path, *words: str) -> Contender:
        """dispcli, which finds its ledger by itself in the user's data folder."""
        program = str(_INSTALLED / "dispcli")
        return self._made("dispcli", (program, *words), XDG_DATA_HOME=str(data_home))

    def naive(self, database: Path, *words: str) -> Contender:
        """The naive program."""
        code = "from bench.naive import app; app()"
        argv = (sys.executable, "-c", code, *words)
        return self._made("naive", argv, NAIVE_DATABASE=str(database), PYTHONPATH=str(_ROOT))

    def sqlite_utils(self, *words: str) -> Contender:
        """sqlite-utils."""
        return self._made("sqlite-utils", (str(_INSTALLED / "sqlite-utils"), *words))

    def _made(self, name: str, argv: tuple[str, ...], **env: str) -> Contender:
        return Contender(name, argv, {**self._env, **env}, self._folder)
