"""From the text of a filter to its terms; the same for every command."""

from typing import TYPE_CHECKING

from dispcli.commands.context import Run
from dispcli.errors import UsageProblem

if TYPE_CHECKING:
    from dispcli.core.filter_fields import Fields
    from dispcli.core.filters import Term
    from dispcli.core.lateness import Clocks


def dispute_terms(run: Run, text: str | None) -> "tuple[Term, ...]":
    """The terms of `--where` about disputes, none without it. Raises UsageProblem with every mistake."""
    if text is None:
        return ()
    from dispcli.core.filter_fields import DISPUTE_FIELDS

    return _terms(run, text, DISPUTE_FIELDS)


def order_terms(run: Run, text: str | None) -> "tuple[Term, ...]":
    """The terms of `--where` about orders, none without it. Raises UsageProblem with every mistake."""
    if text is None:
        return ()
    from dispcli.core.filter_fields import ORDER_FIELDS

    return _terms(run, text, ORDER_FIELDS)


def searched(text: str | None, option: str) -> str | None:
    """A text to be looked for. Raises UsageProblem for one that is longer than any list can look for."""
    if text is not None:
        from dispcli.core.filter_texts import MAX_TEXT

        if len(text) > MAX_TEXT:
            raise UsageProblem(f"{option}: a text longer than {MAX_TEXT} characters")
    return text


def ending_within(run: Run, length: str | None) -> "tuple[Term, ...]":
    """What `--protection-ends-within 7d` is short for: `protection_ends:>=now protection_ends:<=+7d`.

    None without it. Raises UsageProblem.
    """
    if length is None:
        return ()
    from dispcli.core.moments import parse_span

    try:
        parse_span(f"+{length}", run.now)
    except ValueError:
        raise UsageProblem(
            f"--protection-ends-within: not a length of time: {length[:40]!r}", hint="as in 7d, 2w, 36h"
        ) from None
    return order_terms(run, f"protection_ends:>=now protection_ends:<=+{length}")


def _terms(run: Run, text: str, fields: "Fields") -> "tuple[Term, ...]":
    from dispcli.core.filter_values import FilterMistakes
    from dispcli.core.filters import parse_filter

    def clocks() -> "Clocks":
        if run.ledger_is_missing:
            return run.policies.clocks(())
        # A mistake in the rules of a marketplace that nothing was bought on is no reason to tell nothing.
        with run.lists() as ledger, ledger.reading():
            return run.policies.clocks(ledger.marketplaces())

    try:
        return parse_filter(text, fields, run.now, clocks=clocks)
    except FilterMistakes as found:
        first, *further = map(str, found.mistakes)
        raise UsageProblem(
            f"--where: {first}", details=tuple(further), hint="see 'dispcli help filters'"
        ) from None
