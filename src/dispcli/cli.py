"""The root command and `main`: the only exit, and the only place that prints an error."""

import os
import sys
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, TextIO, cast

import typer
from typer import TyperException

from dispcli import __version__
from dispcli.commands.context import Run
from dispcli.commands.globals import global_options
from dispcli.commands.lazy import HELP_NAMES, LazyGroup, group_of
from dispcli.commands.registry import COMMANDS
from dispcli.errors import INTERRUPTED, READER_GONE, DispcliError, Refused, UsageProblem
from dispcli.render.console import Streams, Voice, standard_streams

_ABOUT = """A ledger for buyers' disputes on marketplaces.

It records what you and the seller did, checks before you give a dispute up, and never claims to have
pressed a button on the site."""


def _version(show: bool) -> None:
    if show:
        sys.stdout.write(f"dispcli {__version__}\n")
        raise typer.Exit


def _callback(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Show the version."
    ),
) -> None:
    """The root takes the global options; everything else is a command's."""


def root() -> LazyGroup:
    """The root command, built from the table of commands."""
    app = typer.Typer(
        cls=LazyGroup, help=_ABOUT, context_settings=HELP_NAMES, add_completion=True, rich_markup_mode=None
    )
    app.callback()(_callback)
    group = typer.main.get_command(app)
    group.params += global_options()
    return group_of(cast(LazyGroup, group), COMMANDS)


def main(argv: Sequence[str], streams: Streams | None = None) -> int:
    """Run one command; returns its exit code (`dispcli help exit-codes`). Never raises, never exits."""
    streams = streams or standard_streams()
    run = Run(streams)
    try:
        code = _execute(argv, run)
        streams.stdout.flush()
    except BrokenPipeError:
        return _pipe_closed(streams)
    except BaseException as problem:
        return _failed(problem, argv, run)
    return code


def _execute(argv: Sequence[str], run: Run) -> int:
    _refuse_broken_text(argv)
    group = root()
    if "_DISPCLI_COMPLETE" in run.streams.environ:
        group._main_shell_completion({}, "dispcli")
    try:
        with group.make_context("dispcli", list(argv), obj=run) as context:
            return group.invoke(context) or 0
    except typer.Exit as done:
        return done.exit_code


def _refuse_broken_text(argv: Sequence[str]) -> None:
    """Bytes that are no text reach Python as lone surrogates, which nothing could store or print."""
    for word in argv:
        if not word.isascii() and any("\ud800" <= char <= "\udfff" for char in word):
            raise UsageProblem(f"not UTF-8 text: {word!r}")


def _failed(problem: BaseException, argv: Sequence[str], run: Run) -> int:
    try:
        voice = run.voice
    except DispcliError:  # it is the setting of the colour, or the configuration, that is wrong
        voice = Voice(run.streams)
    try:
        return _report(problem, argv, run, voice)
    except BrokenPipeError:
        return _pipe_closed(run.streams)


def _report(problem: BaseException, argv: Sequence[str], run: Run, voice: Voice) -> int:
    if isinstance(problem, SystemExit):
        return problem.code if isinstance(problem.code, int) else 1
    if isinstance(problem, KeyboardInterrupt):
        left = "what was recorded until then is kept" if run.wrote else "nothing was written"
        voice.note()
        voice.note(str(problem.args[0]) if problem.args else f"interrupted; {left}")
        return INTERRUPTED
    if run.given.get("debug"):
        import traceback

        traceback.print_exception(problem, file=run.streams.stderr)
    if isinstance(problem, TyperException):
        path = _command_path(problem)
        problem = DispcliError(
            _without_dot(problem.format_message()), hint=f"see '{path} --help'", code="usage"
        )
        problem.exit_code = 2
    elif not isinstance(problem, DispcliError):
        problem = _unforeseen(problem)
    _print_error(problem, argv, run, voice)
    return problem.exit_code


def _unforeseen(problem: BaseException) -> DispcliError:
    """A full disk, and that there is no temporary folder, can be met with anywhere; all else is a bug."""
    if isinstance(problem, OSError) and problem.filename is None:
        from dispcli.commands.unfinished import FULL, no_temporary_folder, unwritten

        if problem.errno in FULL:
            return unwritten("the output", problem)
        if isinstance(problem, FileNotFoundError) and (trouble := no_temporary_folder()):
            return trouble
    from dispcli.crash import report

    return report(problem)


def _print_error(problem: DispcliError, argv: Sequence[str], run: Run, voice: Voice) -> None:
    if _wants_json(argv):
        from dispcli.render.json import write_error

        write_error(run.streams.stderr, _as_object(problem, voice))
        return
    voice.error(problem.message)
    for detail in problem.details:
        voice.detail(detail)
    if problem.hint:
        voice.hint(problem.hint)


def _as_object(problem: DispcliError, voice: Voice) -> dict[str, Any]:
    error: dict[str, Any] = {
        "code": problem.code,
        "message": problem.message,
        "hint": voice.advised(problem.hint) if problem.hint else None,
        "exit_code": problem.exit_code,
        "details": list(problem.details),
    }
    if isinstance(problem, Refused):
        error.update(allowed=list(problem.allowed), findings=list(problem.findings))
    return error


_JSON_WORDS: Mapping[str, tuple[str, ...]] = {"-o": ("json", "ndjson"), "--output": ("json", "ndjson")}


def _wants_json(argv: Sequence[str]) -> bool:
    """Whether JSON was asked for; known even when the rest of the line can't be parsed."""
    glued = ("--json", "-ojson", "-ondjson", "--output=json", "--output=ndjson")
    return any(word in glued for word in argv) or any(
        nxt in _JSON_WORDS.get(word, ()) for word, nxt in pairwise(argv)
    )


def _command_path(problem: TyperException) -> str:
    context = getattr(problem, "ctx", None)
    return context.command_path if context is not None else "dispcli"


def _without_dot(message: str) -> str:
    return message.rstrip(".") if message.count(". ") == 0 else message


def _pipe_closed(streams: Streams) -> int:
    """The reader has gone: say nothing more, not even when Python flushes at its end."""
    for stream in (streams.stdout, streams.stderr):
        try:
            stream.flush()
        except OSError:
            _silence(stream)
    return READER_GONE


def _silence(stream: TextIO) -> None:
    try:
        descriptor = os.open(os.devnull, os.O_WRONLY)
        os.dup2(descriptor, stream.fileno())
        os.close(descriptor)
    except (OSError, ValueError):
        pass
