"""The JSON Schema of every document, made from the same fields that write it."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from dispcli.render.documents.all import DOCUMENTS
from dispcli.render.fields import Document, Field, Kind, Sheet
from dispcli.render.input_schemas import batch_schema
from dispcli.render.json import SCHEMA_VERSION
from dispcli.render.sheets.all import SHEETS

_MONEY = {
    "type": ["object", "null"],
    "properties": {
        "amount": {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"},
        "minor": {"type": "integer"},
        "currency": {"type": "string", "pattern": "^[A-Z]{3}$"},
    },
    "required": ["amount", "minor", "currency"],
    "additionalProperties": False,
}
_TYPES: Mapping[Kind, dict[str, Any]] = MappingProxyType(
    {
        Kind.TEXT: {"type": ["string", "null"]},
        Kind.SENTENCE: {"type": ["string", "null"]},
        Kind.ID: {"type": ["string", "null"]},
        Kind.FILE: {"type": ["string", "null"]},
        Kind.MOMENT: {
            "type": ["string", "null"],
            "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)?$",
        },
        Kind.MONEY: _MONEY,
        Kind.COUNT: {"type": ["integer", "null"]},
        Kind.FLAG: {"type": "boolean"},
        Kind.LIST: {"type": "array", "items": {"type": "string"}},
    }
)
_VERSION = {"const": SCHEMA_VERSION}
_ERROR = {
    "type": "object",
    "properties": {
        "code": {"type": "string"},
        "message": {"type": "string"},
        "hint": {"type": ["string", "null"]},
        "exit_code": {"type": "integer"},
        "allowed": {"type": "array", "items": {"type": "string"}},
        "findings": {"type": "array", "items": {"type": "string"}},
        "details": {"type": "array", "items": {"type": "string"}},
    },
    "required": ["code", "message", "hint", "exit_code", "details"],
}


def schemas() -> dict[str, dict[str, Any]]:
    """Every schema by name: documents, `batch` for a line that is read, `error` for what stderr has."""
    found = {sheet.name: _list(sheet) for sheet in SHEETS}
    found.update({document.name: _document(document) for document in DOCUMENTS})
    found["batch"] = batch_schema()
    found["error"] = _closed({"error": _ERROR}, "What stderr carries when a command fails with JSON output")
    return found


def _closed(properties: dict[str, Any], title: str, optional: Sequence[str] = ()) -> dict[str, Any]:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in optional],
    }


def _list(sheet: Sheet) -> dict[str, Any]:
    properties = {
        "schema_version": _VERSION,
        sheet.name: {"type": "array", "items": _record(sheet.fields)},
        "more": {"type": "boolean", "description": "whether a limit cut the list"},
        "totals": {"type": "array", "items": {**_MONEY, "type": "object"}},
    }
    return _closed(properties, f"dispcli {sheet.name}", optional=("totals",))


def _document(document: Document) -> dict[str, Any]:
    record: dict[str, Any] = {"type": "object", "properties": {}, "required": []}
    for section in document.sections:
        part = _record(section.fields)
        if section.name is None:
            record["properties"].update(part["properties"])
            record["required"] += part["required"]
            continue
        record["required"].append(section.name)
        one = {**part, "type": ["object", "null"]}
        record["properties"][section.name] = {"type": "array", "items": part} if section.many else one
    return _closed({"schema_version": _VERSION, document.name: record}, f"dispcli {document.name}")


def _record(fields: Sequence[Field]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {
            field.name: {**_TYPES[field.kind], **({"description": field.about} if field.about else {})}
            for field in fields
        },
        "required": [field.name for field in fields],
    }
