"""The mappings that come with dispcli, each read from its TOML when a table is to be recognised."""

import tomllib
from functools import lru_cache
from importlib.resources import files

from dispcli.errors import BadInput
from dispcli.formats.mapped.fitting import OWN_EXPORT, part_of_an_export
from dispcli.formats.mapped.mapping import TableMapping
from dispcli.formats.mapped.orders import format_of
from dispcli.formats.mapped.reading import parse_mapping
from dispcli.formats.source import TableFormat

_NAMES = {
    "DISPCLI": (OWN_EXPORT, "dispcli"),
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
    return format_of(_mapping(name))


def part_of_our_export(source: str, columns: tuple[str, ...]) -> BadInput | None:
    """What is wrong with a table of none but columns that we export; None for any other table."""
    ours = _mapping("DISPCLI")
    if not {*columns} <= {*ours.columns.values(), *_UNREAD}:
        return None
    return part_of_an_export(source, columns, ours)


_UNREAD = ("line", "schema_version")
"""What we export besides, and don't read again."""


@lru_cache
def _mapping(name: str) -> TableMapping:
    told, file = _NAMES[name]
    text = files(__package__).joinpath(f"{file}.toml").read_text(encoding="utf-8")
    return parse_mapping(told, tomllib.loads(text))
