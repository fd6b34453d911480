"""The files that are kept as evidence now: less those removed, less what another record has taken over."""

from typing import Any

from sqlalchemy import exists, literal_column, not_
from sqlalchemy.orm import aliased
from sqlmodel import col

from dispcli.ledger.models import Disputes, Events, Evidence
from dispcli.ledger.statements.parts import select

_later: Any = aliased(Events)
_removed = (
    exists()
    .where(
        _later.dispute_id == Evidence.dispute_id,
        _later.seq > Evidence.seq,
        _later.fact == literal_column("'evidence_removed'"),
        _later.sha256 == Evidence.sha256,
    )
    .correlate(Evidence)
)

KEPT_EVIDENCE = (
    select(
        Evidence.dispute_id,
        Evidence.seq,
        Evidence.at,
        Evidence.sha256,
        Evidence.name,
        Evidence.media_type,
        Evidence.size,
    )
    .select_from(Evidence)
    .join(Disputes, col(Disputes.id) == Evidence.dispute_id)
    .where(col(Disputes.replaced_by).is_(None), not_(_removed))
    .order_by(col(Evidence.dispute_id), col(Evidence.seq))
)
