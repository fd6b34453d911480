"""What `dispcli export orders --format json` writes: the rows of the table of the same name as a document."""

from collections.abc import Iterator
from typing import Any

from dispcli.formats.mapped import shipped
from dispcli.formats.source import DocumentFormat, Entry, Mistake, Source
from dispcli.formats.tables import Row, Table

_RECORDS = "order_lines"


def _recognises(data: Any) -> bool:
    return isinstance(data, dict) and "schema_version" in data and isinstance(data.get(_RECORDS), list)


def _read(data: Any, source: Source) -> Iterator[Entry | Mistake]:
    """Raises BadInput for records without the fields they need."""
    records = data[_RECORDS]
    if not records:
        return
    names = tuple(records[0]) if isinstance(records[0], dict) else ()
    rows = [_row(item, record) for item, record in enumerate(records, start=1)]
    for piece in shipped.__getattr__("DISPCLI").read(Table(names, lambda: iter([rows])), source):
        for one in piece:
            yield one._replace(line=None, item=one.line)


def _row(item: int, record: Any) -> Row:
    return Row(item, record) if isinstance(record, dict) else Row(item, {}, "not an object")


FORMAT = DocumentFormat("dispcli-json", _recognises, _read)
