"""Plan, ask, apply, report: what every changing verb of `dispute` does."""

from collections.abc import Sequence

from dispcli.commands.context import Run
from dispcli.commands.options.showing import Showing
from dispcli.commands.options.targets import Choosing
from dispcli.commands.options.writing import Writing
from dispcli.commands.targeting import targets_of
from dispcli.core.results import Result
from dispcli.errors import ConfirmationNeeded
from dispcli.render.console import is_terminal
from dispcli.render.output import Output
from dispcli.render.sheets.disputes import CHANGES
from dispcli.services.changes import Job
from dispcli.services.opening import NewClaim
from dispcli.services.operations import Operation, Plan, apply, is_final, plan, result_of
from dispcli.services.targets import Target


class Done:
    """What a command did: what was planned about each target, and what to report."""

    def __init__(self, decided: Plan, status: str) -> None:
        self.planned = decided.planned
        self.results = decided.results(status)


def change(
    run: Run, words: Sequence[str] | None, choosing: Choosing, writing: Writing, job: Job, verb: str
) -> Done:
    """Change every dispute that is meant, or none. What can't be undone is asked about first."""
    return carry_out(run, targets_of(run, words, choosing), writing, job, verb)


def carry_out(run: Run, targets: Sequence[Target], writing: Writing, ask: Job | NewClaim, verb: str) -> Done:
    """Do the same to every target. Raises what stands in the way, unless `--keep-going`."""
    operations = [Operation(target, ask) for target in targets]
    stamp = run.stamp(f"dispute {verb}", writing.operation_id)
    if not operations:
        run.voice.note("Nothing matches; nothing to do.")
        return Done(Plan(()), "changed")
    with run.writing() as ledger:
        exact = [Operation(target._replace(partial=False), ask) for target in targets]
        if writing.dry_run:
            decided = plan(ledger, exact, stamp, keep_going=writing.keep_going)
            _warn(run, decided)
            return Done(decided, "planned")
        if run.can_ask and not writing.yes:
            decided = plan(ledger, operations, stamp, keep_going=writing.keep_going)
            final = [result_of(item, "planned") for item in decided.planned if is_final(item)]
            if final:
                from dispcli.commands.asking import approve

                approve(run, final, verb)
                done = apply(
                    ledger,
                    operations,
                    stamp,
                    final=True,
                    keep_going=writing.keep_going,
                    agreed=decided,
                )
                return Done(done, "changed")
        try:
            done = apply(ledger, exact, stamp, final=writing.yes, keep_going=writing.keep_going)
        except ConfirmationNeeded as needed:
            raise ConfirmationNeeded(f"{verb}: {needed.message}", hint=needed.hint) from None
    _warn(run, done)
    return Done(done, "changed")


def _warn(run: Run, decided: Plan) -> None:
    """What the checks found, where no question shows it."""
    for entry in decided.results("planned"):
        for found in entry.findings:
            if found.level != "info":
                accepted = ", accepted" if found.code in entry.accepted else ""
                run.voice.warn(f"{entry.dispute}: {found.message} [{found.code}{accepted}]")


def changes_output(run: Run, showing: Showing) -> Output:
    """Where the report of a change goes. Raises UsageProblem before anything is changed."""
    output = run.output(showing.format, showing.fields, raw=showing.raw)
    output.expect(CHANGES)
    return output


def report(run: Run, output: Output, results: Sequence[Result]) -> int:
    """Write the report; the exit code tells whether all of it was done."""
    output.changes(results)
    return exit_code(run, results)


PARTLY_DONE = 7


def exit_code(run: Run, results: Sequence[Result]) -> int:
    """0, or 7 where `--keep-going` left something undone, which is told where no table shows it."""
    failed = [result for result in results if result.failed]
    for result in failed if not is_terminal(run.streams.stdout) else ():
        run.voice.warn(f"{result.dispute or result.order}: {result.message}")
    return PARTLY_DONE if failed else 0
