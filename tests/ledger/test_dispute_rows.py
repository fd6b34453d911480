"""Disputes and events survive the way into a row and back, with all of their fields and with the fewest."""

from typing import Any, get_args, get_type_hints

import pytest

from dispcli.core.disputes import Dispute
from dispcli.core.events import Event, Recorded
from dispcli.core.facts import FACTS, Claim, Fact
from dispcli.core.machine import Intent
from dispcli.core.money import Money
from dispcli.core.recording import Place, Stamp
from dispcli.core.replay import replay
from dispcli.core.states import Action, Outcome, Party, State
from dispcli.ledger.ledger import Ledger
from tests.ledger.builders import (
    ANSWER,
    AT,
    CONFIRM,
    REQUEST,
    append,
    decided,
    history_in,
    move,
    note,
    open_dispute,
    order,
    writing,
)

_WORDS = {
    "remedy": "replacement",
    "kind": "refund",
    "stage": "issued",
    "at": "2026-12-01",
}


def _is_optional(hint: Any) -> bool:
    return type(None) in get_args(hint)


def _sample(name: str, hint: Any) -> Any:
    if name in _WORDS:
        return _WORDS[name]
    kind = next((arg for arg in get_args(hint) if arg is not type(None)), hint) if get_args(hint) else hint
    return {Money: Money(12_34, "KWD"), Party: Party.PLATFORM, int: 7}.get(kind, f"some {name} ✓ % _ '")


def _facts(kind: str) -> list[Fact]:
    """The fact with all its fields, and with none of those it can do without."""
    cls = FACTS[kind]
    hints = get_type_hints(cls)
    full = {name: _sample(name, hints[name]) for name in cls._fields}
    sparse = {name: value for name, value in full.items() if not _is_optional(hints[name])}
    return [cls(**full), *([cls(**sparse)] if sparse != full else [])]


EVERY_FACT = [fact for kind in FACTS for fact in _facts(kind)]


def _carrying(fact: Fact, **said: Any) -> Intent:
    return move(Action.REVISE, fact=fact, **said) if isinstance(fact, Claim) else note(fact, **said)


def test_the_samples_hold_every_kind_of_fact_with_and_without_its_optional_fields():
    assert {type(fact) for fact in EVERY_FACT} == set(FACTS.values())
    assert any(None in fact for fact in EVERY_FACT)


@pytest.mark.parametrize(
    "fact", EVERY_FACT, ids=lambda fact: f"{type(fact).__name__}-{sum(f is None for f in fact)}"
)
def test_an_event_comes_back_as_it_went_in(fact, tmp_path):
    with writing(tmp_path / "ledger.db") as ledger:
        dispute = open_dispute(ledger, ledger.add_order(order(), AT))
        change = decided(dispute, _carrying(fact))
        (written,) = append(ledger, dispute, [change], Stamp(AT, "ada", "test"))
        assert written.fact == fact
        assert history_in(ledger, dispute.id)[-1] == written


def test_an_event_comes_back_with_everything_it_can_say(tmp_path):
    findings = (Recorded("seller-silent", "warn", "0", True), Recorded("no-reopen", "info", ""))
    said = {"reason": "other", "note": "é\n\"'", "happened_at": "2026-11-19"}
    with writing(tmp_path / "ledger.db") as ledger:
        dispute = open_dispute(ledger, ledger.add_order(order(), AT))
        change = decided(dispute, note(EVERY_FACT[2], **said))
        stamp = Stamp(AT, "ada", "test", operation_id="op-1")
        (written,) = append(ledger, dispute, [change], stamp, findings)
        back = history_in(ledger, dispute.id)[-1]
        assert back == written
        assert [name for name in Event._fields if getattr(back, name) is None] == ["outcome"]


def _dispute_with_everything(ledger: Ledger) -> list[Dispute]:
    first, second = (ledger.add_order(order(number), AT) for number in ("1001", "1002"))
    claim = Claim("late", "partial_refund", Money(5, "JPY"), "raw 9")
    return [
        open_dispute(ledger, first, 1, REQUEST, claim=claim, platform_id="P9", happened_at="2026-11-01"),
        open_dispute(ledger, second, 1, REQUEST, CONFIRM, note(FACTS["done"]())),
        open_dispute(ledger, second, None, ANSWER, move(Action.LAPSE, outcome=Outcome.EXPIRED)),
        open_dispute(ledger, second, 1, REQUEST, CONFIRM, note(FACTS["replaced"](by=1)), platform_id="P10"),
    ]


def test_a_dispute_comes_back_as_its_history_makes_it_with_every_field_set_and_unset(tmp_path):
    with writing(tmp_path / "ledger.db") as ledger:
        disputes = _dispute_with_everything(ledger)
        places = [(1, 1, "P9"), (2, 3, None), (2, None, None), (2, 3, "P10")]
        for dispute, (order_id, line_id, platform_id) in zip(disputes, places, strict=True):
            assert dispute == replay(history_in(ledger, dispute.id), Place(order_id, line_id, platform_id))
        columns = [*Dispute._fields[:4], *Dispute._fields[5:]]
        values = {name: [getattr(dispute, name) for dispute in disputes] for name in columns}
        assert [name for name in columns if all(value is None for value in values[name])] == []
        assert disputes[0].claim == Claim("late", "partial_refund", Money(5, "JPY"), "raw 9")
        assert disputes[0].origin is State.OPENED
