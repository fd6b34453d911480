"""Output for programs that read JSON: one document, or one object a line."""

import json
from collections.abc import Iterable, Sequence
from typing import Any, TextIO

from dispcli.core.money import Money
from dispcli.render.fields import Document, Field, Sheet, as_document, as_object, jsonable

SCHEMA_VERSION = 1
"""Fields are added under the same version, never renamed or removed."""


def write_list(
    out: TextIO,
    sheet: Sheet,
    fields: Sequence[Field],
    records: Iterable[Any],
    *,
    more: bool,
    totals: Sequence[Money] | None,
) -> None:
    """A list as one document: the records under their name, `more` when a limit cut it."""
    document: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        sheet.name: [as_object(fields, record) for record in records],
        "more": more,
    }
    if totals is not None:
        document["totals"] = jsonable(totals)
    _write(out, document, indent=2)


def write_lines(out: TextIO, fields: Sequence[Field], records: Iterable[Any]) -> None:
    """One object a line."""
    for record in records:
        _write(out, {"schema_version": SCHEMA_VERSION, **as_object(fields, record)})


def write_one(out: TextIO, document: Document, view: Any) -> None:
    """One thing shown whole."""
    _write(out, {"schema_version": SCHEMA_VERSION, document.name: as_document(document, view)}, indent=2)


def write_error(out: TextIO, error: dict[str, Any]) -> None:
    """One line that says what went wrong."""
    _write(out, {"error": error})


def write_items(out: TextIO, value: dict[str, Any]) -> None:
    """An object on a line of its own, inside a list; its line end is the list's."""
    out.write(f"    {_dumped(out, value)}")


def write_raw(out: TextIO, value: Any) -> None:
    """Any JSON value, indented: a schema."""
    _write(out, value, indent=2)


def _write(out: TextIO, value: Any, indent: int | None = None) -> None:
    out.write(_dumped(out, value, indent) + "\n")


def _dumped(out: TextIO, value: Any, indent: int | None = None) -> str:
    # A terminal gets ASCII: JSON's own escapes keep the true text without steering anything.
    return json.dumps(value, indent=indent, ensure_ascii=out.isatty() or _has_surrogate(value))


def _has_surrogate(value: Any) -> bool:
    if isinstance(value, str):
        return not value.isascii() and any("\ud800" <= char <= "\udfff" for char in value)
    if isinstance(value, dict):
        return any(map(_has_surrogate, value.values()))
    return isinstance(value, list) and any(map(_has_surrogate, value))
