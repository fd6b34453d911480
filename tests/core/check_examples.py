"""Disputes about to be cancelled: for each check some that it speaks of, and some that it does not."""

from datetime import timedelta
from typing import NamedTuple

from dispcli.core.checks import Ask, Finding, run_checks
from dispcli.core.disputes import Case, Channel
from dispcli.core.facts import Claim, Due, Message, Offer
from dispcli.core.orders import OrderStatus
from dispcli.core.policy import Policy
from dispcli.core.reasons import CANCEL_REASONS, CLAIM_REASONS
from dispcli.core.states import Action, Party
from tests.core.builders import NOW, case, move, note, order, policy, request, settled, usd, window

PRESSED = ("seller-asked", "replacement-promised")
DEFECTS = ("defective", "damaged", "counterfeit")

MISSING = Claim("not-received", "refund", usd(10_00))
EIGHT = Claim("late", "refund", usd(8_00))
BROKEN = Claim("defective", "refund", usd(10_00))
SELLER_WROTE = note(Message(Party.SELLER, "it is on its way"))
BUYER_WROTE = note(Message(Party.BUYER, "where is it?"))
ANSWERS_IN_5 = policy(windows={"seller_answers": window(5)})
RULES_IN_7 = policy(windows={"marketplace_steps_in": window(7, by="platform")})


class Example(NamedTuple):
    """A dispute about to be cancelled, for the reason given."""

    code: str
    case: Case
    reason: str | None = "received-ok"
    policy: Policy = policy()
    later: timedelta = timedelta(0)


def findings(example: Example) -> tuple[Finding, ...]:
    return run_checks(example.case, Ask(example.reason, example.policy, NOW + example.later))


def codes(example: Example) -> list[str]:
    return [finding.code for finding in findings(example)]


def due(party: Party, at: str) -> Case:
    return case(note(Due(party, at)))


def protected(until: str | None) -> Case:
    return case(order=order(protection_ends=until))


FIRES = (
    Example("refund-not-received", case(settled("promised"))),
    Example("refund-not-received", case(settled("issued", 8_00))),
    Example("refund-not-received", case(settled("promised", 8_00), settled("received", 7_99))),
    Example("refund-not-received", case(settled("promised", 8_00), settled("received"))),
    Example("refund-not-received", case(settled("promised"), settled("received", kind="replacement"))),
    Example("replacement-not-received", case(settled("issued", kind="replacement"))),
    Example("replacement-not-received", case(settled("promised", kind="replacement"), settled("received"))),
    Example("goods-not-received", case(claim=MISSING), "agreement"),
    Example("goods-not-received", case(claim=MISSING), None),
    Example("goods-not-received", case(settled("promised"), claim=MISSING), "agreement"),
    Example("goods-not-received", case(settled("received", 9_99), claim=MISSING), "agreement"),
    Example("goods-not-received", case(settled("received"), claim=MISSING), "agreement"),
    Example(
        "goods-not-received", case(settled("received", 10_00, currency="EUR"), claim=MISSING), "agreement"
    ),
    Example("goods-not-received", case(settled("issued", 10_00), claim=MISSING), "agreement"),
    Example("pressure-to-cancel", case(), "seller-asked"),
    Example("pressure-to-cancel", case(), "replacement-promised"),
    Example("agreement-undocumented", case(), "agreement"),
    Example("agreement-undocumented", case(BUYER_WROTE), "agreement"),
    Example("claimed-refund-unrecorded", case(), "refund-received"),
    Example("claimed-refund-unrecorded", case(settled("issued")), "refund-received"),
    Example("claimed-refund-unrecorded", case(settled("received")), "replacement-received"),
    Example("claimed-refund-unrecorded", case(settled("received", 4_00)), "refund-received"),
    Example("significant-defect", case(claim=BROKEN)),
    Example("significant-defect", case(claim=Claim("damaged", "refund"))),
    Example("significant-defect", case(claim=Claim("counterfeit", "refund"))),
    Example("seller-silent", case()),
    Example("seller-silent", case(BUYER_WROTE, note(party=Party.PLATFORM))),
    Example("recurring-seller", case(past={"cancelled": 1})),
    Example("deadline-near", due(Party.SELLER, "2026-11-22")),
    Example("deadline-near", due(Party.PLATFORM, "2026-11-22")),
    Example("deadline-near", due(Party.SELLER, "2026-11-01")),
    Example("deadline-near", case(), policy=ANSWERS_IN_5),
    Example("deadline-near", case(move(Action.ESCALATE), request()), policy=RULES_IN_7),
    Example("protection-ended", protected("2026-11-19")),
    Example("protection-ends-soon", protected("2026-11-20")),
    Example("other-channel-open", case(channels=(Channel(3, "paypal", "PP-1"),))),
    Example("escalated", case(move(Action.ESCALATE))),
    Example("escalated", case(move(Action.ESCALATE), request())),
    Example("protection-unknown", protected(None)),
    Example("no-reopen", case()),
)
SILENT = (
    Example("refund-not-received", case()),
    Example("refund-not-received", case(settled("promised", 8_00), settled("received", 8_00))),
    Example("refund-not-received", case(settled("promised"), settled("received"))),
    Example("refund-not-received", case(settled("received", 8_00))),
    Example("refund-not-received", case(settled("promised", kind="replacement"))),
    Example("replacement-not-received", case(settled("promised"))),
    Example(
        "replacement-not-received",
        case(settled("issued", kind="replacement"), settled("received", kind="replacement")),
    ),
    Example("goods-not-received", case(), "agreement"),
    Example("goods-not-received", case(claim=MISSING), "received-ok"),
    Example("goods-not-received", case(claim=MISSING), "keep-item"),
    Example("goods-not-received", case(claim=MISSING), "replacement-received"),
    Example("goods-not-received", case(claim=MISSING, order=order(delivered="2026-11-02")), "agreement"),
    Example(
        "goods-not-received", case(claim=MISSING, order=order(status=OrderStatus.DELIVERED)), "agreement"
    ),
    Example("goods-not-received", case(settled("received", 10_00), claim=MISSING), "agreement"),
    Example(
        "goods-not-received", case(settled("received"), claim=MISSING._replace(amount=None)), "agreement"
    ),
    Example(
        "goods-not-received",
        case(settled("received", 4_00), settled("received", 6_00), claim=MISSING),
        "agreement",
    ),
    Example("goods-not-received", case(settled("received", kind="replacement"), claim=MISSING), "agreement"),
    *(
        Example("pressure-to-cancel", case(), reason)
        for reason in (None, *CANCEL_REASONS)
        if reason not in PRESSED
    ),
    Example("agreement-undocumented", case(), "solved-elsewhere"),
    Example("agreement-undocumented", case(SELLER_WROTE), "agreement"),
    Example("agreement-undocumented", case(move(Action.ANSWER, fact=Offer("refund"))), "agreement"),
    Example("agreement-undocumented", case(settled("promised")), "agreement"),
    Example("claimed-refund-unrecorded", case(settled("received")), "refund-received"),
    Example("claimed-refund-unrecorded", case(settled("received", 8_00), claim=EIGHT), "refund-received"),
    Example(
        "claimed-refund-unrecorded", case(settled("received", kind="replacement")), "replacement-received"
    ),
    Example("claimed-refund-unrecorded", case(), "received-ok"),
    Example("claimed-refund-unrecorded", case(), None),
    *(
        Example("significant-defect", case(claim=Claim(reason, "refund")))
        for reason in CLAIM_REASONS
        if reason not in DEFECTS
    ),
    Example("significant-defect", case(settled("promised"), claim=BROKEN)),
    Example("seller-silent", case(SELLER_WROTE)),
    Example("seller-silent", case(move(Action.ANSWER))),
    Example("recurring-seller", case()),
    Example("deadline-near", case()),
    Example("deadline-near", due(Party.BUYER, "2026-11-22")),
    Example("deadline-near", due(Party.SELLER, "2026-11-30")),
    Example("deadline-near", case(), policy=policy(windows={"seller_answers": window(30)})),
    Example("deadline-near", case(move(Action.ANSWER)), policy=ANSWERS_IN_5),
    Example("protection-ended", protected("2026-11-20")),
    Example("protection-ended", protected(None)),
    Example("protection-ends-soon", protected("2026-11-19")),
    Example("protection-ends-soon", protected("2026-11-30")),
    Example("protection-ends-soon", protected(None)),
    Example("other-channel-open", case()),
    Example("escalated", case(move(Action.ANSWER))),
    Example("escalated", case(move(Action.ESCALATE), move(Action.CONCEDE))),
    Example("protection-unknown", protected("2026-11-19")),
)
