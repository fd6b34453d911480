"""Whether to cancel a dispute, drawn for a terminal."""

from datetime import datetime

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from dispcli.core.advice import Verdict
from dispcli.core.advice_views import Advice
from dispcli.render.details.case import findings, subject, title
from dispcli.render.details.parts import panel, section
from dispcli.render.records import balance_rows, record_rows

_VERDICT_STYLES = {
    **dict.fromkeys((Verdict.SETTLE_FIRST, Verdict.KEEP), "bold red"),
    **dict.fromkeys((Verdict.WAIT_UNTIL, Verdict.ASK_AGAIN, Verdict.FOLLOW_THROUGH), "yellow"),
    Verdict.OVER: "bright_black",
    Verdict.CANCEL_IS_FINE: "green",
}


def draw(console: Console, view: Advice, _now: datetime) -> None:
    """Whether to cancel: what was found, who the seller is, what is at stake, and what that comes to."""
    panel(console, title(view.case), view.case.order.name, subject(view.case))
    section(console, "Checks before a cancel", findings(view.findings, advice=True))
    section(console, "If you cancel", [("-", stake.message) for stake in view.cancelling])
    section(console, "If you keep it", [("-", stake.message) for stake in view.waiting])
    if view.seller is not None:
        section(console, "This seller, this dispute counted too", record_rows(view.seller.record))
    section(console, "Your money", balance_rows(view.money))
    advised = view.recommendation
    console.print(Padding(Text(advised.sentence, style=_VERDICT_STYLES[advised.verdict]), (1, 0, 0, 0)))
    codes = ", ".join(reason.code for reason in advised.reasons)
    console.print(Text(f"Because: {codes}", style="bright_black"))
    if advised.verdict is Verdict.CANCEL_IS_FINE and view.caveats:
        console.print(Text(f"But mind: {', '.join(view.caveats)}", style="yellow"))
