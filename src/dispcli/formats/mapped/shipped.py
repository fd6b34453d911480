"""The mappings that come with dispcli, each read from its TOML when a table is to be recognised."""

import tomllib
from functools import lru_cache
from importlib.resources import files

from dispcli.formats.mapped.orders import format_of
from dispcli.formats.mapped.reading import parse_mapping
from dispcli.formats.source import TableFormat

_NAMES = {
    "DISPCLI": ("dispcli", "dispcli"),
    "USERSCRIPT": ("aliexpress-userscript", "userscript"),
    "DATA_REQUEST": ("aliexpress-data-request", "data_request"),
    "AMAZON": ("amazon", "amazon"),
    "TEMU": ("temu", "temu"),
}


@lru_cache
def __getattr__(name: str) -> TableFormat:
    """A shipped mapping as an importer, by the name the registry has for it."""
    if name not in _NAMES:
        raise AttributeError(name)
    told, file = _NAMES[name]
    text = files(__package__).joinpath(f"{file}.toml").read_text(encoding="utf-8")
    return format_of(parse_mapping(told, tomllib.loads(text)))
