"""AliExpress shopper JSON: an array of lines, with line ids, the true day and the age of each row."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from dispcli.core.moments import instant, parse_day
from dispcli.formats.shopper import Dating, Row, read_rows
from dispcli.formats.source import Format, Mistake, Read, Source, Words

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_PRINTED_DAY = re.compile(r"([A-Za-z]{3}) ([0-9]{1,2}), ([0-9]{4})", re.ASCII)
_LATEST = datetime(2200, 1, 1, tzinfo=UTC).timestamp() * 1000


def _recognises(text: str) -> bool:
    start = text[:20_000]
    return start.lstrip().startswith("[") and '"orderId"' in start and '"orderDate' in start


def _read(source: Source, words: Words) -> Read:
    try:
        data = json.loads(
            source.text,
            object_pairs_hook=_unique,
            parse_constant=_refuse,
            parse_float=_refuse,
            parse_int=_int,
        )
    except json.JSONDecodeError as problem:
        return _nothing(Mistake(f"not well-formed JSON: {problem.msg}", problem.lineno, problem.colno))
    except (ValueError, RecursionError) as problem:
        return _nothing(Mistake(f"not acceptable JSON: {problem}"))
    if not isinstance(data, list):
        return _nothing(Mistake("not a list of order lines"))
    if strange := [
        Mistake("not an object", item=n) for n, row in enumerate(data, 1) if type(row) is not dict
    ]:
        return Read((), tuple(strange), (), 0)
    rows = (Row(values, item=number) for number, values in enumerate(data, start=1))
    return read_rows(rows, Dating(_day, True, lambda row: _seen_at(row, source)), words, [])


def _nothing(mistake: Mistake) -> Read:
    return Read((), (mistake,), (), 0)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"a key stands twice: {next(n for n in names if names.count(n) > 1)!r}")
    return found


def _refuse(text: str) -> Any:
    raise ValueError(f"the number {text[:40]} is no whole number")


def _int(text: str) -> int:
    if len(text) > 32:
        raise ValueError(f"the number {text[:40]}… is too large")
    return int(text)


def _day(row: Mapping[str, Any]) -> str:
    """The printed day is the true one; the ISO day can be one too early."""
    printed = row.get("orderDate")
    if isinstance(printed, str) and (match := _PRINTED_DAY.fullmatch(printed.strip())):
        month = match[1].lower()
        if month in _MONTHS:
            return parse_day(f"{match[3]}-{_MONTHS.index(month) + 1:02d}-{int(match[2]):02d}")
    iso = row.get("orderDateIso")
    if not isinstance(iso, str):
        raise ValueError("orderDate is missing")
    return parse_day(iso.strip())


def _seen_at(row: Mapping[str, Any], source: Source) -> str:
    """When the row was saved: epoch milliseconds, a number or its text."""
    stamp = row.get("timestamp")
    if stamp is None:
        return source.modified_at
    text = str(stamp)
    if not (text.isascii() and text.isdigit()) or int(text) > _LATEST:
        raise ValueError(f"timestamp {text[:40]!r} is no time in epoch milliseconds")
    return instant(datetime.fromtimestamp(int(text) / 1000, UTC))


FORMAT = Format("aliexpress-shopper-json", "aliexpress", _recognises, _read)
