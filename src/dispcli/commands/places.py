"""Where a user's data and settings live, on this system."""

import os
import sys
from pathlib import Path

_XDG = {
    "data": ("XDG_DATA_HOME", ".local/share"),
    "config": ("XDG_CONFIG_HOME", ".config"),
}


def user_folder(kind: str) -> Path:
    """dispcli's own folder for `data` or `config`: what platformdirs says.

    Loading platformdirs costs a command as much as all its SQL. So the two plain cases of Linux, an
    absolute XDG folder and none at all, are answered here; a test holds both against the library.
    """
    variable, usual = _XDG[kind]
    told, home = os.environ.get(variable, ""), os.environ.get("HOME", "")
    if sys.platform == "linux" and not hasattr(sys, "getandroidapilevel"):
        if told.startswith("/") and told == told.strip():
            return Path(told, "dispcli")
        if told == "" and home.startswith("/"):
            return Path(home, usual, "dispcli")
    import platformdirs

    ask = platformdirs.user_data_path if kind == "data" else platformdirs.user_config_path
    return ask("dispcli", appauthor=False)
