from datetime import timedelta

import pytest

from dispcli.core.disputes import Channel
from dispcli.core.moments import instant
from dispcli.core.states import Action, Party
from tests.core.builders import NOW, case, move, order, policy, settled
from tests.core.check_examples import (
    BROKEN,
    FIRES,
    MISSING,
    RULES_IN_7,
    Example,
    codes,
    due,
    findings,
    protected,
)

THREE_DAYS = timedelta(hours=72)


@pytest.mark.parametrize(
    ("code", "told", "due_at"),
    [
        ("deadline-near", due(Party.SELLER, "2026-11-23T12:00:00Z"), NOW + THREE_DAYS),
        (
            "deadline-near",
            due(Party.PLATFORM, "2026-11-22"),
            NOW + timedelta(hours=59, minutes=59, seconds=59),
        ),
        ("protection-ends-soon", protected("2026-11-23T12:00:00Z"), NOW + THREE_DAYS),
    ],
)
def test_near_is_seventy_two_hours_to_the_second(code, told, due_at):
    at_the_edge = due_at - THREE_DAYS - NOW
    assert code in codes(Example(code, told, later=at_the_edge))
    assert code not in codes(Example(code, told, later=at_the_edge - timedelta(seconds=1)))


@pytest.mark.parametrize(
    ("until", "last_instant"),
    [("2026-11-20T12:00:00Z", timedelta(0)), ("2026-11-20", timedelta(hours=11, minutes=59, seconds=59))],
)
def test_protection_ends_with_its_last_second_and_ends_soon_until_then(until, last_instant):
    for later, ending in (
        (last_instant, "protection-ends-soon"),
        (last_instant + timedelta(seconds=1), "protection-ended"),
    ):
        found = codes(Example("", protected(until), later=later))
        assert [code for code in found if code.startswith("protection")] == [ending]


@pytest.mark.parametrize(
    ("example", "told", "basis"),
    [
        (FIRES[0], "the refund has not been received", "the refund"),
        (FIRES[2], "USD 0.01 has not been received", "USD 0.01"),
        (
            Example(
                "refund-not-received", case(settled("issued", 8_00), settled("issued", 9_00, currency="EUR"))
            ),
            "EUR 9.00, USD 8.00 has not been received",
            "EUR 9.00, USD 8.00",
        ),
        (
            Example("replacement-not-received", case(settled("issued", kind="replacement"))),
            "a replacement was promised or issued",
            "the replacement",
        ),
        (Example("pressure-to-cancel", case(), "seller-asked"), "the seller wants", "seller-asked"),
        (Example("claimed-refund-unrecorded", case(), "refund-received"), "a refund was received", "refund"),
        (Example("significant-defect", case(claim=BROKEN)), "(defective)", "defective"),
        (
            Example("recurring-seller", case(past={"cancelled": 1})),
            "1 other dispute with this seller: 1 cancelled",
            "1",
        ),
        (
            Example(
                "recurring-seller",
                case(past={"partly_refunded": 2}),
            ),
            "2 other disputes with this seller: 2 partly refunded",
            "2",
        ),
        (
            Example(
                "recurring-seller",
                case(past={"rejected": 1, "cancelled": 1}),
            ),
            "2 other disputes with this seller: 1 cancelled, 1 rejected",
            "2",
        ),
        (
            Example("deadline-near", due(Party.SELLER, "2026-11-22")),
            "the seller's time to answer ends 2026-11-22 (entered)",
            "seller 2026-11-22",
        ),
        (
            Example("deadline-near", case(move(Action.ESCALATE)), policy=RULES_IN_7),
            "the marketplace's time to rule ended 2026-11-09 (estimated)",
            "platform 2026-11-09T09:00:00Z",
        ),
        (Example("protection-ended", protected("2026-11-19")), "protection ended 2026-11-19", "2026-11-19"),
        (
            Example("protection-ends-soon", protected("2026-11-20")),
            "protection ends 2026-11-20",
            "2026-11-20",
        ),
        (
            Example(
                "other-channel-open",
                case(channels=(Channel(3, "paypal", "PP-1"), Channel(4, "bank", "B-1"))),
            ),
            "D3 at paypal, D4 at bank",
            "D3 at paypal, D4 at bank",
        ),
    ],
)
def test_a_finding_tells_what_it_rests_on(example, told, basis):
    finding = next(finding for finding in findings(example) if finding.code == example.code)
    assert told in finding.message
    assert finding.basis == basis


@pytest.mark.parametrize(
    ("ahead", "arrived"),
    [(timedelta(0), True), (timedelta(days=1), True), (timedelta(days=1, seconds=1), False)],
)
def test_goods_arrived_unless_the_day_is_still_to_come_everywhere(ahead, arrived):
    told = case(claim=MISSING, order=order(delivered=instant(NOW + ahead)))
    assert ("goods-not-received" in codes(Example("", told, "agreement"))) is not arrived


@pytest.mark.parametrize(
    ("code", "told", "sentence", "basis"),
    [
        ("deadline-near", due(Party.SELLER, "2026-11-21T07:59:59Z"), "ends 2026-11-20 (", "seller {at}"),
        ("protection-ends-soon", protected("2026-11-21T07:59:59Z"), "ends 2026-11-20", "{at}"),
        ("protection-ended", protected("2026-11-20T07:59:59Z"), "ended 2026-11-19", "{at}"),
    ],
)
def test_a_finding_tells_the_day_on_the_marketplaces_clock_and_rests_on_the_instant(
    code, told, sentence, basis
):
    there = Example(code, told, policy=policy(zone="America/Los_Angeles"))
    (found,) = (finding for finding in findings(there) if finding.code == code)
    at = told.order.protection_ends if code.startswith("protection") else told.history.dues[0][1].at
    assert sentence in found.message
    assert found.basis == basis.format(at=at)


def test_a_time_has_ended_only_after_its_last_instant():
    told = due(Party.SELLER, instant(NOW))
    at, after = (
        next(f.message for f in findings(Example("", told, later=later)) if f.code == "deadline-near")
        for later in (timedelta(0), timedelta(seconds=1))
    )
    assert "time to answer ends" in at
    assert "time to answer ended" in after


def test_the_advice_names_the_dispute_it_is_about():
    advice = " ".join(found.advice for found in findings(Example("", case(settled("promised")), None)))
    assert "dispcli dispute settlement D1 received" in advice
    assert "ORDER" not in advice
