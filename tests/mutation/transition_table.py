"""Every cell of the transition table, changed one at a time: does a test of the machine notice?

Run it with `python -m tests.mutation.transition_table`; it ends with 1 when a change goes unnoticed.
"""

import sys
from collections.abc import Callable, Iterator, Mapping
from itertools import product
from types import MappingProxyType

from dispcli.core import machine
from dispcli.core.machine import Move
from dispcli.core.states import Action, Outcome, Party, State
from tests.core import test_machine

Cell = tuple[State | None, Action]
SOUND = dict(machine.TRANSITIONS)


def mutants() -> Iterator[tuple[str, Cell, Move | None]]:
    """What was done, to which cell, and what stands there now (None: nothing)."""
    for cell in product((None, *State), Action):
        if cell not in SOUND:
            yield from (("add the cell", cell, Move((state,), tuple(Party))) for state in State)
            continue
        move = SOUND[cell]
        yield "drop the cell", cell, None
        for what, targets in _one_off(move.targets, State):
            yield f"target {what}", cell, move._replace(targets=targets)
        for what, by in _one_off(move.by, Party):
            yield f"party {what}", cell, move._replace(by=by)
        # Outcomes are read only where a dispute is resolved; elsewhere another tuple is the same table.
        if State.RESOLVED in move.targets and cell[1] is not Action.NOTE:
            for what, outcomes in _one_off(move.outcomes, Outcome):
                yield f"outcome {what}", cell, move._replace(outcomes=outcomes)


def _one_off(has: tuple, words: type) -> Iterator[tuple[str, tuple]]:
    """The same words with one missing, one more, or one for another."""
    for word in has:
        rest = tuple(other for other in has if other is not word)
        yield f"{word} dropped", rest
        yield from ((f"{word} became {new}", (*rest, new)) for new in words if new not in has)
    yield from ((f"{new} added", (*has, new)) for new in words if new not in has)


def killer(cell: Cell) -> str | None:
    """The name of the first test that notices; the mutated cell's own test is asked first."""
    tests: list[tuple[Callable[..., None], tuple]] = [
        (test_machine.test_every_pair_does_what_the_contract_says_whoever_says_it, cell),
        (test_machine.test_the_allowed_actions_are_those_decide_lets_through, (cell[0],)),
        (test_machine.test_the_steps_for_the_ledger_are_those_of_the_contract, ()),
    ]
    for test, arguments in tests:
        try:
            test(*arguments)
        except Exception:
            return test.__name__
    return None


def with_cell(cell: Cell, move: Move | None) -> Mapping[Cell, Move]:
    """The table with one cell changed."""
    table = {**SOUND, cell: move}
    return MappingProxyType({at: here for at, here in table.items() if here is not None})


def main() -> int:
    """Try every mutant; tell the score and the survivors."""
    unsound = [cell for cell in product((None, *State), Action) if killer(cell)]
    if unsound:
        sys.exit(f"the tests fail on the table as it is: {unsound}")
    survivors, total = [], 0
    for what, cell, move in mutants():
        machine.TRANSITIONS = with_cell(cell, move)
        total += 1
        if killer(cell) is None:
            survivors.append(f"{cell[0] or 'none'} --{cell[1]}--> {what}")
    machine.TRANSITIONS = MappingProxyType(SOUND)
    print(f"transition table: {total - len(survivors)} of {total} mutants killed")
    for survivor in survivors:
        print(f"  survived: {survivor}")
    return bool(survivors)


if __name__ == "__main__":
    sys.exit(main())
