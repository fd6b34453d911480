import json

import pytest

from dispcli.core.facts import (
    FACTS,
    Claim,
    Done,
    Due,
    DueRemoved,
    Evidence,
    EvidenceRemoved,
    KnownAs,
    Message,
    Offer,
    Payout,
    Replaced,
    Settlement,
    Sighting,
    Upheld,
    kind_of,
    to_data,
)
from dispcli.core.money import Money
from dispcli.core.states import Party

YEN = Money(1200, "JPY")
EXAMPLES = (
    Claim("damaged", "partial_refund", YEN, "raw 7"),
    Claim("damaged", "refund"),
    Offer("refund", YEN),
    Offer(None),
    Settlement("refund", "issued", YEN, "bank 12"),
    Settlement("replacement", "promised"),
    Payout("refund", YEN, "shop order 12"),
    Payout("replacement"),
    Message(Party.SELLER, "退款已批准 ✓"),
    Evidence("a" * 64, "crack.jpg", "image/jpeg", 12),
    EvidenceRemoved("a" * 64),
    Due(Party.PLATFORM, "2026-11-30"),
    DueRemoved(Party.SELLER),
    Done(),
    Sighting("finish"),
    Replaced(7),
    KnownAs("8212"),
    Upheld(),
)


@pytest.mark.parametrize("fact", EXAMPLES, ids=kind_of)
def test_a_fact_can_be_written_as_json(fact):
    json.dumps(to_data(fact))


@pytest.mark.parametrize("kind", FACTS)
def test_every_kind_has_an_example_full_and_bare(kind):
    examples = [fact for fact in EXAMPLES if kind_of(fact) == kind]
    assert any(None not in fact for fact in examples)
    if FACTS[kind]._field_defaults:
        assert any(None in fact for fact in examples)
    assert all(isinstance(fact, FACTS[kind]) for fact in examples)


def test_an_amount_is_written_as_minor_units_and_currency():
    assert to_data(Offer("refund", YEN)) == {"remedy": "refund", "minor": 1200, "currency": "JPY"}


def test_what_is_absent_is_left_out():
    assert to_data(Claim("late", "refund")) == {"reason": "late", "remedy": "refund"}
    assert to_data(Done()) == {}
