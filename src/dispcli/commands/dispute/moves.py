"""The verbs that are one move of the table and nothing else. Each is a line in MOVES."""

from collections.abc import Callable
from typing import Annotated

import typer

from dispcli.commands.changing import change, changes_output, report
from dispcli.commands.context import Run
from dispcli.commands.listing import one_of
from dispcli.commands.options.showing import Showing
from dispcli.commands.options.targets import Choosing, OrderWords
from dispcli.commands.options.writing import Telling, Writing
from dispcli.commands.telling import said
from dispcli.core.states import Action, Party
from dispcli.errors import UsageProblem
from dispcli.namedtuples import NamedTuple
from dispcli.services.moves import move_job

Due = Annotated[
    str | None,
    typer.Option("--due", metavar="WHEN", help="By when the next party must act, as the site shows it."),
]


class Move(NamedTuple):
    """A verb: its action, whose it is (the first is the default), who must act next."""

    verb: str
    action: Action
    by: tuple[Party, ...]
    next_party: Party | None
    more: str = ""


def _verb(move: Move) -> Callable[..., int]:
    def run_move(
        run: Run,
        choosing: Choosing,
        telling: Telling,
        writing: Writing,
        showing: Showing,
        orders: OrderWords = None,
        by: Annotated[str, typer.Option("--by", metavar="PARTY", help=f"{' or '.join(move.by)}.")] = move.by[
            0
        ],
        due: Due = None,
    ) -> int:
        if due is not None and move.next_party is None:
            raise UsageProblem(f"--due: after '{move.verb}' it is not certain who must act next")
        output = changes_output(run, showing)
        party = Party(one_of(by, tuple(move.by), "--by"))
        job = move_job(move.action, party, said(run, telling, writing, due, move.next_party))
        done = change(run, orders, choosing, writing, job, move.verb)
        return report(run, output, done.results)

    run_move.__doc__ = f"{move.verb}\n\n{move.more}" if move.more else None
    return run_move


concede = _verb(
    Move(
        "concede",
        Action.CONCEDE,
        (Party.SELLER,),
        Party.SELLER,
        "A solution stands from then on. Where the marketplace's rules say so ('dispcli policy show'), the "
        "seller's silence past the time to answer counts as conceding. "
        "'dispute draft ORDER agreed' restates it for the seller.",
    )
)
accept = _verb(
    Move(
        "accept",
        Action.ACCEPT,
        (Party.BUYER,),
        Party.SELLER,
        "Accepting is not cancelling: it closes the case for good, on the seller's terms. "
        "'dispute draft ORDER agreed' restates them for the seller.",
    )
)
escalate = _verb(Move("escalate", Action.ESCALATE, (Party.BUYER, Party.PLATFORM), Party.PLATFORM))
ship_return = _verb(Move("ship-return", Action.SHIP_RETURN, (Party.BUYER,), Party.SELLER))
lapse = _verb(
    Move(
        "lapse",
        Action.LAPSE,
        (Party.TIME,),
        None,
        "A passed deadline never moves a dispute by itself; you say so when the site shows it.",
    )
)
keep = _verb(
    Move(
        "keep",
        Action.KEEP,
        (Party.BUYER,),
        None,
        "The dispute returns to where it was before the request.",
    )
)
