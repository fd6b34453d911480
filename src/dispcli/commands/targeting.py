"""From ORDER words, files and filters to targets; the same for every command."""

from collections.abc import Sequence
from functools import partial

from dispcli.commands.context import STANDARD_INPUT, Run
from dispcli.commands.options.targets import Choosing, Narrowing
from dispcli.errors import NotFound, UsageProblem
from dispcli.render.console import is_terminal
from dispcli.services.targets import Target, Targets


def need_ledger(run: Run, word: str) -> None:
    """Without a ledger there is nothing by any name. Raises NotFound."""
    if run.ledger_is_missing:
        raise NotFound(
            f"nothing is known as {word!r}: there is no ledger yet",
            hint="begin with 'dispcli import FILE' or 'dispcli orders add', or try 'dispcli demo'",
        )


def one_target(run: Run, word: str, narrowing: Narrowing) -> Target:
    """The one thing that is meant. A part of a number counts only where a person can look."""
    need_ledger(run, word)
    if narrowing.line is not None and narrowing.whole_order:
        raise UsageProblem("--line and --whole-order exclude each other")
    return Target(word, narrowing.line, narrowing.whole_order, run.can_ask)


def targets_of(
    run: Run, words: Sequence[str] | None, choosing: Choosing, *, disputes: bool = True
) -> Targets:
    """Everything that is meant: the words, or what a file, standard input or a filter names.

    A part of a number counts only in a word, where a person can look.
    Raises UsageProblem, NotFound or BadInput.
    """
    words = words or ()
    given = [bool(words), choosing.source is not None, choosing.where is not None]
    if sum(given) != 1 or (STANDARD_INPUT in words and len(words) > 1):
        told = "name an ORDER" if not any(given) else "name the ORDERs in one way only"
        hint = "ORDER..., - for standard input, --from FILE, or --where FILTER"
        if choosing.where is not None and all(":" in word for word in words):
            hint = f"a filter is one word to the shell: --where '{' '.join((choosing.where, *words))}'"
        raise UsageProblem(told, hint=hint)
    if choosing.line is not None and choosing.whole_order:
        raise UsageProblem("--line and --whole-order exclude each other")
    if choosing.where is not None:
        return _matching(run, choosing, disputes=disputes)
    if choosing.source is not None or STANDARD_INPUT in words:
        return Targets(_named_in(run, choosing, disputes=disputes))
    need_ledger(run, words[0])
    return Targets([Target(word, choosing.line, choosing.whole_order, run.can_ask) for word in words])


def reads_standard_input(words: Sequence[str] | None, choosing: Choosing) -> bool:
    """Whether the ORDERs come from there, so that nothing else can."""
    return STANDARD_INPUT in (*(words or ()), choosing.source)


def _named_in(run: Run, choosing: Choosing, *, disputes: bool) -> list[Target]:
    from dispcli.formats.targets import read_targets

    source = choosing.source or STANDARD_INPUT
    if source == STANDARD_INPUT and is_terminal(run.streams.stdin):
        run.voice.note("Reading ORDERs from the terminal; Ctrl-D ends them.")
    with run.input(source) as (name, stream):
        found = read_targets(name, stream, disputes=disputes)
    if found:
        need_ledger(run, found[0].word)
    return [Target(thing.word, choosing.line or thing.position, choosing.whole_order) for thing in found]


def _matching(run: Run, choosing: Choosing, *, disputes: bool) -> Targets:
    from dispcli.commands.filtering import dispute_terms, order_terms
    from dispcli.services.lists import matching_disputes, matching_orders

    if disputes and (choosing.line is not None or choosing.whole_order):
        raise UsageProblem("--line and --whole-order don't go with --where, which names disputes")
    terms = (dispute_terms if disputes else order_terms)(run, choosing.where or "")
    if run.ledger_is_missing:
        return Targets([])
    look_up = partial(matching_disputes if disputes else matching_orders, terms=terms)
    with run.lists() as ledger, ledger.reading():
        names = look_up(ledger)
    return Targets([Target(name, choosing.line, choosing.whole_order) for name in names], look_up)
