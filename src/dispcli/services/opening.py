"""Opening a dispute: how it is decided, recorded and reported."""

from datetime import datetime

from dispcli.core.cancelling import Decision, Steps
from dispcli.core.disputes import Case, Dispute
from dispcli.core.events import Event
from dispcli.core.facts import Claim, Evidence, Message, Offer, Payout, Replaced, Settlement
from dispcli.core.idempotency import Key
from dispcli.core.machine import Intent, Refusal, Unchanged, decide
from dispcli.core.opening import OpenAsk, decide_open
from dispcli.core.orders import Line, Order
from dispcli.core.recording import Place, Stamp
from dispcli.core.results import Result
from dispcli.core.states import Action, Party, State
from dispcli.errors import Ambiguous, NotFound, UsageProblem
from dispcli.namedtuples import NamedTuple
from dispcli.policies import Policies
from dispcli.services.amounts import read_amount
from dispcli.services.caseload import Caseload
from dispcli.services.changes import reused
from dispcli.services.targets import Goods, Target, find_goods


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
    operation_id: str | None = None


class Opening(NamedTuple):
    """A dispute to be opened, and what decides whether it may be: the rules, and the instant it is."""

    claim: NewClaim
    policies: Policies
    now: datetime

    @property
    def operation_id(self) -> str | None:
        """The id under which a repeat is known."""
        return self.claim.operation_id

    def key(self, target: Target) -> Key | None:
        """What is asked, as a repeat will ask it again: all but the risks accepted; None without an id."""
        claim = self.claim
        if claim.operation_id is None:
            return None
        said = claim._replace(operation_id=None, accepted=())
        return Key.of(claim.operation_id, Action.OPEN, target[:3], said)

    def plan(self, caseload: Caseload, target: Target) -> "PlannedOpening":
        """Find the goods and decide. Raises NotFound, Ambiguous, UsageProblem; a refusal is a value."""
        claim, policies, now = self
        key = self.key(target)
        if key is not None and (asked := caseload.asked.before(key)) is not None:
            return _again(caseload, claim, asked)
        goods = find_goods(caseload, target)
        order = caseload.order(goods.order_id)
        replaces = _replaced(caseload, claim)
        if order is None:
            raise NotFound(f"no order is known as {target.word!r}")
        goods = _settle_line(goods, order, target, replaces)
        ask = _ask(claim, goods, order, replaces)
        planned = PlannedOpening(claim, goods, order, ask, Unchanged(""), key=key)
        if replaces is not None and (replaces.order_id, replaces.line_id) != goods:
            told = f"{replaces.name} is about something else than {target.word}"
            return planned._replace(decision=Refusal("other-order", told))
        if key is not None and (said := _said(caseload, planned, claim, key)):
            return said
        if refusal := _taken(caseload, claim, order, replaces):
            return planned._replace(decision=refusal)
        existing = caseload.disputes_of(order.id)
        decision = decide_open(existing, planned.ask, order, policies.policy_for(order.marketplace), now)
        same_claim = [d for d in existing if d.line_id == goods.line_id and d.claim == planned.ask.claim]
        return planned._replace(decision=decision, dispute=same_claim[-1] if same_claim else None)


class PlannedOpening(NamedTuple):
    """One dispute that is going to be opened; `dispute` is the one that is open already, or was opened.

    `key` is what is to be remembered with it: None without an operation id, and where it is known already.
    """

    claim: NewClaim
    goods: Goods
    order: Order
    ask: OpenAsk
    decision: Decision
    dispute: Dispute | None = None
    key: Key | None = None

    @property
    def about(self) -> object:
        """What tells it from others: two words may mean the same goods."""
        return self.goods

    def record(self, caseload: Caseload, stamp: Stamp) -> "PlannedOpening":
        """What was decided counts from now on; the dispute has its id."""
        dispute = self.dispute
        if isinstance(self.decision, Steps):
            old = self.ask.replaces
            platform_id = self.claim.platform_id or (old.platform_id if old else None)
            dispute = caseload.open(Place(*self.goods, platform_id), self.decision, stamp)
            if old is not None:
                _hand_over(caseload, old, dispute, stamp)
        if self.key is not None and dispute and not isinstance(self.decision, Refusal):
            caseload.asked.remember(dispute.id, self.key)
        return self._replace(dispute=dispute)

    def result(self, status: str) -> Result:
        """What to report; `status` is what becomes of the step if there is one."""
        _, goods, order, ask, decision, dispute, _ = self
        line: Line | None = next((line for line in order.lines if line.id == goods.line_id), None)
        first = line or (order.lines[0] if order.lines else None)
        base = Result(
            dispute=dispute.name if dispute else "",
            marketplace=order.marketplace,
            order=order.number,
            title=first.title if first else f"order {order.number}",
            actions=(),
            from_state=None,
            to_state=None,
            status=status,
            message="",
            reason=ask.claim.reason,
            amount=ask.claim.amount,
        )
        if isinstance(decision, Refusal):
            return base._replace(status="refused", message=decision.message, problem=decision)
        if isinstance(decision, Unchanged):
            state = dispute.state if dispute else None
            told = decision.message
            return base._replace(status="unchanged", message=told, from_state=state, to_state=state)
        return base._replace(
            actions=(Action.OPEN,),
            to_state=State.OPENED,
            findings=decision.findings,
            accepted=decision.risks,
        )


def _said(caseload: Caseload, planned: PlannedOpening, claim: NewClaim, key: Key) -> PlannedOpening | None:
    """What the operation said about these goods before, in whatever words they were named."""
    for dispute in caseload.disputes_of(planned.order.id):
        said = caseload.asked.said(key, dispute.id) if dispute.line_id == planned.goods.line_id else None
        if said is not None and said == key.said:
            return _again(caseload, claim, dispute.id)
        if said is not None:
            return planned._replace(decision=reused(key, dispute.name))
    return None


def _again(caseload: Caseload, claim: NewClaim, dispute_id: int) -> PlannedOpening:
    """The operation was carried out before."""
    case = caseload.case(dispute_id)
    if case is None:
        raise NotFound(f"there is no dispute D{dispute_id}")
    dispute, order = case.dispute, case.order
    goods = Goods(dispute.order_id, dispute.line_id)
    ask = _ask(claim, goods, order, _replaced(caseload, claim))
    told = Unchanged(f"this operation opened {dispute.name} already, or found it open")
    return PlannedOpening(claim, goods, order, ask, told, dispute)


def _ask(claim: NewClaim, goods: Goods, order: Order, replaces: Dispute | None) -> OpenAsk:
    return OpenAsk(
        line_id=goods.line_id,
        claim=_claim(claim, order, replaces),
        note=claim.note,
        happened_at=claim.happened_at,
        accepted=claim.accepted,
        replaces=replaces,
    )


def _taken(caseload: Caseload, claim: NewClaim, order: Order, replaces: Dispute | None) -> Refusal | None:
    """A platform's id names one dispute of its marketplace."""
    for dispute_id in caseload.disputes_known_as(claim.platform_id) if claim.platform_id else ():
        case = caseload.case(dispute_id)
        named = case and case.order.marketplace == order.marketplace
        if named and (replaces is None or replaces.id != dispute_id):
            told = f"{claim.platform_id} is the platform's id of D{dispute_id}"
            return Refusal("platform-id-known", told, hint=f"look at it: dispcli dispute show D{dispute_id}")
    return None


def _replaced(caseload: Caseload, claim: NewClaim) -> Dispute | None:
    if claim.replaces is None:
        return None
    dispute = caseload.dispute(claim.replaces)
    if dispute is None:
        raise NotFound(f"there is no dispute D{claim.replaces}")
    return dispute


def _settle_line(goods: Goods, order: Order, target: Target, replaces: Dispute | None) -> Goods:
    """The line that is meant: the one named, the only one, or none when the whole order is."""
    if target.whole_order:
        return goods._replace(line_id=None)
    if goods.line_id is not None:
        return goods
    if replaces is not None:
        return goods._replace(line_id=replaces.line_id)
    if len(order.lines) > 1:
        lines = ", ".join(f"{line.position}: {line.title[:40]}" for line in order.lines)
        raise Ambiguous(
            f"order {order.number} has {len(order.lines)} lines ({lines})",
            hint="add --line N or --whole-order",
        )
    return goods._replace(line_id=order.lines[0].id if order.lines else None)


def _claim(claim: NewClaim, order: Order, replaces: Dispute | None) -> Claim:
    old = replaces.claim if replaces else None
    reason = claim.reason or (old.reason if old else None)
    if reason is None:
        raise UsageProblem("say what the claim is", hint="give a reason; see 'dispcli dispute reasons'")
    amount = read_amount(claim.amount, order) if claim.amount is not None else (old.amount if old else None)
    remedy = claim.remedy or (old.remedy if old else "refund")
    return Claim(reason, remedy, amount, old.reason_raw if old else None)


_FACTS_KEPT = (Message, Settlement, Payout, Offer)


def _hand_over(caseload: Caseload, old: Dispute, new: Dispute, stamp: Stamp) -> None:
    """Mark the old record as made in error, and note its facts on the new one, as they happened."""
    case = caseload.case(old.id)
    kept = [event for event in case.history if _is_handed_over(case, event)] if case else []
    mark = _noted(old, Intent(Action.NOTE, Party.BUYER, fact=Replaced(new.id)))
    caseload.record(old, mark, stamp)
    # An operation says one thing about a dispute: the opening.
    stamp = stamp._replace(operation_id=None)
    for event in kept:
        now = caseload.dispute(new.id) or new
        fact = Intent(Action.NOTE, event.party, fact=event.fact, happened_at=event.moment)
        caseload.record(now, _noted(now, fact), stamp)


def _is_handed_over(case: Case, event: Event) -> bool:
    """Whether a fact goes on in the new record; a file that was removed since does not."""
    if isinstance(event.fact, Evidence):
        return any(event.seq == kept.seq for kept, _ in case.evidence)
    return isinstance(event.fact, _FACTS_KEPT)


def _noted(dispute: Dispute, note: Intent) -> Steps:
    """A note, which is allowed in every state."""
    change = decide(dispute.position, note)
    if isinstance(change, Refusal):
        raise TypeError(change.message)
    return Steps((change,))
