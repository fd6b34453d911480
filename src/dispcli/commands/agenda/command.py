"""dispcli agenda."""

from collections.abc import Sequence
from typing import Annotated

import typer

from dispcli.commands.agenda.reading import Looking, entries_of, read_agenda
from dispcli.commands.context import Run
from dispcli.commands.listing import limit_of, output_of
from dispcli.commands.options.force import Force
from dispcli.commands.options.paging import Paging
from dispcli.commands.options.showing import Showing
from dispcli.core.agenda import Item, counted
from dispcli.errors import SOMETHING_IS_DUE, BadInput, UsageProblem
from dispcli.render.output import Output, Page
from dispcli.render.sheets.agenda import AGENDA


def show_agenda(
    run: Run,
    looking: Looking,
    showing: Showing,
    paging: Paging,
    count: Annotated[
        bool, typer.Option("--count", help="One line, for a prompt: '2 overdue, 1 today', or nothing.")
    ] = False,
    exit_status: Annotated[
        bool, typer.Option("--exit-status", help="Exit with 10 if something is overdue or due today.")
    ] = False,
    ics: Annotated[
        str | None,
        typer.Option("--ics", metavar="FILE", help="Write a calendar with alarms; - for standard output."),
    ] = None,
    force: Force = False,
) -> int:
    """Show what needs you.

    Disputes in which it is your turn or the others' time is over; refunds promised for no known day; cancels
    to confirm, or to do on the site; orders, or lines of orders, without a dispute whose protection, or whose
    time to open one, runs out. Each with the command that records it: nothing is recorded by itself. With
    --where only disputes. Orders older than 400 days and the time there is to open a dispute are left out. A
    calendar has what others have to do, too.
    """
    _require_one_way_out(showing, paging, count=count, ics=ics is not None)
    output = output_of(run, showing)
    output.expect(AGENDA)
    limit = limit_of(run, paging, output)
    looking = looking._replace(waiting=looking.waiting or ics is not None)
    items = _read_for_prompt(run, looking) if count else read_agenda(run, looking)
    if ics is not None:
        from dispcli.commands.agenda.calendar import write_calendar

        write_calendar(run, entries_of(items), ics, force=force)
    elif not count:
        _show(run, output, looking, items, limit)
    elif line := counted(items):
        output.text(line)
    pressing = any(item.pressing for item in items)
    return SOMETHING_IS_DUE if exit_status and pressing else 0


def _require_one_way_out(showing: Showing, paging: Paging, *, count: bool, ics: bool) -> None:
    """A count and a calendar have all there is. Raises UsageProblem for what can't be said of them."""
    listed = showing.format or showing.fields
    if ((count or ics) and listed) or (count and ics):
        raise UsageProblem("--count, --ics and --output exclude each other")
    if (count or ics) and paging.limit is not None:
        raise UsageProblem(
            "--limit is for a list: --count and --ics tell everything", hint="--days N looks less far ahead"
        )


def _read_for_prompt(run: Run, looking: Looking) -> Sequence[Item]:
    """The agenda, where a prompt has no room for every mistake there is. Raises BadInput."""
    try:
        return read_agenda(run, looking)
    except BadInput:
        raise BadInput("policy files have mistakes: dispcli policy check") from None


def _show(run: Run, output: Output, looking: Looking, items: Sequence[Item], limit: int | None) -> None:
    output.agenda(Page(entries_of(items[:limit]), more=limit is not None and limit < len(items)))
    if run.ledger_is_missing:
        run.say_empty()
    elif output.is_table:
        run.voice.note(_summary(items, looking))


def _summary(items: Sequence[Item], looking: Looking) -> str:
    if not items:
        return (
            "Nothing is overdue."
            if looking.overdue
            else f"Nothing needs you in the next {looking.days} days."
        )
    count = "1 item" if len(items) == 1 else f"{len(items)} items"
    return " · ".join(part for part in (count, counted(items)) if part)
