"""Many operations: all of them or none in one transaction, or what can be done a chunk at a time."""

from collections.abc import Callable, Sequence
from datetime import datetime

from dispcli.core.batches import CONFIRMATION_NEEDED, BatchLine, Item
from dispcli.core.cancelling import Steps
from dispcli.core.machine import Refusal
from dispcli.core.moments import instant
from dispcli.core.recording import Stamp
from dispcli.errors import ConfirmationNeeded, Refused
from dispcli.ledger.ledger import Ledger
from dispcli.namedtuples import NamedTuple
from dispcli.policies import Policies
from dispcli.services.asks import Terms, operation_of
from dispcli.services.bookmarks import Bookmark
from dispcli.services.caseload import Caseload
from dispcli.services.changes import PlannedChange, amount_of, remark
from dispcli.services.operations import (
    Operation,
    Planned,
    is_final,
    load,
    plan_one,
    record_one,
)

_UNCONFIRMED = "this can't be undone; --yes does it without a question"

AT_ONCE = 1000
"""How many lines are looked up at once, and, with `keep_going`, written in one transaction."""


Tick = Callable[[int], None]
"""Told how many lines are decided; it may raise to stop a batch of which nothing is written yet."""


class Batch(NamedTuple):
    """How a batch is run. What can't be undone needs `final`; a `dry_run` writes nothing.

    The stamp's source is where the lines come from; the history gets the number of the line too.
    """

    ledger: Ledger
    caseload: Caseload
    policies: Policies
    stamp: Stamp
    now: datetime
    final: bool
    dry_run: bool = False
    bookmark: Bookmark | None = None

    def at(self, now: datetime) -> "Batch":
        """The same at another instant."""
        return self._replace(now=now, stamp=self.stamp._replace(at=instant(now)))

    def chunk(self, lines: Sequence[BatchLine], last: int) -> list[Item]:
        """Do what can be done of these lines, in one transaction; `last` is the last line read so far."""
        with self.ledger.reading() if self.dry_run else self.ledger.writing():
            if self.dry_run:
                self.caseload.set_aside()  # what would have been written counts for what follows
            else:
                self.caseload.begin(alone=True)
            items = self._decide(lines, final=self.final or self.dry_run)
            self._require_no_gap(items)
            self._write(last)
        return items

    def whole(
        self, lines: Sequence[BatchLine], last: int, tick: Tick, agreed: Sequence[Item] | None = None
    ) -> list[Item]:
        """Do all of it or nothing. Nothing is written before everything is decided.

        It is nothing too where something can't be undone, unless `final`. Raises Refused if anything is not
        as it was when somebody `agreed` to it, and whatever `tick` raises to stop it.
        """
        with self.ledger.reading() if self.dry_run else self.ledger.writing():
            self.caseload.begin(alone=True)
            items = self._decide_all(lines, tick)
            if agreed is not None and agreed != items:
                raise Refused(
                    "the disputes have changed meanwhile; nothing was written", code="changed-meanwhile"
                )
            if any(item.failed for item in items):
                return none_of(items)
            if any(item.final for item in items) and not (self.final or self.dry_run):
                return _nobody_agreed(items)
            self._write(last)
        return items

    def decide(self, lines: Sequence[BatchLine], tick: Tick) -> list[Item]:
        """What would become of all of these lines; nothing is written."""
        with self.ledger.reading():
            self.caseload.begin(alone=True)
            return self._decide_all(lines, tick)

    def _decide_all(self, lines: Sequence[BatchLine], tick: Tick) -> list[Item]:
        items: list[Item] = []
        for start in range(0, len(lines), AT_ONCE):
            items += self._decide(lines[start : start + AT_ONCE], final=True)
            self.caseload.set_aside()
            tick(len(items))
        return items

    def _decide(self, lines: Sequence[BatchLine], *, final: bool) -> list[Item]:
        terms = Terms(self.policies, self.now)
        operations = [operation_of(line.asked, terms) if line.asked else None for line in lines]
        load(self.caseload, [operation for operation in operations if operation])
        pairs = zip(lines, operations, strict=True)
        return [self._item(line, operation, final=final) for line, operation in pairs]

    def _item(self, line: BatchLine, operation: Operation | None, *, final: bool) -> Item:
        if operation is None:
            return _invalid(line, dry_run=self.dry_run)
        planned = plan_one(self.caseload, operation)
        if not final and is_final(planned):
            planned = _unconfirmed(planned)
        at, actor, source, operation_id = self.stamp
        stamp = Stamp(at, actor, f"{source}:{line.line}", operation_id)
        recorded = record_one(self.caseload, operation, planned, stamp)
        return _item_of(line, recorded, dry_run=self.dry_run)

    def _require_no_gap(self, items: Sequence[Item]) -> None:
        """What nobody has agreed to yet must not count as done for the next run."""
        open_question = next((item for item in items if item.code == CONFIRMATION_NEEDED), None)
        if self.bookmark and open_question:
            raise ConfirmationNeeded(
                f"line {open_question.line} can't be undone, and nobody can be asked; it and what stands "
                "near it was not written",
                hint="add --yes to do it without a question",
            )

    def _write(self, last: int) -> None:
        if self.dry_run:
            if self.bookmark:
                self.bookmark.pass_by(last)
            return
        self.caseload.write(self.stamp.at)
        if self.bookmark:
            self.bookmark.save(self.ledger, last, self.stamp.at)


def none_of(items: Sequence[Item]) -> list[Item]:
    """The report where all or nothing is done, and it is nothing."""
    return [item if item.failed else _not_applied(item) for item in items]


def _nobody_agreed(items: Sequence[Item]) -> list[Item]:
    """The report where nothing is done because some of it can't be undone: those lines tell so."""
    return [_unagreed(item) if item.final else _not_applied(item) for item in items]


def _unagreed(item: Item) -> Item:
    return _not_applied(item)._replace(code=CONFIRMATION_NEEDED, message=_UNCONFIRMED)


def _invalid(line: BatchLine, *, dry_run: bool) -> Item:
    told = "; ".join(line.mistakes)
    return Item(
        line.line, line.op, line.order, "", "invalid", code="bad-input", message=told, dry_run=dry_run
    )


def _not_applied(item: Item) -> Item:
    dispute = item.dispute if item.from_state else ""
    return item._replace(status="not_applied", dispute=dispute, to_state=item.from_state, final=False)


def _unconfirmed(planned: Planned) -> Planned:
    refusal = Refusal(CONFIRMATION_NEEDED, _UNCONFIRMED)
    return planned._replace(decision=refusal) if isinstance(planned, PlannedChange) else planned


def _item_of(line: BatchLine, planned: Planned, *, dry_run: bool) -> Item:
    if isinstance(planned, PlannedChange) and isinstance(planned.decision, Steps):
        case, steps = planned.case, planned.decision
        return Item(
            line.line,
            line.op,
            case.order.number,
            case.dispute.name,
            "changed",
            case.dispute.state,
            steps.changes[-1].to_state,
            None,
            remark(case, steps),
            tuple(found.code for found in steps.findings if found.level != "info"),
            dry_run,
            is_final(planned),
            amount_of(case, steps),
        )
    result = planned.result("changed")
    return Item(
        line.line,
        line.op,
        result.order,
        result.dispute,
        result.status,
        result.from_state,
        result.to_state,
        result.problem.code if result.problem else None,
        result.message,
        tuple(found.code for found in result.findings if found.level != "info"),
        dry_run,
    )
