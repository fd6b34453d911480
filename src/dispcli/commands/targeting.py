"""From ORDER words to disputes; the same for every command."""

from collections.abc import Sequence

from dispcli.commands.context import Run
from dispcli.commands.options.targets import Narrowing
from dispcli.errors import NotFound, UsageProblem
from dispcli.services.targets import Target, dispute_number


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


def dispute_id(word: str, option: str) -> int:
    """12 for `D12`. Raises UsageProblem."""
    number = dispute_number(word)
    if number is None:
        raise UsageProblem(f"{option}: {word!r} is no dispute id (as in D12)")
    return number
