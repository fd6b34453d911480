"""The program as tests call it: `main` in this process, or the installed program in pipes and on a pty."""

import contextlib
import io
import json
import os
import pwd
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pexpect
import pyte

try:
    USER = pwd.getpwuid(os.getuid()).pw_name
except KeyError:
    USER = f"uid {os.getuid()}"
"""Who the operating system says is at work."""

NOW = "2026-11-22T12:00:00Z"
EVERYTHING = "in out err"
_COLOURS = ("NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS", "LINES")


class Result(NamedTuple):
    """What a run left: its exit code and what it wrote."""

    code: int
    stdout: str
    stderr: str

    def json(self) -> Any:
        return json.loads(self.stdout)

    def rows(self) -> list[dict[str, str]]:
        """The records of TSV output, by field."""
        header, *lines = self.stdout.splitlines()
        names = header.split("\t")
        return [dict(zip(names, line.split("\t"), strict=True)) for line in lines]

    def row(self) -> dict[str, str]:
        (only,) = self.rows()
        return only

    def pairs(self) -> dict[str, str]:
        """The fields of one thing shown as TSV."""
        return dict(line.split("\t") for line in self.stdout.splitlines())

    def error(self) -> dict[str, Any]:
        """What stderr says as JSON: one line, nothing else."""
        (line,) = self.stderr.splitlines()
        error: dict[str, Any] = json.loads(line)["error"]
        return error


class _Out(io.StringIO):
    def __init__(self, *, terminal: bool) -> None:
        super().__init__(newline="")
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal


class _In(io.TextIOWrapper):
    def __init__(self, content: bytes, *, terminal: bool) -> None:
        super().__init__(io.BytesIO(content), encoding="utf-8")
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal


class Cli:
    """dispcli with a home folder of its own, at a fixed instant."""

    def __init__(self, home: Path) -> None:
        home.mkdir()
        self.home = home
        self.env = {
            "HOME": str(home),
            "XDG_DATA_HOME": str(home / "data"),
            "XDG_CONFIG_HOME": str(home / "config"),
            "XDG_STATE_HOME": str(home / "state"),
            "XDG_CACHE_HOME": str(home / "cache"),
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "LOGNAME": "mallory",
            "USER": "mallory",
            "TERM": "xterm-256color",
            "TZ": "UTC",
            "DISPCLI_NOW": NOW,
            "PYTHONDONTWRITEBYTECODE": "1",
        }

    @property
    def ledger(self) -> Path:
        """The default ledger."""
        return self.home / "data" / "dispcli" / "ledger.db"

    @property
    def config(self) -> Path:
        """Where the configuration is looked for."""
        return self.home / "config" / "dispcli" / "config.toml"

    @staticmethod
    def foreign_variables() -> list[str]:
        """What the environment of the tests themselves could bring in."""
        return [
            name
            for name in os.environ
            if name.startswith(("DISPCLI_", "_DISPCLI", "XDG_")) or name in _COLOURS
        ]

    def file(self, name: str, content: str | bytes) -> str:
        """A file beside the home folder; returns its path."""
        path = self.home.parent / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return str(path)

    def write_config(self, content: str) -> None:
        self.config.parent.mkdir(parents=True, exist_ok=True)
        self.config.write_text(content)

    def write_policy(self, name: str, content: str | bytes) -> Path:
        """A policy of the user's own; returns its path."""
        path = self.config.parent / "policies" / f"{name}.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def kept(self) -> dict[str, bytes]:
        """Everything in the home folder, to see that nothing was written."""
        return {
            str(path.relative_to(self.home)): path.read_bytes()
            for path in sorted(self.home.rglob("*"))
            if path.is_file()
        }

    def run(
        self,
        *args: str,
        stdin: str | bytes = "",
        tty: bool | str = False,
        env: Mapping[str, str] | None = None,
    ) -> Result:
        """Call `main` here. `tty`: True, or which streams are terminals, as in "in err"."""
        from dispcli.cli import main
        from dispcli.render.console import Streams

        terminals = (EVERYTHING if tty is True else tty or "").split()
        content = stdin.encode() if isinstance(stdin, str) else stdin
        out, err = _Out(terminal="out" in terminals), _Out(terminal="err" in terminals)
        streams = Streams(_In(content, terminal="in" in terminals), out, err, {**self.env, **(env or {})})
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = main(args, streams)
        return Result(code, out.getvalue(), err.getvalue())

    def ok(self, *args: str, **how: Any) -> Result:
        """A run that must end well."""
        result = self.run(*args, **how)
        assert result.code == 0, f"{args}: exit {result.code}\n{result.stdout}{result.stderr}"
        return result

    def call(
        self, *args: str, stdin: str | bytes | None = "", env: Mapping[str, str] | None = None
    ) -> Result:
        """Run the installed program in pipes. `stdin` None: a pipe nobody ever writes to."""
        content = stdin.encode() if isinstance(stdin, str) else stdin
        silent, keep_open = os.pipe()
        try:
            done = subprocess.run(
                command(*args),
                input=content,
                stdin=silent if content is None else None,
                capture_output=True,
                check=False,
                env={**self.env, **(env or {})},
                timeout=30,
                cwd=self.home,
            )
        finally:
            os.close(silent)
            os.close(keep_open)
        return Result(done.returncode, done.stdout.decode(), done.stderr.decode())

    @contextlib.contextmanager
    def terminal(
        self, *args: str, columns: int = 80, env: Mapping[str, str] | None = None
    ) -> Iterator["Terminal"]:
        """The installed program on a pty."""
        program, *rest = command(*args)
        child = pexpect.spawn(
            program,
            rest,
            env={**self.env, **(env or {})},
            dimensions=(50, columns),
            encoding="utf-8",
            timeout=20,
            cwd=str(self.home),
        )
        child.delaybeforesend = None
        try:
            yield Terminal(child, columns)
        finally:
            child.close(force=True)

    def screen(self, *args: str, columns: int = 80, env: Mapping[str, str] | None = None) -> "Terminal":
        """What a command without questions leaves on a terminal."""
        with self.terminal(*args, columns=columns, env=env) as terminal:
            terminal.finish()
        return terminal


def command(*args: str) -> list[str]:
    return [sys.executable, "-m", "dispcli", *args]


class Terminal:
    """A program on a pty, and a person before it."""

    def __init__(self, child: Any, columns: int) -> None:
        self._child = child
        self.columns = columns
        self.raw = ""
        self.code: int | None = None

    def wait_for(self, text: str) -> None:
        """Until the text stands there."""
        self._child.expect_exact(text)
        self.raw += self._child.before + text

    def type(self, text: str) -> None:
        self._child.send(text)

    def finish(self) -> int:
        """Until the program ends; returns its exit code."""
        self._child.expect(pexpect.EOF)
        self.raw += self._child.before
        self._child.close()
        # A program killed by a signal has no exit code.
        self.code = self._child.exitstatus
        assert self.code is not None, f"killed by signal {self._child.signalstatus}"
        return self.code

    @property
    def lines(self) -> list[str]:
        """The screen as a person sees it, without colours and without what is empty below."""
        screen = pyte.Screen(self.columns, 300)
        pyte.Stream(screen).feed(self.raw)
        return "\n".join(line.rstrip() for line in screen.display).rstrip().split("\n")

    @property
    def text(self) -> str:
        return "\n".join(self.lines) + "\n"
