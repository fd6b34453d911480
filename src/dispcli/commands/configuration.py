"""The configuration file: a few settings in TOML; every mistake in it is told at once."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dispcli.errors import BadInput

SETTINGS: Mapping[str, type] = {"ledger": str, "actor": str, "color": str, "no_input": bool, "limit": int}


def read_config(path: Path) -> dict[str, Any]:
    """The settings in the file. Raises BadInput."""
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise BadInput(f"{path}: {problem}", hint="mend it, or run with --no-config") from None
    known = ", ".join(SETTINGS)
    mistakes = [f"{name}: no such setting (known: {known})" for name in values if name not in SETTINGS]
    mistakes += [
        f"{name}: must be a {_KINDS[SETTINGS[name]]}"
        for name, value in values.items()
        if name in SETTINGS and type(value) is not SETTINGS[name]
    ]
    if mistakes:
        raise BadInput(f"{path}: {'; '.join(mistakes)}", hint="mend it, or run with --no-config")
    return values


_KINDS: Mapping[type, str] = {str: "text", bool: "true or false", int: "whole number"}
