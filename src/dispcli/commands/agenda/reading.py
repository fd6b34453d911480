"""What belongs on the agenda, as options say it, and reading it."""

from collections.abc import Sequence
from typing import Annotated

import typer

from dispcli.commands.context import Run
from dispcli.commands.filtering import dispute_terms
from dispcli.commands.options.filtering import Where
from dispcli.core.agenda import DAYS_AHEAD, AgendaQuery, Entry, Item
from dispcli.namedtuples import NamedTuple


class Looking(NamedTuple):
    """How far the agenda looks, and at what."""

    days: Annotated[
        int, typer.Option("--days", metavar="N", min=0, max=3650, help="How many days ahead.")
    ] = DAYS_AHEAD
    overdue: Annotated[bool, typer.Option("--overdue", help="Only what is overdue.")] = False
    waiting: Annotated[
        bool, typer.Option("--waiting", help="Also what others have to do, before their time is over.")
    ] = False
    where: Where = None

    @property
    def query(self) -> AgendaQuery:
        """The same without the filter."""
        return AgendaQuery(self.days, self.overdue, self.waiting)


def read_agenda(run: Run, looking: Looking) -> list[Item]:
    """The agenda; nothing where there is no ledger yet. Raises UsageProblem or LedgerTrouble."""
    terms = dispute_terms(run, looking.where)
    if run.ledger_is_missing:
        return []
    from dispcli.services.agenda import agenda

    with run.reading() as ledger:
        return agenda(ledger, looking.query, run.policies, run.now, terms)


def entries_of(items: Sequence[Item]) -> list[Entry]:
    """The items with the commands that record them."""
    from dispcli.services.agenda import entries

    return entries(items)
