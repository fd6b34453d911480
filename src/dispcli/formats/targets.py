"""Which orders and disputes an input names: an id a line, or what our own lists print."""

from collections.abc import Iterator

from dispcli.errors import BadInput
from dispcli.formats.lines import Line, Stream, read_lines
from dispcli.formats.reading import read_records
from dispcli.formats.records import Chunk, Columns, Record, Records
from dispcli.formats.source import MAX_MISTAKES, Mistake
from dispcli.namedtuples import NamedTuple

_COLUMNS = Columns(frozenset({"order", "dispute"}))
_MAX_WORD = 128


class NamedThing(NamedTuple):
    """An order or a dispute as a line names it: the word, and the line of the order where that is told."""

    word: str
    position: int | None = None


def read_targets(name: str, stream: Stream, *, disputes: bool) -> list[NamedThing]:
    """The things an input names: a dispute's id where it is told and `disputes` are wanted, else the order.

    Raises BadInput with every line that names nothing.
    """
    held = list(read_lines(stream))
    _require_lines(name, held)
    records = read_records(name, iter(held), _COLUMNS)
    found: list[NamedThing] = []
    mistakes: list[Mistake] = []
    things = _things(records.chunks, disputes=disputes) if isinstance(records, Records) else _words(held)
    for thing in things:
        if isinstance(thing, Mistake):
            mistakes.append(thing)
        else:
            found.append(thing)
    if mistakes:
        told = [mistake.told(name) for mistake in mistakes]
        more = (f"and {len(told) - MAX_MISTAKES} more",) if len(told) > MAX_MISTAKES else ()
        count = f"{len(told)} mistake{'s' if len(told) > 1 else ''}; nothing was written"
        raise BadInput(count, details=(*told[:MAX_MISTAKES], *more))
    return found


def _require_lines(name: str, held: list[list[Line]]) -> None:
    """Raises BadInput for a document as `-o json` prints it: it names nothing line by line."""
    first = next((data for chunk in held for _, data in chunk if data and data.strip()), b"")
    if first.strip() in (b"{", b"["):
        raise BadInput(f"{name}: a JSON document, not a line each", hint="print it with -o ids or -o ndjson")


def _words(lines: list[list[Line]]) -> Iterator[NamedThing | Mistake]:
    for chunk in lines:
        for number, data in chunk:
            try:
                word = (data if data is not None else b"\x00").decode("utf-8").strip()
            except UnicodeDecodeError:
                word = "\x00"
            if not word.isprintable() or len(word) > _MAX_WORD or " " in word:
                yield Mistake("not an order or a dispute id", number)
            elif word:
                yield NamedThing(word)


def _things(chunks: Iterator[Chunk], *, disputes: bool) -> Iterator[NamedThing | Mistake]:
    for chunk in chunks:
        for record in chunk.records:
            if record.values is None:
                yield Mistake(record.problem or "", record.line)
            else:
                yield _thing(record, record.values, disputes=disputes)


def _thing(record: Record, values: dict[str, object], *, disputes: bool) -> NamedThing | Mistake:
    dispute, order = values.get("dispute"), values.get("order")
    if "op" in values and "status" not in values:
        return Mistake("this is an operation; feed it to 'dispcli batch'", record.line)
    if isinstance(dispute, str) and dispute and (disputes or not order):
        return NamedThing(dispute)
    if not isinstance(order, str) or not order:
        return Mistake("names no order and no dispute as text", record.line)
    market, line = values.get("marketplace"), values.get("line")
    word = f"{market}:{order}" if isinstance(market, str) and market and ":" not in order else order
    position = str(line or "")
    if position and not (position.isascii() and position.isdigit() and int(position[:9]) > 0):
        return Mistake(f"line: not a whole number: {position!r}", record.line)
    return NamedThing(word, int(position) if position else None)
