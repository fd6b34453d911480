"""A draft: what is known about an order and its dispute, filled into a template."""

from collections.abc import Mapping
from datetime import datetime

from dispcli.core.deadlines import deadline
from dispcli.core.disputes import Case
from dispcli.core.draft_facts import KnownFacts
from dispcli.core.drafts import Disputed, Draft, Purchase
from dispcli.core.orders import Line, Order
from dispcli.core.states import State
from dispcli.core.templates import Template, fill
from dispcli.namedtuples import NamedTuple
from dispcli.policies import Policies
from dispcli.services.pages import order_page


class Matter(NamedTuple):
    """What is written about: an order, the line that is meant, its dispute; None where there is none."""

    order: Order
    line: Line | None
    case: Case | None


def draft_of(
    kind: str,
    origin: str,
    template: Template,
    matter: Matter,
    policies: Policies,
    now: datetime,
    packed: Mapping[int, str] | None = None,
) -> Draft:
    """The text, and what it was made of; `packed` are the files it goes with, as in Disputed."""
    facts = facts_of(matter, policies, now, packed)
    return Draft(kind, origin, matter.order, matter.case, template, facts, fill(template, facts))


def facts_of(
    matter: Matter, policies: Policies, now: datetime, packed: Mapping[int, str] | None = None
) -> KnownFacts:
    """What is known as things stand."""
    purchase, case = _purchase(matter, policies, now), matter.case
    if case is None:
        return KnownFacts(purchase)
    asked = case.history.request if case.dispute.state in _ASKED else None  # it may have been taken back
    reason = asked.reason if asked else None
    due = deadline(case, purchase.policy)
    return KnownFacts(purchase, Disputed(purchase, case, (due,) if due else (), reason, packed))


_ASKED = (State.CANCEL_REQUESTED, State.CANCELLED)


def message_to_seller(
    template: Template, case: Case, reason: str | None, policies: Policies, now: datetime
) -> str:
    """The message that goes with a cancel for this reason; `case` is as it was before."""
    purchase = _purchase(Matter(case.order, case.line, case), policies, now)
    cancelled = case._replace(dispute=case.dispute._replace(state=State.CANCELLED))
    return fill(template, KnownFacts(purchase, Disputed(purchase, cancelled, (), reason)))


def _purchase(matter: Matter, policies: Policies, now: datetime) -> Purchase:
    order, line, case = matter
    policy = policies.policy_for(order.marketplace)
    claim = case.dispute.claim.reason if case else None
    return Purchase(order, line, policy, order_page(order, policy), now, claim)
