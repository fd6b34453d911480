"""dispcli dispute draft."""

from typing import Annotated

import typer

from dispcli.commands.context import Run
from dispcli.commands.drafts import kinds, source, source_in, template_of, warn_if_empty
from dispcli.commands.options.prose import ShowingProse
from dispcli.commands.options.targets import Narrowing, OneOrder
from dispcli.commands.targeting import one_target
from dispcli.core.cancelling import refusal_of_a_cancel
from dispcli.core.disputes import Case
from dispcli.core.draft_vocabulary import needs_dispute
from dispcli.core.drafts import Draft
from dispcli.core.owed import goods_go_first
from dispcli.core.states import FINAL
from dispcli.errors import UsageProblem
from dispcli.services.drafts.filling import draft_of
from dispcli.services.drafts.matters import matter_of
from dispcli.services.drafts.shipped import ASKING, CANCELLED, REFUND


def draft(
    run: Run,
    order: OneOrder,
    narrowing: Narrowing,
    showing: ShowingProse,
    kind: Annotated[
        str | None,
        typer.Argument(
            metavar="KIND", help="cancelled, agreed, extend, remind, refund, feedback, summary, or your own."
        ),
    ] = None,
    template: Annotated[
        str | None, typer.Option("--template", metavar="FILE", help="A template of your own, this once.")
    ] = None,
) -> None:
    """Print a text to send.

    Plain text made of what is recorded, and nothing else on stdout: to the seller (cancelled, agreed, extend,
    remind, refund), for customer service (summary), or as feedback. A text that says nothing of a dispute, as
    extend, can be about an order that has none. It is recorded nowhere: once it is sent, 'dispute message'
    keeps it. You are warned where it doesn't fit: 'cancelled' of what blocks a cancel, 'refund' where nothing
    was promised yet. 'dispcli help drafts' tells how to write templates of your own.
    """
    is_json = showing.is_json
    if (kind is None) == (template is None):
        told = "KIND is missing" if kind is None else "KIND and --template exclude each other"
        raise UsageProblem(told, hint=f"one of: {', '.join(kinds(run))}; or --template FILE")
    found = source(run, kind) if kind is not None else source_in(template or "")
    parsed = template_of(run, found)
    target = one_target(run, order, narrowing)
    with run.reading() as ledger:
        matter = matter_of(ledger, target, disputed=needs_dispute(parsed))
    made = draft_of(found.kind, found.origin, parsed, matter, run.policies, run.now)
    warn_if_empty(run, made)
    if matter.case:
        _warn_if_unfit(run, made, matter.case)
    if not is_json:
        run.output().prose(made.text)
        return
    from dispcli.render.documents.draft import DRAFT

    run.output("json").one(DRAFT, made, "")


def _warn_if_unfit(run: Run, made: Draft, case: Case) -> None:
    """Say why a text of this kind doesn't fit the dispute as it stands, if it doesn't."""
    name, early = case.dispute.name, made.kind == REFUND and made.facts.value("awaited") is None
    if made.kind == CANCELLED:
        _warn_of_a_cancel(run, case)
    elif case.dispute.state in FINAL and (early or made.kind in ASKING):
        run.voice.warn(f"{name} is over: {case.dispute.state}")
    elif made.kind in ASKING and made.facts.value("settled"):
        run.voice.warn(f"all that is owed in {name} is here")
    elif early and goods_go_first(case):
        run.voice.warn(f"the goods of {name} are to be sent back first")
        run.voice.hint(f"once they are on their way: dispcli dispute ship-return {name}")
    elif early:
        run.voice.warn(f"nothing was promised, agreed on or sent in {name} yet")
        run.voice.hint(f"to ask for an answer: dispcli dispute draft {name} remind")


def _warn_of_a_cancel(run: Run, case: Case) -> None:
    """A text that tells the seller of a cancel is as good as one: say what is against it, if anything is."""
    refusal = refusal_of_a_cancel(case, run.policies.policy_for(case.order.marketplace), run.now)
    if refusal:
        name = case.dispute.name
        run.voice.warn(f"{name} is not cancelled, and {refusal.message}")
        run.voice.hint(f"before you send this: dispcli dispute advise {name}")
