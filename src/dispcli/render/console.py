"""The three streams: who is a terminal, how wide, in colour or not. Errors and notes go to stderr."""

import os
import sys
from collections.abc import Callable, Mapping
from io import BufferedWriter, RawIOBase, TextIOWrapper
from types import MappingProxyType
from typing import TextIO, cast

from dispcli.namedtuples import NamedTuple
from dispcli.render.inert import visible

_STYLES = {"error": "31;1", "hint": "36", "warning": "33;1", "strong": "1", "faint": "2", "good": "32"}

LEVEL_MARKS: Mapping[str, str] = MappingProxyType({"block": "✗", "warn": "!", "info": "·"})
"""The sign before a finding of each level."""


class Streams(NamedTuple):
    """Where input comes from and output goes, with the environment that says how."""

    stdin: TextIO
    stdout: TextIO
    stderr: TextIO
    environ: Mapping[str, str]

    def can_ask(self) -> bool:
        """Whether a question reaches a person and an answer comes back."""
        return is_terminal(self.stdin) and is_terminal(self.stderr)


def standard_streams() -> Streams:
    """The process's own streams; what leaves through a pipe is UTF-8 with plain line ends."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed before the program began: `<&-`
            setattr(sys, name, _nothing(mode))
    sys.stdout = _buffered(sys.stdout)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            if is_terminal(stream):
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    return Streams(sys.stdin, sys.stdout, sys.stderr, os.environ)


def _buffered(stream: TextIO) -> TextIO:
    """With PYTHONUNBUFFERED what a pipe does not take at once would be lost; a buffer goes on writing."""
    raw = getattr(stream, "buffer", None)
    if not isinstance(raw, RawIOBase):
        return stream
    return TextIOWrapper(BufferedWriter(raw), encoding=stream.encoding, write_through=True)


def _nothing(mode: str) -> TextIO:
    from pathlib import Path

    return cast(TextIO, Path(os.devnull).open(mode, encoding="utf-8"))


def is_terminal(stream: TextIO | None) -> bool:
    """Whether the stream is an open terminal."""
    try:
        return stream is not None and stream.isatty()
    except ValueError:
        return False


def width(streams: Streams) -> int:
    """Columns of the terminal, 80 where nobody knows."""
    columns = streams.environ.get("COLUMNS", "")
    if columns.isascii() and columns.isdigit() and int(columns) > 0:
        return int(columns)
    for stream in (streams.stdout, streams.stderr):
        try:
            return os.get_terminal_size(stream.fileno()).columns or 80
        except (OSError, ValueError, AttributeError):
            continue
    return 80


def in_colour(stream: TextIO, choice: str, environ: Mapping[str, str]) -> bool:
    """Whether to colour this stream: the option, then NO_COLOR, FORCE_COLOR, CLICOLOR, TERM."""
    if choice != "auto":
        return choice == "always"
    if environ.get("NO_COLOR"):
        return False
    force = environ.get("FORCE_COLOR")
    if force is not None and force != "":
        return force not in ("0", "false")
    if environ.get("CLICOLOR") == "0" or environ.get("TERM") == "dumb":
        return False
    return is_terminal(stream)


class Voice:
    """Lines for a person on stderr: errors, hints, warnings, notes. Text in them is made harmless.

    On a terminal they are broken between words; anywhere else a line stays one. `advised` says a hint as it
    holds in this run.
    """

    def __init__(
        self, streams: Streams, colour: str = "auto", advised: Callable[[str], str] = lambda hint: hint
    ) -> None:
        self.advised = advised
        self._stream = streams.stderr
        self._width = width(streams) if is_terminal(streams.stderr) else None
        self._colour = in_colour(streams.stderr, colour, streams.environ)

    def styled(self, text: str, style: str) -> str:
        """The text in a style, where this stream has colours."""
        return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if self._colour else text

    def error(self, message: str, hint: str | None = None) -> None:
        """What went wrong, and what to do about it."""
        self.labelled("error: ", "error", message)
        if hint:
            self.hint(hint)

    def warn(self, message: str) -> None:
        """Something to think about."""
        self.labelled("warning: ", "warning", message)

    def hint(self, message: str) -> None:
        """What could be done next."""
        self.labelled("hint: ", "hint", self.advised(message))

    def detail(self, message: str) -> None:
        """A sentence that belongs to an error."""
        self.note(f"  {message}")

    def note(self, message: str = "") -> None:
        """A summary or a remark. The blanks it begins with are its indent; what follows stands deeper."""
        margin = len(message) - len(message.lstrip(" "))
        self.raw(self._lines(message, margin + 2) + "\n")

    def question(self, message: str) -> None:
        """What a person has to answer behind it."""
        self.raw(self._lines(message, 2))

    def labelled(self, label: str, style: str, message: str, indent: int | None = None) -> None:
        """A message behind a label in a style; its further lines under its first, or as the indent says."""
        taken = len(label)
        lines = self._lines(message, taken if indent is None else indent, taken)
        self.raw(f"{self.styled(label, style)}{lines}\n")

    def raw(self, text: str) -> None:
        """Text that is ready as it is, for a table or to be copied."""
        self._stream.write(text)
        self._stream.flush()

    def _lines(self, message: str, indent: int, taken: int = 0) -> str:
        text = visible(message)
        if self._width is None:
            return text
        from dispcli.render.wrapping import wrapped

        return wrapped(text, self._width, indent=indent, taken=taken)
