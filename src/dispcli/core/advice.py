"""Should it be cancelled? A table of recommendations, each with the reasons it rests on.

The first row that holds is the recommendation. No blocking finding ever leads to `cancel-is-fine`.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from dispcli.core.checks import Finding, Level
from dispcli.core.deadlines import Deadline, day_told, deadline, own_deadlines
from dispcli.core.disputes import Case
from dispcli.core.policy import Policy
from dispcli.core.stakes import can_cancel, is_claim_open
from dispcli.core.states import FINAL, Party
from dispcli.namedtuples import NamedTuple


class Verdict(StrEnum):
    """What is recommended. The words are stable."""

    OVER = "over"
    FOLLOW_THROUGH = "follow-through"
    SETTLE_FIRST = "settle-first"
    KEEP = "keep"
    ASK_AGAIN = "ask-again"
    WAIT_UNTIL = "wait-until"
    CANCEL_IS_FINE = "cancel-is-fine"


SENTENCES: Mapping[Verdict, str] = MappingProxyType(
    {
        Verdict.OVER: "It has ended: there is nothing to cancel.",
        Verdict.FOLLOW_THROUGH: "It can't be cancelled: a solution stands, so see that it is carried out.",
        Verdict.SETTLE_FIRST: "Don't cancel yet: something has to be settled first.",
        Verdict.KEEP: "Keep it open.",
        Verdict.ASK_AGAIN: "Record what is missing first, then ask again.",
        Verdict.WAIT_UNTIL: "Wait until {until}: that costs nothing, and may settle it.",
        Verdict.CANCEL_IS_FINE: "Cancelling is fine.",
    }
)

CONTENT = frozenset(
    {
        "received-ok",
        "opened-by-mistake",
        "solved-elsewhere",
        "refund-received",
        "replacement-received",
        "keep-item",
    }
)
"""Cancel reasons that say: nothing more is wanted."""

_OWED = frozenset({"refund-not-received", "replacement-not-received"})
_UNRECORDED = frozenset({"agreement-undocumented", "claimed-refund-unrecorded"})


class Reason(NamedTuple):
    """Why something is recommended: a check's code, or one of ours, with a sentence."""

    code: str
    message: str


class Recommendation(NamedTuple):
    """What to do, until when to wait (a day or a UTC instant, for `wait-until` alone), and why.

    `day` is the day of `until` on the marketplace's clock.
    """

    verdict: Verdict
    until: str | None
    reasons: tuple[Reason, ...]
    day: str | None = None

    @property
    def sentence(self) -> str:
        """The recommendation for a person."""
        return SENTENCES[self.verdict].format(until=self.day)


class Situation(NamedTuple):
    """All that a recommendation rests on.

    `asked` is the reason to cancel for, None where none was told. `claim_open`: something is owed that has
    not been received. `due` is the deadline, `day` its day on the marketplace's clock, and `passed` whether
    it is over. `own` is the buyer's own deadline that runs out first, where it does before `due`.
    """

    ended: bool
    can_cancel: bool
    asked: str | None
    findings: tuple[Finding, ...]
    claim_open: bool
    due: Deadline | None = None
    day: str | None = None
    passed: bool = False
    own: Deadline | None = None

    @property
    def wants_more(self) -> bool:
        """Whether something is owed, and the reason doesn't say that it is no longer wanted."""
        return self.claim_open and self.asked not in CONTENT

    @property
    def others_turn(self) -> bool:
        """Whether somebody else must act and has time left, and the buyer's own time doesn't end first."""
        others = self.due is not None and self.due.party is not Party.BUYER
        return others and not self.passed and self.own is None

    def found(self, level: Level) -> tuple[Reason, ...]:
        """What the checks found at this level."""
        return tuple(Reason(f.code, f.message) for f in self.findings if f.level is level)

    def coded(self, codes: Collection[str]) -> tuple[Reason, ...]:
        """What the checks found under one of these codes."""
        return tuple(Reason(f.code, f.message) for f in self.findings if f.code in codes)


class _Row(NamedTuple):
    verdict: Verdict
    reasons: Callable[[Situation], tuple[Reason, ...]]
    """Why; none where the row doesn't hold."""


def _over(at: Situation) -> tuple[Reason, ...]:
    return (Reason("ended", "it is final already"),) if at.ended else ()


def _stands(at: Situation) -> tuple[Reason, ...]:
    return () if at.can_cancel else (Reason("solution-stands", "what is owed is agreed or decided"),)


def _owed_by_promise(at: Situation) -> tuple[Reason, ...]:
    return at.coded(_OWED)


def _blocked(at: Situation) -> tuple[Reason, ...]:
    return at.found(Level.BLOCK)


def _unrecorded(at: Situation) -> tuple[Reason, ...]:
    return at.coded(_UNRECORDED)


def _agreed_but_not_here(at: Situation) -> tuple[Reason, ...]:
    return (_CLAIM_OPEN,) if at.wants_more and at.asked == "agreement" else ()


def _time_runs(at: Situation) -> tuple[Reason, ...]:
    if not (at.wants_more and at.others_turn):
        return ()
    return (
        _CLAIM_OPEN,
        Reason("deadline-running", "somebody else must act by then"),
        *at.found(Level.BLOCK),
    )


def _unsettled(at: Situation) -> tuple[Reason, ...]:
    if not at.wants_more:
        return ()
    passed = at.passed and at.due is not None and at.due.party is not Party.BUYER
    late = (Reason("deadline-passed", "somebody else has let the time pass: press for it"),) if passed else ()
    own = (Reason("own-deadline-first", "your own time to act ends before theirs"),) if at.own else ()
    return (_CLAIM_OPEN, *late, *own, *at.found(Level.WARN))


def _content(at: Situation) -> tuple[Reason, ...]:
    if not at.claim_open:
        return (Reason("settled", "all that is owed has been received"),)
    return (Reason("nothing-wanted", "the reason says that nothing more is wanted"),)


_CLAIM_OPEN = Reason("claim-open", "what is claimed has not been received")

RECOMMENDATIONS: tuple[_Row, ...] = (
    _Row(Verdict.OVER, _over),
    _Row(Verdict.FOLLOW_THROUGH, _stands),
    _Row(Verdict.SETTLE_FIRST, _owed_by_promise),
    _Row(Verdict.WAIT_UNTIL, _time_runs),
    _Row(Verdict.KEEP, _blocked),
    _Row(Verdict.ASK_AGAIN, _unrecorded),
    _Row(Verdict.SETTLE_FIRST, _agreed_but_not_here),
    _Row(Verdict.KEEP, _unsettled),
    _Row(Verdict.CANCEL_IS_FINE, _content),
)
"""The first that has reasons is the recommendation; the last always has."""


def recommend(at: Situation) -> Recommendation:
    """What to do in this situation."""
    verdict, reasons = next((row.verdict, why) for row in RECOMMENDATIONS if (why := row.reasons(at)))
    if verdict is Verdict.SETTLE_FIRST:
        reasons = tuple(dict.fromkeys((*reasons, *at.found(Level.BLOCK))))
    if verdict is Verdict.WAIT_UNTIL and at.due:
        return Recommendation(verdict, at.due.at, reasons, at.day)
    return Recommendation(verdict, None, reasons)


def situation(
    case: Case, asked: str | None, findings: tuple[Finding, ...], policy: Policy, now: datetime
) -> Situation:
    """What a recommendation about this dispute rests on."""
    due = deadline(case, policy)
    ahead = [one for one in own_deadlines(case, policy) if due and now <= one.end() <= due.end()]
    return Situation(
        ended=case.dispute.state in FINAL,
        can_cancel=can_cancel(case),
        asked=asked,
        findings=findings,
        claim_open=is_claim_open(case),
        due=due,
        day=day_told(due.at, policy) if due else None,
        passed=due is not None and due.end() < now,
        own=ahead[0] if ahead and due and due.party is not Party.BUYER else None,
    )
