"""The table of steps, and the history."""

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from dispcli.core.facts import FACTS, REMEDIES, SETTLEMENT_KINDS, SETTLEMENT_STAGES
from dispcli.core.states import UNOPENED, Action, Outcome, Party, State
from dispcli.ledger.models.parts import STRICT, counted_from_one, money, one_of, optional, text


class Transitions(SQLModel, table=True):
    """Every step the machine's table allows, filled from it when the ledger is made."""

    __tablename__ = "transitions"
    __table_args__ = ({**STRICT, "sqlite_with_rowid": False},)
    from_state: str = text(primary_key=True)
    action: str = text(primary_key=True)
    to_state: str = text(primary_key=True)


_FACT_NEEDS = {
    "claim": ("claim_reason", "remedy"),
    "settlement": ("settlement_kind", "settlement_stage"),
    "payout": ("settlement_kind",),
    "message": ("speaker", "text"),
    "evidence": ("sha256", "file_name", "media_type", "file_size"),
    "evidence_removed": ("sha256",),
    "due": ("due_party", "due_at"),
    "due_removed": ("due_party",),
    "sighting": ("word",),
    "replaced": ("replaced_by",),
    "known_as": ("reference",),
}


def _fact_columns_present() -> CheckConstraint:
    """A fact brings its columns. SQLite's triggers may not read JSON while the schema is untrusted.

    All in one, which is done with at once where there is no fact: most events of a batch have none.
    """
    needs = (
        f"(fact <> '{fact}' OR {' AND '.join(f'{name} IS NOT NULL' for name in names)})"
        for fact, names in _FACT_NEEDS.items()
    )
    return CheckConstraint(f"fact IS NULL OR ({' AND '.join(needs)})", name="fact_has_its_columns")


_OF_NO_DATE_TAKEN_BACK = (
    *("claim_reason", "claim_raw", "remedy", "amount_minor", "currency", "settlement_kind"),
    *("settlement_stage", "reference", "speaker", "text", "sha256", "file_name", "media_type", "file_size"),
    *("due_at", "word", "replaced_by"),
)


def _dates_taken_back_by_hand() -> CheckConstraint:
    """The buyer notes that what was entered for a party was a mistake, and the event says nothing else."""
    parties = " OR ".join(f"due_party = '{party}'" for party in (Party.BUYER, Party.SELLER, Party.PLATFORM))
    return CheckConstraint(
        f"fact IS NOT 'due_removed' OR (action = '{Action.NOTE}' AND party = '{Party.BUYER}'"
        f" AND ({parties}) AND coalesce({', '.join(_OF_NO_DATE_TAKEN_BACK)}) IS NULL)",
        name="date_taken_back_by_hand",
    )


class Events(SQLModel, table=True):
    """The history. The one table the application writes about disputes; a second writer of the same
    (dispute, seq) fails, which is the compare-and-swap.
    """

    __tablename__ = "events"
    __table_args__ = (
        ForeignKeyConstraint(["dispute_id"], ["disputes.id"]),
        ForeignKeyConstraint(
            ["from_state", "action", "to_state"],
            ["transitions.from_state", "transitions.action", "transitions.to_state"],
        ),
        ForeignKeyConstraint(
            ["dispute_id", "previous_seq", "from_state"],
            ["events.dispute_id", "events.seq", "events.to_state"],
        ),
        UniqueConstraint("dispute_id", "seq", "to_state"),
        Index(
            "events_by_operation",
            "operation_id",
            "dispute_id",
            "action",
            unique=True,
            sqlite_where=CheckConstraint("operation_id IS NOT NULL").sqltext,
        ),
        Index(
            "events_by_sighting",
            "dispute_id",
            "seq",
            sqlite_where=CheckConstraint("fact = 'sighting' OR fact = 'upheld'").sqltext,
        ),
        one_of("action", Action),
        one_of("party", Party),
        one_of("outcome", Outcome, optional=True),
        one_of("fact", FACTS, optional=True),
        CheckConstraint(f"(seq = 1) = (from_state = '{UNOPENED}')", name="opening_is_first"),
        CheckConstraint(
            "(seq = 1 AND previous_seq IS NULL) OR previous_seq = seq - 1", name="previous_is_previous"
        ),
        CheckConstraint(
            f"(outcome IS NOT NULL) = (to_state = '{State.RESOLVED}' AND from_state <> '{State.RESOLVED}')",
            name="outcome_when_resolved",
        ),
        CheckConstraint(
            f"action <> '{Action.REQUEST_CANCEL}' OR reason IS NOT NULL", name="cancel_has_reason"
        ),
        CheckConstraint("(action = 'open') = (order_id IS NOT NULL)", name="order_when_opened"),
        CheckConstraint(
            f"(action IN ('{Action.OPEN}', '{Action.REVISE}')) = (coalesce(fact, '') = 'claim')",
            name="claim_when_opened",
        ),
        _fact_columns_present(),
        _dates_taken_back_by_hand(),
        money("amount_minor"),
        CheckConstraint(
            "currency IS NULL OR fact IS 'claim' OR fact IS 'offer' OR fact IS 'settlement'"
            " OR fact IS 'payout'",
            name="amount_when_fact_has_one",
        ),
        one_of("remedy", REMEDIES, optional=True),
        one_of("settlement_kind", SETTLEMENT_KINDS, optional=True),
        one_of("settlement_stage", SETTLEMENT_STAGES, optional=True),
        one_of("speaker", Party, optional=True),
        one_of("due_party", Party, optional=True),
        counted_from_one("dispute_id"),
        {**STRICT, "sqlite_with_rowid": False},
    )
    dispute_id: int = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    previous_seq: int | None = None
    at: str = text()
    actor: str = text()
    source: str = text()
    action: str = text()
    party: str = text()
    from_state: str = text()
    to_state: str = text()
    outcome: str | None = optional()
    reason: str | None = optional()
    note: str | None = optional()
    happened_at: str | None = optional()
    operation_id: str | None = optional()
    findings: str | None = optional()
    fact: str | None = optional()
    order_id: int | None = None
    line_id: int | None = None
    platform_id: str | None = optional()
    claim_reason: str | None = optional()
    claim_raw: str | None = optional()
    remedy: str | None = optional()
    amount_minor: int | None = None
    currency: str | None = optional()
    settlement_kind: str | None = optional()
    settlement_stage: str | None = optional()
    reference: str | None = optional()
    speaker: str | None = optional()
    text: str | None = optional()
    sha256: str | None = optional()
    file_name: str | None = optional()
    media_type: str | None = optional()
    file_size: int | None = None
    due_party: str | None = optional()
    due_at: str | None = optional()
    word: str | None = optional()
    replaced_by: int | None = None
