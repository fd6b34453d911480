"""What needs the buyer and by when: deadlines as things to do, with what may be recorded then.

Nothing here moves a dispute. What others have to do needs the buyer once their time is over; until then it
is only waited for.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, tzinfo
from enum import StrEnum
from types import MappingProxyType

from dispcli.core import deadlines as due
from dispcli.core.deadlines import Deadline, deadlines, order_deadlines
from dispcli.core.disputes import Case
from dispcli.core.facts import Settlement
from dispcli.core.moments import days_until
from dispcli.core.money import Money
from dispcli.core.new_orders import lines_total
from dispcli.core.orders import Line, Order
from dispcli.core.owed import kind_of_remedy, left_after
from dispcli.core.policy import Policy
from dispcli.core.states import Action, Party, State
from dispcli.namedtuples import NamedTuple


class Urgency(StrEnum):
    """How soon something is due; `soon` is within three days, `week` within seven."""

    OVERDUE = "overdue"
    TODAY = "today"
    SOON = "soon"
    WEEK = "week"
    LATER = "later"


_WITHIN = ((0, Urgency.TODAY), (3, Urgency.SOON), (7, Urgency.WEEK))

DAYS_AHEAD = 14


class AgendaQuery(NamedTuple):
    """What belongs on the agenda: what is due within so many days; `overdue`: only what is overdue.

    `waiting`: what others have to do as well, before their time is over.
    """

    days: int = DAYS_AHEAD
    overdue: bool = False
    waiting: bool = False


class Item(NamedTuple):
    """Something to do about a dispute, or about the `lines` of an order that no dispute is about.

    `days_left` counts days of the user's own calendar, below zero once they are over. `proposals` are the
    actions that may be recorded now, the likeliest first; a receipt has to name the `kind` of what came,
    where it is not what is owed. `version` grows with the dispute.
    """

    deadline: Deadline
    urgency: Urgency
    days_left: int
    order: Order
    title: str
    amount: Money | None
    dispute: str | None = None
    version: int = 0
    proposals: tuple[Action, ...] = ()
    kind: str | None = None
    lines: Sequence[Line] = ()

    @property
    def overdue(self) -> bool:
        """Whether its time is over."""
        return self.urgency is Urgency.OVERDUE

    @property
    def missed(self) -> bool:
        """Whether somebody's time is over; what is due without a date has no end."""
        return self.overdue and self.deadline.basis != due.RECORDED

    @property
    def pressing(self) -> bool:
        """Whether it can't wait until tomorrow.

        What others still have time for can, and so can the last chance to complain about what has arrived.
        """
        if self.deadline.code == due.OPEN_DISPUTE and due.has_arrived(self.order):
            return False
        return self.overdue or (self.urgency is Urgency.TODAY and self.deadline.party is Party.BUYER)

    @property
    def what(self) -> str:
        """What has to be done, or what has not been done in time."""
        code = self.deadline.code
        return _MISSED.get(code, due.MEANINGS[code]) if self.missed else due.MEANINGS[code]

    @property
    def part(self) -> Sequence[Line]:
        """The lines of an order that it is about, where those are not all; none for a dispute."""
        return self.lines if len(self.lines) < len(self.order.lines) else ()

    @property
    def target(self) -> str:
        """What commands know it by: the dispute's id, else the order's full name."""
        return self.dispute or self.order.name


class Entry(NamedTuple):
    """An item with its commands: what is likely to be recorded, and what else may be (None: nothing)."""

    item: Item
    action: str
    otherwise: str | None = None


_MISSED: Mapping[str, str] = MappingProxyType(
    {
        due.SELLER_ANSWERS: "the seller has not answered in time",
        due.ANSWER_OFFER: "your time to answer the seller is over",
        due.ESCALATE: "your time to escalate is over",
        due.RULING: "the marketplace has not decided in time",
        due.SEND_RETURN: "your time to send the goods back is over",
        due.REFUND_ARRIVES: "the refund has not arrived in time",
        due.REPLACEMENT_ARRIVES: "the replacement has not arrived in time",
        due.MUST_ACT: "somebody has not acted in time",
    }
)


def case_items(case: Case, policy: Policy, query: AgendaQuery, now: datetime) -> Iterator[Item]:
    """What there is to do about a dispute."""
    for deadline in deadlines(case, policy):
        urgency, left = _urgency(deadline, now)
        if _is_wanted(deadline, urgency, left, query):
            about = (case.order, case.title, _amount(case, deadline), case.dispute.name, case.dispute.version)
            item = Item(deadline, urgency, left, *about)
            over = item.missed or deadline.is_open_ended
            proposals = _proposals(case, policy, deadline.code, over=over)
            yield item._replace(proposals=proposals, kind=_kind_to_name(case, deadline.code))


def order_items(
    order: Order, lines: Sequence[Line], policy: Policy, query: AgendaQuery, now: datetime
) -> Iterator[Item]:
    """What there is to do about those lines of an order that no dispute is about; too late, nothing is.

    When it came, and until when it is protected, is known of the order alone, not of a line.
    """
    title = lines[0].title if lines else f"order {order.number}"
    amount = order.total if len(lines) == len(order.lines) else _price(lines)
    for deadline in order_deadlines(order, policy):
        urgency, left = _urgency(deadline, now)
        if urgency is not Urgency.OVERDUE and _is_wanted(deadline, urgency, left, query):
            yield Item(deadline, urgency, left, order, title, amount, lines=lines)


def by_urgency(items: Iterable[Item]) -> list[Item]:
    """The most urgent first, in an order that is always the same."""
    ranks = {urgency: rank for rank, urgency in enumerate(Urgency)}
    return sorted(
        items,
        key=lambda item: (
            ranks[item.urgency],
            item.deadline.end(),
            item.deadline.code,
            item.order.id,
            item.target,
        ),
    )


def counted(items: Iterable[Item]) -> str:
    """`2 overdue, 1 today`; nothing where neither is."""
    urgencies = [item.urgency for item in items if item.pressing]
    counts = ((urgencies.count(urgency), urgency) for urgency in (Urgency.OVERDUE, Urgency.TODAY))
    return ", ".join(f"{count} {urgency}" for count, urgency in counts if count)


def _urgency(deadline: Deadline, now: datetime, zone: tzinfo | None = None) -> tuple[Urgency, int]:
    """How urgent it is, and how many days are left on the calendar of `zone` (None: of this machine).

    Nothing is over before its day has ended on the marketplace's clock, though here it may be the next day.
    What is open-ended never is.
    """
    left = days_until(deadline.at, now, zone)
    if deadline.is_open_ended:
        return Urgency.LATER, left
    if deadline.end() < now:
        return Urgency.OVERDUE, left
    left = max(left, 0)
    return next((urgency for most, urgency in _WITHIN if left <= most), Urgency.LATER), left


def _is_wanted(deadline: Deadline, urgency: Urgency, left: int, query: AgendaQuery) -> bool:
    if urgency is Urgency.OVERDUE:
        return True
    told = deadline.party is Party.BUYER or query.waiting or deadline.is_open_ended
    return not query.overdue and told and left <= query.days


def _amount(case: Case, deadline: Deadline) -> Money | None:
    """What it is about: of a refund that is waited for, what is missing; else what is claimed."""
    if deadline.code == due.REFUND_ARRIVES:
        missing = left_after(case, Settlement("refund", "received"))
        if len(missing) == 1:
            return missing[0]
    return case.dispute.claim.amount


def _kind_to_name(case: Case, code: str) -> str | None:
    owed = kind_of_remedy(case.solution.remedy)
    return next((kind for kind, arrives in due.ARRIVALS.items() if arrives == code and kind != owed), None)


def _price(lines: Sequence[Line]) -> Money | None:
    """What the lines cost together; None where that is no one known amount."""
    try:
        return lines_total(lines)
    except ValueError:
        return None


_MINE: Mapping[str, tuple[Action, ...]] = MappingProxyType(
    {
        due.ANSWER_OFFER: (Action.ACCEPT, Action.ESCALATE),
        due.ESCALATE: (Action.ESCALATE,),
        due.SEND_RETURN: (Action.SHIP_RETURN,),
        due.CONFIRM_OR_KEEP: (Action.CONFIRM_CANCEL, Action.KEEP),
    }
)
"""What the buyer has to do, and may record at any time."""

_THEIRS: Mapping[str, tuple[Action, ...]] = MappingProxyType(
    {
        due.SELLER_ANSWERS: (Action.ESCALATE,),
        due.RULING: (Action.DECIDE,),
        due.REFUND_ARRIVES: (Action.RECEIVE, Action.ESCALATE),
        due.REPLACEMENT_ARRIVES: (Action.RECEIVE, Action.ESCALATE),
    }
)
"""What may be recorded of what others have to do, once their time is over or where it has no end."""


def _proposals(case: Case, policy: Policy, code: str, *, over: bool) -> tuple[Action, ...]:
    """Those that are possible as it stands; while a cancel is pending, the dispute is to be kept first.
    To accept is final: it is proposed only where what the seller offers is known.

    Once the buyer's own time is over, it was likely done and not recorded; else it lapsed, which is final.
    Then an offer isn't proposed to be accepted: that is final as well, and who wanted it would have said so.
    """
    wanted = _MINE.get(code) or (_theirs(code, policy) if over else ())
    possible = {*case.possible, Action.RECEIVE} - (set() if case.answer else {Action.ACCEPT})
    found = tuple(action for action in wanted if action in possible)
    if wanted and not found and case.dispute.state is State.CANCEL_REQUESTED:
        found = (Action.KEEP,)
    if not over or code not in _MINE:
        return found
    done = tuple(action for action in found if action is not Action.ACCEPT)
    return (*done[:1], Action.LAPSE)


def _theirs(code: str, policy: Policy) -> tuple[Action, ...]:
    wanted = _THEIRS.get(code, ())
    conceded = code == due.SELLER_ANSWERS and policy.silence_concedes
    return (Action.CONCEDE, *wanted) if conceded else wanted
