"""What `dispcli export orders --format json` writes: the rows of the table of the same name as a document."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from dispcli.errors import BadInput
from dispcli.formats.mapped import shipped
from dispcli.formats.source import Aside, DocumentFormat, Entry, Mistake, Source
from dispcli.formats.tables import Row, Table

_RECORDS = "order_lines"


def _recognises(document: Any) -> bool:
    return (
        isinstance(document, dict)
        and "schema_version" in document
        and isinstance(document.get(_RECORDS), list)
    )


def _read(documents: Iterator[Any], source: Source) -> Iterator[Entry | Mistake]:
    """Raises BadInput for what is no such document, and for records without the fields they need."""
    records = (record for document in documents for record in _records(document, source))
    first = next(records, None)
    if first is None:
        return
    names = tuple(first) if isinstance(first, dict) else ()
    rows = ([_row(item, record)] for item, record in enumerate(chain([first], records), start=1))
    for piece in shipped.__getattr__("DISPCLI").read(Table(names, lambda: rows), source):
        for one in piece:
            if not isinstance(one, Aside):
                yield one._replace(line=None, item=one.line)


def _records(document: Any, source: Source) -> list[Any]:
    if not _recognises(document):
        raise BadInput(f"{source.name}: not what dispcli export orders --format json writes")
    found: list[Any] = document[_RECORDS]
    return found


def _row(item: int, record: Any) -> Row:
    return Row(item, record) if isinstance(record, dict) else Row(item, {}, "not an object")


FORMAT = DocumentFormat("dispcli-json", _recognises, _read)
