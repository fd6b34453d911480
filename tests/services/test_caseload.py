"""What was decided counts for what is decided next, as if it had been written and read anew."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dispcli.core.cancelling import Steps
from dispcli.core.checks import Finding, Level
from dispcli.core.disputes import Case, Channel, Dispute
from dispcli.core.events import Recorded
from dispcli.core.facts import Claim, Done, Message, Replaced, Upheld
from dispcli.core.idempotency import Key
from dispcli.core.machine import Intent
from dispcli.core.recording import Place, Stamp, moved
from dispcli.core.states import FINAL, Action, Party, State
from dispcli.errors import LedgerTrouble
from dispcli.ledger.ledger import Ledger
from dispcli.services.caseload import Caseload
from dispcli.services.targets import Target, find_dispute
from tests.ledger.builders import (
    ANSWER,
    AT,
    CLAIM,
    CONFIRM,
    REQUEST,
    decided,
    dump,
    move,
    note,
    open_dispute,
    order,
    problems,
    raw,
    writing,
)
from tests.ledger.histories import claims, steps
from tests.ledger.test_dispute_rows import EVERY_FACT

OPENING = move(Action.OPEN, fact=CLAIM)
PLATFORM_IDS = ("P1", "P2")
FOUND = (
    Finding("pressure-to-cancel", Level.BLOCK, "the seller wants it", "don't", "seller-asked"),
    Finding("seller-silent", Level.WARN, "the seller is silent", "wait", "0 days"),
)
ACCEPTED = ("pressure-to-cancel",)
RECORDED = (
    Recorded("pressure-to-cancel", "block", "seller-asked", True),
    Recorded("seller-silent", "warn", "0 days", False),
)
ORDERS = (1, 2, 3, 4, 5)


def filled(path: Path) -> Path:
    """Five orders: 1 and 2 of one seller, 3 of another, 4 and 5 paid for 1 and have no seller."""
    with writing(path) as ledger:
        for number in ("1001", "1002"):
            ledger.add_order(order(number), AT)
        ledger.add_order(order("1003", seller_name="Other"), AT)
        for market in ("paypal", "visa"):
            told = {"marketplace": market, "seller_name": None, "purchase_id": 1, "lines": ()}
            ledger.add_order(order(f"PAY-{market}", **told), AT)
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return filled(tmp_path / "ledger.db")


@pytest.fixture
def ledger(path: Path) -> Iterator[Ledger]:
    with Ledger.open(path) as opened, opened.writing():
        yield opened


def anew(ledger: Ledger) -> Caseload:
    """What the ledger itself has."""
    caseload = Caseload(ledger)
    caseload.begin()
    return caseload


def case(caseload: Caseload, dispute_id: int) -> Case:
    found = caseload.case(dispute_id)
    assert found is not None
    return found


def stamp(count: int = 0, operation_id: str | None = None) -> Stamp:
    return Stamp(f"2026-11-21T10:{count // 60:02}:{count % 60:02}Z", "ada", "test", operation_id)


WHEN = stamp()


def begin(caseload: Caseload, place: Place, intent: Intent = OPENING, when: Stamp = WHEN) -> Dispute:
    caseload.load_orders([place.order_id])
    return caseload.open(place, Steps((decided(None, intent),), FOUND, ACCEPTED), when)


def go_on(caseload: Caseload, dispute_id: int, *intents: Intent, when: Stamp = WHEN) -> Dispute | None:
    """All these moves as one decision."""
    dispute = now = caseload.dispute(dispute_id)
    assert dispute is not None
    assert now is not None
    changes = []
    for intent in intents:
        changes.append(decided(now, intent))
        now = now._replace(state=changes[-1].to_state, origin=now.state)
    caseload.record(dispute, Steps(tuple(changes), FOUND, ACCEPTED), when)
    return caseload.dispute(dispute_id)


# --- what a case is made of ---


def test_a_case_has_the_past_with_the_seller_and_other_channels(ledger: Ledger) -> None:
    open_dispute(ledger, 2, 1, REQUEST, CONFIRM)
    open_dispute(ledger, 3)
    here, there = open_dispute(ledger, 1), open_dispute(ledger, 4, None)
    caseload = anew(ledger)
    bought, paid = case(caseload, here.id), case(caseload, there.id)
    assert (bought.dispute, bought.order, len(bought.history)) == (here, caseload.order(1), 1)
    assert bought.past == {"cancelled": 1}, "neither itself nor another seller's"
    assert bought.channels == (Channel(there.id, "paypal", "PAY-paypal"),)
    assert (paid.past, paid.channels) == ({}, (Channel(here.id, "aliexpress", "1001"),))


def test_the_past_counts_by_ending_and_leaves_out_what_was_recorded_in_error(ledger: Ledger) -> None:
    lapsed = move(Action.LAPSE, Party.TIME, outcome="expired")
    for line in (1, 2):
        open_dispute(ledger, 2, line, REQUEST, CONFIRM)
    open_dispute(ledger, 1, 1, lapsed)
    wrong = open_dispute(ledger, 1, 1, lapsed, note(Replaced(3)))
    here = open_dispute(ledger, 1, 1)
    past = {dispute.id: case(anew(ledger), dispute.id).past for dispute in (wrong, here)}
    assert past[here.id] == {"cancelled": 2, "expired": 1}
    assert past[wrong.id] == {"cancelled": 2, "expired": 1, "opened": 1}


def test_a_closed_dispute_is_no_open_channel(ledger: Ledger) -> None:
    open_dispute(ledger, 4, None, REQUEST, CONFIRM)
    here = open_dispute(ledger, 1)
    assert case(anew(ledger), here.id).channels == ()


KEY = Key.of("op-1", "message", ("D1", None, False), ("seller", "hello"))

NOTHING: dict[str, tuple[Callable[[Caseload], object], object]] = {
    "order": (lambda caseload: caseload.order(99), None),
    "dispute": (lambda caseload: caseload.dispute(99), None),
    "case": (lambda caseload: caseload.case(99), None),
    "history": (lambda caseload: caseload.history(99), ()),
    "disputes": (lambda caseload: caseload.disputes_of(99), ()),
    "number": (lambda caseload: caseload.orders_numbered("99"), []),
    "line": (lambda caseload: caseload.lines_known_as("99"), []),
    "platform id": (lambda caseload: caseload.disputes_known_as("99"), []),
    "operation": (lambda caseload: caseload.asked.before(KEY), None),
}


@pytest.mark.parametrize("asked", NOTHING)
def test_what_is_not_there_is_not_made_up(ledger: Ledger, asked: str) -> None:
    ask, answer = NOTHING[asked]
    open_dispute(ledger, 1)
    assert ask(anew(ledger)) == answer


def test_a_caseload_answers_before_it_is_begun(ledger: Ledger) -> None:
    here = open_dispute(ledger, 1)
    assert Caseload(ledger).dispute(here.id) == here


# --- what was decided counts ---


def test_what_was_decided_is_written_in_order_with_all_that_was_found(ledger: Ledger) -> None:
    caseload = anew(ledger)
    made = begin(caseload, Place(1, 2, "P1"), when=stamp(1, "op-1"))
    go_on(caseload, made.id, ANSWER, when=stamp(2))
    go_on(caseload, made.id, REQUEST, CONFIRM, when=stamp(3, "op-3"))
    decided_on = caseload.history(made.id)
    assert anew(ledger).history(made.id) == ()
    caseload.write(AT)
    assert anew(ledger).history(made.id) == decided_on == caseload.history(made.id)
    assert [(event.action, event.at, event.operation_id) for event in decided_on] == [
        (Action.OPEN, stamp(1).at, "op-1"),
        (Action.ANSWER, stamp(2).at, None),
        (Action.REQUEST_CANCEL, stamp(3).at, "op-3"),
        (Action.CONFIRM_CANCEL, stamp(3).at, "op-3"),
    ]
    assert [event.findings for event in decided_on] == [RECORDED] * 4
    assert anew(ledger).dispute(made.id) == caseload.dispute(made.id)


def test_what_was_written_is_not_written_again(ledger: Ledger) -> None:
    open_dispute(ledger, 1)
    caseload = anew(ledger)
    go_on(caseload, 1, ANSWER)
    caseload.write(AT)
    caseload.write(AT)
    go_on(caseload, 1, REQUEST)
    caseload.write(AT)
    assert [event.action for event in anew(ledger).history(1)] == ["open", "answer", "request_cancel"]


BY_NAME: dict[str, Callable[[Caseload], int]] = {
    "its id": lambda caseload: find_dispute(caseload, Target("D1")),
    "its number": lambda caseload: find_dispute(caseload, Target("1002", line=2)),
    "its platform id": lambda caseload: find_dispute(caseload, Target("P1")),
}


@pytest.mark.parametrize("name", BY_NAME)
@pytest.mark.parametrize("aside", [False, True], ids=["at hand", "set aside"])
@pytest.mark.parametrize("asked", [False, True], ids=["new", "asked for before"])
def test_what_was_opened_just_now_is_found_by_every_name(
    ledger: Ledger, name: str, aside: bool, asked: bool
) -> None:
    caseload = anew(ledger)
    if asked:
        caseload.load(["P1", "D1", "1002"])
        assert caseload.disputes_known_as("P1") == []
    made = begin(caseload, Place(2, 4, "P1"), when=stamp(0, "op-1"))
    if aside:
        caseload.set_aside()
    assert BY_NAME[name](caseload) == made.id == 1
    assert caseload.dispute(1) == made


def test_what_was_asked_under_an_id_counts_at_once_and_is_written_with_the_rest(ledger: Ledger) -> None:
    open_dispute(ledger, 1)
    caseload = anew(ledger)
    caseload.asked.remember(1, KEY)
    assert (caseload.asked.before(KEY), caseload.asked.said(KEY, 1)) == (1, KEY.said)
    caseload.set_aside()
    assert (caseload.asked.before(KEY), caseload.asked.said(KEY, 1)) == (1, KEY.said)
    assert (anew(ledger).asked.before(KEY), anew(ledger).asked.said(KEY, 1)) == (None, None)
    caseload.write(AT)
    for each in (caseload, anew(ledger)):
        assert (each.asked.before(KEY), each.asked.said(KEY, 1)) == (1, KEY.said)
        assert each.asked.said(KEY._replace(kind="cancel"), 1) is None


def test_a_platform_id_that_was_given_away_is_nobodys(ledger: Ledger) -> None:
    open_dispute(ledger, 1, 1, REQUEST, CONFIRM, platform_id="P1")
    caseload = anew(ledger)
    assert caseload.disputes_known_as("P1") == [1]
    go_on(caseload, 1, note(Replaced(1)))
    assert caseload.disputes_known_as("P1") == []


def test_what_others_with_the_seller_came_to_counts_for_the_next(ledger: Ledger) -> None:
    for order_id in (1, 2):
        open_dispute(ledger, order_id)
    caseload = anew(ledger)
    assert case(caseload, 2).past == {"opened": 1}
    go_on(caseload, 1, REQUEST, CONFIRM)
    assert case(caseload, 2).past == {"cancelled": 1}
    begin(caseload, Place(1, 1, None))
    assert case(caseload, 2).past == {"cancelled": 1, "opened": 1}


def test_what_was_only_planned_is_forgotten_when_the_next_transaction_begins(path: Path) -> None:
    with Ledger.open(path) as ledger:
        with ledger.writing():
            for order_id in (1, 2):
                open_dispute(ledger, order_id)
        caseload = Caseload(ledger)
        with ledger.reading():
            caseload.begin()
            before = seen(caseload, 2)
            go_on(caseload, 1, REQUEST, CONFIRM)
            begin(caseload, Place(1, 1, "P1"), when=stamp(0, "op-1"))
        with ledger.reading():
            caseload.begin()
            assert seen(caseload, 2) == before
            assert caseload.dispute(3) is None


def planned_and_taken_back(ledger: Ledger, caseload: Caseload) -> None:
    """What ends badly after some of it was set aside."""
    with ledger.writing():
        caseload.begin()
        go_on(caseload, 1, REQUEST, CONFIRM)
        caseload.set_aside()
        raise KeyError


def test_after_a_transaction_that_was_taken_back_the_next_can_begin(path: Path) -> None:
    with Ledger.open(path) as ledger:
        with ledger.writing():
            for order_id in (1, 2):
                open_dispute(ledger, order_id)
        caseload = Caseload(ledger)
        with pytest.raises(KeyError):
            planned_and_taken_back(ledger, caseload)
        with ledger.writing():
            caseload.begin()
            assert seen(caseload, 2) == seen(anew(ledger), 2)
            go_on(caseload, 1, ANSWER)
            caseload.write(AT)
            assert seen(caseload, 2) == seen(anew(ledger), 2)


def test_what_another_process_wrote_in_between_counts(path: Path) -> None:
    with Ledger.open(path) as ledger, Ledger.open(path) as other:
        with ledger.writing():
            for order_id in (1, 2):
                open_dispute(ledger, order_id)
        caseload = Caseload(ledger)
        with ledger.writing():
            caseload.begin()
            go_on(caseload, 1, ANSWER)
            caseload.write(AT)
        with other.writing():
            open_dispute(other, 1, 2, REQUEST, CONFIRM, platform_id="P1")
        with ledger.writing():
            caseload.begin()
            assert case(caseload, 2).past == {"answered": 1, "cancelled": 1}
            assert caseload.disputes_known_as("P1") == [3]


def seen(caseload: Caseload, newest: int, operations: tuple[str, ...] = ()) -> list[Any]:
    """Everything a decision may be made from: by the disputes first, whose orders are not loaded yet."""
    return [
        [caseload.case(dispute_id) for dispute_id in range(newest, 0, -1)],
        [sorted(caseload.disputes_known_as(platform_id)) for platform_id in PLATFORM_IDS],
        [caseload.asked.before(KEY._replace(asked=asked)) for asked in operations],
        [caseload.disputes_of(order_id) for order_id in ORDERS],
        [caseload.history(dispute_id) for dispute_id in range(1, newest + 1)],
    ]


# --- random work ---

Step = Callable[[Caseload], object]


def openings(data: st.DataObject, caseload: Caseload, when: Stamp) -> Step | None:
    """Some dispute that may be opened now."""
    order_id = data.draw(st.sampled_from(ORDERS))
    found = caseload.order(order_id)
    assert found is not None
    free = [line.id for line in found.lines] + [None]
    rivals = [dispute.line_id for dispute in caseload.disputes_of(order_id) if dispute.state not in FINAL]
    free = [line for line in free if line not in rivals and None not in rivals and (line or not rivals)]
    if not free:
        return None
    platform_id = data.draw(st.sampled_from([None, *PLATFORM_IDS]))
    place = Place(order_id, data.draw(st.sampled_from(free)), platform_id)
    intent = move(Action.OPEN, fact=data.draw(claims), happened_at=data.draw(st.sampled_from([None, AT])))
    return lambda any_caseload: begin(any_caseload, place, intent, when)


def changes(data: st.DataObject, caseload: Caseload, newest: int, when: Stamp) -> Step | None:
    """Some step of some dispute, or both steps of a cancel."""
    if not newest:
        return None
    dispute_id = data.draw(st.integers(1, newest))
    dispute = caseload.dispute(dispute_id)
    assert dispute is not None
    cancels = dispute.state in (State.OPENED, State.ANSWERED, State.ESCALATED) and data.draw(st.booleans())
    intents = (REQUEST, CONFIRM) if cancels else (data.draw(steps(dispute.position)),)
    return lambda any_caseload: go_on(any_caseload, dispute_id, *intents, when=when)


@contextmanager
def two_ledgers() -> Iterator[tuple[Path, Path]]:
    with tempfile.TemporaryDirectory(prefix="dispcli-caseload-") as folder:
        yield filled(Path(folder) / "together.db"), filled(Path(folder) / "one-by-one.db")


class Twins:
    """The same work twice: decided together and written at the end, and written step by step."""

    def __init__(self, data: st.DataObject, together: Ledger, one_by_one: Ledger, caseload: Caseload) -> None:
        self.data, self.together, self.one_by_one, self.caseload = data, together, one_by_one, caseload
        self.newest = self.count = 0
        self.operations: list[str] = []

    def step(self) -> Step | None:
        """Some step that is possible now."""
        self.count += 1
        operation_id = self.data.draw(st.sampled_from([None, f"op-{self.count}"]))
        when = stamp(self.count, operation_id)
        if not self.data.draw(st.integers(0, 3)):
            found = openings(self.data, self.caseload, when)
            self.operations += [operation_id] if operation_id and found else []
            return found
        return changes(self.data, self.caseload, self.newest, when)

    def agree(self) -> None:
        """What the caseload says is what the other ledger holds."""
        with self.one_by_one.reading():
            truth = anew(self.one_by_one)
            self.newest = self.one_by_one.counts()["disputes"]
            operations = tuple(self.operations)
            assert seen(self.caseload, self.newest, operations) == seen(truth, self.newest, operations)

    def work(self) -> None:
        """Several steps that are written in one transaction."""
        with self.together.writing():
            self.caseload.begin()
            self.agree()
            for _ in range(self.data.draw(st.integers(1, 6))):
                if (step := self.step()) is not None:
                    step(self.caseload)
                    with self.one_by_one.writing():
                        caseload = anew(self.one_by_one)
                        step(caseload)
                        caseload.write(AT)
                if self.data.draw(st.booleans()):
                    self.caseload.set_aside()
                self.agree()
            self.caseload.write(AT)

    def think(self) -> None:
        """A step that is decided and never written."""
        with self.together.reading():
            self.caseload.begin()
            known = list(self.operations)
            if (step := self.step()) is not None:
                step(self.caseload)
            self.operations = known

    def interfere(self) -> None:
        """Another process does something."""
        with Ledger.open(self.together.path) as other, other.writing():
            caseload = anew(other)
            mine, self.caseload = self.caseload, caseload
            step = self.step()
            self.caseload = mine
            if step is None:
                return
            step(caseload)
            caseload.write(AT)
        with self.one_by_one.writing():
            caseload = anew(self.one_by_one)
            step(caseload)
            caseload.write(AT)


@settings(max_examples=60)
@given(st.data())
def test_deciding_together_is_deciding_and_writing_one_by_one(data: st.DataObject) -> None:
    with two_ledgers() as (first, second):
        with Ledger.open(first) as together, Ledger.open(second) as one_by_one:
            twins = Twins(data, together, one_by_one, Caseload(together))
            for _ in range(data.draw(st.integers(1, 3))):
                twins.work()
                data.draw(st.sampled_from([lambda: None, twins.think, twins.interfere]))()
        assert dump(first) == dump(second)
        assert problems(first) == []


# --- many events at once ---


def busy(caseload: Caseload, after_each: Callable[[], object] = lambda: None) -> int:
    """Every kind of fact with and without what it may lack, steps without one, openings in between."""
    events = 0
    for count, fact in enumerate(EVERY_FACT):
        made = begin(caseload, Place(3, None, f"é {count}' \""), when=stamp(count, f"op-{count}"))
        after_each()
        intent = move(Action.REVISE, fact=fact) if isinstance(fact, Claim) else note(fact, happened_at=AT)
        for intents in ((intent,), (REQUEST, CONFIRM)):
            go_on(caseload, made.id, *intents, when=stamp(count, f"op-{count}"))
            after_each()
        events += 4
    return events


def inserts(ledger: Ledger, work: Callable[[], object]) -> int:
    """With how many statements it writes events."""
    said: list[str] = []
    ledger._connection.set_trace_callback(said.append)
    work()
    ledger._connection.set_trace_callback(None)
    # A statement is told again for every trigger it fires, each time with what is bound to it.
    return len({text for text in said if text.upper().startswith("INSERT INTO EVENTS")})


@pytest.mark.parametrize("aside", [False, True], ids=["at hand", "set aside"])
def test_many_events_are_written_with_one_statement_and_are_the_same_rows(
    aside: bool, tmp_path: Path
) -> None:
    at_once, one_by_one = (filled(tmp_path / f"{name}.db") for name in ("at-once", "one-by-one"))
    with Ledger.open(at_once) as ledger, ledger.writing():
        caseload = anew(ledger)
        events = busy(caseload, caseload.set_aside if aside else lambda: None)
        assert events >= 32
        assert inserts(ledger, lambda: caseload.write(AT)) == 1
    with Ledger.open(one_by_one) as ledger, ledger.writing():
        caseload = anew(ledger)
        assert inserts(ledger, lambda: busy(caseload, lambda: caseload.write(AT))) == events
    assert dump(at_once) == dump(one_by_one)
    assert problems(at_once) == []


@pytest.mark.parametrize(("count", "statements"), [(0, 0), (1, 1), (31, 31), (32, 1)])
def test_few_events_are_not_staged(ledger: Ledger, count: int, statements: int) -> None:
    open_dispute(ledger, 1)
    caseload = anew(ledger)
    for number in range(count):
        go_on(caseload, 1, note(note=str(number)))
    assert inserts(ledger, lambda: caseload.write(AT)) == statements
    assert [event.note for event in anew(ledger).history(1)[1:]] == [str(number) for number in range(count)]


def test_staged_events_leave_nothing_in_the_ledger_when_they_are_taken_back(path: Path) -> None:
    with Ledger.open(path) as ledger:
        with ledger.writing():
            open_dispute(ledger, 1)
        before = dump(path)
        with pytest.raises(KeyError):
            planned_and_taken_back(ledger, Caseload(ledger))
        assert dump(path) == before
        with ledger.writing():
            caseload = anew(ledger)
            assert go_on(caseload, 1, ANSWER) is not None
            caseload.set_aside()
            caseload.write(AT)
    with raw(path) as connection:
        actions = connection.execute("SELECT action FROM events WHERE dispute_id = 1 ORDER BY seq").fetchall()
    assert actions == [("open",), ("answer",)]


def test_a_stale_step_among_many_is_refused(path: Path) -> None:
    with Ledger.open(path) as ledger:
        with ledger.writing():
            dispute = open_dispute(ledger, 1)
        before = dump(path)
        with pytest.raises(LedgerTrouble, match="the history has moved on"):
            _write_stale(ledger, dispute)
    assert dump(path) == before


def _write_stale(ledger: Ledger, dispute: Dispute) -> None:
    with ledger.writing():
        caseload = anew(ledger)
        caseload.load_orders([1])
        answered = caseload.record(dispute, Steps((decided(dispute, ANSWER),)), stamp())
        assert caseload.dispute(1) == moved(dispute, answered.events[0])
        for count in range(40):
            go_on(caseload, 1, note(note=str(count)))
        caseload.record(dispute, Steps((decided(dispute, ANSWER),)), stamp())
        caseload.write(AT)


def looked_at(ledger: Ledger, work: Callable[[], object]) -> set[str]:
    """Which of the ledger's tables are read."""
    said: list[str] = []
    ledger._connection.set_trace_callback(said.append)
    work()
    ledger._connection.set_trace_callback(None)
    tables = ("orders", "order_lines", "disputes", "events")
    return {
        table for table in tables if any(f"{table}." in text for text in said if text.startswith("SELECT"))
    }


def test_what_was_loaded_last_is_not_read_again_for_the_next_lines(ledger: Ledger) -> None:
    open_dispute(ledger, 1)
    caseload = anew(ledger)
    for count in range(3):
        go_on(caseload, 1, note(note=str(count)), when=stamp(count))
        caseload.set_aside()
        assert looked_at(ledger, lambda: caseload.load_orders([1])) == set()
    assert [event.note for event in caseload.history(1)] == [None, "0", "1", "2"]
    caseload.write(AT)
    assert caseload.history(1) == anew(ledger).history(1)


def test_what_was_decided_counts_once_where_an_order_is_taken_over_through_two_others(ledger: Ledger) -> None:
    """Order 6 was paid for 4, and 4 for 1: whoever takes over 1 has 4, and so has who takes over 6 later."""
    ledger.add_order(order("PAY-AGAIN", marketplace="bank", seller_name=None, purchase_id=4, lines=()), AT)
    open_dispute(ledger, 4, None)
    caseload = anew(ledger)
    caseload.load_orders([1, 6])
    dispute = caseload.dispute(1)
    assert dispute is not None
    caseload.record(dispute, Steps((decided(dispute, note(note="once")),)), WHEN)
    caseload.set_aside()
    caseload.load_orders([1])
    go_on(caseload, 1, note(note="then"))
    caseload.load_orders([6])
    assert [event.note for event in caseload.history(1)] == [None, "once", "then"]


def test_what_is_known_holds_in_the_next_transaction_only_while_nobody_else_writes(path: Path) -> None:
    with Ledger.open(path) as ledger, Ledger.open(path) as other:
        with ledger.writing():
            open_dispute(ledger, 1)
        caseload = Caseload(ledger)
        for alone, read in ((True, True), (True, False), (False, True)):
            with ledger.writing():
                caseload.begin(alone=alone)
                assert bool(looked_at(ledger, lambda: caseload.load_orders([1]))) is read
                go_on(caseload, 1, note(note="again"))
                caseload.write(AT)
        with other.writing():
            go_on(elsewhere := anew(other), 1, REQUEST)
            elsewhere.write(AT)
        with ledger.writing():
            caseload.begin(alone=True)
            assert case(caseload, 1).dispute.state == "cancel_requested"
            assert len(caseload.history(1)) == 5


def test_lines_and_events_are_read_only_where_somebody_looks(ledger: Ledger) -> None:
    open_dispute(ledger, 1, 1, ANSWER, note(Message(Party.SELLER, "wait")))
    whole, caseload = anew(ledger), Caseload(ledger, later=True)
    caseload.begin()
    glance = case(caseload, 1)
    assert looked_at(ledger, lambda: glance.history.seller_acted) == set()
    assert looked_at(ledger, lambda: glance.history.last_move) == {"events"}
    assert looked_at(ledger, lambda: glance.title) == {"order_lines"}
    assert looked_at(ledger, lambda: (glance.title, list(glance.history))) == set()
    assert glance == case(whole, 1)


def test_a_damaged_word_is_told_at_the_first_glance(path: Path) -> None:
    with Ledger.open(path) as ledger, ledger.writing():
        open_dispute(ledger, 1)
    with raw(path) as connection:
        connection.execute("DROP TRIGGER events_stay")
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("UPDATE events SET party = 'nobody'")
        connection.commit()
    with Ledger.open(path) as ledger, ledger.reading():
        caseload = Caseload(ledger, later=True)
        with pytest.raises(LedgerTrouble, match="event 1 of dispute D1 is damaged"):
            caseload.case(1)


def test_facts_that_are_equal_but_not_of_one_kind_are_kept_apart(ledger: Ledger) -> None:
    for order_id in (1, 2):
        open_dispute(ledger, order_id)
    caseload = anew(ledger)
    go_on(caseload, 1, note(Done()))
    go_on(caseload, 2, note(Upheld()))
    caseload.set_aside()
    caseload.write(AT)
    assert [anew(ledger).history(number)[-1].fact for number in (1, 2)] == [Done(), Upheld()]
    assert [type(anew(ledger).history(number)[-1].fact) for number in (1, 2)] == [Done, Upheld]


def test_what_stands_under_an_operations_id_is_known_before_and_after_it_is_written(ledger: Ledger) -> None:
    open_dispute(ledger, 1)
    caseload = anew(ledger)
    go_on(caseload, 1, ANSWER, note(), when=stamp(1, "op-1"))
    caseload.set_aside()
    assert caseload.asked.recorded("op-1", 1) == {"answer", "note"}
    assert anew(ledger).asked.recorded("op-1", 1) == set()
    caseload.write(AT)
    for each in (caseload, anew(ledger)):
        assert (each.asked.recorded("op-1", 1), each.asked.recorded("op-1", 2)) == ({"answer", "note"}, set())
