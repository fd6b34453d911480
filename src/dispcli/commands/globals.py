"""The options every command takes, before or after its name."""

from functools import cache
from typing import Any

from typer._click import Context, Parameter
from typer.core import TyperOption


def _remember(ctx: Context, param: Parameter, value: Any) -> None:
    """Keep what was given with the Run; a command's own place on the line wins over the root's."""
    if value is not None and value is not False and param.name and ctx.obj is not None:
        ctx.obj.given[param.name] = value


_OPTIONS = (
    ("--ledger", "PATH", "Use this ledger file."),
    ("--color", "WHEN", "Colours: auto, always or never."),
    ("--actor", "NAME", "Who records this. Default: the system's user."),
    ("--no-input", None, "Never ask; what needs a question ends with exit code 6."),
    ("--no-config", None, "Ignore your configuration file and your own policies."),
    ("--debug", None, "Show a traceback when something fails."),
)


@cache
def _options() -> tuple[Parameter, ...]:
    return tuple(
        TyperOption(
            param_decls=[flag],
            help=help,
            metavar=metavar,
            is_flag=metavar is None,
            default=None if metavar else False,
            callback=_remember,
            expose_value=False,
        )
        for flag, metavar, help in _OPTIONS
    )


def global_options() -> list[Parameter]:
    """The options, to be added to a command's own. An option holds nothing of a run, so all share them."""
    return list(_options())
