"""A user's own policy file laid over a marketplace's policy, both as TOML's values."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from dispcli.core.policy import Source
from dispcli.core.policy_reading import SECTIONS, keys_told

_OWN = "your own file"
OWN_SOURCE: Mapping[str, Source] = MappingProxyType({_OWN: Source(_OWN, None, None, False)})
"""The source of what an own file tells without naming one."""

_LENGTHS = ("days", "hours")

Data = Mapping[str, Any]


def overridden(base: Data, own: Data) -> dict[str, Any]:
    """The policy as it is with what `own` says: single values, windows key by key, reasons one by one.

    What is said without a source is known from `your own file`; what it replaces keeps none of its sources.
    """
    merged = {**base, **own}
    for section in (*SECTIONS, "sources"):
        merged[section] = _laid_over(base.get(section, {}), own.get(section, {}))
    merged["windows"] = _windows(base.get("windows", {}), own.get("windows", {}))
    merged["known_from"] = _known_from(base, own)
    return merged


def own_keys(own: Data) -> tuple[str, ...]:
    """The keys of the values that the file tells: `zone`, `claims.late`, `windows.open`."""
    windows = own.get("windows", {})
    others = [key for key in ("name", "help_pages") if key in own]
    return (*others, *keys_told(own), *(f"windows.{name}" for name in windows))


def _laid_over(base: Any, own: Any) -> Any:
    """One table over another; what is no table is left for the reader to find wrong."""
    return {**base, **own} if isinstance(own, Mapping) else own


def _windows(base: Data, own: Any) -> Any:
    if not isinstance(own, Mapping):
        return own
    return {**base, **{name: _window(base.get(name, {}), told) for name, told in own.items()}}


def _window(base: Data, own: Any) -> Any:
    """A length said anew replaces the old one, in whatever unit that was.

    What was noted about the old length, or about what follows, goes with that.
    """
    if not isinstance(own, Mapping):
        return own
    gone: tuple[str, ...] = ()
    if any(length in own for length in _LENGTHS):
        gone = (*_LENGTHS, "business_days", "note")
    elif "then" in own:
        gone = ("note",)
    return {**{key: value for key, value in base.items() if key not in gone}, "source": _OWN, **own}


def _known_from(base: Data, own: Data) -> Any:
    """A source that is named for a section is the source of what the file says of it, not of the rest."""
    named = own.get("known_from", {})
    if not isinstance(named, Mapping):
        return named
    told = keys_told(own)
    found = {key: named.get(key, named.get(key.partition(".")[0], _OWN)) for key in told}
    kept = {key: source for key, source in base.get("known_from", {}).items() if key not in told}
    others = {key: source for key, source in named.items() if key not in SECTIONS}
    return {**kept, **others, **found}
