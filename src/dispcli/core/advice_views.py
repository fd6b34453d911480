"""What is shown of advice."""

from dispcli.core.advice import Recommendation
from dispcli.core.checks import Finding
from dispcli.core.disputes import Case
from dispcli.core.sellers import SellerSummary
from dispcli.core.stakes import Balance, Stake, can_cancel
from dispcli.namedtuples import NamedTuple


class Advice(NamedTuple):
    """Whether to cancel: the checks, the seller's record, what is at stake, what is recommended."""

    case: Case
    reason: str | None
    findings: tuple[Finding, ...]
    seller: SellerSummary | None
    cancelling: tuple[Stake, ...]
    waiting: tuple[Stake, ...]
    money: tuple[Balance, ...]
    recommendation: Recommendation

    @property
    def caveats(self) -> tuple[str, ...]:
        """The codes of warnings that the recommendation doesn't rest on."""
        rests_on = {reason.code for reason in self.recommendation.reasons}
        return tuple(f.code for f in self.findings if f.level == "warn" and f.code not in rests_on)

    @property
    def verdict(self) -> str:
        """`no`: a cancel is blocked or impossible; `think`: there are warnings; `clear`: neither."""
        if not can_cancel(self.case):
            return "no"
        levels = {finding.level for finding in self.findings}
        return "no" if "block" in levels else "think" if "warn" in levels else "clear"
