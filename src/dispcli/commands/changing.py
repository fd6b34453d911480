"""Plan, ask, apply, report: what every changing verb of `dispute` does."""

from collections.abc import Iterable, Sequence

from dispcli.commands.context import Run
from dispcli.commands.options.showing import Showing
from dispcli.commands.options.targets import Choosing
from dispcli.commands.options.writing import Writing
from dispcli.commands.targeting import targets_of
from dispcli.core.results import Result
from dispcli.errors import PARTLY_DONE, ConfirmationNeeded
from dispcli.render.console import is_terminal
from dispcli.render.output import Output
from dispcli.render.sheets.disputes import CHANGES
from dispcli.services.operations import Ask, Operation, Plan, apply, is_final, plan
from dispcli.services.targets import Targets


class Done:
    """What a command did: what was planned about each target, and what to report."""

    def __init__(self, decided: Plan, status: str) -> None:
        self.planned = decided.planned
        self.results = decided.results(status)


def change(
    run: Run, words: Sequence[str] | None, choosing: Choosing, writing: Writing, job: Ask, verb: str
) -> Done:
    """Change every dispute that is meant, or none. What can't be undone is asked about first."""
    return carry_out(run, targets_of(run, words, choosing), writing, job, verb)


def carry_out(run: Run, targets: Targets, writing: Writing, ask: Ask, verb: str) -> Done:
    """Do the same to every target. Raises what stands in the way, unless `--keep-going`."""
    operations = [Operation(target, ask) for target in targets.found]
    stamp = run.stamp(f"dispute {verb}", writing.operation_id)
    if not operations:
        run.voice.note("Nothing matches; nothing to do.")
        return Done(Plan(()), "changed")
    with run.writing() as ledger:
        exact = [Operation(target._replace(partial=False), ask) for target in targets.found]
        if writing.dry_run:
            decided = plan(ledger, exact, stamp, keep_going=writing.keep_going)
            _warn(run, decided.results("planned"))
            return Done(decided, "planned")
        agreed = None
        if run.can_ask and not writing.yes:
            agreed = _agreed(run, plan(ledger, operations, stamp, keep_going=writing.keep_going), verb)
        try:
            done = apply(
                ledger,
                operations if agreed else exact,
                stamp,
                final=writing.yes or agreed is not None,
                keep_going=writing.keep_going,
                agreed=agreed,
                targets=targets,
            )
        except ConfirmationNeeded as needed:
            raise ConfirmationNeeded(f"{verb}: {needed.message}", hint=needed.hint) from None
    if not agreed:
        _warn(run, done.results("planned"))
    return Done(done, "changed")


def _agreed(run: Run, decided: Plan, verb: str) -> Plan | None:
    """What somebody agreed to when asked; None where nothing can't be undone, and so nobody is asked.

    The question shows what the checks found about what it is about, and what they found about the rest stands
    before it.
    """
    final = [item.result("planned") for item in decided.planned if is_final(item)]
    if not final:
        return None
    from dispcli.commands.asking import approve

    _warn(run, [item.result("planned") for item in decided.planned if not is_final(item)])
    approve(run, final, verb)
    return decided


def _warn(run: Run, results: Iterable[Result]) -> None:
    """What the checks found, where no question shows it; of many disputes only which and how many."""
    warned = [(entry, found) for entry in results if (found := _warnings(entry))]
    if len(warned) > _TOLD_ONE_BY_ONE:
        _warn_in_sum(run, warned)
        return
    for entry, found in warned:
        for label, message in found:
            run.voice.warn(f"{entry.dispute or entry.order}: {message} [{label}]")


_TOLD_ONE_BY_ONE = 5
"""Warnings of more disputes than this are told in sum, a line a check."""

_NAMED = 3
"""How many orders such a line names."""


def _warnings(entry: Result) -> list[tuple[str, str]]:
    """What the checks warn of: the code, an accepted risk marked so, and the message."""
    return [
        (f"{found.code}, accepted" if found.code in entry.accepted else found.code, found.message)
        for found in entry.findings
        if found.level != "info"
    ]


def _warn_in_sum(run: Run, warned: Sequence[tuple[Result, list[tuple[str, str]]]]) -> None:
    by_label: dict[str, list[str]] = {}
    for entry, found in warned:
        for label in dict.fromkeys(label for label, _ in found):
            by_label.setdefault(label, []).append(entry.order)
    for label, concerned in by_label.items():
        orders = list(dict.fromkeys(concerned))
        more = f" and {len(orders) - _NAMED} more" if len(orders) > _NAMED else ""
        named = f"order{'s' if len(orders) > 1 else ''} {', '.join(orders[:_NAMED])}{more}"
        disputes = f"{len(concerned)} dispute{'s' if len(concerned) > 1 else ''}"
        run.voice.warn(f"{disputes}: {named} [{label}]")
    run.voice.hint("the report has the codes of each: -o tsv or json, field findings")


def changes_output(run: Run, showing: Showing) -> Output:
    """Where the report of a change goes. Raises UsageProblem before anything is changed."""
    output = run.output(showing.format, showing.fields, raw=showing.raw)
    output.expect(CHANGES)
    return output


def report(run: Run, output: Output, results: Sequence[Result]) -> int:
    """Write the report; the exit code tells whether all of it was done."""
    output.changes(results)
    return exit_code(run, results)


def exit_code(run: Run, results: Sequence[Result]) -> int:
    """0, or 7 where `--keep-going` left something undone, which is told where no table shows it."""
    failed = [result for result in results if result.failed]
    if not is_terminal(run.streams.stdout):
        for result in failed[:_TOLD_UNDONE]:
            run.voice.warn(f"{result.dispute or result.order}: {result.message}")
        if len(failed) > _TOLD_UNDONE:
            run.voice.warn(f"and {len(failed) - _TOLD_UNDONE} more; the report has them all")
    return PARTLY_DONE if failed else 0


_TOLD_UNDONE = 20
"""How many of those left undone are told, as of a batch."""
