"""How far named batches have come."""

from typing import Any

from sqlalchemy import update
from sqlmodel import col

from dispcli.ledger.models import Batches
from dispcli.ledger.statements.parts import add, binds, select, text

_facts: Any = ("lines", "digest", "updated_at")
BATCH = select(Batches.lines, Batches.digest).where(Batches.name == text("batch"))
ADD_BATCH = add(Batches, "name", *_facts)
SET_BATCH = update(Batches).values(binds(Batches, _facts)).where(col(Batches.name) == text("batch"))
