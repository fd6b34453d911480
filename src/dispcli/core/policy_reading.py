"""A policy from TOML's values, with every mistake reported at once."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from dispcli.core.policy import (
    ACTORS,
    CONSEQUENCES,
    STARTS,
    WINDOWS,
    EvidenceRules,
    Policy,
    Source,
    Window,
    is_of,
)
from dispcli.core.reasons import CANCEL_REASONS, CLAIM_REASONS
from dispcli.core.toml_reading import Mistakes, TableReader

SECTIONS = ("claims", "cancel_reasons", "evidence")
"""Tables of values, each of which is known from somewhere; `[windows]` names its sources itself."""

_SINGLE = ("zone", "hosts", "order_page", "reopening", "cancel_steps")

_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,39}", re.ASCII)
_HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+", re.ASCII)
_ENDING = re.compile(r"[a-z0-9]{1,8}", re.ASCII)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_MOST = 2**53 - 1
_MOST_DAYS = 3650
_NUMBER = "{number}"


def parse_policy(data: Mapping[str, Any], given: Mapping[str, Source] = MappingProxyType({})) -> Policy:
    """A policy from TOML's values. Raises Mistakes naming every mistake at once.

    `given` are sources beside those of the data's own `[sources]`.
    """
    mistakes: list[str] = []
    root = TableReader(data, "", mistakes)
    sources = {**root.tables("sources", _source), **given}
    claims = _codes(root, "claims", CLAIM_REASONS)
    hosts = _matching(root, "hosts", _HOST, "a host name as in example.org")
    policy = Policy(
        marketplace=_marketplace(root),
        name=_name(root),
        zone=_zone(root),
        hosts=hosts,
        order_page=_order_page(root, hosts),
        reopening=bool(root.take("reopening", bool, True)),
        windows=_windows(root, sources),
        claims=tuple(claims),
        cancel_steps=root.texts("cancel_steps"),
        claim_codes=_known(claims),
        cancel_reasons=_known(_codes(root, "cancel_reasons", CANCEL_REASONS)),
        evidence=_evidence(root),
        help_pages=_help_pages(root, sources),
        sources=_known_from(root, data, sources),
    )
    root.close()
    if mistakes:
        raise Mistakes(tuple(mistakes))
    return policy


def _marketplace(root: TableReader) -> str:
    slug = root.take("marketplace", str) or ""
    if slug and not _SLUG.fullmatch(slug):
        root.mistakes.append("marketplace: no name of a marketplace (lower-case letters, digits, hyphens)")
    return slug


def _name(root: TableReader) -> str:
    """It stands in sentences and in texts that are sent, so nothing hides in it."""
    name = _filled(root, "name")
    if not name.isprintable():
        root.mistakes.append("name: has a control character, or one that can't be seen")
    return name


def _filled(table: TableReader, key: str) -> str:
    text = table.take(key, str)
    if text is not None and not text.strip():
        table.mistakes.append(f"{table.where}{key}: empty")
    return text or ""


def _zone(root: TableReader) -> str:
    from zoneinfo import ZoneInfo

    name = _filled(root, "zone")
    try:
        if name:
            ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        root.mistakes.append(f"zone: no such time zone: {name!r} (as in Europe/Berlin)")
    return name


def _matching(table: TableReader, key: str, pattern: re.Pattern[str], meant: str) -> tuple[str, ...]:
    words = table.texts(key)
    wrong = [word for word in words if not pattern.fullmatch(word)]
    table.mistakes.extend(f"{table.where}{key}: {word[:40]!r} is not {meant}" for word in wrong)
    return words


def _order_page(root: TableReader, hosts: tuple[str, ...]) -> str | None:
    """The address of an order's page: nothing in it but the number is filled in, and its host is known."""
    page = root.take("order_page", str, "")
    if not page:
        return None
    if page.count(_NUMBER) != 1 or set("{}") & set(page.replace(_NUMBER, "")):
        root.mistakes.append(f"order_page: must have {_NUMBER} once, and no other braces")
    elif not _is_address(page):
        root.mistakes.append("order_page: no address (as in https://example.org/orders/{number})")
    elif not is_of(_host_of(page), hosts):
        root.mistakes.append("order_page: its host is none of hosts")
    return page


def _is_address(text: str) -> bool:
    """Whether it is one that a browser reads as we do, which takes a backslash for the end of the host."""
    if not text.isprintable() or re.search(r"[\s\\]", text):
        return False
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # no port, or no host
        return False


def _host_of(address: str) -> str:
    return urlsplit(address).hostname or ""


def _codes(root: TableReader, key: str, known: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The platform's codes for each of our reasons; none where it has no code for a reason it knows."""
    table = TableReader(root.take(key, dict, {}) or {}, f"{key}.", root.mistakes)
    ours = tuple(known)
    found = {slug: table.texts(slug) for slug in ours if slug in table.data}
    table.mistakes.extend(f"{key}.{slug}: unknown reason (known: {', '.join(ours)})" for slug in table.data)
    return found


def _known(codes: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType({slug: told for slug, told in codes.items() if told})


def _evidence(root: TableReader) -> EvidenceRules:
    table = TableReader(root.take("evidence", dict, {}) or {}, "evidence.", root.mistakes)
    rules = EvidenceRules(
        _matching(table, "formats", _ENDING, "the ending of a file's name, as in jpg"),
        *(_count(table, key) for key in EvidenceRules._fields[1:]),
    )
    table.close()
    return rules


def _count(table: TableReader, key: str) -> int | None:
    if key not in table.data:
        return None
    count = table.take(key, int)
    if count is not None and not 0 < count <= _MOST:
        table.mistakes.append(f"{table.where}{key}: out of range (1 or more)")
    return count


def _source(_name: str, table: TableReader) -> Source:
    url = table.take("url", str, "") or None
    if url and not _is_address(url):
        table.mistakes.append(f"{table.where}url: no address (as in https://example.org/help)")
    return Source(_filled(table, "text"), url, _day(table), bool(table.take("second_hand", bool, False)))


def _day(table: TableReader) -> str:
    """The day as text; TOML has days of its own, too."""
    if type(day := table.data.get("seen")) is date:
        table.data["seen"] = day.isoformat()
    told = table.take("seen", str)
    if told is not None and not (_DAY.fullmatch(told) and _is_day(told)):
        table.mistakes.append(f"{table.where}seen: not a day (write it as 2026-11-01)")
    return told or ""


def _is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def _windows(root: TableReader, sources: Mapping[str, Source]) -> Mapping[str, Window]:
    """Those that there are; what is in a table of another name is no mistake besides."""
    told = root.data.get("windows")
    if isinstance(told, dict):
        root.data["windows"] = {name: table for name, table in told.items() if name in WINDOWS}
        unknown = [name for name in told if name not in WINDOWS]
        known = f"known: {', '.join(WINDOWS)}"
        root.mistakes.extend(f"windows.{name}: unknown window ({known})" for name in unknown)
    return MappingProxyType(root.tables("windows", lambda name, table: _window(name, table, sources)))


def _window(name: str, table: TableReader, sources: Mapping[str, Source]) -> Window:
    days, hours = _length(table)
    source = _named(table, table.take("source", str), f"{table.where}source", sources)
    return Window(
        days=days,
        business_days=bool(table.take("business_days", bool, False)),
        source=source.text,
        seen=source.seen,
        second_hand=source.second_hand,
        note=table.take("note", str, "") or "",
        by=_word(table, "by", ACTORS[name]),
        after=_word(table, "after", STARTS[name]),
        hours=hours,
        url=source.url,
        then=_then(name, table),
    )


def _length(table: TableReader) -> tuple[int, int]:
    """Days or hours; the other is 0."""
    if "hours" not in table.data:
        return _in_range(table, "days", _MOST_DAYS), 0
    if "days" in table.data:
        table.mistakes.append(f"{table.where}hours: either days or hours, not both")
        _in_range(table, "days", _MOST_DAYS)
    if table.data.get("business_days") is True:
        table.mistakes.append(f"{table.where}business_days: hours run on any day")
    return 0, _in_range(table, "hours", _MOST_DAYS * 24)


def _in_range(table: TableReader, unit: str, most: int) -> int:
    length = table.take(unit, int)
    if length is not None and not 0 < length <= most:
        table.mistakes.append(f"{table.where}{unit}: out of range (1 to {most})")
    return length or 0


def _then(name: str, table: TableReader) -> str | None:
    """What the window's passing means; the key is unknown where it means nothing by itself."""
    known = CONSEQUENCES.get(name)
    return _word(table, "then", known) if known and "then" in table.data else None


def _word(table: TableReader, name: str, words: tuple[str, ...]) -> str:
    word = table.take(name, str) or ""
    if word and word not in words:
        table.mistakes.append(f"{table.where}{name}: no such value: {word!r} (one of: {', '.join(words)})")
    return word


_UNKNOWN = Source("", None, None, True)


def _named(table: TableReader, name: str | None, key: str, sources: Mapping[str, Source]) -> Source:
    if name is not None and name not in sources:
        table.mistakes.append(f"{key}: no such source: {name!r} (there is no [sources.{name}])")
    return sources.get(name or "", _UNKNOWN)


def _help_pages(root: TableReader, sources: Mapping[str, Source]) -> tuple[Source, ...]:
    pages = [_named(root, name, "help_pages", sources) for name in root.texts("help_pages")]
    if any(page.text and page.url is None for page in pages):
        root.mistakes.append("help_pages: a source without url is no page")
    return tuple(pages)


def _known_from(
    root: TableReader, data: Mapping[str, Any], sources: Mapping[str, Source]
) -> Mapping[str, Source]:
    """Where each value is known from; a section as a whole, or one of its values by itself."""
    table = TableReader(root.take("known_from", dict, {}) or {}, "known_from.", root.mistakes)
    told = keys_told(data)
    sections = {section for section in SECTIONS if section in data}
    found = {}
    for key in list(table.data):
        if key in told or key in sections:
            found[key] = _named(table, table.take(key, str), f"known_from.{key}", sources)
    table.mistakes.extend(f"known_from.{key}: there is no such value" for key in table.data)
    unsaid = [key for key in told if key not in found and key.partition(".")[0] not in found]
    table.mistakes.extend(f"known_from.{key}: missing; every value has a source" for key in unsaid)
    return MappingProxyType(found)


def keys_told(data: Mapping[str, Any]) -> tuple[str, ...]:
    """The keys of the values that `[known_from]` has a source for: `zone`, `claims.late`."""
    told = [key for key in _SINGLE if key in data]
    for section in SECTIONS:
        if isinstance(data.get(section), Mapping):
            told += [f"{section}.{name}" for name in data[section]]
    return tuple(told)
