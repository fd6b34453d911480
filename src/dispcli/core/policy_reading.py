"""A policy from TOML's values, with every mistake reported at once."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from dispcli.core.policy import PARTIES, STARTS, WINDOWS, Policy, Window
from dispcli.core.reasons import CLAIM_REASONS
from dispcli.core.toml_reading import Mistakes, TableReader


def parse_policy(data: Mapping[str, Any]) -> Policy:
    """A policy from TOML's values. Raises Mistakes naming every mistake at once."""
    mistakes: list[str] = []
    root = TableReader(data, "", mistakes)
    policy = Policy(
        marketplace=root.take("marketplace", str) or "",
        name=root.take("name", str) or "",
        zone=root.take("zone", str) or "",
        hosts=root.texts("hosts"),
        order_page=root.take("order_page", str, "") or None,
        reopening=bool(root.take("reopening", bool, True)),
        windows=MappingProxyType(root.tables("windows", _window)),
        claims=_claims(root),
        cancel_steps=root.texts("cancel_steps"),
    )
    root.close()
    if mistakes:
        raise Mistakes(tuple(mistakes))
    return policy


def _window(name: str, reader: TableReader) -> Window:
    if name not in WINDOWS:
        reader.mistakes.append(f"windows.{name}: unknown window (known: {', '.join(WINDOWS)})")
    hours = reader.take("hours", int, 0) or 0
    days = (reader.take("days", int, 0) if hours else reader.take("days", int)) or 0
    if days and hours:
        reader.mistakes.append(f"{reader.where}hours: either days or hours, not both")
    if not (0 < days <= 3650 or 0 < hours <= 24 * 3650):
        reader.mistakes.append(f"{reader.where}days: out of range (1 to 3650)")
    seen = reader.take("seen", str) or ""
    try:
        date.fromisoformat(seen)
    except ValueError:
        reader.mistakes.append(f"{reader.where}seen: not a day (write it as 2026-11-01)")
    return Window(
        days=days,
        business_days=bool(reader.take("business_days", bool, False)),
        source=reader.take("source", str) or "",
        seen=seen,
        second_hand=bool(reader.take("second_hand", bool, False)),
        note=reader.take("note", str, "") or "",
        by=_word(reader, "by", PARTIES),
        after=_word(reader, "after", STARTS),
        hours=hours,
    )


def _word(reader: TableReader, name: str, words: tuple[str, ...]) -> str:
    word = reader.take(name, str) or ""
    if word and word not in words:
        reader.mistakes.append(f"{reader.where}{name}: no such value: {word!r} (one of: {', '.join(words)})")
    return word


def _claims(reader: TableReader) -> tuple[str, ...]:
    claims = reader.texts("claims")
    for slug in claims:
        if slug not in CLAIM_REASONS:
            reader.mistakes.append(
                f"claims: unknown claim reason {slug!r} (known: {', '.join(CLAIM_REASONS)})"
            )
    return claims
