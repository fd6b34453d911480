"""Plan, ask, apply: what was shown has to be what is written, and all of it or nothing."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dispcli.core.cancelling import CancelAsk, Steps
from dispcli.core.disputes import Case
from dispcli.core.facts import Claim, Offer
from dispcli.core.machine import Intent
from dispcli.core.money import Money
from dispcli.core.moving import decide_accept
from dispcli.core.recording import Stamp
from dispcli.core.states import Action, Party, State
from dispcli.errors import Ambiguous, ConfirmationNeeded, NotFound, Refused, UsageProblem
from dispcli.ledger.ledger import Ledger
from dispcli.policies import SHIPPED
from dispcli.services.cancelling import cancel_job
from dispcli.services.caseload import Caseload
from dispcli.services.changes import Job, amount_of, remark
from dispcli.services.demo import CABLE, CLEANER, LAMP, ORDERS, fill
from dispcli.services.moves import Said, message_job, move_job
from dispcli.services.opening import NewClaim, Opening
from dispcli.services.operations import Operation, apply, plan
from dispcli.services.targets import Target, Targets
from tests.core import builders
from tests.core.builders import usd
from tests.ledger.builders import AT, dump, order

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
STAMP = Stamp("2026-11-22T12:00:00Z", "ada", "test")
CANCEL = cancel_job(CancelAsk("refund-received", None, (), True), SHIPPED, NOW, None)
ACCEPT = move_job(Action.ACCEPT, Party.BUYER, Said())
ESCALATE = move_job(Action.ESCALATE, Party.BUYER, Said())
LAPSE = move_job(Action.LAPSE, Party.TIME, Said())
LATE = Opening(NewClaim("late", "refund"), SHIPPED, NOW)
REVISED = builders.move(Action.REVISE, fact=Claim("late", "refund", usd(9_00)))
SEEN = builders.move(Action.OBSERVE, to=State.ANSWERED)
HUB = ORDERS[5].number


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """The demo's ledger: D1 answered, D2 and D3 opened."""
    with Ledger.create(tmp_path / "ledger.db") as made:
        fill(made, NOW)
        yield made


def about(ask: Job | Opening, *words: str) -> list[Operation]:
    return [Operation(Target(word), ask) for word in words]


def say(ledger: Ledger, text: str) -> None:
    apply(ledger, about(message_job(Party.SELLER, text, Said()), "D1"), STAMP, final=False)


def case(ledger: Ledger, dispute_id: int) -> Case:
    with ledger.reading():
        found = Caseload(ledger).case(dispute_id)
    assert found is not None
    return found


def actions(ledger: Ledger, dispute_id: int) -> list[str]:
    return [str(event.action) for event in case(ledger, dispute_id).history]


# --- what was agreed to ---


def test_what_a_person_agreed_to_may_not_have_changed(ledger: Ledger) -> None:
    planned = plan(ledger, about(CANCEL, "D1"), STAMP)
    say(ledger, "wait, something new")
    with pytest.raises(Refused, match="D1 has changed meanwhile") as refused:
        apply(ledger, about(CANCEL, "D1"), STAMP, final=True, agreed=planned)
    assert refused.value.code == "changed-meanwhile"
    assert case(ledger, 1).dispute.state == "answered"


def test_what_a_person_agreed_to_is_done_when_nothing_has_changed(ledger: Ledger) -> None:
    planned = plan(ledger, about(CANCEL, "D1"), STAMP)
    assert apply(ledger, about(CANCEL, "D1"), STAMP, final=True, agreed=planned).planned == planned.planned
    assert case(ledger, 1).dispute.state == "cancelled"


def test_unasked_a_note_in_between_does_not_matter(ledger: Ledger) -> None:
    plan(ledger, about(CANCEL, "D1"), STAMP)
    say(ledger, "wait, something new")
    apply(ledger, about(CANCEL, "D1"), STAMP, final=True)
    assert actions(ledger, 1)[-3:] == ["note", "request_cancel", "confirm_cancel"]


def test_a_name_that_means_another_dispute_meanwhile_has_changed(ledger: Ledger) -> None:
    both = about(LAPSE, CABLE, "D3")
    planned = plan(ledger, both, STAMP)
    assert len(planned.planned) == 1, "both mean D3"
    apply(ledger, about(LAPSE, "D3"), STAMP, final=True)
    apply(ledger, about(LATE, CABLE), STAMP, final=True)
    before = dump(ledger.path)
    with pytest.raises(Refused, match="changed meanwhile") as refused:
        apply(ledger, both, STAMP, final=True, agreed=planned)
    assert refused.value.code == "changed-meanwhile"
    assert dump(ledger.path) == before


@pytest.mark.parametrize("words", [(CABLE,), ("D3", CABLE)], ids=" ".join)
def test_a_name_that_means_several_things_meanwhile_has_changed(
    ledger: Ledger, words: tuple[str, ...]
) -> None:
    work = about(LAPSE, *words)
    planned = plan(ledger, work, STAMP, keep_going=True)
    assert len(planned.planned) == 1
    with ledger.writing():
        ledger.add_order(order(CABLE, marketplace="temu"), AT)
    with pytest.raises(Refused, match=rf"^(D3|{CABLE}) has changed meanwhile"):
        apply(ledger, work, STAMP, final=True, keep_going=True, agreed=planned)


def test_planning_writes_nothing(ledger: Ledger) -> None:
    before = dump(ledger.path)
    planned = plan(ledger, [*about(CANCEL, "D1"), *about(LATE, HUB)], STAMP)
    assert [result.status for result in planned.results("planned")] == ["planned", "planned"]
    assert dump(ledger.path) == before


def test_what_is_planned_is_what_is_applied(ledger: Ledger) -> None:
    work = [*about(CANCEL, "D1"), *about(LATE, HUB), *about(ESCALATE, "D2")]
    planned = plan(ledger, work, STAMP)
    done = apply(ledger, work, STAMP, final=True)
    assert done.planned == planned.planned
    assert [result.dispute for result in done.results("changed")] == ["D1", "D4", "D2"]
    assert [str(case(ledger, dispute_id).dispute.state) for dispute_id in (1, 2, 4)] == [
        "cancelled",
        "escalated",
        "opened",
    ]


# --- all or nothing ---


def test_what_is_final_needs_a_yes_and_takes_the_rest_with_it(ledger: Ledger) -> None:
    before = dump(ledger.path)
    with pytest.raises(ConfirmationNeeded, match="nothing was written"):
        apply(ledger, [*about(ESCALATE, "D2"), *about(CANCEL, "D1")], STAMP, final=False)
    assert dump(ledger.path) == before


def test_one_that_is_refused_keeps_its_own_sentence(ledger: Ledger) -> None:
    before = dump(ledger.path)
    with pytest.raises(Refused) as alone:
        apply(ledger, about(ACCEPT, "D2"), STAMP, final=True)
    with pytest.raises(Refused) as among:
        apply(ledger, about(ACCEPT, "D1", "D2"), STAMP, final=True)
    assert among.value.message == f"{alone.value.message} (nothing was written)"
    assert alone.value.message.startswith(f"D2 ({CLEANER}): ")
    assert (alone.value.code, among.value.code) == ("not-allowed", "not-allowed")
    assert (alone.value.hint, alone.value.allowed) == (among.value.hint, among.value.allowed)
    assert alone.value.hint
    assert Action.ESCALATE in alone.value.allowed
    assert dump(ledger.path) == before


def test_several_that_are_refused_have_a_line_each_and_all_their_findings(ledger: Ledger) -> None:
    pressed = cancel_job(CancelAsk("seller-asked", None, (), True), SHIPPED, NOW, None)
    with pytest.raises(Refused) as refused:
        apply(ledger, about(pressed, "D1", "D2", "D3"), STAMP, final=True)
    error = refused.value
    assert error.message == "3 of 3 can't be done; nothing was written"
    assert [detail.partition(":")[0] for detail in error.details] == [
        f"D1 ({LAMP})",
        f"D2 ({CLEANER})",
        f"D3 ({CABLE})",
    ]
    assert error.code == "blocked"
    assert error.findings == ("pressure-to-cancel", "refund-not-received", "goods-not-received")


@pytest.mark.parametrize(("count", "lines", "last"), [(20, 20, "'X19'"), (23, 21, "and 3 more")])
def test_only_so_many_lines_are_told(ledger: Ledger, count: int, lines: int, last: str) -> None:
    with pytest.raises(NotFound) as missing:
        plan(ledger, about(ESCALATE, *(f"X{number}" for number in range(count))), STAMP)
    assert missing.value.message == f"{count} of {count} can't be done; nothing was written"
    assert len(missing.value.details) == lines
    assert missing.value.details[-1].endswith(last)


@pytest.mark.parametrize(
    ("work", "kind", "code"),
    [
        (about(ESCALATE, "D99"), NotFound, "not-found"),
        ([Operation(Target("D1", line=1), ESCALATE)], UsageProblem, "usage"),
        (about(Opening(NewClaim(None, None), SHIPPED, NOW), HUB), UsageProblem, "usage"),
        (about(Opening(NewClaim("late", "refund", "much"), SHIPPED, NOW), HUB), UsageProblem, "usage"),
    ],
)
@pytest.mark.parametrize("more", [[], about(ESCALATE, "D2")], ids=["alone", "among others"])
def test_what_can_not_even_be_decided_is_told_as_what_it_is(
    ledger: Ledger, work: list[Operation], kind: type[Exception], code: str, more: list[Operation]
) -> None:
    before = dump(ledger.path)
    with pytest.raises(kind) as caught:
        apply(ledger, [*more, *work], STAMP, final=True)
    assert type(caught.value) is kind
    assert caught.value.code == code  # type: ignore[attr-defined]
    assert dump(ledger.path) == before


def test_a_name_for_several_things_is_ambiguous(ledger: Ledger) -> None:
    with ledger.writing():
        ledger.add_order(order(CABLE, marketplace="temu"), AT)
    with pytest.raises(Ambiguous, match="could be 2 things"):
        plan(ledger, about(ESCALATE, "D1", CABLE), STAMP)


def test_keeping_going_leaves_out_what_fails_and_tells_why(ledger: Ledger) -> None:
    work = [*about(ACCEPT, "D2", "D1", "D99"), Operation(Target("D3", line=1), ACCEPT)]
    done = apply(ledger, work, STAMP, final=True, keep_going=True)
    results = done.results("changed")
    told = [(result.dispute, result.status, result.problem and result.problem.code) for result in results]
    assert told == [
        ("D2", "refused", "not-allowed"),
        ("D1", "changed", None),
        ("", "error", "not-found"),
        ("", "invalid", "usage"),
    ]
    assert [result.failed for result in results] == [True, False, True, True]
    assert [result.order for result in results[2:]] == ["D99", "D3"], "the words as they were given"
    assert (str(case(ledger, 1).dispute.state), actions(ledger, 2).count("accept")) == ("agreed", 0)


# --- each once, one after the other ---


def test_a_dispute_named_several_times_is_changed_once(ledger: Ledger) -> None:
    done = apply(ledger, about(ESCALATE, "D2", CLEANER, f"aliexpress:{CLEANER}", "d2"), STAMP, final=False)
    assert len(done.planned) == 1
    assert actions(ledger, 2).count("escalate") == 1


def test_an_order_named_several_times_is_opened_once(ledger: Ledger) -> None:
    done = apply(ledger, about(LATE, HUB, f"aliexpress:{HUB}"), STAMP, final=False)
    assert [item.result("changed").dispute for item in done.planned] == ["D4"]
    with ledger.reading():
        assert ledger.counts()["disputes"] == 4


def test_the_whole_order_and_a_line_of_it_exclude_each_other(ledger: Ledger) -> None:
    work = [Operation(Target(HUB, line=1), LATE), Operation(Target(HUB, whole_order=True), LATE)]
    before = dump(ledger.path)
    for those in (work, work[::-1]):
        with pytest.raises(Refused, match="nothing was written") as refused:
            apply(ledger, those, STAMP, final=False)
        assert refused.value.code == "already-open"
        assert dump(ledger.path) == before


def test_what_is_done_first_counts_for_what_is_done_next(ledger: Ledger) -> None:
    lapsed, *_, again = apply(
        ledger, [*about(LAPSE, CABLE), *about(LATE, CABLE), *about(ESCALATE, CABLE)], STAMP, final=True
    ).results("changed")
    assert (lapsed.dispute, again.dispute, again.to_state) == ("D3", "D4", "escalated")
    assert case(ledger, 3).dispute.state == "resolved"


def test_an_operation_has_its_own_id_and_else_that_of_the_stamp(ledger: Ledger) -> None:
    job = message_job(Party.SELLER, "hello", Said(operation_id="mine"))
    stamp = STAMP._replace(operation_id="ours")
    work = [*about(job, "D2"), *about(message_job(Party.SELLER, "hello", Said()), "D3")]
    apply(ledger, work, stamp, final=False)
    assert [case(ledger, number).history[-1].operation_id for number in (2, 3)] == ["mine", "ours"]
    again = apply(ledger, about(job, "D2"), STAMP, final=False)
    assert [result.status for result in again.results("changed")] == ["unchanged"]


def test_what_a_filter_does_not_find_any_more_is_left_out(ledger: Ledger) -> None:
    both = Targets([Target("D1"), Target("D2")], still=lambda reader: ["D2"])
    operations = [Operation(target, LAPSE) for target in both.found]
    done = apply(ledger, operations, STAMP, final=True, targets=both)
    assert [result.dispute for result in done.results("changed")] == ["D2"]
    with ledger.reading():
        assert [Caseload(ledger).case(number).dispute.state for number in (1, 2)] == ["answered", "resolved"]


@pytest.mark.parametrize(
    ("since", "amount", "said"),
    [
        ((), usd(12_00), "the seller offers partial refund of USD 12.00"),
        ((REVISED, SEEN), usd(9_00), "what the seller offers is not recorded"),
    ],
    ids=["offer", "revised and answered anew"],
)
def test_who_accepts_is_asked_about_what_is_offered_now(
    since: tuple[Intent, ...], amount: Money, said: str
) -> None:
    offer = builders.move(Action.ANSWER, fact=Offer("partial_refund", usd(12_00)))
    asked = builders.case(offer, *since)
    steps = decide_accept(asked, (builders.move(Action.ACCEPT),))
    assert isinstance(steps, Steps)
    assert amount_of(asked, steps) == amount
    assert remark(asked, steps).partition(";")[0] == said
