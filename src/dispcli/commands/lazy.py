"""A Typer group that knows its commands by name and builds one only when it is needed."""

import inspect
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import typer
from typer._click import Command, Context, HelpFormatter
from typer._click.exceptions import UsageError
from typer._click.shell_completion import CompletionItem
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command_from_info
from typer.models import CommandInfo

from dispcli.commands.context import Run
from dispcli.commands.globals import global_options
from dispcli.errors import UsageProblem
from dispcli.namedtuples import NamedTuple

HELP_NAMES = {"help_option_names": ["-h", "--help"]}


class Verb(NamedTuple):
    """A command: where its function is (`module:name`) and its one-line help."""

    place: str
    help: str


class Noun(NamedTuple):
    """A group of commands; `group` is the class of one that is more than that (`module:name`)."""

    help: str
    verbs: "Mapping[str, Verb | Noun]"
    group: str | None = None


class _Built(MutableMapping[str, Command]):
    """The commands of a group by name, each built at its first use; asking for names builds none."""

    def __init__(self, table: Mapping[str, Verb | Noun]) -> None:
        self.table = table
        self._built: dict[str, Command] = {}

    def __getitem__(self, name: str) -> Command:
        if name not in self._built:
            self._built[name] = _build(name, self.table[name])
        return self._built[name]

    def __setitem__(self, name: str, command: Command) -> None:
        raise TypeError("commands come from the table")

    def __delitem__(self, name: str) -> None:
        raise TypeError("commands come from the table")

    def __iter__(self) -> Iterator[str]:
        return iter(self.table)

    def __len__(self) -> int:
        return len(self.table)


@contextmanager
def _placing(ctx: Context) -> Iterator[None]:
    """The parser doesn't say of which command an option without its value is."""
    try:
        yield
    except UsageError as problem:
        problem.ctx = problem.ctx or ctx
        raise


class _Command(TyperCommand):
    """A command that doesn't take `-reason x` for `-r eason`."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Raises UsageProblem for a long option with one dash: its letters would be options of their own."""
        known = {name[2:] for param in self.params for name in param.opts if name.startswith("--")}
        for arg in args[: args.index("--") if "--" in args else None]:
            name = arg[1:].partition("=")[0]
            if arg.startswith("-") and len(name) > 1 and name in known:
                raise UsageProblem(f"{arg}: a long option has two dashes", hint=f"write -{arg}")
        with _placing(ctx):
            return super().parse_args(ctx, args)


class LazyGroup(TyperGroup):
    """Lists, completes and suggests its commands from the table, without importing them."""

    table: Mapping[str, Verb | Noun] = {}

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """A group by itself shows its help."""
        with _placing(ctx):
            return super().parse_args(ctx, args or ["--help"])

    def format_commands(self, ctx: Context, formatter: HelpFormatter) -> None:
        """The one-line helps, straight from the table."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.help) for name, entry in self.table.items()])

    def shell_complete(self, ctx: Context, incomplete: str) -> list[CompletionItem]:
        """Names and helps from the table."""
        if incomplete.startswith("-"):
            return Command.shell_complete(self, ctx, incomplete)
        return [
            CompletionItem(name, help=entry.help)
            for name, entry in self.table.items()
            if name.startswith(incomplete)
        ]


def group_of(group: LazyGroup, table: Mapping[str, Verb | Noun]) -> LazyGroup:
    """The group with the table's commands."""
    group.table = table
    group.commands = _Built(table)
    return group


def _build(name: str, entry: Verb | Noun) -> Command:
    if isinstance(entry, Noun):
        kind: type[LazyGroup] = _named(entry.group) if entry.group else LazyGroup
        group = kind(
            name=name,
            help=entry.help,
            rich_markup_mode=None,
            params=global_options(),
            context_settings=HELP_NAMES,
        )
        return group_of(group, entry.verbs)
    function = _named(entry.place)
    info = CommandInfo(
        name=name,
        cls=_Command,
        callback=flatten(function),
        help=_help(entry, function),
        context_settings=HELP_NAMES,
    )
    command = get_command_from_info(info, pretty_exceptions_short=False, rich_markup_mode=None)
    command.params += global_options()
    return command


def _named(place: str) -> Any:
    """What stands at `module:name`."""
    module, _, attribute = place.partition(":")
    return getattr(import_module(module), attribute)


def _help(entry: Verb, function: Callable[..., Any]) -> str:
    more = inspect.cleandoc(function.__doc__ or "").partition("\n\n")[2]
    return f"{entry.help}\n\n{more}" if more else entry.help


def flatten(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function as Typer wants it: option groups (NamedTuples) spread out, the Run from the context.

    So an option that many commands share is declared once, in `options/`.
    """
    plain: dict[str, inspect.Parameter] = {}
    groups: dict[str, Any] = {}
    for name, parameter in inspect.signature(function).parameters.items():
        if parameter.annotation is Run:
            continue
        if hasattr(parameter.annotation, "_fields"):
            groups[name] = parameter.annotation
            plain.update(_spread(parameter.annotation))
        else:
            plain[name] = parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY)

    def call(ctx: typer.Context, **given: Any) -> Any:
        values = {name: cls(**{f: given.pop(f) for f in cls._fields}) for name, cls in groups.items()}
        return function(ctx.obj, **values, **given)

    context = inspect.Parameter("ctx", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context)
    call.__signature__ = inspect.Signature([context, *plain.values()])  # type: ignore[attr-defined]
    call.__annotations__ = {name: parameter.annotation for name, parameter in plain.items()}
    return call


def _spread(group: Any) -> dict[str, inspect.Parameter]:
    return {
        name: inspect.Parameter(
            name,
            inspect.Parameter.KEYWORD_ONLY,
            default=group._field_defaults.get(name, inspect.Parameter.empty),
            annotation=annotation,
        )
        for name, annotation in group.__annotations__.items()
    }
