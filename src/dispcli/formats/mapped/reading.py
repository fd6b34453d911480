"""A mapping from TOML, with every mistake reported at once."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar, cast, get_args

from dispcli.core.orders import OrderStatus
from dispcli.core.toml_reading import Mistakes, TableReader
from dispcli.errors import BadInput
from dispcli.formats.mapped.mapping import (
    LINE_COLUMNS,
    ORDER_COLUMNS,
    Amounts,
    Dates,
    DayOrder,
    Decimals,
    Each,
    Override,
    TableMapping,
    Zone,
)

_MAX_BYTES = 256 * 1024
_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
_MARKETPLACE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}", re.ASCII)
T = TypeVar("T", bound=str)


def read_mapping(path: Path) -> TableMapping:
    """The mapping of a user's file, named after it. Raises BadInput with every mistake in it."""
    try:
        with path.open("rb") as file:
            data = file.read(_MAX_BYTES + 1)
    except OSError as problem:
        raise BadInput(f"{path}: {problem.strerror}") from None
    if len(data) > _MAX_BYTES:
        raise BadInput(f"{path}: larger than {_MAX_BYTES // 1024} KiB; this is not a mapping")
    try:
        return parse_mapping(path.stem, tomllib.loads(data.decode()))
    except Mistakes as found:
        raise BadInput(
            f"{path}: the mapping is wrong", details=tuple(f"{path}: {told}" for told in found.mistakes)
        ) from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as problem:
        raise BadInput(f"{path}: not TOML: {problem}") from None


def parse_mapping(name: str, data: Mapping[str, Any]) -> TableMapping:
    """A mapping from TOML's values. Raises Mistakes naming every mistake at once."""
    root = TableReader(data, "", [])
    columns = _columns(_table(root, "columns"))
    mapping = TableMapping(
        name=name,
        columns=columns,
        needed=frozenset(root.texts("needed") or columns.values()),
        marketplace=_matching(root, "marketplace", _MARKETPLACE, "lower-case letters, digits and hyphens"),
        each=_one_of(root, "each", Each, "line"),
        sheet=root.take("sheet", str, "") or None,
        absent=frozenset(root.texts("absent")),
        formula_safe=bool(root.take("formula_safe", bool, False)),
        dates=_dates(_table(root, "dates")),
        amounts=_amounts(_table(root, "amounts")),
        words=_words(_table(root, "words")),
        overrides=tuple(root.tables("overrides", lambda name, table: Override(name, _words(table))).values()),
    )
    root.close()
    _require_whole(mapping, root.mistakes)
    if root.mistakes:
        raise Mistakes(tuple(root.mistakes))
    return mapping


def _require_whole(mapping: TableMapping, mistakes: list[str]) -> None:
    """What no part can see by itself."""
    if (mapping.marketplace is None) == ("marketplace" not in mapping.columns):
        mistakes.append("marketplace: say it here or name its column in [columns], one of both")
    needs_title = [name for name in LINE_COLUMNS if name in mapping.columns and name != "title"]
    if needs_title and "title" not in mapping.columns:
        mistakes.append(f"columns.title: missing, and {needs_title[0]} is a line's")
    if mapping.amounts.total == "line" and "total" not in mapping.columns:
        mistakes.append("amounts.total: there is no column for it")


def _table(root: TableReader, key: str) -> TableReader:
    return TableReader(root.take(key, dict, {}) or {}, f"{root.where}{key}.", root.mistakes)


def _columns(table: TableReader) -> dict[str, str]:
    found = {}
    for ours in (*ORDER_COLUMNS, *LINE_COLUMNS):
        needed = ours in ("number", "date")
        if (needed or ours in table.data) and (theirs := table.take(ours, str)) is not None:
            found[ours] = theirs.strip()
            if not found[ours]:
                table.mistakes.append(f"columns.{ours}: empty")
    table.close()
    return found


def _dates(table: TableReader) -> Dates:
    dates = Dates(
        order=_one_of(table, "order", DayOrder, "ymd"),
        zone=_one_of(table, "zone", Zone, "none"),
        exact=bool(table.take("exact", bool, True)),
    )
    table.close()
    return dates


def _amounts(table: TableReader) -> Amounts:
    amounts = Amounts(
        currency=_matching(table, "currency", _CURRENCY, "three capital letters, as in USD"),
        decimal=_one_of(table, "decimal", Decimals, "printed"),
        minor=bool(table.take("minor", bool, False)),
        total=_one_of(table, "total", Each, "order"),
        lost_commas=frozenset(table.texts("lost_commas")),
        signs=_signs(_table(table, "signs")),
    )
    for code in sorted(amounts.lost_commas):
        if not _CURRENCY.fullmatch(code):
            table.mistakes.append(f"amounts.lost_commas: not a currency code: {code!r}")
    table.close()
    return amounts


def _signs(table: TableReader) -> dict[str, str]:
    found: dict[str, str] = {}
    for code in list(table.data):
        if not _CURRENCY.fullmatch(code):
            table.mistakes.append(f"{table.where}{code}: not a currency code")
        for sign in table.texts(code):
            if sign in found:
                table.mistakes.append(f"{table.where}{code}: {sign!r} stands twice")
            found[sign] = code
    return found


def _words(table: TableReader) -> dict[str, OrderStatus]:
    """The platform's words, case-folded, each with our status it is listed under."""
    found: dict[str, OrderStatus] = {}
    for status in list(table.data):
        words = table.texts(status)
        if status not in tuple(OrderStatus):
            known = ", ".join(OrderStatus)
            table.mistakes.append(f"{table.where}{status}: no status of ours (known: {known})")
            continue
        for word in words:
            if word.casefold() in found:
                table.mistakes.append(f"{table.where}{status}: {word!r} stands twice")
            found[word.casefold()] = OrderStatus(status)
    return found


def _one_of(table: TableReader, key: str, kind: Any, default: T) -> T:
    """The key's value, which is one of the words of a Literal."""
    value = table.take(key, str, str(default))
    if value not in get_args(kind):
        table.mistakes.append(f"{table.where}{key}: {value!r} is none of {', '.join(get_args(kind))}")
        return default
    return cast(T, value)


def _matching(table: TableReader, key: str, pattern: re.Pattern[str], told: str) -> str | None:
    value = table.take(key, str, "") or None
    if value is not None and not pattern.fullmatch(value):
        table.mistakes.append(f"{table.where}{key}: {value!r} is not {told}")
    return value
