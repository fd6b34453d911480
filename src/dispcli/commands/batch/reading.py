"""From an input to the lines of a batch, checked one by one, a chunk at a time."""

from collections.abc import Callable, Iterator
from datetime import datetime

from dispcli.core.batches import BatchLine
from dispcli.core.operations import KNOWN_FIELDS, Asked, read_operation
from dispcli.errors import BadInput
from dispcli.formats.lines import Line
from dispcli.formats.reading import read_records
from dispcli.formats.records import Chunk, Columns, Record, Records
from dispcli.namedtuples import NamedTuple
from dispcli.services.batch import AT_ONCE

_COLUMNS = Columns(frozenset({"op"}), KNOWN_FIELDS)


class Lines(NamedTuple):
    """Lines of a batch that came together; `last` is the last line of the input so far that is whole."""

    lines: list[BatchLine]
    last: int


class BatchInput(NamedTuple):
    """The lines of an input; `header` is the first line of a table."""

    chunks: Iterator[Lines]
    header: bytes | None


def read_batch(
    name: str, lines: Iterator[list[Line]], clock: Callable[[], datetime], *, growing: bool = False
) -> BatchInput:
    """The lines of a batch, JSON or a table, at most AT_ONCE at a time; the clock tells when they came.

    `growing` is what is read again when more has come. Raises BadInput for anything else.
    """
    records = read_records(name, lines, _COLUMNS, growing=growing)
    if not isinstance(records, Records):
        raise BadInput(
            f"{name}:{records.number}: neither a JSON object a line nor a table whose header has 'op'",
            hint=_hint(records.data or b""),
        )
    return BatchInput(_pieces(records.chunks, clock), records.header)


def _hint(first: bytes) -> str:
    if first.lstrip()[:1] == b"[":
        return "a JSON list has to be written a line an operation, without brackets and commas between them"
    if b"op" in first.lower().replace(b'"', b"").replace(b";", b",").replace(b"\t", b",").split(b","):
        return "the names of the columns are written in small letters: op,order,reason"
    return "see 'dispcli help batch'"


def _pieces(chunks: Iterator[Chunk], clock: Callable[[], datetime]) -> Iterator[Lines]:
    for records, last in chunks:
        now = clock()
        *full, rest = [records[start : start + AT_ONCE] for start in range(0, len(records) or 1, AT_ONCE)]
        for piece in full:
            yield Lines([_line(record, now) for record in piece], piece[-1].line)
        yield Lines([_line(record, now) for record in rest], last)


def _line(record: Record, now: datetime) -> BatchLine:
    if record.values is None:
        return BatchLine(record.line, None, (record.problem or "",), record.raw)
    op, order = record.values.get("op"), record.values.get("order")
    read = read_operation(record.values, now)
    asked, mistakes = (read, ()) if isinstance(read, Asked) else (None, read)
    return BatchLine(record.line, asked, mistakes, record.raw, _named(op), _named(order))


def _named(value: object) -> str:
    """What an operation or an order was called, for the report; not what else may stand there."""
    return value if isinstance(value, str) and len(value) <= _LONGEST else ""


_LONGEST = 128
