"""Every other change to a dispute as a job: moves, messages, settlements."""

from collections.abc import Callable

from dispcli.core.cancelling import Decision
from dispcli.core.deadlines import next_party
from dispcli.core.disputes import Case
from dispcli.core.facts import Claim, Done, Due, DueRemoved, Message, Offer, Payout, Settlement, Upheld
from dispcli.core.machine import Intent
from dispcli.core.money import Money
from dispcli.core.moving import decide_accept, decide_done, decide_due, decide_moves
from dispcli.core.observing import decide_uphold
from dispcli.core.owed import kind_of_remedy
from dispcli.core.settling import News, decide_payout, decide_settlement, expected_amount
from dispcli.core.states import Action, Outcome, Party, State
from dispcli.namedtuples import NamedTuple
from dispcli.services.amounts import read_amount
from dispcli.services.changes import Job

Decide = Callable[[Case, tuple[Intent, ...]], Decision]


class Said(NamedTuple):
    """What every change can carry: a text, when it happened, by when somebody must act now."""

    note: str | None = None
    happened_at: str | None = None
    operation_id: str | None = None
    due: Due | None = None


def move_job(action: Action, party: Party, said: Said) -> Job:
    """A move without arguments of its own."""
    outcome = Outcome.EXPIRED if action is Action.LAPSE else None
    decide = decide_accept if action is Action.ACCEPT else decide_moves
    return _moves(action, (party,), lambda _: Intent(action, party, outcome=outcome), said, decide)


def decide_job(ruling: State, said: Said) -> Job:
    """The marketplace decided: a solution stands, or the claim is rejected."""
    outcome = Outcome.REJECTED if ruling is State.RESOLVED else None
    intent = Intent(Action.DECIDE, Party.PLATFORM, to=ruling, outcome=outcome)
    return _moves(Action.DECIDE, (ruling,), lambda _: intent, said)


def answer_job(remedy: str | None, amount: str | None, said: Said) -> Job:
    """The seller offers a remedy, or refuses (None). The amount is in the order's currency."""

    def intent(case: Case) -> Intent:
        money = read_amount(amount, case.order) if amount is not None else None
        return Intent(Action.ANSWER, Party.SELLER, fact=Offer(remedy, money))

    return _moves(Action.ANSWER, (remedy, amount), intent, said)


def revise_job(reason: str | None, remedy: str | None, amount: str | None, said: Said) -> Job:
    """The claim becomes another one; what is not named stays."""

    def intent(case: Case) -> Intent:
        old = case.dispute.claim
        money = read_amount(amount, case.order) if amount is not None else old.amount
        claim = Claim(reason or old.reason, remedy or old.remedy, money, old.reason_raw)
        return Intent(Action.REVISE, Party.BUYER, fact=claim)

    return _moves(Action.REVISE, (reason, remedy, amount), intent, said)


def message_job(speaker: Party, text: str, said: Said) -> Job:
    """Somebody said something."""
    intent = Intent(Action.NOTE, speaker, fact=Message(speaker, text))
    return _moves("message", (speaker, text), lambda _: intent, said)


def due_job(at: str | None, party: Party | None, said: Said) -> Job:
    """By when a party must act, or that what was entered is taken back (None).

    Without a party it is about whoever's move it is next.
    """

    def decide(case: Case) -> Decision:
        meant = party or next_party(case)
        fact = DueRemoved(meant) if at is None else Due(meant, at)
        return decide_due(case, _with(Intent(Action.NOTE, Party.BUYER, fact=fact), said))

    return Job("set", (at, party, *_words(said)), decide, said.operation_id)


def done_job(said: Said) -> Job:
    """The site shows the cancel."""
    intent = _with(Intent(Action.NOTE, Party.BUYER, fact=Done()), said)
    return Job("done", _words(said), lambda case: decide_done(case, intent), said.operation_id)


def uphold_job(said: Said) -> Job:
    """The record is right, and what the site shows is wrong."""
    intent = _with(Intent(Action.NOTE, Party.BUYER, fact=Upheld()), said)
    return Job("uphold", _words(said), lambda case: decide_uphold(case, intent), said.operation_id)


class NewSettlement(NamedTuple):
    """A refund or a replacement as it was told.

    Without a kind, the one that is owed; without an amount, what is still expected.
    """

    kind: str | None
    stage: str
    amount: str | None
    reference: str | None
    party: Party


def settlement_job(new: NewSettlement, said: Said) -> Job:
    """A refund or a replacement was promised, issued or received."""

    def decide(case: Case) -> Decision:
        kind = new.kind or kind_of_remedy(case.solution.remedy)
        fact = Settlement(kind, new.stage, None, new.reference)
        if new.amount is not None:
            fact = fact._replace(amount=read_amount(new.amount, case.order, any_currency=True))
        else:
            fact = fact._replace(amount=_told_just_now(case, fact) or expected_amount(case, kind))
        return decide_settlement(case, News(fact, new.party, said.note, said.happened_at))

    return Job("settlement", (*new, *_words(said)), decide, said.operation_id)


class NewPayout(NamedTuple):
    """What a reseller gave to the own customer, as it was told; a replacement may have cost nothing known."""

    kind: str
    amount: str | None
    reference: str | None


def payout_job(new: NewPayout, said: Said) -> Job:
    """A reseller gave something to the own customer."""

    def decide(case: Case) -> Decision:
        money = read_amount(new.amount, case.order, any_currency=True) if new.amount is not None else None
        fact = Payout(new.kind, money, new.reference)
        return decide_payout(case, _with(Intent(Action.NOTE, Party.BUYER, fact=fact), said))

    return Job("payout", (*new, *_words(said)), decide, said.operation_id)


def _told_just_now(case: Case, told: Settlement) -> Money | None:
    """The amount the same words meant just now, when they brought all that was expected."""
    fact = case.history[-1].fact if case.history else None
    full = expected_amount(case, told.kind) is None
    if full and isinstance(fact, Settlement) and fact._replace(amount=None) == told:
        return fact.amount
    return None


def _moves(
    kind: str,
    words: tuple[object, ...],
    intent: Callable[[Case], Intent],
    said: Said,
    decide: Decide = decide_moves,
) -> Job:
    def intents(case: Case) -> tuple[Intent, ...]:
        first = _with(intent(case), said)
        return (first, Intent(Action.NOTE, Party.BUYER, fact=said.due)) if said.due else (first,)

    told = (*words, *_words(said))
    return Job(kind, told, lambda case: decide(case, intents(case)), said.operation_id)


def _words(said: Said) -> tuple[object, ...]:
    """What every change can say, all but the id itself."""
    return (said.note, said.happened_at, said.due)


def _with(intent: Intent, said: Said) -> Intent:
    return intent._replace(note=said.note, happened_at=said.happened_at)
