"""By when somebody must act, and how we know: every time that runs, and the one that counts next.

A passed deadline moves nothing; what it means is for a person to record. Estimates count by the policy's
windows: whole days on the marketplace's clock, so that the time of day stays the same when clocks change;
business days are Monday to Friday, for holidays are not known; hours are exact.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from types import MappingProxyType

from dispcli.core.disputes import Case
from dispcli.core.events import Event
from dispcli.core.facts import Due
from dispcli.core.histories import was_entered
from dispcli.core.moments import instant, is_day, local_day, parse_instant
from dispcli.core.orders import ENTERED, GIVEN, Order, OrderStatus
from dispcli.core.owed import goods_go_first, is_outstanding, is_owed, kind_of_remedy, settled
from dispcli.core.policy import Policy, Window
from dispcli.core.states import FINAL, SOLVED, Party, State
from dispcli.core.zones import end_of, last_instant, latest_instant, zone_named
from dispcli.namedtuples import NamedTuple

SELLER_ANSWERS = "seller-answers"
ANSWER_OFFER = "answer-offer"
ESCALATE = "escalate"
RULING = "ruling"
SEND_RETURN = "send-return"
REFUND_ARRIVES = "refund-arrives"
REPLACEMENT_ARRIVES = "replacement-arrives"
CONFIRM_OR_KEEP = "confirm-or-keep"
PRESS_BUTTON = "press-button"
MUST_ACT = "must-act"
OPEN_DISPUTE = "open-dispute"
PROTECTION_ENDS = "protection-ends"

MEANINGS: Mapping[str, str] = MappingProxyType(
    {
        SELLER_ANSWERS: "the seller has to answer",
        ANSWER_OFFER: "answer the seller",
        ESCALATE: "escalate, before it closes by itself",
        RULING: "the marketplace has to decide",
        SEND_RETURN: "send the goods back",
        REFUND_ARRIVES: "the refund has to arrive",
        REPLACEMENT_ARRIVES: "the replacement has to arrive",
        CONFIRM_OR_KEEP: "confirm the cancel, or keep the dispute",
        PRESS_BUTTON: "cancel it on the site, too",
        MUST_ACT: "somebody has to act",
        OPEN_DISPUTE: "last chance to open a dispute",
        PROTECTION_ENDS: "protection ends, and nothing has arrived",
    }
)
"""Every deadline there is, by its code: what has to be done. The last two are of what no dispute is about."""

ARRIVALS: Mapping[str, str] = MappingProxyType({"refund": REFUND_ARRIVES, "replacement": REPLACEMENT_ARRIVES})
"""What a settlement can bring, with the deadline of it."""

RECORDED = "recorded"

BASES: Mapping[str, str] = MappingProxyType(
    {
        GIVEN: "the platform shows it",
        ENTERED: "you entered it",
        "estimated": "counted by the marketplace's rules, as far as they are known",
        RECORDED: "no date is known: it waits since the day it was recorded here",
    }
)
"""How a deadline is known."""


class Deadline(NamedTuple):
    """A UTC instant or a day by which `party` must act; `code` is one of MEANINGS, `basis` one of BASES.

    `window` names the policy's window an estimate counts by, `source` where that window is known from. A bare
    day ends on the clock of `zone`, an IANA name.
    """

    party: Party
    at: str
    basis: str
    code: str
    window: str | None = None
    source: str | None = None
    zone: str = "UTC"

    def end(self) -> datetime:
        """The last instant (UTC) that still counts; a bare day counts to its end."""
        return end_of(self.at, self.zone)

    @property
    def is_open_ended(self) -> bool:
        """Whether others have to do it by no known date, so that their time is never over."""
        return self.basis == RECORDED and self.party is not Party.BUYER


def deadlines(case: Case, policy: Policy) -> tuple[Deadline, ...]:
    """Every deadline that runs in a dispute, passed ones too, the soonest first.

    A date that was told takes the place of the estimate of the same. What is for the buyer to do and has
    neither is due on the day it came up. A refund or a replacement waits since it was sent, promised or
    agreed on, where no rule tells how long that takes. Once all that is owed is here, nothing else is waited
    for.
    """
    if case.dispute.state in FINAL:
        return tuple(_unseen(case))
    found = (*_undated(case), *_estimates(case, policy), *_told(case, policy))
    moot = _moot(case)
    running = {
        (one.code, one.party if one.code == MUST_ACT else None): one for one in found if one.code not in moot
    }
    return tuple(sorted(running.values(), key=lambda one: (one.end(), one.code)))


def deadline(case: Case, policy: Policy) -> Deadline | None:
    """The next deadline: the newest date that was told, else the estimate for whoever's move it is."""
    if case.dispute.state in FINAL:
        return None
    moot = _moot(case)
    if told := [one for one in _told(case, policy) if one.code not in moot]:
        return told[-1]
    timers = _NEXT_TIMERS.get(case.dispute.standing, ())
    return next((one for one in _estimates(case, policy, timers) if one.code not in moot), None)


def _moot(case: Case) -> tuple[str, ...]:
    """The deadlines that no longer matter, because all that is owed, promised or issued is here."""
    return _ABOUT_WHAT_IS_OWED if settled(case) and not any(_awaited(case, kind) for kind in ARRIVALS) else ()


_ABOUT_WHAT_IS_OWED = (SELLER_ANSWERS, ANSWER_OFFER, ESCALATE, RULING, *ARRIVALS.values())


def own_deadlines(case: Case, policy: Policy) -> tuple[Deadline, ...]:
    """By when the buyer must act, the soonest first; what is due without a date has no end to be missed."""
    return tuple(one for one in deadlines(case, policy) if one.party is Party.BUYER and one.basis != RECORDED)


def order_deadlines(order: Order, policy: Policy) -> tuple[Deadline, ...]:
    """The deadlines of what no dispute is about, passed ones too: to open one, and of protection."""
    if order.status in NOTHING_BOUGHT:
        return ()
    opening = time_to_open(order, policy)
    found = [opening] if opening else []
    if order.protection_ends and not has_arrived(order):
        # Where it isn't known whether a file told it, it is told as ever: who entered one did so "as the site
        # shows it", so this is the less false of the two, and an upgrade by itself changes no agenda.
        basis = order.protection_basis or GIVEN
        found.append(Deadline(Party.BUYER, order.protection_ends, basis, PROTECTION_ENDS, zone=policy.zone))
    return tuple(sorted(found, key=Deadline.end))


def time_to_open(order: Order, policy: Policy) -> Deadline | None:
    """Until when a dispute may be opened by the policy's window; None without one or a known start of it."""
    window = policy.windows.get("open")
    started = _order_start(order, window.after) if window else None
    if window is None or started is None:
        return None
    return _estimate(OPEN_DISPUTE, "open", window, started, zone_named(policy.zone))


NOTHING_BOUGHT = (OrderStatus.PLACED, OrderStatus.CANCELLED, OrderStatus.CLOSED)
"""Not paid, or called off: there is nothing to claim."""

ARRIVED = (OrderStatus.DELIVERED, OrderStatus.COMPLETED)


def has_arrived(order: Order) -> bool:
    """Whether anything says that the goods are here."""
    return order.delivered is not None or order.status in ARRIVED


def next_party(case: Case) -> Party:
    """Whose move it is next."""
    if goods_go_first(case):
        return Party.BUYER
    return _MOVES_NEXT.get(case.dispute.standing, Party.SELLER)


_MOVES_NEXT = {State.ANSWERED: Party.BUYER, State.ESCALATED: Party.PLATFORM}


def day_told(moment: str, policy: Policy) -> str:
    """The day of a stored moment on the marketplace's clock, as sentences tell it; a bare day stays a day."""
    return moment if is_day(moment) else local_day(moment, zone_named(policy.zone))


def window_end(started: str, window: Window, zone: tzinfo) -> datetime:
    """The last instant (UTC) of a window that began at a stored moment.

    A bare day counts to its end on the clock of `zone`, for it is not known when on it something happened.
    An end in the hour that the clock has twice is the second one, in an hour that it skips as much later.
    What no calendar reaches ends with the year 9999.
    """
    try:
        start = last_instant(started, zone) if is_day(started) else parse_instant(started)
        if window.hours:
            return start + timedelta(hours=window.hours)
        return latest_instant(_days_later(start.astimezone(zone).replace(tzinfo=None), window), zone)
    except OverflowError:
        return datetime.max.replace(microsecond=0, tzinfo=UTC)


def _days_later(start: datetime, window: Window) -> datetime:
    if not window.business_days:
        return start + timedelta(days=window.days)
    end, left = start, window.days
    while left:
        end += timedelta(days=1)
        left -= end.weekday() < 5
    return end


# --- what the policy estimates ---


class _Timer(NamedTuple):
    """A deadline that a window of the policy estimates: in which states it runs, and from when."""

    code: str
    window: str
    states: tuple[State, ...]
    since: Callable[[Case], str | None]


def _since_it_stands_so(case: Case) -> str | None:
    return case.history.entered


def _since_the_opening(case: Case) -> str:
    return case.dispute.opened_at


def _since_a_return_is_owed(case: Case) -> str | None:
    return _since_it_stands_so(case) if case.solution.remedy == "return_and_refund" else None


def _since_a_refund_is_owed(case: Case) -> str | None:
    """Since it was issued; else since it was promised or agreed on. As long as it has not come in full.

    No rule tells when a promise is kept. What was sent at once has to be here by then, so that is the day to
    ask what became of it. Goods on their way back start nothing: how long they take is not known.
    """
    since = _awaited(case, "refund")
    comes_later = case.dispute.state is State.RETURNING and since == case.history.entry
    return since.moment if since and not comes_later else None


def _awaited(case: Case, kind: str) -> Event | None:
    """What a refund or a replacement is waited for since: that it was issued, else promised, else agreed on.

    None where it has come, or is not owed. What was issued and has arrived starts nothing.
    """
    noted = [(event, fact) for event, fact in case.history.settlements if fact.kind == kind]
    for stage, told in (("issued", ("issued", "received")), ("promised", ("promised", "issued", "received"))):
        if is_outstanding([fact for _, fact in noted if fact.stage in told]):
            return next(event for event, fact in reversed(noted) if fact.stage == stage)
    return case.history.entry if is_owed(case, kind) and not settled(case) else None


_LIVE = tuple(state for state in State if state not in FINAL)
_TIMERS = (
    _Timer(SELLER_ANSWERS, "seller_answers", (State.OPENED,), _since_it_stands_so),
    _Timer(ANSWER_OFFER, "answer_offer", (State.ANSWERED,), _since_it_stands_so),
    _Timer(ESCALATE, "escalate", (State.OPENED, State.ANSWERED), _since_the_opening),
    _Timer(RULING, "marketplace_steps_in", (State.ESCALATED,), _since_it_stands_so),
    _Timer(SEND_RETURN, "send_return", (State.AGREED,), _since_a_return_is_owed),
    _Timer(REFUND_ARRIVES, "refund_arrives", _LIVE, _since_a_refund_is_owed),
)
_NEXT = {
    State.OPENED: SELLER_ANSWERS,
    State.ANSWERED: ANSWER_OFFER,
    State.ESCALATED: RULING,
    State.AGREED: SEND_RETURN,
}
_NEXT_TIMERS = {
    state: tuple(timer for timer in _TIMERS if timer.code == code) for state, code in _NEXT.items()
}


def _estimates(case: Case, policy: Policy, timers: Iterable[_Timer] = _TIMERS) -> Iterator[Deadline]:
    for code, name, states, since in timers:
        window = policy.windows.get(name)
        if window and case.dispute.standing in states and (started := since(case)) is not None:
            yield _estimate(code, name, window, started, zone_named(policy.zone))


def _estimate(code: str, name: str, window: Window, started: str, zone: tzinfo) -> Deadline:
    at = instant(window_end(started, window, zone))
    return Deadline(Party(window.by), at, "estimated", code, name, window.source)


def _order_start(order: Order, after: str) -> str | None:
    """When the window to open a dispute began, by the word the policy has for it.

    What has not arrived was to arrive by the promised day, so its delivery ended then; but the end of
    protection that is known goes before what is counted from there.
    """
    never_came = not has_arrived(order) and order.protection_ends is None
    delivery = order.promised if never_came else order.delivered
    starts = {"delivery": delivery, "latest-delivery": order.promised, "payment": order.placed}
    return starts.get(after)


# --- what was told, and what waits since it was recorded ---


def _told(case: Case, policy: Policy) -> Iterator[Deadline]:
    for event, due in case.history.dues:
        basis = ENTERED if was_entered(event) else GIVEN
        yield Deadline(due.party, due.at, basis, _meant(case, due), zone=policy.zone)


def _meant(case: Case, due: Due) -> str:
    """Which deadline a date stands for: a party has one thing to do in most states."""
    standing, others = case.dispute.standing, due.party is not Party.BUYER
    if others and standing in SOLVED and not goods_go_first(case):
        return ARRIVALS[kind_of_remedy(case.solution.remedy)]
    if standing is State.AGREED and next_party(case) is not due.party:
        return MUST_ACT
    return _MEANT.get((standing, due.party), MUST_ACT)


_MEANT = {
    (State.OPENED, Party.SELLER): SELLER_ANSWERS,
    (State.OPENED, Party.BUYER): ESCALATE,
    (State.ANSWERED, Party.BUYER): ANSWER_OFFER,
    (State.ESCALATED, Party.PLATFORM): RULING,
    (State.AGREED, Party.BUYER): SEND_RETURN,
}


def _undated(case: Case) -> Iterator[Deadline]:
    """What waits as it stands: a cancel to be confirmed or kept, an answer, a return; what is to arrive."""
    state, asked = case.dispute.state, case.history.request
    if state is State.CANCEL_REQUESTED and asked:
        yield _recorded(CONFIRM_OR_KEEP, asked)
    elif next_party(case) is Party.BUYER and state in _NEXT and (since := case.history.entry):
        yield _recorded(_NEXT[state], since)
    for kind, code in ARRIVALS.items():
        if awaited := _awaited(case, kind):
            paid_by_platform = kind == "refund" and awaited.party is Party.PLATFORM
            yield _recorded(code, awaited, Party.PLATFORM if paid_by_platform else Party.SELLER)


def _unseen(case: Case) -> Iterator[Deadline]:
    """A cancel that was confirmed is to be done on the site."""
    dispute, confirmed = case.dispute, case.history.last_move
    waits = dispute.seen_at is None and dispute.replaced_by is None
    if dispute.state is State.CANCELLED and waits and confirmed:
        yield _recorded(PRESS_BUTTON, confirmed)


def _recorded(code: str, event: Event, party: Party = Party.BUYER) -> Deadline:
    return Deadline(party, event.at[:10], RECORDED, code)
