"""The formats there are, as `module:name`, imported only when a file is read."""

from collections.abc import Iterator
from importlib import import_module
from typing import cast

from dispcli.errors import BadInput
from dispcli.formats.source import Format

FORMATS = (
    "dispcli.formats.shopper_csv:FORMAT",
    "dispcli.formats.shopper_json:FORMAT",
)


def formats() -> Iterator[Format]:
    """Every format, in the order in which they are tried."""
    for entry in FORMATS:
        module, _, name = entry.partition(":")
        yield cast(Format, getattr(import_module(module), name))


def recognise(name: str, text: str) -> Format:
    """The format of a text, told from its content. Raises BadInput."""
    found = next((known for known in formats() if known.recognises(text)), None)
    if found is None:
        known = ", ".join(known.name for known in formats())
        raise BadInput(f"{name}: not a format dispcli knows", hint=f"known formats: {known}")
    return found
