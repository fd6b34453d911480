"""Plan, ask, apply, report: what every changing verb of `dispute` does."""

from collections.abc import Sequence

from dispcli.commands.context import Run
from dispcli.commands.options.showing import Showing
from dispcli.commands.options.targets import Narrowing
from dispcli.commands.options.writing import Writing
from dispcli.commands.targeting import need_ledger, targets_of
from dispcli.core.results import Result
from dispcli.render.output import Output
from dispcli.render.sheets.disputes import CHANGES
from dispcli.services.changes import Job, Planned, apply, plan, result
from dispcli.services.targets import find_disputes


def change(
    run: Run,
    words: Sequence[str],
    narrowing: Narrowing,
    writing: Writing,
    job: Job,
    verb: str,
) -> tuple[tuple[Planned, ...], list[Result]]:
    """Change every dispute the words name, or none. What can't be undone is asked about first.

    Returns what was planned and what to report.
    """
    need_ledger(run, words[0])
    with run.writing() as ledger:
        partial = run.can_ask and not writing.yes
        planned = plan(ledger, find_disputes(ledger, targets_of(words, narrowing, partial=partial)), job)
        final = [result(item, written=False) for item in planned if item.irreversible]
        if not final:
            # Nobody is going to be asked, so the words have to name the disputes exactly.
            find_disputes(ledger, targets_of(words, narrowing, partial=False))
        if not final or writing.yes or writing.dry_run:
            _warn(run, planned)
        if writing.dry_run:
            return planned, [result(item, written=False) for item in planned]
        shown = bool(final) and not writing.yes
        if shown:
            from dispcli.commands.asking import approve

            approve(run, final, verb)
        done = apply(ledger, planned, job, run.stamp(f"dispute {verb}", writing.operation_id), shown=shown)
    return planned, [result(item, written=True) for item, _ in done]


def _warn(run: Run, planned: Sequence[Planned]) -> None:
    """What the checks found, where no question shows it."""
    for item in planned:
        entry = result(item, written=False)
        for found in entry.findings:
            if found.level != "info":
                accepted = ", accepted" if found.code in entry.accepted else ""
                run.voice.warn(f"{entry.dispute}: {found.message} [{found.code}{accepted}]")


def changes_output(run: Run, showing: Showing) -> Output:
    """Where the report of a change goes. Raises UsageProblem before anything is changed."""
    output = run.output(showing.format, showing.fields, raw=showing.raw)
    output.expect(CHANGES)
    return output
