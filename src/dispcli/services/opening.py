"""Opening disputes: plan and apply, for one order or several with the same claim."""

from collections.abc import Sequence
from typing import NamedTuple

from dispcli.core.cancelling import Decision, Steps
from dispcli.core.disputes import Dispute
from dispcli.core.facts import Claim, Evidence, Message, Offer, Replaced, Settlement
from dispcli.core.machine import Intent, Refusal, Unchanged, decide
from dispcli.core.opening import OpenAsk, decide_open
from dispcli.core.orders import Line, Order
from dispcli.core.results import Result
from dispcli.core.states import Action, Party, State
from dispcli.errors import Ambiguous, NotFound, Refused
from dispcli.ledger.ledger import Ledger, Stamp
from dispcli.policies import policy_for
from dispcli.services.amounts import read_amount
from dispcli.services.targets import Place, Target, find_place


class NewClaim(NamedTuple):
    """The claim as it was asked for; the amount's currency is the order's where none is given."""

    reason: str | None
    remedy: str | None
    amount: str | None = None
    note: str | None = None
    happened_at: str | None = None
    platform_id: str | None = None
    accepted: tuple[str, ...] = ()
    replaces: int | None = None


class PlannedOpening(NamedTuple):
    """One dispute that is going to be opened, or is open already."""

    place: Place
    order: Order
    ask: OpenAsk
    decision: Decision
    rival: Dispute | None = None


def plan_openings(
    ledger: Ledger, targets: Sequence[Target], claim: NewClaim, operation_id: str | None
) -> tuple[PlannedOpening, ...]:
    """Decide for every order; nothing is written. Raises Refused, NotFound, Ambiguous, UsageProblem."""
    with ledger.reading():
        return _plan_all(ledger, targets, claim, operation_id)


def apply_openings(
    ledger: Ledger,
    targets: Sequence[Target],
    claim: NewClaim,
    stamp: Stamp,
) -> tuple[Result, ...]:
    """Decide again under the lock and write; all of them, or none."""
    with ledger.writing():
        planned = _plan_all(ledger, targets, claim, stamp.operation_id)
        return tuple(_write(ledger, item, claim, stamp) for item in planned)


def _plan_all(
    ledger: Ledger, targets: Sequence[Target], claim: NewClaim, operation_id: str | None
) -> tuple[PlannedOpening, ...]:
    """One plan for each place that is meant; two that overlap exclude each other."""
    planned: dict[Place, PlannedOpening] = {}
    for target in targets:
        item = _plan(ledger, target, claim, operation_id)
        for other in planned:
            if (
                other != item.place
                and other.order_id == item.place.order_id
                and (None in (other.line_id, item.place.line_id))
            ):
                raise Refused(
                    f"order {item.order.number}: the whole order and a line of it exclude each other",
                    code="already-open",
                )
        planned[item.place] = item
    return tuple(planned.values())


def _plan(ledger: Ledger, target: Target, claim: NewClaim, operation_id: str | None) -> PlannedOpening:
    place = find_place(ledger, target)
    order = ledger.order(place.order_id)
    if order is None:
        raise NotFound(f"no order is known as {target.word!r}")
    replaces = _replaced(ledger, claim)
    place = _settle_line(place, order, target, replaces)
    if replaces is not None and (replaces.order_id, replaces.line_id) != place:
        raise Refused(f"{replaces.name} is about something else than {target.word}", code="other-order")
    ask = OpenAsk(
        line_id=place.line_id,
        claim=_claim(claim, order, replaces),
        note=claim.note,
        happened_at=claim.happened_at,
        accepted=claim.accepted,
        replaces=replaces,
    )
    existing = ledger.disputes_of(order.id)
    if (again := _repeated(ledger, place, ask, operation_id)) is not None:
        return PlannedOpening(
            place, order, ask, Unchanged(f"this operation opened {again.name} already"), again
        )
    decision = decide_open(existing, ask, policy_for(order.marketplace))
    if isinstance(decision, Refusal):
        raise Refused(decision.message, code=decision.code, hint=decision.hint, findings=decision.findings)
    same = [d for d in existing if d.line_id == place.line_id and d.claim == ask.claim]
    return PlannedOpening(place, order, ask, decision, same[-1] if same else None)


def _repeated(ledger: Ledger, place: Place, ask: OpenAsk, operation_id: str | None) -> Dispute | None:
    """What this operation opened on this order before. Raises Refused if it said something else."""
    for event in ledger.opened_by(operation_id) if operation_id else ():
        dispute = ledger.dispute(event.dispute_id)
        if dispute is None or dispute.order_id != place.order_id:
            continue
        said = (dispute.line_id, event.fact, event.note, event.happened_at)
        if said == (ask.line_id, ask.claim, ask.note, ask.happened_at):
            return dispute
        raise Refused(
            f"operation {operation_id} opened {dispute.name} with another claim",
            code="operation-reused",
            hint="give every operation an id of its own",
        )
    return None


def _replaced(ledger: Ledger, claim: NewClaim) -> Dispute | None:
    if claim.replaces is None:
        return None
    dispute = ledger.dispute(claim.replaces)
    if dispute is None:
        raise NotFound(f"there is no dispute D{claim.replaces}")
    return dispute


def _settle_line(place: Place, order: Order, target: Target, replaces: Dispute | None) -> Place:
    """The line that is meant: the one named, the only one, or none when the whole order is."""
    if target.whole_order:
        return place._replace(line_id=None)
    if place.line_id is not None:
        return place
    if replaces is not None:
        return place._replace(line_id=replaces.line_id)
    if len(order.lines) > 1:
        lines = ", ".join(f"{line.position}: {line.title[:40]}" for line in order.lines)
        raise Ambiguous(
            f"order {order.number} has {len(order.lines)} lines ({lines})",
            hint="add --line N or --whole-order",
        )
    return place._replace(line_id=order.lines[0].id if order.lines else None)


def _claim(claim: NewClaim, order: Order, replaces: Dispute | None) -> Claim:
    old = replaces.claim if replaces else None
    reason = claim.reason or (old.reason if old else None)
    if reason is None:
        raise Refused(
            "say what the claim is", code="reason-missing", hint="add --reason; see 'dispute reasons'"
        )
    amount = read_amount(claim.amount, order) if claim.amount is not None else (old.amount if old else None)
    remedy = claim.remedy or (old.remedy if old else "refund")
    return Claim(reason, remedy, amount, old.reason_raw if old else None)


def _write(ledger: Ledger, item: PlannedOpening, claim: NewClaim, stamp: Stamp) -> Result:
    if isinstance(item.decision, Unchanged | Refusal):
        return opening_result(item, written=True)
    old = item.ask.replaces
    platform_id = claim.platform_id or (old.platform_id if old else None)
    change = item.decision.changes[0]
    found = item.decision.recorded()
    event = ledger.open_dispute(item.order.id, item.place.line_id, platform_id, change, stamp, found)
    if old is not None:
        _hand_over(ledger, old, event.dispute_id, stamp)
    return opening_result(item, written=True)._replace(dispute=f"D{event.dispute_id}")


_FACTS_KEPT = (Message, Settlement, Offer, Evidence)


def _hand_over(ledger: Ledger, old: Dispute, new_id: int, stamp: Stamp) -> None:
    """Mark the old record as made in error, and note its facts on the new one, as they happened."""
    new = ledger.dispute(new_id)
    mark = decide(old.position, Intent(Action.NOTE, Party.BUYER, fact=Replaced(new_id)))
    if new is None or isinstance(mark, Refusal):
        raise NotFound(f"D{new_id} could not take the place of {old.name}; nothing was written")
    notes = [
        decide(
            new.position,
            Intent(Action.NOTE, event.party, fact=event.fact, happened_at=event.happened_at or event.at),
        )
        for event in ledger.history(old.id)
        if isinstance(event.fact, _FACTS_KEPT)
    ]
    ledger.append(old, [mark], stamp)
    ledger.append(new, [note for note in notes if not isinstance(note, Refusal)], stamp)


def opening_result(item: PlannedOpening, *, written: bool) -> Result:
    """What to report about one opening."""
    line: Line | None = next((line for line in item.order.lines if line.id == item.place.line_id), None)
    first = line or (item.order.lines[0] if item.order.lines else None)
    unchanged = isinstance(item.decision, Unchanged)
    return Result(
        dispute=item.rival.name if unchanged and item.rival else "",
        marketplace=item.order.marketplace,
        order=item.order.number,
        title=first.title if first else f"order {item.order.number}",
        actions=() if unchanged else (Action.OPEN,),
        from_state=item.rival.state if unchanged and item.rival else None,
        to_state=item.rival.state if unchanged and item.rival else State.OPENED,
        status="unchanged" if unchanged else "changed" if written else "planned",
        message=item.decision.message if isinstance(item.decision, Unchanged) else "",
        reason=item.ask.claim.reason,
        amount=item.ask.claim.amount,
        findings=item.decision.findings if isinstance(item.decision, Steps) else (),
        accepted=item.decision.accepted if isinstance(item.decision, Steps) else (),
    )
