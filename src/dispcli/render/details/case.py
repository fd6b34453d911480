"""What stands at the head of every drawing of a case, and what its checks found."""

from collections.abc import Sequence

from rich.text import Text

from dispcli.core.checks import Finding
from dispcli.core.disputes import Case
from dispcli.core.facts import told
from dispcli.render.console import LEVEL_MARKS
from dispcli.render.details.parts import Row
from dispcli.render.inert import visible
from dispcli.render.tables import state_style


def title(case: Case) -> Text:
    """The dispute's name, and where it stands."""
    dispute = case.dispute
    word = f"{dispute.state}: {dispute.outcome}" if dispute.outcome else str(dispute.state)
    return Text.assemble((f"{dispute.name} ", "bold"), (word, state_style(dispute.state)))


def subject(case: Case) -> list[Row]:
    """What it is about, with whom, and what is claimed."""
    return [
        ("about", case.title if case.line else f"{case.title} (whole order)"),
        ("seller", case.order.seller.name if case.order.seller else "unknown"),
        ("claim", told(case.dispute.claim)),
    ]


def findings(found: Sequence[Finding], *, advice: bool = False) -> list[Row]:
    """A row a finding; with `advice` what to do about it is told too."""
    return [_finding(one, advice=advice) for one in found]


def _finding(found: Finding, *, advice: bool) -> Row:
    style = state_style(found.level)
    text = Text(visible(found.message))
    if advice:
        text.append(f"\n→ {visible(found.advice)}", style="bright_black")
    return Text(LEVEL_MARKS[found.level], style=style), Text(found.code, style=style), text
