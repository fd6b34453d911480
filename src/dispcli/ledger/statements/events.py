"""The history, and the facts that follow from it."""

from typing import Any, cast

from sqlalchemy import delete, func, insert, literal_column
from sqlalchemy.schema import CreateTable
from sqlmodel import col

from dispcli.ledger.models import Events, Evidence, Messages, Settlements
from dispcli.ledger.models.staging import of_each, staged, staged_steps
from dispcli.ledger.statements.parts import Positional, add, add_to, among, select

event_columns = (
    Events.dispute_id,
    Events.seq,
    Events.at,
    Events.actor,
    Events.source,
    Events.action,
    Events.party,
    Events.from_state,
    Events.to_state,
    Events.outcome,
    Events.reason,
    Events.note,
    Events.happened_at,
    Events.operation_id,
    Events.findings,
    Events.fact,
    Events.order_id,
    Events.line_id,
    Events.platform_id,
    Events.claim_reason,
    Events.claim_raw,
    Events.remedy,
    Events.amount_minor,
    Events.currency,
    Events.settlement_kind,
    Events.settlement_stage,
    Events.reference,
    Events.speaker,
    Events.text,
    Events.sha256,
    Events.file_name,
    Events.media_type,
    Events.file_size,
    Events.due_party,
    Events.due_at,
    Events.word,
    Events.replaced_by,
)
_event = select(*event_columns)
WHOLE_HISTORY = _event.order_by(col(Events.dispute_id), col(Events.seq))

_names = tuple(cast(Any, column).key for column in event_columns)
ADD_EVENT = add(Events, "previous_seq", *_names)

# Many events are laid down in tables of the connection and written with one statement, which costs half:
# SQLite sets up what checks a row once a statement, not once a row.
STAGING = CreateTable(staged, if_not_exists=True)
STAGING_STEPS = CreateTable(staged_steps, if_not_exists=True)
STAGE = Positional(add_to(staged, "dispute_id", "version", "source", "operation_id", "findings", "steps"))
STAGE_STEP = Positional(add_to(staged_steps, *staged_steps.columns.keys()))
_seq = staged.c.version + staged_steps.c.number
_own: Any = {"seq": _seq, **{name: staged.c[name] for name in of_each if name != "seq"}}
_columns = tuple(_own[name] if name in of_each else staged_steps.c[name] for name in _names)
_staged_events = (
    select(*_columns)
    .select_from(staged)
    .join(staged_steps, staged_steps.c.steps == staged.c.steps)
    .order_by(staged.c.place, staged_steps.c.number)
)
_previous = func.nullif(_seq - literal_column("1"), literal_column("0"))
WRITE_STAGED = insert(Events).from_select([*_names, "previous_seq"], _staged_events.add_columns(_previous))
CLEAR_STAGED = delete(staged)
CLEAR_STAGED_STEPS = delete(staged_steps)
STAGED_HISTORIES = _staged_events.where(among(staged.c.dispute_id, "disputes"))

ALL_MESSAGES = select(Messages.dispute_id, Messages.seq, Messages.speaker, Messages.at, Messages.text)
ALL_SETTLEMENTS = select(
    Settlements.dispute_id,
    Settlements.seq,
    Settlements.kind,
    Settlements.stage,
    Settlements.amount_minor,
    Settlements.currency,
    Settlements.at,
    Settlements.reference,
)
ALL_EVIDENCE = select(
    Evidence.dispute_id,
    Evidence.seq,
    Evidence.sha256,
    Evidence.name,
    Evidence.media_type,
    Evidence.size,
    Evidence.at,
)
