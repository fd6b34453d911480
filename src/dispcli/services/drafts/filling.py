"""A draft: what is known about a case, filled into a template."""

from datetime import datetime

from dispcli.core.deadlines import Deadline, deadline
from dispcli.core.disputes import Case
from dispcli.core.draft_facts import CaseFacts
from dispcli.core.drafts import Draft, Subject
from dispcli.core.states import State
from dispcli.core.templates import Template, fill
from dispcli.policies import policy_for
from dispcli.services.pages import order_page


def draft_of(kind: str, origin: str, template: Template, case: Case, now: datetime) -> Draft:
    """The text, and what it was made of."""
    facts = facts_of(case, now)
    return Draft(kind, origin, case, template, facts, fill(template, facts))


def facts_of(case: Case, now: datetime) -> CaseFacts:
    """What is known about the case as it stands."""
    reason = case.request.reason if case.request else None
    due = deadline(case, policy_for(case.order.marketplace))
    return CaseFacts(_subject(case, (due,) if due else (), reason, now))


def message_to_seller(template: Template, case: Case, reason: str | None, now: datetime) -> str:
    """The message that goes with a cancel for this reason; `case` is as it was before."""
    cancelled = case._replace(dispute=case.dispute._replace(state=State.CANCELLED))
    return fill(template, CaseFacts(_subject(cancelled, (), reason, now)))


def _subject(case: Case, deadlines: tuple[Deadline, ...], reason: str | None, now: datetime) -> Subject:
    policy = policy_for(case.order.marketplace)
    return Subject(case, policy, order_page(case.order, policy), deadlines, reason, now)
