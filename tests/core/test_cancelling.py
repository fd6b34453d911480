import pytest

from dispcli.core.cancelling import CancelAsk, decide_cancel, decide_confirm, refusal_of_a_cancel
from dispcli.core.disputes import Channel
from dispcli.core.facts import Claim, Due, Message
from dispcli.core.histories import History
from dispcli.core.machine import Refusal, Unchanged
from dispcli.core.moments import parse_instant
from dispcli.core.states import Action, Outcome, Party, State
from tests.core.builders import (
    NOW,
    WAYS_TO,
    case,
    move,
    note,
    order,
    policy,
    recorded,
    recorded_at,
    request,
    settled,
    usd,
    window,
)

RISKY = case(settled("promised", 8_00), claim=Claim("not-received", "refund", usd(8_00)))
RULES = policy()
RISKS = ("refund-not-received", "goods-not-received", "pressure-to-cancel")


def ask(reason="received-ok", note=None, accepted=(), confirm=False):
    return CancelAsk(reason, note, tuple(accepted), confirm)


def cancel(case, policy=RULES, now=NOW, **asked):
    return decide_cancel(case, ask(**asked), policy, now)


def requested(case, **asked):
    """The case with a recorded request, checked at the instant it is recorded at."""
    at = parse_instant(recorded_at(len(case.history) + 1))
    steps = cancel(case, now=at, **asked)
    return recorded(case, steps.changes[0], steps.recorded())


def confirm(case, accepted=(), policy=RULES, now=NOW):
    return decide_confirm(case, tuple(accepted), policy, now)


def cancelled(case, **asked):
    pending = requested(case, **asked)
    return recorded(pending, confirm(pending).changes[0])


def moves(steps):
    return [(change.intent.action, change.to_state) for change in steps.changes]


ASKED = (Action.REQUEST_CANCEL, State.CANCEL_REQUESTED)
CONFIRMED = (Action.CONFIRM_CANCEL, State.CANCELLED)


@pytest.mark.parametrize(("both", "steps"), [(False, [ASKED]), (True, [ASKED, CONFIRMED])])
def test_a_cancel_is_asked_for_alone_or_confirmed_in_the_same_breath(both, steps):
    decision = cancel(case(), reason="agreement", note="by chat", confirm=both)
    assert moves(decision) == steps
    said = decision.changes[0].intent
    assert (said.reason, said.note, said.party) == ("agreement", "by chat", Party.BUYER)


@pytest.mark.parametrize("missing", RISKS)
def test_it_is_blocked_until_every_blocking_risk_is_accepted(missing):
    refusal = cancel(RISKY, reason="seller-asked", accepted=set(RISKS) - {missing})
    assert (refusal.code, refusal.findings) == ("blocked", (missing,))
    assert missing in refusal.message
    assert [detail.partition(":")[0] for detail in refusal.details] == [missing]
    assert f"--accept-risk {missing}" in refusal.hint


def test_every_blocking_risk_is_named_at_once():
    refusal = cancel(RISKY, reason="seller-asked")
    assert refusal.findings == RISKS
    assert [detail.partition(":")[0] for detail in refusal.details] == list(RISKS)
    assert [code for code in RISKS if code not in refusal.message] == []
    assert refusal.hint.endswith(" ".join(f"--accept-risk {code}" for code in RISKS))


def test_warnings_do_not_block():
    decision = cancel(case(past={"cancelled": 1}))
    assert "recurring-seller" in [finding.code for finding in decision.findings]


@pytest.mark.parametrize("both", [False, True])
def test_the_accepted_risks_are_recorded_and_only_those(both):
    decision = cancel(RISKY, reason="seller-asked", accepted=RISKS, confirm=both)
    assert decision.accepted == RISKS
    noted = decision.recorded()
    assert {finding.code for finding in noted if finding.accepted} == set(RISKS)
    assert {"seller-silent", "no-reopen"} <= {finding.code for finding in noted if not finding.accepted}
    told = [(found.code, found.level, found.basis) for found in decision.findings]
    assert [(found.code, found.level, found.basis) for found in noted] == told


@pytest.mark.parametrize(
    ("moved", "code"),
    [
        ((move(Action.CONCEDE),), "solution-stands"),
        ((move(Action.LAPSE, outcome=Outcome.EXPIRED),), "final"),
    ],
)
def test_the_machine_is_asked_before_the_checks(moved, code):
    assert cancel(case(*moved), reason="seller-asked").code == code


def test_confirming_a_pending_request_ends_the_dispute():
    decision = confirm(requested(case()))
    assert moves(decision) == [CONFIRMED]
    assert "no-reopen" in [finding.code for finding in decision.findings]


def test_the_reason_of_the_request_still_answers_the_checks_when_it_is_confirmed():
    lost = case(claim=Claim("not-received", "refund"))
    assert moves(confirm(requested(lost, reason="received-ok"))) == [CONFIRMED]


def test_confirming_without_a_request_is_refused():
    assert confirm(case()).code == "no-request"


def test_an_accepted_risk_carries_from_the_request_to_the_confirmation():
    decision = confirm(requested(RISKY, reason="seller-asked", accepted=RISKS))
    assert moves(decision) == [CONFIRMED]
    assert decision.accepted == RISKS


def test_confirming_runs_the_checks_again_and_wants_the_same_risks_accepted():
    pending = requested(RISKY, reason="seller-asked", accepted=RISKS)
    request = pending.history.request
    forgotten = request._replace(findings=tuple(f._replace(accepted=False) for f in request.findings))
    pending = pending._replace(history=History((*pending.history[:-1], forgotten)))
    assert confirm(pending).findings == RISKS
    assert moves(confirm(pending, accepted=RISKS)) == [CONFIRMED]
    assert confirm(pending, accepted=RISKS).accepted == RISKS


@pytest.mark.parametrize(
    "since", [note(), note(Message(Party.SELLER, "wait, a refund is coming")), settled("promised", 5_00)]
)
def test_confirming_is_refused_once_anything_was_recorded_since(since):
    pending = requested(case())
    events = case(request(), since).history
    moved_on = pending._replace(
        dispute=pending.dispute._replace(version=3), history=pending.history.then(events[-1])
    )
    refusal = confirm(moved_on)
    assert (refusal.code, refusal.allowed) == ("facts-changed", (Action.REQUEST_CANCEL, Action.KEEP))
    assert refusal.message.endswith(": note")
    assert "dispute show" in refusal.hint


def test_a_refreshed_request_can_be_confirmed():
    renewed = requested(requested(case()), reason="solved-elsewhere")
    assert moves(confirm(renewed)) == [CONFIRMED]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"order": order(protection_ends="2026-11-01")}, "protection-ended"),
        ({"order": order(protection_ends="2026-11-03")}, "protection-ends-soon"),
        ({"past": {"cancelled": 1}}, "recurring-seller"),
        ({"channels": (Channel(3, "paypal", "PP-1"),)}, "other-channel-open"),
    ],
)
def test_confirming_is_refused_when_changed_facts_make_a_new_warning(changed, code):
    refusal = confirm(requested(case())._replace(**changed))
    assert refusal.code == "facts-changed"
    assert f"[{code}]" in refusal.message


def test_confirming_is_refused_when_a_warning_rests_on_something_else_now():
    pending = requested(case(past={"cancelled": 1}))
    assert confirm(pending._replace(past={"cancelled": 2})).code == "facts-changed"
    assert confirm(pending._replace(past={"cancelled": 1, "opened": 1})).code == "facts-changed"


def test_how_others_with_the_seller_end_meanwhile_is_no_news_about_this_one():
    pending = requested(case(past={"cancel_requested": 1, "opened": 1}))
    settled_together = pending._replace(past={"cancelled": 2})
    assert moves(confirm(settled_together)) == [CONFIRMED]


@pytest.mark.parametrize(
    ("before", "code"),
    [
        (case(order=order(protection_ends="2026-11-10")), "protection-ended"),
        (case(note(Due(Party.SELLER, "2026-11-10"))), "deadline-near"),
        (case(move(Action.ESCALATE)), "deadline-near"),
    ],
)
def test_a_warning_that_time_alone_brought_is_told_but_does_not_stop_the_confirmation(before, code):
    rules = policy(windows={"marketplace_steps_in": window(7)})
    pending = requested(before, policy=rules)
    assert code not in [finding.code for finding in pending.history.request.findings]
    decision = confirm(pending, policy=rules)
    assert moves(decision) == [CONFIRMED]
    assert code in [finding.code for finding in decision.findings]


def test_an_entered_date_is_still_the_same_warning_when_the_request_is_confirmed():
    rules = policy(windows={"seller_answers": window(5)})
    pending = requested(case(note(Due(Party.SELLER, "2026-11-05"))), policy=rules)
    warned = next(finding for finding in pending.history.request.findings if finding.code == "deadline-near")
    decision = confirm(pending, policy=rules)
    assert moves(decision) == [CONFIRMED]
    assert (warned.code, warned.basis) in [(finding.code, finding.basis) for finding in decision.findings]


def test_the_same_cancel_again_changes_nothing():
    again = cancel(cancelled(case(), reason="agreement"), reason="agreement")
    assert again == Unchanged("already cancelled, for the same reason")
    assert confirm(cancelled(case())) == Unchanged("already cancelled")


@pytest.mark.parametrize("other", [{"reason": "agreement"}, {"note": "all is well"}])
def test_another_reason_for_a_cancelled_dispute_is_refused(other):
    refusal = cancel(cancelled(case()), **other)
    assert (refusal.code, refusal.allowed) == ("final", (Action.NOTE,))


def test_a_dispute_the_site_shows_as_cancelled_was_never_cancelled_here():
    shown = case(move(Action.OBSERVE, to=State.CANCELLED))
    assert cancel(shown).code == "final"
    assert confirm(shown).code == "final"


@pytest.mark.parametrize("state", State)
def test_what_is_said_against_a_cancel_is_what_it_would_be_refused_for(state):
    """From each state by a way that leads there; a cancel that is done has nothing against it."""
    there = case(*WAYS_TO[state])
    assert there.dispute.state is state
    refusal = refusal_of_a_cancel(there, RULES, NOW)
    if state in (State.CANCELLED, State.CANCEL_REQUESTED):
        assert refusal is None
        return
    refused = cancel(there)
    assert refusal == (refused if isinstance(refused, Refusal) else None)
