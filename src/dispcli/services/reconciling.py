"""Disputes and refunds that files tell, brought together with those that are known."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import chain

from dispcli.core.cancelling import Steps
from dispcli.core.disputes import Case, Dispute
from dispcli.core.events import Event
from dispcli.core.facts import Settlement
from dispcli.core.moments import is_day, parse_instant
from dispcli.core.observing import enter, observe
from dispcli.core.recording import Place, Stamp
from dispcli.core.settling import News, decide_settlement
from dispcli.core.states import FINAL, Party
from dispcli.core.told import ToldDispute, ToldRefund
from dispcli.namedtuples import NamedTuple
from dispcli.services.brought import Brought
from dispcli.services.caseload import Caseload
from dispcli.services.merging import match_line
from dispcli.services.targets import Goods

_SAME_OPENING = timedelta(days=3)
"""How far apart the day a person typed and the day the platform tells may be."""


class _Telling(NamedTuple):
    """A dispute a file tells, and the goods it is about."""

    told: ToldDispute
    goods: Goods


def reconcile(
    caseload: Caseload, told: Iterable[ToldDispute | ToldRefund], stamp: Stamp
) -> Iterator[Brought]:
    """Decide about each of them; they are written with the caseload. The same again changes nothing."""
    everything = list(told)
    caseload.load(word for one in everything for word in _words(one))
    found = [_goods(caseload, one) if isinstance(one, ToldDispute) else None for one in everything]
    tellings = [
        _Telling(one, goods)
        for one, goods in zip(everything, found, strict=True)
        if isinstance(one, ToldDispute) and isinstance(goods, Goods)
    ]
    for one, goods in zip(everything, found, strict=True):
        if isinstance(one, ToldRefund):
            yield _refund(caseload, one, stamp)
        elif isinstance(goods, Goods):
            yield _dispute(caseload, _Telling(one, goods), _beside(one, goods, tellings), stamp)
        else:
            name = (one.marketplace, one.order)
            yield Brought("dispute", name, "same", problem=f"dispute {one.platform_id}: {goods}")


def _beside(told: ToldDispute, goods: Goods, tellings: Iterable[_Telling]) -> tuple[ToldDispute, ...]:
    """The later disputes about the same goods that are told too."""
    return tuple(one.told for one in tellings if one.goods == goods and one.told.opened > told.opened)


def _words(told: ToldDispute | ToldRefund) -> tuple[str, ...]:
    if isinstance(told, ToldRefund):
        return (told.payment,)
    return (told.order, told.platform_id, *told.aliases)


# --- disputes ---


def _dispute(caseload: Caseload, telling: _Telling, later: tuple[ToldDispute, ...], stamp: Stamp) -> Brought:
    told, goods = telling
    name = (told.marketplace, told.order)
    unknown = None if told.sight.standings else told.sight.word
    known = _known(caseload, telling, later)
    if known is not None:
        return _observed(caseload, known, telling, stamp)._replace(unknown_word=unknown)
    if rival := _rival(caseload, goods):
        remark = (
            f"dispute {told.platform_id} is left out: {rival.name} is open about the same goods; "
            f"say how that ended, then import again"
        )
        return Brought("dispute", name, "conflict", remark=remark)
    first, *more = enter(told)
    dispute = caseload.open(Place(*goods, told.platform_id), Steps((first,)), stamp)
    if more:
        caseload.record(dispute, Steps(tuple(more)), stamp)
    return Brought("dispute", name, "new", unknown)


def _observed(caseload: Caseload, case: Case, telling: _Telling, stamp: Stamp) -> Brought:
    told, goods = telling
    seen = observe(case, told)
    if seen.changes:
        caseload.record(case.dispute, Steps(seen.changes), stamp)
    fate = "conflict" if seen.conflict else "changed" if seen.changes else "same"
    remark = seen.remark or _elsewhere(caseload, case, goods)
    return Brought("dispute", (told.marketplace, told.order), fate, remark=remark)


def _elsewhere(caseload: Caseload, case: Case, goods: Goods) -> str | None:
    """What is said of a dispute that is known under another order, which may be about the same purchase."""
    order = caseload.order(goods.order_id)
    if case.order.id == goods.order_id or order is None or goods.order_id in caseload.linked(case.order.id):
        return None
    here, there = (f"{one.marketplace}:{one.number}" for one in (case.order, order))
    return (
        f"{case.dispute.name} is known under {here}, and the file tells it under {there}; "
        f"to join them: dispcli orders link {here} {there}"
    )


def _goods(caseload: Caseload, told: ToldDispute) -> Goods | str:
    """The order and the line it is about, or why there is none."""
    named = (one for one in caseload.orders_numbered(told.order) if one.marketplace == told.marketplace)
    order = next((caseload.order(one.id) for one in named), None)
    if order is None:
        return f"its order {told.order} is not known"
    if told.line is None:
        return Goods(order.id)
    line_id = match_line({line.id: line for line in order.lines}, told.line)
    return f"order {told.order} has no such line" if line_id is None else Goods(order.id, line_id)


def _known(caseload: Caseload, telling: _Telling, later: tuple[ToldDispute, ...]) -> Case | None:
    """The dispute as it is known: by one of its ids, else one that was recorded by hand about these goods."""
    told, goods = telling
    for word in (told.platform_id, *told.aliases):
        for dispute_id in caseload.disputes_known_as(word):
            case = caseload.case(dispute_id)
            if case is None or case.order.marketplace != told.marketplace:
                continue
            # What several disputes may share names one of them only together with the goods.
            if word == told.platform_id or _same_goods(caseload, case.dispute, goods):
                return case
    by_hand = [
        case
        for dispute in caseload.disputes_of(goods.order_id)
        if dispute.platform_id is None
        and dispute.replaced_by is None
        and _same_goods(caseload, dispute, goods)
        and (case := caseload.case(dispute.id))
        and _may_be(case, told, later)
    ]
    return by_hand[0] if len(by_hand) == 1 else None


def _same_goods(caseload: Caseload, dispute: Dispute, goods: Goods) -> bool:
    """Whether it is about these goods; an order of one line is that line."""
    if dispute.order_id != goods.order_id:
        return False
    order = caseload.order(goods.order_id)
    one_line = order is not None and len(order.lines) <= 1
    return dispute.line_id == goods.line_id or (one_line and None in (dispute.line_id, goods.line_id))


def _may_be(case: Case, told: ToldDispute, later: tuple[ToldDispute, ...]) -> bool:
    """Whether what was recorded by hand is the dispute that is told.

    Both are open; or they were opened about the same time. Who didn't say when it was opened knew it by
    then: it is the last one that was told to be opened before.
    """
    standings = told.sight.standings
    goes_on = not standings or any(shown.state not in FINAL for shown in standings)
    if goes_on and case.dispute.state not in FINAL:
        return True
    recorded = parse_instant(case.dispute.opened_at)
    if case.history[0].happened_at is not None:
        return abs(recorded - parse_instant(told.opened)) <= _SAME_OPENING
    before = recorded + _SAME_OPENING
    return parse_instant(told.opened) <= before and not any(
        parse_instant(other.opened) <= before for other in later
    )


def _rival(caseload: Caseload, goods: Goods) -> Dispute | None:
    """An open dispute that shares the goods: there can't be two."""
    for dispute in caseload.disputes_of(goods.order_id):
        if dispute.state in FINAL or dispute.replaced_by is not None:
            continue
        if None in (dispute.line_id, goods.line_id) or dispute.line_id == goods.line_id:
            return dispute
    return None


# --- refunds ---


def _refund(caseload: Caseload, told: ToldRefund, stamp: Stamp) -> Brought:
    """Money that came back is a settlement received of the dispute it belongs to, where there is one."""
    name = (told.marketplace, told.payment)
    cases = list(_paid_with(caseload, told))
    if any(fact.reference == told.reference for _, fact in chain.from_iterable(map(_received, cases))):
        return Brought("refund", name, "same")
    fitting = [case for case in cases if not _is_before(told.at, case.dispute.opened_at)]
    fitting = [case for case in fitting if case.dispute.state not in FINAL] or fitting
    if len(fitting) != 1:
        return Brought("refund", name, "same", remark=_unclear(told, fitting or cases))
    (case,) = fitting
    if _recorded_by_hand(case, told):
        remark = f"refund {told.reference} of {told.amount} is taken for the one recorded by hand on"
        return Brought("refund", name, "same", remark=f"{remark} {case.dispute.name}")
    settlement = Settlement("refund", "received", told.amount, told.reference)
    decision = decide_settlement(case, News(settlement, Party.BUYER, happened_at=told.at))
    if not isinstance(decision, Steps):
        return Brought("refund", name, "same", problem=f"{case.dispute.name}: {decision.message}")
    caseload.record(case.dispute, decision, stamp)
    return Brought("refund", name, "new")


def _paid_with(caseload: Caseload, told: ToldRefund) -> Iterator[Case]:
    """The disputes about what was paid with it: at the service itself, and at the shop it is linked to."""
    for named in caseload.orders_numbered(told.payment):
        if named.marketplace != told.marketplace:
            continue
        for order_id in (named.id, *caseload.linked(named.id)):
            for dispute in caseload.disputes_of(order_id):
                case = caseload.case(dispute.id) if dispute.replaced_by is None else None
                if case is not None:
                    yield case


def _unclear(told: ToldRefund, cases: list[Case]) -> str | None:
    """What is said of a refund of which it isn't clear what it settles; nothing where nothing is disputed."""
    if not cases:
        return None
    names = ", ".join(f"D{number}" for number in sorted(case.dispute.id for case in cases))
    doubt = f"may belong to {names}" if len(cases) > 1 else f"arrived before {names} was opened"
    return f"refund {told.reference} of {told.amount} {doubt}; record it by hand where it belongs"


def _is_before(moment: str, other: str) -> bool:
    """Whether it is earlier for sure: a day may be any time of it."""
    if is_day(moment) or is_day(other):
        return moment[:10] < other[:10]
    return moment < other


def _received(case: Case) -> Iterator[tuple[Event, Settlement]]:
    return ((event, fact) for event, fact in case.history.settlements if fact.stage == "received")


def _recorded_by_hand(case: Case, told: ToldRefund) -> bool:
    """Whether a receipt without a reference is this one: the same amount, told no earlier than it arrived."""
    arrived = parse_instant(told.at) - _SAME_OPENING
    return any(
        fact.reference is None and fact.amount == told.amount and parse_instant(event.moment) >= arrived
        for event, fact in _received(case)
    )
