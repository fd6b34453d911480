"""By when somebody must act, and how we know."""

from datetime import datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from dispcli.core.disputes import Case
from dispcli.core.moments import instant, is_day, parse_instant
from dispcli.core.policy import Policy, Window
from dispcli.core.states import Party, State


class Deadline(NamedTuple):
    """A UTC instant or a day by which `party` must act. `basis` is `entered` or `estimated`."""

    party: Party
    at: str
    basis: str

    def end(self) -> datetime:
        """The last instant that still counts; a bare day counts to its end (UTC)."""
        return end_of(self.at)


_WINDOW_OF = {
    State.OPENED: (Party.SELLER, "seller_answers"),
    State.ESCALATED: (Party.PLATFORM, "marketplace_steps_in"),
    State.AGREED: (Party.BUYER, "send_return"),
}


def deadline(case: Case, policy: Policy) -> Deadline | None:
    """The next deadline: the date that was entered, else the policy's window since the last real move."""
    if case.history.due:
        return Deadline(case.history.due.party, case.history.due.at, "entered")
    party, name = _WINDOW_OF.get(case.dispute.standing, (None, ""))
    window = policy.windows.get(name)
    if party is None or window is None or (started := case.history.entered) is None:
        return None
    if case.dispute.standing is State.AGREED and case.solution.remedy != "return_and_refund":
        return None
    return Deadline(party, instant(add_window(parse_instant(started), window)), "estimated")


@lru_cache(1024)
def end_of(moment: str) -> datetime:
    """The last instant of a stored moment; a bare day counts to its end (UTC)."""
    start = parse_instant(moment)
    return start + timedelta(days=1) - timedelta(seconds=1) if is_day(moment) else start


def add_window(start: datetime, window: Window) -> datetime:
    """The end of a window that begins at `start`; business days are Monday to Friday."""
    if not window.business_days:
        return start + timedelta(days=window.days)
    end, left = start, window.days
    while left:
        end += timedelta(days=1)
        left -= end.weekday() < 5
    return end
