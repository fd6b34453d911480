"""How far named batches have come, and which operations are known."""

from typing import Any

from sqlalchemy import update
from sqlmodel import col

from dispcli.ledger.models import Batches, Events, IdempotencyKeys
from dispcli.ledger.statements.parts import Positional, add, among, binds, number, select, text

_facts: Any = ("lines", "digest", "updated_at")
BATCH = select(Batches.lines, Batches.digest).where(Batches.name == text("batch"))
ADD_BATCH = add(Batches, "name", *_facts)
SET_BATCH = update(Batches).values(binds(Batches, _facts)).where(col(Batches.name) == text("batch"))

ASKED = select(IdempotencyKeys.asked, IdempotencyKeys.dispute_id).where(among(IdempotencyKeys.asked, "asked"))
RECORDED_UNDER = select(Events.action).where(
    Events.operation_id == text("operation"), Events.dispute_id == number("dispute")
)
SAID = select(IdempotencyKeys.said).where(
    IdempotencyKeys.operation_id == text("operation"),
    IdempotencyKeys.kind == text("kind"),
    IdempotencyKeys.dispute_id == number("dispute"),
)
ADD_KEY = Positional(add(IdempotencyKeys, "operation_id", "kind", "dispute_id", "asked", "said", "at"))
