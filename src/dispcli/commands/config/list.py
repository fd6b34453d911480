"""dispcli config list."""

from typing import Annotated

import typer

from dispcli.commands.configuration import SETTINGS as NAMES
from dispcli.commands.context import Run
from dispcli.commands.listing import output_of
from dispcli.commands.options.paging import TERMINAL_LIMIT
from dispcli.commands.options.showing import Showing
from dispcli.commands.settings import Setting
from dispcli.render.fields import plain
from dispcli.render.output import Page
from dispcli.render.sheets.topics import SETTINGS


def list_settings(
    run: Run,
    showing: Showing,
    origin: Annotated[bool, typer.Option("--origin", help="Tell where each value comes from.")] = False,
) -> None:
    """List settings.

    A flag wins over the environment, that over the configuration file, that over the default.
    """
    found = [_setting(run, name) for name in NAMES]
    rows = [(entry.name, plain(entry.value), entry.origin if origin else None) for entry in found]
    output_of(run, showing).list(SETTINGS, Page(rows))
    run.voice.note(f"configuration file: {run.config_path}")


def _setting(run: Run, name: str) -> Setting:
    if name == "ledger":
        return run.ledger_setting
    defaults = {"actor": run.actor, "color": "auto", "no_input": False, "limit": TERMINAL_LIMIT}
    return run.setting(name, defaults[name])
