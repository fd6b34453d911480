"""Whatever is done to disputes, changes and openings alike: planned, carried out and reported in one way."""

from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, Protocol

from dispcli.core.cancelling import Decision, Steps
from dispcli.core.machine import Refusal, is_irreversible
from dispcli.core.recording import Stamp
from dispcli.core.results import Result
from dispcli.errors import Ambiguous, ConfirmationNeeded, NotFound, Refused, UsageProblem
from dispcli.ledger.ledger import Ledger
from dispcli.namedtuples import NamedTuple
from dispcli.services.caseload import Caseload
from dispcli.services.targets import Target, Targets, find_dispute, still_meant

if TYPE_CHECKING:
    from dispcli.core.idempotency import Key


class Planned(Protocol):
    """What is going to be done to one dispute or order, and why not."""

    @property
    def about(self) -> object:
        """What tells it from others: two words may mean the same."""

    @property
    def decision(self) -> Decision:
        """The steps, or what speaks against them."""

    def record(self, caseload: Caseload, stamp: Stamp) -> "Planned":
        """What was decided counts from now on."""

    def result(self, status: str) -> Result:
        """What to report; `status` is what becomes of the steps where there are any."""


class Ask(Protocol):
    """What is asked of a dispute or an order, whichever it is: a change, an opening."""

    @property
    def operation_id(self) -> str | None:
        """The id under which a repeat is known."""

    def key(self, target: Target) -> "Key | None":
        """What is asked of the target, as a repeat will ask it again; None without an id."""

    def plan(self, caseload: Caseload, target: Target) -> Planned:
        """Find what is meant, and decide. Raises NotFound, Ambiguous or UsageProblem."""


class Operation(NamedTuple):
    """One thing to be done to one dispute or order."""

    target: Target
    ask: Ask


class Failed(NamedTuple):
    """An operation nothing could be decided about: its target was not found, or its words can't be meant.

    `status` is error or invalid. The exception itself is not kept: it would keep alive all it was raised in.
    """

    target: Target
    status: str
    problem: Refusal

    @property
    def decision(self) -> Decision:
        """There is none, but for the problem."""
        return self.problem

    @property
    def about(self) -> object:
        """What tells it from others."""
        return self.target

    def record(self, caseload: Caseload, stamp: Stamp) -> "Failed":  # noqa: ARG002
        """There is nothing to record."""
        return self

    def result(self, status: str) -> Result:  # noqa: ARG002
        """What to report."""
        return Result(
            dispute="",
            marketplace="",
            order=self.target.word,
            title="",
            actions=(),
            from_state=None,
            to_state=None,
            status=self.status,
            message=self.problem.message,
            problem=self.problem,
        )


def load(caseload: Caseload, operations: Sequence[Operation]) -> None:
    """Everything these operations are about, at once."""
    caseload.load(operation.target.word for operation in operations)
    keys = (ask.key(target) for target, ask in operations)
    caseload.asked.load(key for key in keys if key is not None)


def plan_one(caseload: Caseload, operation: Operation) -> Planned:
    """What is going to be done; nothing is recorded."""
    target, ask = operation
    try:
        return ask.plan(caseload, target)
    except (NotFound, UsageProblem) as error:
        status = "invalid" if isinstance(error, UsageProblem) else "error"
        return Failed(target, status, Refusal(error.code, error.message, hint=error.hint))


def record_one(caseload: Caseload, operation: Operation, planned: Planned, stamp: Stamp) -> Planned:
    """The plan counts from now on, for whatever is planned next."""
    if (operation_id := operation.ask.operation_id) is not None:
        stamp = stamp._replace(operation_id=operation_id)
    return planned.record(caseload, stamp)


def is_final(planned: Planned) -> bool:
    """Whether a person should be asked first."""
    return isinstance(planned.decision, Steps) and any(map(is_irreversible, planned.decision.changes))


class Plan(NamedTuple):
    """What is going to be done to each target, each once."""

    planned: tuple[Planned, ...]

    def results(self, status: str) -> list[Result]:
        """What to report."""
        return [item.result(status) for item in self.planned]


def plan(ledger: Ledger, operations: Sequence[Operation], stamp: Stamp, *, keep_going: bool = False) -> Plan:
    """Decide about everything; nothing is written. Raises Refused, NotFound or UsageProblem, naming each."""
    with ledger.reading():
        return _decide(Caseload(ledger), operations, stamp, keep_going=keep_going)


def apply(
    ledger: Ledger,
    operations: Sequence[Operation],
    stamp: Stamp,
    *,
    final: bool,
    keep_going: bool = False,
    agreed: Plan | None = None,
    targets: Targets | None = None,
    finish: Callable[[Caseload, Plan], None] | None = None,
) -> Plan:
    """Decide about everything under the lock, and write it: all of it, or nothing.

    What a filter named, as `targets` tell, is left out where the filter doesn't find it any more. `finish` is
    what has to be done besides when all is written and nothing is committed yet; if it fails, so does all.

    Raises ConfirmationNeeded for what can't be undone unless `final`, and Refused if anything is not as it
    was when somebody `agreed` to it. What fails is left out where `keep_going`, else it stops all.
    """
    with ledger.writing():
        caseload = Caseload(ledger)
        if targets is not None:
            meant = {target.word for target in still_meant(ledger, targets)}
            operations = [operation for operation in operations if operation.target.word in meant]
        decided = _decide(caseload, operations, stamp, keep_going=keep_going)
        if agreed is not None:
            _require_same(agreed, decided)
        if not final and any(map(is_final, decided.planned)):
            raise ConfirmationNeeded(
                "this can't be undone, and nobody can be asked; nothing was written",
                hint="add --yes to do it without a question",
            )
        caseload.write(stamp.at)
        if finish is not None:
            finish(caseload, decided)
    return decided


def require_disputes(ledger: Ledger, targets: Sequence[Target]) -> None:
    """Make sure that every target is a dispute. Raises NotFound or Ambiguous."""
    with ledger.reading():
        caseload = Caseload(ledger)
        for target in targets:
            find_dispute(caseload, target)


def _decide(caseload: Caseload, operations: Sequence[Operation], stamp: Stamp, *, keep_going: bool) -> Plan:
    load(caseload, operations)
    seen: dict[object, Planned] = {}
    for operation in operations:
        planned = plan_one(caseload, operation)
        if planned.about not in seen:
            seen[planned.about] = record_one(caseload, operation, planned, stamp)
    decided = Plan(tuple(seen.values()))
    if not keep_going:
        _require_all(decided.results("planned"))
    return decided


def _require_same(agreed: Plan, now: Plan) -> None:
    """Nothing may have changed since it was shown. Raises Refused."""
    for before, after in zip_longest(agreed.planned, now.planned):
        failed = isinstance(before, Failed) and isinstance(after, Failed)
        if before != after and not failed:
            result = (before or after).result("planned")
            name = result.dispute or result.order
            raise Refused(
                f"{name} has changed meanwhile; nothing was written",
                code="changed-meanwhile",
                hint=f"look at it again: dispcli dispute show {name}",
            )


def _require_all(results: Sequence[Result]) -> None:
    """Raises what stands in the way, naming each target it concerns."""
    failed = [result for result in results if result.failed]
    if not failed:
        return
    gravest = sorted(failed, key=lambda result: result.status != "refused")
    problems = [result.problem for result in gravest if result.problem]
    first = problems[0]
    told = list(_told(failed))
    message, details = told[0], first.details
    if len(failed) > 1:
        message = f"{len(failed)} of {len(results)} can't be done; nothing was written"
        details = (*told[:_LISTED], *((f"and {len(told) - _LISTED} more",) if len(told) > _LISTED else ()))
    elif len(results) > 1:
        message += " (nothing was written)"
    if gravest[0].status == "refused":
        raise Refused(
            message,
            code=first.code,
            hint=_hint(problems, all_failed=len(failed) == len(results)),
            allowed=tuple(first.allowed),
            findings=tuple(dict.fromkeys(code for problem in problems for code in problem.findings)),
            details=details,
        )
    kind = UsageProblem if failed[0].status == "invalid" else NotFound
    if first.code == Ambiguous.code:
        kind = Ambiguous
    raise kind(message, hint=first.hint, details=details)


_LISTED = 20


def _hint(problems: Sequence[Refusal], *, all_failed: bool) -> str | None:
    """What helps against all of them."""
    hints = {problem.hint for problem in problems}
    if len(hints) == 1:
        return hints.pop()
    return "look at each with 'dispcli dispute show'" if all_failed else "--keep-going does the others"


def _told(failed: Sequence[Result]) -> Iterator[str]:
    for result in failed:
        named = result.order in result.message
        name = f"{result.dispute} ({result.order})" if result.dispute else result.order
        yield result.message if named and not result.dispute else f"{name}: {result.message}"
