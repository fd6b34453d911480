"""What is at stake: what a cancel gives up, what waiting may bring, how the money stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispcli.core.facts import Claim, Due, Offer, Payout, Settlement
from dispcli.core.money import Money
from dispcli.core.orders import Line
from dispcli.core.stakes import (
    Balance,
    balances,
    by_waiting,
    is_claim_open,
    lost_by_cancelling,
    owed,
    standing_offer,
)
from dispcli.core.states import FINAL, Action, Party, State
from tests.core.builders import NOW, WAYS_TO, case, move, note, order, policy, request, settled, usd, window

CANCELLED = (request(), move(Action.CONFIRM_CANCEL))


def paid_out(minor: int, currency: str = "USD"):
    return note(Payout("refund", Money(minor, currency)))


def messages(stakes) -> dict[str, str]:
    return {stake.code: stake.message for stake in stakes}


@pytest.mark.parametrize(
    ("told", "lost"),
    [
        (case(), "USD 10.00"),
        (case(settled("received", 4_00)), "USD 6.00"),
        (case(settled("received", 10_00)), None),
        (case(claim=Claim("late", "replacement")), "the replacement"),
        (case(claim=Claim("late", "partial_refund")), "the partial refund"),
        (case(settled("received", kind="replacement"), claim=Claim("late", "replacement")), None),
    ],
)
def test_a_cancel_gives_up_what_has_not_been_received(told, lost):
    sentence = f"{lost} has not been received, and would be given up" if lost else None
    assert messages(lost_by_cancelling(told, policy(), NOW)).get("claim") == sentence
    assert is_claim_open(told) is (lost is not None)


@pytest.mark.parametrize(
    ("ends", "told"),
    [
        (None, "no end is known"),
        ("2026-11-19", "buyer protection ended 2026-11-19"),
        ("2026-11-20", "buyer protection ends 2026-11-20"),
        ("2026-11-20T11:59:59Z", "buyer protection ended 2026-11-20"),
    ],
)
def test_a_cancel_is_seen_against_the_end_of_protection(ends, told):
    lost = lost_by_cancelling(case(order=order(protection_ends=ends)), policy(), NOW)
    assert told in messages(lost)["protection"]


def test_days_are_those_of_the_marketplaces_clock():
    bought = order(protection_ends="2026-12-25T07:59:59Z")
    told = case(note(Due(Party.SELLER, "2026-11-25T07:59:59Z")), order=bought)
    rules = policy(zone="America/Los_Angeles")
    assert "ends 2026-12-24" in messages(lost_by_cancelling(told, rules, NOW))["protection"]
    assert "time to answer ends 2026-11-24" in messages(by_waiting(told, rules, NOW))["deadline-running"]


def test_whether_another_one_can_be_opened_is_the_policys_word():
    lost = [messages(lost_by_cancelling(case(), policy(reopening=known), NOW)) for known in (False, True)]
    assert "not known to take another" in lost[0]["reopening"]
    assert "may let you open another" in lost[1]["reopening"]


def test_what_a_customer_got_becomes_a_loss_where_the_claim_is_given_up():
    told = case(paid_out(12_00), paid_out(5_00, "EUR"), paid_out(1_00))
    lost = messages(lost_by_cancelling(told, policy(), NOW))
    assert lost["payout"] == "EUR 5.00 and USD 13.00 that you gave your customer would be your loss"
    settled_already = case(paid_out(12_00), settled("received", 10_00))
    assert "payout" not in messages(lost_by_cancelling(settled_already, policy(), NOW))


def test_nothing_is_at_stake_once_it_is_over():
    told = case(*CANCELLED)
    assert lost_by_cancelling(told, policy(), NOW) == by_waiting(told, policy(), NOW) == owed(told) == ()


NOTED = {"seller_answers": window(5)._replace(note="without an answer the claim is executed")}


@pytest.mark.parametrize(
    ("due", "code", "message"),
    [
        (None, "no-deadline", "no deadline is known"),
        (Due(Party.SELLER, "2026-11-25"), "deadline-running", "time to answer ends 2026-11-25 (entered)"),
        (Due(Party.SELLER, "2026-11-19"), "deadline-passed", "time to answer ended 2026-11-19"),
        (Due(Party.SELLER, "2026-11-20"), "deadline-running", "ends 2026-11-20"),
        (Due(Party.PLATFORM, "2026-11-25"), "deadline-running", "the marketplace's time to act ends"),
        (Due(Party.BUYER, "2026-11-25"), "own-deadline", "your own time ends 2026-11-25"),
        (Due(Party.BUYER, "2026-11-01"), "own-deadline", "your own time ended 2026-11-01"),
    ],
)
def test_waiting_is_seen_against_whose_time_runs(due, code, message):
    told = case(note(due)) if due else case()
    ((found, said),) = by_waiting(told, policy(), NOW)
    assert (found, message in said) == (code, True)


@pytest.mark.parametrize(
    ("told", "codes"),
    [
        (case(), ["own-deadline"]),
        (case(note(Due(Party.SELLER, "2026-11-25"))), ["deadline-running", "own-deadline"]),
        (case(note(Due(Party.BUYER, "2026-11-25"))), ["own-deadline"]),
    ],
)
def test_waiting_tells_of_the_own_time_whoever_has_to_act_first(told, codes):
    escalate = policy(windows={"escalate": window(23, by="buyer")})
    assert [stake.code for stake in by_waiting(told, escalate, NOW)] == codes
    assert "your own time ends 2026-11-2" in messages(by_waiting(told, escalate, NOW))["own-deadline"]


def test_the_policy_tells_what_the_sellers_silence_means_and_of_no_one_elses():
    (stake,) = by_waiting(case(), policy(windows=NOTED), NOW)
    assert stake.message.endswith("(estimated): without an answer the claim is executed")
    for due in (Due(Party.BUYER, "2026-11-25"), Due(Party.PLATFORM, "2026-11-25")):
        (stake,) = by_waiting(case(note(due)), policy(windows=NOTED), NOW)
        assert "executed" not in stake.message


AGREED = move(Action.CONCEDE)
REFUNDS = {"refund_arrives": window(10, note="not of the seller's answer")}


@pytest.mark.parametrize(
    ("told", "rules", "code", "message"),
    [
        (
            case(AGREED, note(Due(Party.SELLER, "2026-11-25"))),
            {},
            "deadline-running",
            "the refund has to arrive by 2026-11-25 (entered)",
        ),
        (
            case(AGREED, note(Due(Party.PLATFORM, "2026-11-19"))),
            {},
            "deadline-passed",
            "the refund had to arrive by 2026-11-19 (entered): press for it",
        ),
        (
            case(AGREED),
            {},
            "refund-awaited",
            "the refund is awaited since 2026-11-02; by when it has to arrive is not known",
        ),
        (
            case(AGREED),
            REFUNDS,
            "deadline-passed",
            "the refund had to arrive by 2026-11-12 (estimated): press for it",
        ),
        (
            case(move(Action.ESCALATE), note(Settlement("refund", "issued"), happened_at="2026-11-15")),
            REFUNDS,
            "deadline-running",
            "the refund has to arrive by 2026-11-25 (estimated)",
        ),
        (
            case(move(Action.CONCEDE), claim=Claim("damaged", "replacement")),
            REFUNDS,
            "replacement-awaited",
            "the replacement is awaited since 2026-11-02; by when it has to arrive is not known",
        ),
        (
            case(AGREED, settled("received", 4_00)),
            REFUNDS,
            "deadline-passed",
            "the refund had to arrive by 2026-11-12 (estimated): press for it",
        ),
    ],
)
def test_a_refund_that_is_awaited_is_what_waiting_is_for(told, rules, code, message):
    ((found, said),) = by_waiting(told, policy(windows=rules), NOW)
    assert (found, said.startswith(message)) == (code, True), said


OFFER = move(Action.ANSWER, fact=Offer("partial_refund", usd(12_00)))
OFFERED = "a partial refund of USD 12.00"
REVISED = move(Action.REVISE, fact=Claim("late", "refund", usd(9_00)))


@pytest.mark.parametrize(
    ("told", "offered"),
    [
        (case(OFFER), OFFERED),
        (case(move(Action.ANSWER, fact=Offer("replacement"))), "a replacement"),
        (case(OFFER, request()), OFFERED),
        (case(OFFER, note(Due(Party.BUYER, "2026-11-25"))), OFFERED),
        (case(), None),
        (case(OFFER, move(Action.ANSWER, fact=Offer())), None),
        (case(OFFER, REVISED), None),
        (case(OFFER, REVISED, move(Action.OBSERVE, to=State.ANSWERED)), None),
        (case(OFFER, move(Action.ESCALATE)), None),
        (case(OFFER, settled("received", 10_00)), None),
    ],
)
def test_an_offer_stands_until_something_else_does(told, offered):
    assert standing_offer(told) == offered
    lost, kept = lost_by_cancelling(told, policy(), NOW), by_waiting(told, policy(), NOW)
    assert messages(lost).get("offer") == (
        f"the seller's offer, {offered}, would be given up" if offered else None
    )
    assert ("offer" in messages(kept)) is (offered is not None)


@pytest.mark.parametrize(
    ("due", "until"),
    [
        (None, ""),
        (Due(Party.BUYER, "2026-11-25"), "; your time to answer ends 2026-11-25 (entered)"),
        (Due(Party.BUYER, "2026-11-19"), "; your time to answer ended 2026-11-19 (entered)"),
        (Due(Party.SELLER, "2026-11-25"), ""),
    ],
)
def test_an_offer_is_told_with_the_time_to_answer_it(due, until):
    told = case(OFFER, note(due)) if due else case(OFFER)
    said = messages(by_waiting(told, policy(), NOW))["offer"]
    assert said == f"the seller offers {OFFERED}: accepting it ends the dispute on these terms{until}"


@pytest.mark.parametrize("state", [state for state in State if state not in FINAL])
def test_nothing_is_given_up_by_a_cancel_that_is_refused(state):
    told = case(*WAYS_TO[state])
    refused = state in (State.AGREED, State.RETURNING, State.SETTLING)
    assert (lost_by_cancelling(told, policy(), NOW) == ()) is refused


def test_the_money_of_a_reseller():
    told = case(settled("received", 4_00), paid_out(12_00), paid_out(1_00), order=order(total=usd(9_00)))
    assert balances(told) == (Balance("USD", 9_00, 4_00, 13_00, 6_00),)
    assert balances(told)[0].net == -18_00


def test_currencies_are_never_mixed():
    told = case(settled("received", 300, currency="JPY"), paid_out(5_00, "EUR"), order=order(total=usd(9_00)))
    assert balances(told) == (
        Balance("EUR", given=5_00),
        Balance("JPY", received=300),
        Balance("USD", paid=9_00, owed=10_00),
    )


@pytest.mark.parametrize(
    ("line", "total", "paid"),
    [
        (Line(1, 1, "Lamp", 3, usd(2_50)), usd(9_00), 7_50),
        (Line(1, 1, "Lamp", 3), usd(9_00), 9_00),
        (Line(2, 1, "Lamp", 3, usd(2_50)), usd(9_00), 9_00),
    ],
)
def test_the_goods_are_the_line_where_its_price_is_known(line, total, paid):
    (balance,) = balances(case(order=order(lines=(line,), total=total)))
    assert balance.paid == paid


def test_a_replacement_is_no_money():
    come, given = settled("received", 10_00, kind="replacement"), note(Payout("replacement"))
    assert balances(case(come, given, claim=Claim("late", "replacement"))) == ()


amounts = st.lists(
    st.tuples(st.sampled_from(["USD", "EUR", "JPY"]), st.integers(1, 10**6), st.booleans()), max_size=8
)


@given(amounts)
def test_every_amount_counts_once_in_its_own_currency(told):
    moves = [
        settled("received", minor, currency=currency) if came else paid_out(minor, currency)
        for currency, minor, came in told
    ]
    found = {balance.currency: balance for balance in balances(case(*moves))}
    for currency in ("USD", "EUR", "JPY"):
        balance = found.get(currency, Balance(currency))
        came = sum(minor for code, minor, received in told if code == currency and received)
        gone = sum(minor for code, minor, received in told if code == currency and not received)
        assert (balance.received, balance.given, balance.net) == (came, gone, came - gone)
