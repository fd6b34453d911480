"""One JSON object a line, read strictly."""

from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from dispcli.formats.lines import Line
from dispcli.formats.records import Chunk, Record, last_said, may_go_on, not_whole, too_long


def object_records(lines: Iterable[list[Line]], *, growing: bool) -> Iterator[Chunk]:
    """The records of lines as they come; a blank line is none."""
    for chunk in lines:
        records = _json_records(chunk)
        if may_go_on(chunk, growing=growing) and any(record.values is None for record in records):
            yield not_whole(records)
        else:
            yield Chunk(records, last_said(chunk))


def _json_records(lines: list[Line]) -> list[Record]:
    return [
        _json_record(number, data) for number, data in lines if data is None or (data and not data.isspace())
    ]


def _json_record(number: int, data: bytes | None) -> Record:
    if data is None:
        return too_long(number)
    try:
        values = orjson.loads(data)
        if type(values) is dict and (data.count(b'"') != _quotes(values) or b"\\" in data):
            _require_once(data)
    except orjson.JSONDecodeError as problem:
        return Record(number, data, None, f"not JSON: {problem.msg} (column {problem.colno})")
    except ValueError as problem:
        return Record(number, data, None, f"not JSON: {problem}")
    except RecursionError:
        return Record(number, data, None, "not JSON: nested too deep")
    if type(values) is not dict:
        return Record(number, data, None, "not a JSON object")
    return Record(number, data, values)


def _quotes(values: dict[str, Any]) -> int:
    """How many quotes it takes to write a flat object. Where there were more, a key may have stood twice."""
    texts = len(values)
    for value in values.values():
        if type(value) is str:
            texts += 1
        elif type(value) is list:
            texts += sum(type(item) is str for item in value)
    return 2 * texts


def _require_once(data: bytes) -> None:
    """Raises ValueError for a key that stands twice: of two, every parser keeps the one it likes."""
    import json

    def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
        values = dict(found)
        if len(values) < len(found):
            keys = [key for key, _ in found]
            twice = next(key for key in keys if keys.count(key) > 1)
            raise ValueError(f"the key {twice!r} stands twice")
        return values

    json.loads(data, object_pairs_hook=pairs)
