"""Disputes and their events: rows to values and back."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from dispcli.core.disputes import Dispute
from dispcli.core.events import Event, Recorded, Sketch
from dispcli.core.facts import FACTS, Claim, Fact, kind_of, to_data
from dispcli.core.moments import require_instant
from dispcli.core.money import Money, money_of
from dispcli.core.recording import Place, Recording
from dispcli.core.states import UNOPENED, Action, Outcome, Party, State
from dispcli.ledger.rows import Row, damaged

_COLUMN_OF: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("claim", "reason"): "claim_reason",
        ("claim", "reason_raw"): "claim_raw",
        ("settlement", "kind"): "settlement_kind",
        ("settlement", "stage"): "settlement_stage",
        ("payout", "kind"): "settlement_kind",
        ("evidence", "name"): "file_name",
        ("evidence", "size"): "file_size",
        ("due", "party"): "due_party",
        ("due", "at"): "due_at",
        ("due_removed", "party"): "due_party",
        ("replaced", "by"): "replaced_by",
        ("known_as", "platform_id"): "reference",
    }
)
"""Where a field of a fact has a column of another name."""
_FACT_COLUMNS = (
    "claim_reason",
    "claim_raw",
    "remedy",
    "amount_minor",
    "currency",
    "settlement_kind",
    "settlement_stage",
    "reference",
    "speaker",
    "text",
    "sha256",
    "file_name",
    "media_type",
    "file_size",
    "due_party",
    "due_at",
    "word",
    "replaced_by",
)
_STEP_COLUMNS = (
    "at",
    "actor",
    "action",
    "party",
    "from_state",
    "to_state",
    "outcome",
    "reason",
    "note",
    "happened_at",
    "fact",
    "order_id",
    "line_id",
    "platform_id",
    *_FACT_COLUMNS,
)
"""The columns of `events` that steps have in common, in the order of the statement that stages them."""

# Looking a word up is a third of the time of asking its class, and a batch asks a million times.
_STATES = {str(state): state for state in State}
_ACTIONS = {str(action): action for action in Action}
_PARTIES = {str(party): party for party in Party}
Entry = tuple[Event, Place | None]
"""An event to be written; the place belongs to an opening."""


def dispute_of(row: Row) -> Dispute:
    """A dispute from one of the statements that select it whole. Raises LedgerTrouble."""
    id_, order_id, line_id, platform_id, reason, remedy, minor, currency, reason_raw, state, *rest = row
    version, opened_at, updated_at, origin, outcome, seen_at, replaced_by = rest
    try:
        return Dispute(
            id_,
            order_id,
            line_id,
            platform_id,
            Claim(reason, remedy, money_of(minor, currency), reason_raw),
            _STATES[state],
            version,
            opened_at,
            updated_at,
            _STATES[origin] if origin else None,
            Outcome(outcome) if outcome else None,
            seen_at,
            replaced_by,
        )
    except (ValueError, TypeError, KeyError) as problem:
        raise damaged(f"dispute D{id_}", problem) from problem


def event_of(row: Row) -> Event:
    """An event from one of the statements that select it whole. Raises LedgerTrouble."""
    dispute_id, seq, at, actor, source, action, party, from_state, to_state, outcome, *rest = row
    reason, note, happened_at, operation_id, findings, kind, _order, _line, _platform, *columns = rest
    try:
        return Event(
            dispute_id,
            seq,
            at,
            actor,
            source,
            _ACTIONS[action],
            _PARTIES[party],
            None if from_state == UNOPENED else _STATES[from_state],
            _STATES[to_state],
            Outcome(outcome) if outcome else None,
            reason,
            note,
            _fact(kind, columns) if kind else None,
            happened_at,
            operation_id,
            _findings(findings) if findings else (),
        )
    except (ValueError, TypeError, KeyError, RecursionError) as problem:
        raise damaged(f"event {seq} of dispute D{dispute_id}", problem) from problem


@lru_cache(1024)
def sketch_of(
    action: str, party: str, from_state: str, to_state: str, fact: str | None, speaker: str | None
) -> Sketch:
    """What OUTLINES shows of an event. Raises KeyError for a word that nobody knows."""
    stays = _STATES.get(from_state) is _STATES[to_state]
    kind = FACTS[fact] if fact else None
    return Sketch(_ACTIONS[action], _PARTIES[party], stays, kind, _PARTIES[speaker] if speaker else None)


def _fact(kind: str, columns: Sequence[Any]) -> Fact:
    shape, needed, fields = _SHAPES[kind]
    values: list[Any] = []
    for name, index in fields:
        value = columns[index]
        if value is None and name in needed:
            raise ValueError(f"the {kind} has no {name}")
        if value is not None and name == "amount":
            value = Money(value, columns[_CURRENCY])
        elif name in _PARTY_FIELDS:
            value = _PARTIES[value]
        elif name == "at":
            require_instant(value)
        values.append(value)
    return shape(*values)


def _column(kind: str, field: str) -> str:
    return "amount_minor" if field in ("amount", "minor") else _COLUMN_OF.get((kind, field), field)


_CURRENCY = _FACT_COLUMNS.index("currency")
_PARTY_FIELDS = ("speaker", "party")
_SHAPES = {
    kind: (
        shape,
        frozenset(shape._fields) - shape._field_defaults.keys(),
        tuple((name, _FACT_COLUMNS.index(_column(kind, name))) for name in shape._fields),
    )
    for kind, shape in FACTS.items()
}
"""How each kind of fact is made from its columns: its class, the fields it needs, where each field is."""


def _finding_line(found: Recorded) -> str:
    """`block refund-not-received accepted USD 30.00`: readable in any SQL shell."""
    code, level, basis, accepted = found
    return f"{level} {code} {'accepted' if accepted else 'found'} {basis}"


def findings_text(findings: tuple[Recorded, ...]) -> str | None:
    """What the checks found as the ledger keeps it; None for nothing."""
    return "\n".join(map(_finding_line, findings)) or None


def _finding(line: str) -> Recorded:
    level, code, answer, basis = line.split(" ", 3)
    if answer not in ("accepted", "found"):
        raise ValueError(f"not a finding: {line!r}")
    return Recorded(code, level, basis, answer == "accepted")


@lru_cache(1024)
def _findings(text: str) -> tuple[Recorded, ...]:
    return tuple(map(_finding, text.split("\n")))


def place_of(row: Row) -> Place:
    """Where an opening event hangs its dispute."""
    return Place(*row[16:19])


def event_row(event: Event, place: Place | None = None) -> dict[str, Any]:
    """The binds of ADD_EVENT; `place` belongs to an opening."""
    return {
        "previous_seq": event.seq - 1 or None,
        "dispute_id": event.dispute_id,
        "seq": event.seq,
        "source": event.source,
        "operation_id": event.operation_id,
        "findings": findings_text(event.findings),
        **dict(zip(_STEP_COLUMNS, _step(event, place), strict=True)),
    }


def staged_steps(number: int, recording: Recording) -> list[tuple[Any, ...]]:
    """The binds of STAGE_STEP for steps of this number: a row an event."""
    return [
        (number, count, *_step(event, recording.place))
        for count, event in enumerate(recording.events, start=1)
    ]


def _step(event: Event, place: Place | None) -> tuple[Any, ...]:
    """What an event has in common with those of other disputes to which the same happens."""
    facts = dict.fromkeys(_FACT_COLUMNS)
    kind = None
    if event.fact is not None:
        kind = kind_of(event.fact)
        facts.update({_column(kind, name): value for name, value in to_data(event.fact).items()})
    return (
        event.at,
        event.actor,
        event.action,
        event.party,
        event.from_state or UNOPENED,
        event.to_state,
        event.outcome,
        event.reason,
        event.note,
        event.happened_at,
        kind,
        *(place or (None, None, None)),
        *facts.values(),
    )
