"""dispcli help batch."""

from collections.abc import Iterator, Mapping
from textwrap import wrap

from dispcli.commands.context import Run
from dispcli.core.operations import COMMON, OPERATIONS, Field, Wants
from dispcli.errors import EXIT_CODES
from dispcli.render.console import width

INPUT = """\
One operation a line. NDJSON: an object a line; CSV: the same names as columns.

  {"op":"cancel","order":"D12","reason":"agreement","operation_id":"a-1"}

  op,order,reason,operation_id
  cancel,D12,agreement,a-1
"""
TOGETHER = {
    "open": "reason or replaces",
    "revise": "one of reason, remedy, amount",
    "answer": "offer or remedy, else refuse",
}
"""What is required though no single field is, by operation."""

STATUSES = {
    "changed": "recorded; with --dry-run it would be",
    "unchanged": "it was so already, or this operation_id is recorded",
    "refused": "the rules say no; code and message say why",
    "invalid": "the line is wrong",
    "error": "nothing, or several things, go by the name",
    "not_applied": "right by itself, but nothing was written: other lines are wrong, or it wants --yes",
}
"""What became of a line."""

_EXITS = (0, 4, 6, 7, 8, 9)
_REPEATING = (
    "A line with an operation_id is done once only, however often it is fed. --resume NAME goes on after the "
    "lines that the batch of that name has read; those that failed count as read, --failed FILE keeps them.",
    "So the input may grow. With --resume a last line without a line end may not be whole yet: an object "
    "that is whole is done; anything else, and any row of a CSV, is invalid this time, does not count as "
    "read, and is done by the run that finds it ended. What was read must stand in the input unchanged, or "
    "all of it is refused.",
)
_EXAMPLES = """\
  dispcli batch ops.ndjson --dry-run
  dispcli batch ops.ndjson --yes --keep-going --resume monday --failed rest
  tail -f ops.ndjson | dispcli batch - --keep-going
"""
_ELSEWHERE = (
    "What each field holds, for programs: dispcli help schema batch. All options: dispcli batch --help."
)


def batch(run: Run) -> None:
    """The lines of a batch.

    What a line looks like, every operation with its fields, what the report means, the exit codes, and how
    to repeat a batch safely. For programs: 'dispcli help schema batch'.
    """
    for line in _page(min(width(run.streams), _WIDEST)):
        run.streams.stdout.write(f"{line}\n")


_WIDEST = 88


def _page(columns: int) -> Iterator[str]:
    yield from INPUT.splitlines()
    yield from ("", "Every line, apart from op (* is required):")
    yield from _listed({_marked(name, field): field.about for name, field in COMMON.items()}, columns)
    yield from ("", "The operations, with their fields (* is required):")
    yield from _listed({op: _fields(op, fields) for op, fields in OPERATIONS.items()}, columns)
    yield from ("", "The report has a line for each, NDJSON in a pipe, with a status:")
    yield from _listed(STATUSES, columns)
    yield from ("", "All lines are done or none; with --keep-going what can be. Exit codes:")
    yield from _listed({str(code): EXIT_CODES[code] for code in _EXITS}, columns)
    yield from ("", "Safe to repeat:")
    for paragraph in _REPEATING:
        yield from wrap(paragraph, columns, initial_indent="  ", subsequent_indent="  ")
    yield from ("", "Examples:", *_EXAMPLES.splitlines(), "", *wrap(_ELSEWHERE, columns))


def _listed(entries: Mapping[str, str], columns: int) -> Iterator[str]:
    """Names on the left, what they mean beside them."""
    left = max(map(len, entries)) + 4
    for name, meaning in entries.items():
        yield from wrap(
            meaning, columns, initial_indent=f"  {name}".ljust(left), subsequent_indent=" " * left
        )


def _fields(op: str, fields: Mapping[str, Field]) -> str:
    """`stage* (promised, issued, received), note`: what is required first, with the words it knows."""
    required = sorted(fields, key=lambda name: not fields[name].required)
    together = f"; needs {TOGETHER[op]}" if op in TOGETHER else ""
    return ", ".join(_told(name, fields[name]) for name in required) + together


def _told(name: str, field: Field) -> str:
    known = ("a date", *field.words) if field.wants is Wants.MOMENT else field.words
    words = f" ({' | '.join(known)})" if field.required and known else ""
    return f"{_marked(name, field)}{words}"


def _marked(name: str, field: Field) -> str:
    return f"{name}{'*' * field.required}"
