"""The question before what can't be undone. It goes to stderr, and only a terminal can answer it."""

from collections.abc import Sequence

from dispcli.commands.context import Run
from dispcli.core.batches import Item
from dispcli.core.money import totals
from dispcli.core.results import Result
from dispcli.errors import ConfirmationNeeded, Declined, UsageProblem
from dispcli.render.console import LEVEL_MARKS
from dispcli.render.times import local

_STYLES = {"block": "error", "warn": "warning", "info": "faint"}


_DOING = {"settlement": "record the receipt and close", "decide": "record the ruling and close"}


def approve(run: Run, results: Sequence[Result], verb: str) -> None:
    """Show what is about to happen for good, and ask. Raises ConfirmationNeeded or Declined.

    One record: yes or no, and no by default. Several: the count has to be typed.
    """
    if not run.can_ask:
        raise ConfirmationNeeded(
            f"{verb} can't be undone, and nobody can be asked; nothing was written",
            hint="add --yes to do it without a question",
        )
    if len(results) == 1:
        show_intended(run, results[0])
    else:
        _show_table(run, results)
    wanted: tuple[str, ...] = ("y", "yes")
    doing = _DOING.get(verb, verb)
    question = f"This can't be undone. {doing.capitalize()} {results[0].dispute}? [y/N] "
    if len(results) > 1:
        sums = " · ".join(map(str, totals([result.amount for result in results if result.amount])))
        run.voice.note(f"{len(results)} disputes{f' · {sums}' if sums else ''}")
        wanted = (str(len(results)),)
        question = f"This can't be undone. To {doing} all of them, type {len(results)}: "
    if ask(run, question).lower() not in wanted:
        raise Declined("declined; nothing was written")


def _show_table(run: Run, results: Sequence[Result]) -> None:
    """One line a record, in columns; the checks that speak against it by their codes."""
    rows = [
        (
            result.dispute,
            result.order,
            f"{result.from_state} → {result.to_state}",
            str(result.amount or ""),
            result.reason or result.outcome or "",
            ", ".join(found.code for found in result.findings if found.level != "info"),
        )
        for result in results
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True) if width)
        run.voice.note("  ".join(cells).rstrip())


def show_intended(run: Run, result: Result) -> None:
    """The record, the amount, the transition, and what the checks found."""
    voice = run.voice
    amount = f"  {result.amount}" if result.amount else ""
    voice.labelled(result.dispute, "strong", f"  {result.marketplace}:{result.order}  {result.title}", 2)
    reason = f"  reason: {result.reason}" if result.reason else ""
    outcome = f" ({result.outcome})" if result.outcome else ""
    voice.note(f"  {result.from_state} → {result.to_state}{outcome}{amount}{reason}")
    if result.message:
        voice.note(f"  {result.told(local)}")
    for found in result.findings:
        accepted = " (accepted)" if found.code in result.accepted else ""
        label = f"  {LEVEL_MARKS[found.level]} {found.code}"
        voice.labelled(label, _STYLES[found.level], f"{accepted}: {found.message}", 4)


_SHOWN = 20
"""How many lines of a batch a question lists."""


def approve_batch(run: Run, items: Sequence[Item]) -> None:
    """Tell how many lines can't be undone, of which kinds and about how much, and ask. Raises Declined."""
    final = [item for item in items if item.final]
    ops = [item.op for item in final]
    kinds = ", ".join(f"{ops.count(op)} {op}" for op in dict.fromkeys(ops))
    sums = " · ".join(map(str, totals([item.amount for item in final if item.amount])))
    warned = sum(bool(item.findings) for item in final)
    run.voice.note(
        f"{len(final)} of {len(items)} lines can't be undone: {kinds}{f' · {sums}' if sums else ''}"
    )
    for item in final[:_SHOWN]:
        codes = f"  {', '.join(item.findings)}" if item.findings else ""
        amount = f"  {item.amount}" if item.amount else ""
        moved = f"{item.from_state} → {item.to_state}"
        run.voice.note(f"  {item.line}: {item.op} {item.dispute}  {item.order}  {moved}{amount}{codes}")
    if len(final) > _SHOWN:
        run.voice.note(f"  and {len(final) - _SHOWN} more; --dry-run tells of all")
    if warned:
        run.voice.warn(f"the checks warn of {warned} of them")
    if ask(run, f"To do all of it, type {len(final)}: ") != str(len(final)):
        raise Declined("declined; nothing was written")


def ask(run: Run, question: str) -> str:
    """One line from the terminal; the end of input is no answer. Raises Declined."""
    run.voice.question(question)
    answer = run.streams.stdin.readline()
    if not answer:
        run.voice.raw("\n")
        raise Declined("declined; nothing was written")
    return answer.strip()


def choose(run: Run, question: str, choices: Sequence[tuple[str, str]]) -> str:
    """A choice from a numbered list, by number or by code. Raises Declined on no answer."""
    longest = max(len(code) for code, _ in choices)
    for count, (code, meaning) in enumerate(choices, start=1):
        run.voice.labelled(f"  {count:>2}  {code:<{longest}}  ", "strong", meaning)
    answer = ask(run, question)
    if answer.isascii() and answer.isdigit() and 1 <= int(answer) <= len(choices):
        return choices[int(answer) - 1][0]
    if answer.isascii() and answer.isdigit():
        raise UsageProblem(f"there is no number {answer} in the list")
    if not answer:
        raise Declined("declined; nothing was written")
    return answer
