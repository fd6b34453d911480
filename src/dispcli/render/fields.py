"""What a record is made of: named, typed fields that every output format and its JSON Schema share."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import Enum
from typing import Any

from dispcli.core.money import Money
from dispcli.errors import UsageProblem
from dispcli.namedtuples import NamedTuple


class Kind(Enum):
    """How a field's value is written."""

    TEXT = "text"
    SENTENCE = "sentence"
    ID = "id"
    FILE = "file"
    MOMENT = "moment"
    MONEY = "money"
    COUNT = "count"
    FLAG = "flag"
    LIST = "list"


class Field(NamedTuple):
    """One field. `heading` is its column in a terminal's table; without one it shows only when asked for.

    `flex` is how readily its column gives way for want of room: 0 is never cut, columns with more go first.
    `seen` is what a person is shown in a table, where that is not what programs get.
    """

    name: str
    get: Callable[[Any], Any]
    kind: Kind = Kind.TEXT
    about: str = ""
    heading: str | None = None
    flex: int = 0
    seen: Callable[[Any], Any] | None = None


class Sheet(NamedTuple):
    """A list of records: its name in JSON, its fields, and the field that is fed back to commands."""

    name: str
    fields: tuple[Field, ...]
    id_field: str | None = None


class Section(NamedTuple):
    """A part of a whole document; `name` None stands at the top, `many` is a list of records."""

    name: str | None
    fields: tuple[Field, ...]
    get: Callable[[Any], Any]
    many: bool = False


class Document(NamedTuple):
    """One thing shown whole: its name in JSON and its sections."""

    name: str
    sections: tuple[Section, ...]


def chosen(sheet: Sheet, names: str | None) -> tuple[Field, ...]:
    """The fields named in `a,b`, all of them for None. Raises UsageProblem for an unknown one."""
    if names is None:
        return sheet.fields
    known = {field.name: field for field in sheet.fields}
    wanted = [name.strip() for name in names.split(",") if name.strip()]
    if not wanted or (unknown := [name for name in wanted if name not in known]):
        told = ", ".join(unknown) if wanted else "none named"
        raise UsageProblem(f"--fields: no such field: {told}", hint=f"known fields: {', '.join(known)}")
    return tuple(known[name] for name in wanted)


def with_columns(sheet: Sheet, headings: Mapping[str, str]) -> Sheet:
    """The sheet with these headings, by field, so that a terminal's table has columns for them too."""
    fields = (
        field._replace(heading=headings[field.name]) if field.name in headings else field
        for field in sheet.fields
    )
    return sheet._replace(fields=tuple(fields))


def worth_showing(fields: Sequence[Field], records: Sequence[Any]) -> Sequence[Field]:
    """The fields that have a column by themselves, less those in which no record has anything."""
    return [
        field
        for field in fields
        if field.heading and any(field.get(record) not in (None, "", (), []) for record in records)
    ]


def done_of(records: Sequence[Any]) -> list[Any]:
    """The records of what was done: ids are fed on to the next command."""
    return [record for record in records if getattr(record, "status", "") not in _NOT_DONE]


_NOT_DONE = ("refused", "invalid", "error", "not_applied")


def plain(value: Any) -> str:
    """A value as exact text: amounts as decimals without currency, absent as nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Money):
        return value.amount
    if isinstance(value, list | tuple):
        return ",".join(map(str, value))
    return str(value)


def jsonable(value: Any) -> Any:
    """A value as JSON has it."""
    if value is None or type(value) in (str, int, bool):
        return value
    if isinstance(value, Money):
        return {"amount": value.amount, "minor": value.minor, "currency": value.currency}
    if isinstance(value, list | tuple):
        return [jsonable(item) for item in value]
    return str(value) if isinstance(value, Enum) else value


def as_object(fields: Sequence[Field], record: Any) -> dict[str, Any]:
    """A record as a JSON object."""
    return {field.name: jsonable(field.get(record)) for field in fields}


def column(field: Field, records: Sequence[Any]) -> Iterable[Any]:
    """What a field has in each record, as orjson takes it: texts, whole numbers and flags as they are."""
    values = map(field.get, records)
    return map(jsonable, values) if field.kind in (Kind.MONEY, Kind.LIST) else values


def as_document(document: Document, view: Any) -> dict[str, Any]:
    """A whole view as nested JSON objects."""
    result: dict[str, Any] = {}
    for section in document.sections:
        part = section.get(view)
        if section.name is None:
            result.update(as_object(section.fields, part))
        elif section.many:
            result[section.name] = [as_object(section.fields, item) for item in part]
        else:
            result[section.name] = as_object(section.fields, part) if part is not None else None
    return result


def as_pairs(document: Document, view: Any) -> Iterable[tuple[str, str]]:
    """A whole view as (path, value) pairs: `messages.0.text`."""
    for section in document.sections:
        part = section.get(view)
        if section.name is None:
            yield from _pairs("", section.fields, part)
        elif section.many:
            for count, item in enumerate(part):
                yield from _pairs(f"{section.name}.{count}.", section.fields, item)
        elif part is not None:
            yield from _pairs(f"{section.name}.", section.fields, part)


def _pairs(prefix: str, fields: Sequence[Field], record: Any) -> Iterable[tuple[str, str]]:
    for field in fields:
        value = field.get(record)
        yield f"{prefix}{field.name}", plain(value)
        if field.kind is Kind.MONEY:
            yield f"{prefix}{field.name}_currency", value.currency if value else ""
