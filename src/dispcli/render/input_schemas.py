"""The JSON Schema of what dispcli reads: a line of a batch."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from dispcli.core.facts import MAX_TEXT, PAYOUT_STAGE
from dispcli.core.operations import COMMON, MAX_NAME, OPERATIONS, Field, Wants

_TEXT = {"type": "string", "minLength": 1, "maxLength": MAX_TEXT}
_NAME = {"type": "string", "minLength": 1, "maxLength": MAX_NAME}
_TYPES: Mapping[Wants, dict[str, Any]] = MappingProxyType(
    {
        Wants.TEXT: _TEXT,
        Wants.REASON: _TEXT,
        Wants.NAME: _NAME,
        Wants.WORD: {"type": "string"},
        Wants.AMOUNT: {**_NAME, "examples": ["10.00", "USD 10.00"]},
        Wants.MOMENT: {**_NAME, "examples": ["2026-11-20", "2026-11-20T14:00Z", "+3d"]},
        Wants.PAST: {**_NAME, "examples": ["2026-11-20", "2026-11-20T14:00Z", "yesterday", "-3d"]},
        Wants.DISPUTE: {"type": "string", "pattern": r"^\s*[Dd][0-9]{1,15}\s*$"},
        Wants.COUNT: {
            "anyOf": [
                {"type": "integer", "minimum": 1},
                {"type": "string", "pattern": "^0*[1-9][0-9]*$", "maxLength": 9},
            ]
        },
        Wants.FLAG: {"enum": [True, False, "true", "false"]},
        Wants.CODES: {"type": ["array", "string"]},
    }
)


def _given(name: str) -> dict[str, Any]:
    return {"properties": {name: {"not": {"type": "null"}}}, "required": [name]}


_BOTH = {
    "properties": {"line": {"not": {"type": "null"}}, "whole_order": {"enum": [True, "true"]}},
    "required": ["line", "whole_order"],
}
_REFUSED = {"properties": {"refuse": {"enum": [True, "true"]}}, "required": ["refuse"]}
_OFFERED = {"anyOf": [_given("offer"), _given("remedy")]}
_PAID_OUT = {
    "properties": {"stage": {"const": PAYOUT_STAGE}, "by": {"type": "null"}},
    "anyOf": [_given("amount"), {"properties": {"kind": {"const": "replacement"}}, "required": ["kind"]}],
}
_TOGETHER: Mapping[str, dict[str, Any]] = MappingProxyType(
    {
        "open": {"anyOf": [_given("reason"), _given("replaces")]},
        "revise": {"anyOf": [_given("reason"), _given("remedy"), _given("amount")]},
        "answer": {"oneOf": [_REFUSED, _OFFERED]},
        "settlement": {"anyOf": [{"not": _given("to")}, _PAID_OUT]},
    }
)
"""What single fields can't tell: whether they go together."""


def batch_schema() -> dict[str, Any]:
    """A line of a batch: one of the operations. What is null counts as absent."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A line of dispcli batch",
        "description": "for people: dispcli help batch",
        "oneOf": [_operation(name, {**COMMON, **fields}) for name, fields in OPERATIONS.items()],
    }


def _operation(name: str, fields: Mapping[str, Field]) -> dict[str, Any]:
    required = [field for field, wanted in fields.items() if wanted.required]
    return {
        **_TOGETHER.get(name, {}),
        "type": "object",
        "properties": {"op": {"const": name}, **{key: _field(value) for key, value in fields.items()}},
        "required": ["op", *required],
        "not": _BOTH,
        "additionalProperties": False,
    }


def _field(field: Field) -> dict[str, Any]:
    known = {**_TYPES[field.wants], "description": field.about}
    if field.wants is Wants.CODES:
        known["items"] = {"enum": list(field.words)}
    elif field.wants is Wants.MOMENT:
        known["examples"] = [*known["examples"], *field.words]
    elif field.words:
        known = {"enum": list(field.words), "description": field.about}
    return known if field.required else {"anyOf": [known, {"type": "null"}]}
