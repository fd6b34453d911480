"""Plan, ask, apply: what was shown has to be what is written."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dispcli.core.cancelling import CancelAsk
from dispcli.core.states import Party
from dispcli.errors import Refused
from dispcli.ledger.ledger import Ledger, Stamp
from dispcli.services.cancelling import cancel_job
from dispcli.services.changes import apply, plan
from dispcli.services.demo import fill
from dispcli.services.moves import Said, message_job

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
STAMP = Stamp("2026-11-22T12:00:00Z", "ada", "test")
CANCEL = cancel_job(CancelAsk("refund-received", None, (), True), NOW, None)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.create(tmp_path / "ledger.db") as made:
        fill(made, NOW)
        yield made


def say(ledger: Ledger, text: str) -> None:
    job = message_job(Party.SELLER, text, Said())
    apply(ledger, plan(ledger, [1], job), job, STAMP)


def test_what_a_person_agreed_to_may_not_have_changed(ledger: Ledger) -> None:
    planned = plan(ledger, [1], CANCEL)
    say(ledger, "wait, something new")
    with pytest.raises(Refused, match="D1 has changed meanwhile") as refused:
        apply(ledger, planned, CANCEL, STAMP, shown=True)
    assert refused.value.code == "changed-meanwhile"
    with ledger.reading():
        assert ledger.case(1).dispute.state == "answered"


def test_unasked_a_note_in_between_does_not_matter(ledger: Ledger) -> None:
    planned = plan(ledger, [1], CANCEL)
    say(ledger, "wait, something new")
    ((_, events),) = apply(ledger, planned, CANCEL, STAMP)
    assert [event.action for event in events] == ["request_cancel", "confirm_cancel"]
