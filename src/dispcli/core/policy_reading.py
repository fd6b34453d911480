"""A policy from TOML's values, with every mistake reported at once."""

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, TypeVar

from dispcli.core.orders import OrderStatus
from dispcli.core.policy import WINDOWS, Policy, Window
from dispcli.core.reasons import CLAIM_REASONS

T = TypeVar("T")


class PolicyMistakes(ValueError):
    """Everything that is wrong with a policy, each mistake with the key it is at."""

    def __init__(self, mistakes: tuple[str, ...]) -> None:
        super().__init__("; ".join(mistakes))
        self.mistakes = mistakes


class _Reader:
    """Reads keys of one table and gathers mistakes instead of stopping at the first."""

    def __init__(self, data: Mapping[str, Any], where: str, mistakes: list[str]) -> None:
        self.data = dict(data)
        self.where = where
        self.mistakes = mistakes

    def take(self, key: str, kind: type[T], default: T | None = None) -> T | None:
        value = self.data.pop(key, default)
        if value is None or not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            if value is not default:
                self.mistakes.append(f"{self.where}{key}: not {_NAMES[kind]}")
            elif default is None:
                self.mistakes.append(f"{self.where}{key}: missing")
            return default
        return value

    def tables(self, key: str, read: Callable[[str, "_Reader"], T]) -> dict[str, T]:
        result = {}
        for name, table in (self.take(key, dict, {}) or {}).items():
            if not isinstance(table, dict):
                self.mistakes.append(f"{self.where}{key}.{name}: not a table")
                continue
            reader = _Reader(table, f"{self.where}{key}.{name}.", self.mistakes)
            result[name] = read(name, reader)
            reader.close()
        return result

    def close(self) -> None:
        self.mistakes.extend(f"{self.where}{key}: unknown key" for key in self.data)


_NAMES: Mapping[type, str] = MappingProxyType(
    {str: "a text", int: "a whole number", bool: "true or false", list: "a list", dict: "a table"}
)


def parse_policy(data: Mapping[str, Any]) -> Policy:
    """A policy from TOML's values. Raises PolicyMistakes naming every mistake at once."""
    mistakes: list[str] = []
    root = _Reader(data, "", mistakes)
    policy = Policy(
        marketplace=root.take("marketplace", str) or "",
        name=root.take("name", str) or "",
        hosts=_texts(root, "hosts"),
        order_page=root.take("order_page", str, "") or None,
        reopening=bool(root.take("reopening", bool, True)),
        windows=MappingProxyType(root.tables("windows", _window)),
        claims=_claims(root),
        order_words=MappingProxyType(_words(root)),
        cancel_steps=_texts(root, "cancel_steps"),
    )
    root.close()
    if mistakes:
        raise PolicyMistakes(tuple(mistakes))
    return policy


def _texts(reader: _Reader, key: str) -> tuple[str, ...]:
    values = reader.take(key, list, []) or []
    if not all(isinstance(value, str) for value in values):
        reader.mistakes.append(f"{reader.where}{key}: not a list of texts")
        return ()
    return tuple(values)


def _window(name: str, reader: _Reader) -> Window:
    if name not in WINDOWS:
        reader.mistakes.append(f"windows.{name}: unknown window (known: {', '.join(WINDOWS)})")
    days = reader.take("days", int) or 0
    if not 0 < days <= 3650:
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
    )


def _claims(reader: _Reader) -> tuple[str, ...]:
    claims = _texts(reader, "claims")
    for slug in claims:
        if slug not in CLAIM_REASONS:
            reader.mistakes.append(
                f"claims: unknown claim reason {slug!r} (known: {', '.join(CLAIM_REASONS)})"
            )
    return claims


def _words(reader: _Reader) -> dict[str, OrderStatus]:
    words: dict[str, OrderStatus] = {}
    for status, spellings in (reader.take("order_words", dict, {}) or {}).items():
        if status not in tuple(OrderStatus):
            reader.mistakes.append(f"order_words.{status}: unknown status (known: {', '.join(OrderStatus)})")
            continue
        for word in spellings:
            if word.casefold() in words:
                reader.mistakes.append(f"order_words.{status}: {word!r} stands twice")
            words[word.casefold()] = OrderStatus(status)
    return words
