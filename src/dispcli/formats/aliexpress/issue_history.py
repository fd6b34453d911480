"""What happened in an issue, in the platform's words, as what buyer, seller and platform did in ours."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from dispcli.core.facts import Claim, Fact, Message
from dispcli.core.machine import Intent
from dispcli.core.states import Action, Outcome, Party, State
from dispcli.formats.aliexpress.answers import objects
from dispcli.formats.aliexpress.issue_solutions import Solution, made_at
from dispcli.formats.aliexpress.times import pacific
from dispcli.formats.values import optional, required
from dispcli.namedtuples import NamedTuple

_OPENING = "initiate"
_MOVES: Mapping[str, tuple[Action, Party]] = MappingProxyType(
    {
        "buyer_create_solution": (Action.REVISE, Party.BUYER),
        "buyer_modify_solution": (Action.REVISE, Party.BUYER),
        "buyer_modify_issue_reason": (Action.REVISE, Party.BUYER),
        "seller_create_solution": (Action.ANSWER, Party.SELLER),
        "seller_modify_solution": (Action.ANSWER, Party.SELLER),
        "buyer_accept": (Action.ACCEPT, Party.BUYER),
        "seller_accept": (Action.CONCEDE, Party.SELLER),
        "buyer_initiate_arbitration": (Action.ESCALATE, Party.BUYER),
        "platform_force_reach": (Action.DECIDE, Party.PLATFORM),
    }
)
"""Everything else is noted: it moves nothing, or what it moves to shows in the status."""

_PARTIES: Mapping[str, Party] = MappingProxyType(
    {"buyer": Party.BUYER, "seller": Party.SELLER, "platform": Party.PLATFORM}
)


class Step(NamedTuple):
    """One entry of the list: what was done, by whom, when (UTC instant), and what was said."""

    word: str
    party: Party
    at: str
    text: str | None


class Proposals(NamedTuple):
    """What the entries are about, as far as the issue still tells it; `rejected`: the ruling gave nothing."""

    claim: Claim
    buyer: tuple[Solution, ...]
    seller: tuple[Solution, ...]
    platform: tuple[Solution, ...]
    rejected: bool


def steps_of(issue: Mapping[str, Any]) -> tuple[Step, ...]:
    """The entries, oldest first; the platform lists the newest first. Raises ValueError."""
    found = [_step(entry) for entry in objects(issue, "process_dto_list")]
    found.reverse()  # of two entries of one second the later one stands first
    return tuple(sorted(found, key=lambda step: step.at))


def _step(entry: Mapping[str, Any]) -> Step:
    word = required(entry, "action_type")
    at = pacific(entry, "gmt_create")
    if at is None:
        raise ValueError(f"{word} has no gmt_create")
    who = optional(entry, "submit_member_type") or word.partition("_")[0]
    return Step(word, _PARTIES.get(who.lower(), Party.PLATFORM), at, optional(entry, "content"))


def history_of(steps: tuple[Step, ...], proposals: Proposals) -> tuple[Intent, ...]:
    """What happened after the opening, oldest first. What was said stands beside what was done."""
    return tuple(intent for step in steps for intent in _intents(step, proposals))


def _intents(step: Step, proposals: Proposals) -> Iterator[Intent]:
    said = Message(step.party, step.text) if step.text else None
    if step.word in _MOVES:
        yield _move(step, proposals)
        if said:
            yield Intent(Action.NOTE, step.party, fact=said, happened_at=step.at)
    elif step.word != _OPENING:
        yield Intent(Action.NOTE, step.party, note=_noted(step, proposals), fact=said, happened_at=step.at)
    elif said:
        yield Intent(Action.NOTE, step.party, fact=said, happened_at=step.at)


def _move(step: Step, proposals: Proposals) -> Intent:
    action, party = _MOVES[step.word]
    intent = Intent(action, party, fact=_fact(action, step, proposals), happened_at=step.at)
    if action is not Action.DECIDE:
        return intent
    if proposals.rejected:
        return intent._replace(to=State.RESOLVED, outcome=Outcome.REJECTED)
    return intent._replace(to=State.AGREED, note=_noted(step, proposals))


def _fact(action: Action, step: Step, proposals: Proposals) -> Fact | None:
    """A revised claim or an offer. The issue keeps each solution's last form alone, and the last reason."""
    if action is Action.REVISE:
        made = made_at(proposals.buyer, step.at)
        return proposals.claim._replace(remedy=made.remedy, amount=made.amount) if made else proposals.claim
    if action is Action.ANSWER:
        made = made_at(proposals.seller, step.at)
        return made.offer if made else None
    return None


def _noted(step: Step, proposals: Proposals) -> str:
    """The platform's own word, with what the platform proposes where it is the platform's doing."""
    if step.word not in ("platform_give_solution", "platform_force_reach") or not proposals.platform:
        return step.word
    ruled = proposals.platform[-1]
    remedy = ruled.remedy.replace("_", " ")
    return f"{step.word}: {remedy} of {ruled.amount}" if ruled.amount else f"{step.word}: {remedy}"
