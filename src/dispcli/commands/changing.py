"""Plan, ask, apply, report: what every changing verb of `dispute` does."""

from collections.abc import Sequence

from dispcli.commands.asking import approve
from dispcli.commands.context import Run
from dispcli.commands.listing import one_of
from dispcli.commands.options import Narrowing, Showing, Telling, Writing
from dispcli.commands.targeting import find_disputes, need_ledger
from dispcli.core.facts import Due
from dispcli.core.results import Result
from dispcli.core.states import Party
from dispcli.errors import UsageProblem
from dispcli.render.output import LIST_FORMATS, Output
from dispcli.services.changes import Job, Planned, apply, plan, result
from dispcli.services.moves import Said


def change(
    run: Run,
    words: Sequence[str],
    narrowing: Narrowing,
    writing: Writing,
    output: Output,
    job: Job,
    verb: str,
    *,
    confirmed: bool = False,
) -> tuple[tuple[Planned, ...], list[Result]]:
    """Change every dispute the words name, or none. What can't be undone is asked about first.

    Returns what was planned and what to report. `confirmed`: the question was answered elsewhere.
    """
    one_of(output.format, LIST_FORMATS, "--output")
    need_ledger(run, words[0])
    with run.writing() as ledger:
        planned = plan(ledger, find_disputes(run, ledger, words, narrowing), job)
        final = [result(item, written=False) for item in planned if item.irreversible]
        if writing.dry_run:
            return planned, [result(item, written=False) for item in planned]
        if final and not (writing.yes or confirmed):
            approve(run, final, verb)
        done = apply(ledger, planned, job, run.stamp(f"dispute {verb}", writing.operation_id))
    return planned, [result(item, written=True) for item, _ in done]


def said(
    run: Run, telling: Telling, writing: Writing, due: str | None = None, by: Party | None = None
) -> Said:
    """What the options tell about a step: a text, when it happened, by when `by` must act now."""
    at = run.moment(telling.at, "--at")
    deadline = run.moment(due, "--due")
    if at is not None and at > run.now.strftime("%Y-%m-%dT%H:%M:%SZ"):
        raise UsageProblem(f"--at: {telling.at!r} has not happened yet")
    return Said(
        note=telling.note,
        happened_at=at,
        operation_id=writing.operation_id,
        due=Due(by, deadline) if by and deadline else None,
    )


def changes_output(run: Run, showing: Showing) -> Output:
    """Where the report of a change goes."""
    return run.output(showing.format, showing.fields, raw=showing.raw)


def report(run: Run, output: Output, results: Sequence[Result]) -> None:
    """What happened, on stdout; what a person should know besides, on stderr."""
    output.changes(results)
    if output.is_table:
        return
    changed = sum(entry.changed for entry in results)
    if run.can_ask:
        run.voice.note(f"{changed} changed, {len(results) - changed} not")
