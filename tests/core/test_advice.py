"""What is recommended, and on what: every row of the table, and what no situation may lead to."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispcli.core.advice import CONTENT, RECOMMENDATIONS, SENTENCES, Situation, Verdict, recommend, situation
from dispcli.core.checks import CHECKS, Ask, Finding, Level, run_checks
from dispcli.core.deadlines import Deadline
from dispcli.core.facts import Claim, Due, Offer, Payout
from dispcli.core.reasons import CANCEL_REASONS
from dispcli.core.states import Action, Party
from tests.core.builders import NOW, case, move, note, policy, request, settled, usd, window

FINDINGS = st.lists(
    st.sampled_from([Finding(check.code, check.level, "found", "do") for check in CHECKS]), unique=True
).map(tuple)
DUE = Deadline(Party.SELLER, "2026-11-25", "entered", "seller-answers")
SITUATIONS = st.builds(
    Situation,
    ended=st.booleans(),
    can_cancel=st.booleans(),
    asked=st.sampled_from([None, *CANCEL_REASONS]),
    findings=FINDINGS,
    claim_open=st.booleans(),
    due=st.sampled_from([None, DUE, DUE._replace(party=Party.PLATFORM), DUE._replace(party=Party.BUYER)]),
    day=st.just("2026-11-24"),
    passed=st.booleans(),
    own=st.sampled_from([None, Deadline(Party.BUYER, "2026-11-23", "estimated", "escalate")]),
)


@given(SITUATIONS)
def test_what_blocks_a_cancel_is_never_called_fine(at):
    blocked = any(finding.level is Level.BLOCK for finding in at.findings)
    assert not (blocked and recommend(at).verdict is Verdict.CANCEL_IS_FINE)


@given(SITUATIONS)
def test_a_cancel_is_fine_only_where_it_can_be_made_and_nothing_more_is_wanted(at):
    if recommend(at).verdict is Verdict.CANCEL_IS_FINE:
        assert at.can_cancel
        assert not at.ended
        assert not at.claim_open or at.asked in CONTENT


@given(SITUATIONS)
def test_there_is_always_a_recommendation_with_reasons_each_told_once(at):
    found = recommend(at)
    assert found.reasons
    assert len({reason.code for reason in found.reasons}) == len(found.reasons)
    assert "{" not in found.sentence


@given(SITUATIONS)
def test_one_waits_until_somebody_else_must_have_acted(at):
    found = recommend(at)
    assert (found.verdict is Verdict.WAIT_UNTIL) is (found.until is not None)
    if found.until is not None:
        assert (at.due.party is not Party.BUYER, at.passed, at.claim_open) == (True, False, True)
        assert at.own is None
        assert found.day == at.day
        assert f"Wait until {at.day}:" in found.sentence


@given(SITUATIONS)
def test_more_findings_that_block_never_make_a_cancel_finer(at):
    worse = at._replace(findings=(*at.findings, Finding("pressure-to-cancel", Level.BLOCK, "found", "do")))
    assert recommend(worse).verdict is not Verdict.CANCEL_IS_FINE


def test_every_verdict_has_a_row_and_a_sentence():
    assert {row.verdict for row in RECOMMENDATIONS} == set(Verdict) == set(SENTENCES)


MISSING = Claim("not-received", "refund", usd(10_00))
OFFER = move(Action.ANSWER, fact=Offer("refund", usd(5_00)))
RUNS = note(Due(Party.SELLER, "2026-11-25"))
ENDED = note(Due(Party.SELLER, "2026-11-19"))
MINE = note(Due(Party.BUYER, "2026-11-25"))
EVERYTHING = settled("received", 10_00)


@pytest.mark.parametrize(
    ("told", "asked", "verdict", "codes"),
    [
        (case(request(), move(Action.CONFIRM_CANCEL)), None, "over", {"ended"}),
        (case(move(Action.CONCEDE)), "agreement", "follow-through", {"solution-stands"}),
        (case(settled("promised", 5_00)), "received-ok", "settle-first", {"refund-not-received"}),
        (
            case(settled("promised", 5_00), RUNS),
            "seller-asked",
            "settle-first",
            {"refund-not-received", "pressure-to-cancel"},
        ),
        (case(), "seller-asked", "keep", {"pressure-to-cancel"}),
        (
            case(RUNS, claim=MISSING),
            None,
            "wait-until",
            {"claim-open", "deadline-running", "goods-not-received"},
        ),
        (case(RUNS, claim=MISSING), "opened-by-mistake", "keep", {"goods-not-received"}),
        (case(), "agreement", "ask-again", {"agreement-undocumented"}),
        (case(), "refund-received", "ask-again", {"claimed-refund-unrecorded"}),
        (case(OFFER), "agreement", "settle-first", {"claim-open"}),
        (case(RUNS), None, "wait-until", {"claim-open", "deadline-running"}),
        (case(RUNS), "received-ok", "cancel-is-fine", {"nothing-wanted"}),
        (case(ENDED), None, "keep", {"claim-open", "deadline-passed", "seller-silent", "deadline-near"}),
        (case(MINE), None, "keep", {"claim-open", "seller-silent"}),
        (case(OFFER), None, "keep", {"claim-open"}),
        (case(OFFER, EVERYTHING), None, "cancel-is-fine", {"settled"}),
        (case(OFFER, settled("received", 4_00)), None, "keep", {"claim-open"}),
        (
            case(OFFER, settled("received", 4_00)),
            "refund-received",
            "ask-again",
            {"claimed-refund-unrecorded"},
        ),
        (case(OFFER, settled("received", 10_00, currency="EUR")), None, "keep", {"claim-open"}),
        (case(OFFER), "keep-item", "cancel-is-fine", {"nothing-wanted"}),
    ],
)
def test_what_is_recommended_rests_on_what_is_recorded(told, asked, verdict, codes):
    found = advised(told, asked)
    assert found.verdict == verdict
    assert {reason.code for reason in found.reasons} == codes


def advised(told, asked: str | None, **rules: Any):
    policy_ = policy(**rules)
    findings = run_checks(told, Ask(asked, policy_, NOW))
    return recommend(situation(told, asked, findings, policy_, NOW))


def test_a_window_of_the_policy_is_waited_for_as_well():
    told = case(OFFER, move(Action.REVISE, fact=Claim("late", "refund", usd(9_00)), happened_at="2026-11-18"))
    found = advised(told, None, windows={"seller_answers": window(5)})
    assert (found.verdict, found.until) == ("wait-until", "2026-11-23T23:59:59Z")
    assert found.sentence == "Wait until 2026-11-23: that costs nothing, and may settle it."


def test_until_when_to_wait_is_told_on_the_marketplaces_clock():
    told = case(note(Due(Party.SELLER, "2026-11-25T07:59:59Z")))
    found = advised(told, None, zone="America/Los_Angeles")
    assert found.until == "2026-11-25T07:59:59Z"
    assert found.sentence.startswith("Wait until 2026-11-24:")


@pytest.mark.parametrize(
    ("days", "verdict", "codes"),
    [
        # Opened on the 1st at 09:00: the buyer's own time ends on the 24th, on the 26th, or is over.
        (23, "keep", {"claim-open", "own-deadline-first", "seller-silent"}),
        (25, "wait-until", {"claim-open", "deadline-running"}),
        (10, "wait-until", {"claim-open", "deadline-running"}),
    ],
)
def test_waiting_costs_nothing_only_where_the_own_time_does_not_end_first(days, verdict, codes):
    found = advised(case(RUNS), None, windows={"escalate": window(days, by="buyer")})
    assert found.verdict == verdict
    assert {reason.code for reason in found.reasons} == codes


def test_a_refund_that_a_customer_got_settles_nothing():
    told = case(OFFER, note(Payout("refund", usd(10_00))))
    assert advised(told, None).verdict == "keep"
    assert told.history.settlements == ()
