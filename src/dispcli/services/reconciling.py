"""Disputes and refunds that files tell, brought together with those that are known."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from dispcli.core.cancelling import Steps
from dispcli.core.disputes import Case, Dispute
from dispcli.core.facts import Settlement
from dispcli.core.machine import Unchanged
from dispcli.core.moments import parse_instant
from dispcli.core.observing import enter, observe
from dispcli.core.recording import Place, Stamp
from dispcli.core.settling import News, decide_settlement
from dispcli.core.states import FINAL, Party
from dispcli.core.told import ToldDispute, ToldRefund
from dispcli.services.brought import Brought
from dispcli.services.caseload import Caseload
from dispcli.services.merging import match_line
from dispcli.services.targets import Goods

_SAME_OPENING = timedelta(days=3)
"""How far apart the day a person typed and the day the platform tells may be."""


def reconcile(
    caseload: Caseload, told: Iterable[ToldDispute | ToldRefund], stamp: Stamp
) -> Iterator[Brought]:
    """Decide about each of them; they are written with the caseload. The same again changes nothing."""
    everything = list(told)
    caseload.load(word for one in everything for word in _words(one))
    for one in everything:
        if isinstance(one, ToldRefund):
            yield _refund(caseload, one, stamp)
        else:
            yield _dispute(caseload, one, stamp)


def _words(told: ToldDispute | ToldRefund) -> tuple[str, ...]:
    if isinstance(told, ToldRefund):
        return (told.payment,)
    return (told.order, told.platform_id, *told.aliases)


# --- disputes ---


def _dispute(caseload: Caseload, told: ToldDispute, stamp: Stamp) -> Brought:
    name = (told.marketplace, told.order)
    unknown = None if told.sight.standings else told.sight.word
    goods = _goods(caseload, told)
    if goods is None:
        problem = f"dispute {told.platform_id}: its order {told.order} is not known"
        return Brought("dispute", name, "same", problem=problem)
    known = _known(caseload, told, goods)
    if known is not None:
        return _observed(caseload, known, told, stamp)._replace(unknown_word=unknown)
    if rival := _rival(caseload, goods):
        remark = (
            f"dispute {told.platform_id} is left out: {rival.name} is open about the same goods; "
            f"say how it ended, then import again"
        )
        return Brought("dispute", name, "conflict", remark=remark)
    first, *more = enter(told)
    dispute = caseload.open(Place(*goods, told.platform_id), Steps((first,)), stamp)
    if more:
        caseload.record(dispute, Steps(tuple(more)), stamp)
    return Brought("dispute", name, "new", unknown)


def _observed(caseload: Caseload, case: Case, told: ToldDispute, stamp: Stamp) -> Brought:
    seen = observe(case, told)
    if seen.changes:
        caseload.record(case.dispute, Steps(seen.changes), stamp)
    fate = "conflict" if seen.conflict else "changed" if seen.changes else "same"
    return Brought("dispute", (told.marketplace, told.order), fate, remark=seen.remark)


def _goods(caseload: Caseload, told: ToldDispute) -> Goods | None:
    """The order and the line it is about; None where the order is not known."""
    named = (one for one in caseload.orders_numbered(told.order) if one.marketplace == told.marketplace)
    order = next((caseload.order(one.id) for one in named), None)
    if order is None:
        return None
    if told.line is None:
        return Goods(order.id)
    return Goods(order.id, match_line({line.id: line for line in order.lines}, told.line))


def _known(caseload: Caseload, told: ToldDispute, goods: Goods) -> Case | None:
    """The dispute as it is known: by one of its ids, else one that was recorded by hand about these goods."""
    for word in (told.platform_id, *told.aliases):
        for dispute_id in caseload.disputes_known_as(word):
            case = caseload.case(dispute_id)
            if case is not None and case.order.marketplace == told.marketplace:
                return case
    by_hand = [
        dispute for dispute in caseload.disputes_of(goods.order_id) if _may_be(dispute, told, goods, caseload)
    ]
    return caseload.case(by_hand[0].id) if len(by_hand) == 1 else None


def _may_be(dispute: Dispute, told: ToldDispute, goods: Goods, caseload: Caseload) -> bool:
    """Whether a dispute without the platform's id is the one that is told: the same goods, opened then."""
    if dispute.platform_id is not None or dispute.replaced_by is not None:
        return False
    order = caseload.order(goods.order_id)
    same_goods = dispute.line_id == goods.line_id or (
        None in (dispute.line_id, goods.line_id) and order is not None and len(order.lines) <= 1
    )
    apart = abs(parse_instant(dispute.opened_at) - parse_instant(told.opened))
    goes_on = dispute.state not in FINAL and any(shown.state not in FINAL for shown in told.sight.standings)
    return same_goods and (apart <= _SAME_OPENING or goes_on)


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
    if any(_has_reference(case, told.reference) for case in cases):
        return Brought("refund", name, "same")
    waiting = [case for case in cases if case.dispute.opened_at[:10] <= told.at[:10]]
    waiting = [case for case in waiting if case.dispute.state not in FINAL] or waiting
    if len(waiting) != 1:
        names = ", ".join(case.dispute.name for case in waiting)
        remark = f"refund {told.reference} of {told.amount} may belong to {names}; record it by hand"
        return Brought("refund", name, "same", remark=remark if waiting else None)
    (case,) = waiting
    settlement = Settlement("refund", "received", told.amount, told.reference)
    decision = decide_settlement(case, News(settlement, Party.BUYER, happened_at=told.at))
    if not isinstance(decision, Steps):
        problem = None if isinstance(decision, Unchanged) else f"{case.dispute.name}: {decision.message}"
        return Brought("refund", name, "same", problem=problem)
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


def _has_reference(case: Case, reference: str) -> bool:
    return any(fact.reference == reference and fact.stage == "received" for _, fact in case.settlements)
