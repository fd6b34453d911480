"""The history, and the facts that follow from it."""

from typing import Any, cast

from sqlalchemy import literal_column
from sqlmodel import col

from dispcli.ledger.models import Events, Evidence, Messages, Settlements
from dispcli.ledger.statements.parts import add, number, select, text

_event_columns = (
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
_event = select(*_event_columns)
HISTORY = _event.where(Events.dispute_id == number("dispute_id")).order_by(col(Events.seq))
WHOLE_HISTORY = _event.order_by(col(Events.dispute_id), col(Events.seq))
ADD_EVENT = add(Events, "previous_seq", *(cast(Any, column).key for column in _event_columns))
OPENED_BY_OPERATION = _event.where(
    Events.operation_id == text("operation_id"),
    Events.action == literal_column("'open'"),
)

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
