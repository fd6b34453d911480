"""Every query and write, by name, as expressions over the models. Compiled ahead into compiled.py.

A name in capitals becomes a constant of the same name there. Binds are always named and never carry a
value. Lists are a base query, a closed set of filters that are joined with AND, and a few sort orders,
each total and with the condition that continues after a given row.
"""

from types import ModuleType

from dispcli.ledger.statements import (
    agenda,
    batches,
    cases,
    conflicts,
    disputes,
    events,
    evidence,
    exports,
    orders,
    sellers,
    whole,
)

MODULES: tuple[ModuleType, ...] = (
    orders,
    disputes,
    cases,
    conflicts,
    agenda,
    events,
    evidence,
    batches,
    sellers,
    exports,
    whole,
)
"""Where the statements are, in the order in which they are compiled; those of archives go with the schema."""
