"""How far named batches have come, and which operations are known."""

from typing import Any

from sqlalchemy import update
from sqlmodel import col

from dispcli.ledger.models import Batches, Events, IdempotencyKeys
from dispcli.ledger.statements.parts import add, among, binds, select, text

_facts: Any = ("lines", "digest", "updated_at")
BATCH = select(Batches.lines, Batches.digest).where(Batches.name == text("batch"))
ADD_BATCH = add(Batches, "name", *_facts)
SET_BATCH = update(Batches).values(binds(Batches, _facts)).where(col(Batches.name) == text("batch"))

RECORDED_UNDER = select(Events.operation_id, Events.dispute_id).where(
    among(Events.operation_id, "operations")
)
KEYS_OF_OPERATIONS = select(
    IdempotencyKeys.operation_id, IdempotencyKeys.dispute_id, IdempotencyKeys.said
).where(among(IdempotencyKeys.operation_id, "operations"))
ADD_KEY = add(IdempotencyKeys, "operation_id", "dispute_id", "said", "at")
