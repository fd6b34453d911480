"""From ORDER words to disputes; the same for every command."""

from collections.abc import Sequence

from dispcli.commands.context import Run
from dispcli.commands.options.targets import Narrowing
from dispcli.core.disputes import Case
from dispcli.errors import NotFound, UsageProblem
from dispcli.services.targets import Target, dispute_number, find_disputes
from dispcli.services.views import load_case


def need_ledger(run: Run, word: str) -> None:
    """Without a ledger there is nothing by any name. Raises NotFound."""
    if run.ledger_is_missing:
        raise NotFound(
            f"no order or dispute is known as {word!r}: there is no ledger yet",
            hint="begin with 'dispcli import FILE' or 'dispcli orders add', or try 'dispcli demo'",
        )


def targets_of(words: Sequence[str], narrowing: Narrowing, *, partial: bool) -> list[Target]:
    """The words with what narrows them. Parts of numbers count only where a person can look (`partial`)."""
    if narrowing.line is not None and narrowing.whole_order:
        raise UsageProblem("--line and --whole-order exclude each other")
    return [Target(word, narrowing.line, narrowing.whole_order, partial) for word in words]


def case_of(run: Run, order: str, narrowing: Narrowing) -> Case:
    """The one dispute that is to be shown. Raises NotFound or Ambiguous."""
    need_ledger(run, order)
    with run.reading() as ledger:
        found = find_disputes(ledger, targets_of([order], narrowing, partial=run.can_ask))
        return load_case(ledger, found[0])


def dispute_id(word: str, option: str) -> int:
    """12 for `D12`. Raises UsageProblem."""
    number = dispute_number(word)
    if number is None:
        raise UsageProblem(f"{option}: {word!r} is no dispute id (as in D12)")
    return number
