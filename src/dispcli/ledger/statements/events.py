"""The history, and the facts that follow from it."""

from typing import Any, cast

from sqlalchemy import delete, func, insert, literal_column
from sqlalchemy.schema import CreateTable
from sqlmodel import col

from dispcli.ledger.models import Events, Evidence, Messages, Settlements
from dispcli.ledger.models.staging import staged
from dispcli.ledger.statements.parts import Positional, add, among, binds, select

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
_step_names = _names[: _names.index("fact")]
ADD_EVENT = add(Events, "previous_seq", *_names)

# Many events are laid down in a table of the connection and written with one statement, which costs half:
# SQLite sets up what checks a row once a statement, not once a row.
STAGING = CreateTable(staged, if_not_exists=True)
STAGE_STEP = Positional(insert(staged).values(binds(Events, _step_names)))
STAGE_EVENT = Positional(insert(staged).values(binds(Events, _names)))
_previous = func.nullif(staged.c.seq - literal_column("1"), literal_column("0"))
WRITE_STAGED = insert(Events).from_select(
    ["previous_seq", *_names],
    select(_previous, *(staged.c[name] for name in _names)).order_by(staged.c.place),
)
CLEAR_STAGED = delete(staged)
STAGED_HISTORIES = (
    select(*(staged.c[name] for name in _names))
    .where(among(staged.c.dispute_id, "disputes"))
    .order_by(staged.c.place)
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
