"""What follows a cancel: the honest line about the site, the message to the seller, the order's page."""

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from dispcli.commands.changing import Done, exit_code
from dispcli.commands.context import Run
from dispcli.core.checks import BLOCKING
from dispcli.core.money import totals
from dispcli.core.results import Result
from dispcli.core.states import State
from dispcli.errors import UsageProblem
from dispcli.namedtuples import NamedTuple
from dispcli.render.inert import visible
from dispcli.render.output import Output
from dispcli.services.changes import PlannedChange
from dispcli.services.operations import Planned
from dispcli.services.pages import order_page

if TYPE_CHECKING:
    from dispcli.core.templates import Template


def check_risks(codes: list[str] | None) -> tuple[str, ...]:
    """The accepted risks, each once. Raises UsageProblem for a code no blocking check has."""
    for code in codes or ():
        if code not in BLOCKING:
            raise UsageProblem(
                f"--accept-risk: no such check: {code!r}", hint=f"one of: {', '.join(BLOCKING)}"
            )
    return tuple(dict.fromkeys(codes or ()))


class Afterwards(NamedTuple):
    """What follows a cancel: the message to the seller, alone or beside the report, and the order's page.

    `template` is the user's own of that message, None where there is none.
    """

    template: "Template | None"
    message: bool
    open_page: bool


def afterwards(run: Run, *, message: bool, open_page: bool) -> Afterwards:
    """What is to follow. Raises BadInput for a wrong template, before anything is changed."""
    has_own = run.drafts_folder is not None and os.path.lexists(run.drafts_folder)
    return Afterwards(_template(run) if has_own else None, message, open_page)


def _template(run: Run) -> "Template":
    """The template of the message. Loading how it is read costs milliseconds: only who needs one does."""
    from dispcli.commands.drafts import source, template_of
    from dispcli.services.drafts.shipped import CANCELLED

    return template_of(run, source(run, CANCELLED))


def finish(run: Run, output: Output, done: Done, after: Afterwards) -> int:
    """Report cancels, say what is left to do on the site, and do what is to follow.

    The exit code tells whether all of it was done.
    """
    pairs = zip(done.planned, done.results, strict=True)
    final = any(entry.to_state == State.CANCELLED for entry in done.results)
    template = (after.template or _template(run)) if final else None
    full = [_complete(item, entry, run, template) for item, entry in pairs]
    if after.message:
        for entry in full:
            if entry.seller_message:
                output.prose(entry.seller_message)
    else:
        output.changes(full)
    cancelled = [entry for entry in full if entry.changed and entry.to_state == State.CANCELLED]
    requested = [entry for entry in full if entry.changed and entry.to_state == State.CANCEL_REQUESTED]
    if cancelled:
        _tell_site(run, cancelled, message=after.message)
    if requested:
        _tell_requested(run, requested)
    if after.open_page:
        _open(run, [entry.page for entry in cancelled if entry.page])
    return exit_code(run, full)


def _tell_requested(run: Run, requested: Sequence[Result]) -> None:
    run.voice.note("Requested, not cancelled yet: nothing is final.")
    if len(requested) > _LISTED:
        run.voice.hint("feed the same ORDERs to 'dispcli dispute confirm' or 'dispcli dispute keep'")
        return
    names = " ".join(entry.dispute for entry in requested)
    run.voice.hint(f"to make it final: dispcli dispute confirm {names} --yes")
    run.voice.hint(f"to take it back: dispcli dispute keep {names}")


def _complete(item: Planned, entry: Result, run: Run, template: "Template | None") -> Result:
    if not isinstance(item, PlannedChange):
        return entry
    case = item.case
    page = order_page(case.order, run.policies.policy_for(case.order.marketplace))
    if template is None or entry.to_state != State.CANCELLED:
        return entry._replace(page=page)
    from dispcli.services.drafts.filling import message_to_seller

    message = message_to_seller(template, case, entry.reason, run.policies, run.now)
    return entry._replace(seller_message=message, page=page)


def _tell_site(run: Run, cancelled: Sequence[Result], *, message: bool) -> None:
    voice = run.voice
    sites = sorted({run.policies.policy_for(entry.marketplace).name for entry in cancelled})
    voice.note(
        f"Recorded here. dispcli can't press the button on {', '.join(sites)}: cancel it there as well."
    )
    for entry in cancelled[:_LISTED]:
        voice.note(f"  {entry.dispute}  {entry.page or entry.order}")
    if len(cancelled) > _LISTED:
        voice.note(f"  and {len(cancelled) - _LISTED} more: dispcli dispute list --unseen")
    if len(cancelled) > 1:
        sums = totals([entry.amount for entry in cancelled if entry.amount])
        voice.note(" · ".join((f"{len(cancelled)} disputes cancelled", *map(str, sums))))
    if len(cancelled) > _LISTED:
        voice.hint("when the site shows it: feed the same ORDERs to 'dispcli dispute done'")
    else:
        names = " ".join(entry.dispute for entry in cancelled)
        voice.hint(f"when the site shows it: dispcli dispute done {names}")
    if not message and len(cancelled) == 1:
        _tell_message(run, cancelled[0].seller_message or "")


def _tell_message(run: Run, message: str) -> None:
    """The text to the seller, its lines as they are: it is there to be copied."""
    for line in f"For the seller: {message}".split("\n"):
        run.voice.raw(f"{visible(line)}\n")


_LISTED = 5


def _open(run: Run, pages: Sequence[str]) -> None:
    import webbrowser

    for page in pages:
        if not webbrowser.open(page):
            run.voice.warn(f"no browser could be started for {page}")
