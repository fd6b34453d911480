"""One dispute, drawn for a terminal."""

from datetime import datetime

from rich.console import Console
from rich.text import Text

from dispcli.core.deadlines import MEANINGS, RECORDED, Deadline
from dispcli.core.dispute_views import DisputeView
from dispcli.core.events import Event
from dispcli.core.facts import Evidence, Message, told
from dispcli.render.details.case import findings, subject, title
from dispcli.render.details.parts import Row, address, dates, day, panel, section, when
from dispcli.render.inert import visible
from dispcli.render.tables import state_style
from dispcli.render.times import local


def draw(console: Console, view: DisputeView, now: datetime) -> None:
    """Everything about a dispute: what it is, what was said and paid, the checks, the history, what next."""
    case = view.case
    panel(console, title(case), case.order.name, _rows(view, now))
    address(console, view.page)
    section(console, "Deadlines", [_deadline(one, now) for one in view.deadlines])
    section(console, "Seller's answers", [(day(e), told(offer)) for e, offer in case.history.offers])
    section(
        console,
        "Settlements",
        [
            (day(e), f"{s.kind} {s.stage}", str(s.amount or ""), s.reference or "")
            for e, s in case.history.settlements
        ],
    )
    section(
        console,
        "Given to your customer",
        [(day(e), p.kind, str(p.amount or ""), p.reference or "") for e, p in case.payouts],
    )
    section(console, "Messages", [(day(e), str(m.speaker), m.text) for e, m in case.messages])
    section(console, "Evidence", [_evidence(*kept) for kept in view.evidence])
    if view.findings:
        section(console, "Checks before a cancel", findings(view.findings))
    section(console, "History", [_history(event) for event in case.history])
    section(console, "What may be done now", [(step.command, step.remark) for step in view.next_steps])


def _rows(view: DisputeView, now: datetime) -> list[Row]:
    case, dispute = view.case, view.case.dispute
    rows = [*subject(case), ("opened", when(dispute.opened_at, now)), *dates(case.order, now)]
    if dispute.state == "cancelled":
        seen = f"seen {when(dispute.seen_at, now)}" if dispute.seen_at else "not seen there yet"
        rows.append(("on the site", seen))
    if dispute.replaced_by:
        rows.append(("replaced by", f"D{dispute.replaced_by} (recorded in error)"))
    return rows


def _deadline(one: Deadline, now: datetime) -> Row:
    style = "bold red" if one.basis != RECORDED and one.end() < now else ""
    since, known = ("since ", "no date is known") if one.basis == RECORDED else ("", str(one.basis))
    if one.window:
        known += f": {one.window.replace('_', ' ')}, {one.source}"
    return Text(since + when(one.at, now), style=style), str(one.party), f"{MEANINGS[one.code]} ({known})"


def _history(event: Event) -> Row:
    fact = (
        event.fact.text
        if isinstance(event.fact, Message)
        else told(event.fact, local)
        if event.fact
        else None
    )
    risks = f"risks accepted: {', '.join(event.accepted)}" if event.accepted else None
    detail = "; ".join(part for part in (event.reason, event.note, fact, risks) if part)
    step = Text(str(event.to_state), style=state_style(event.to_state))
    by = str(event.party) if event.party != "time" else "time ran out"
    return (str(event.seq), day(event), str(event.action), step, by, detail)


def _evidence(event: Event, file: Evidence, problem: str | None) -> Row:
    name = f"{file.name} ({problem})" if problem else file.name
    return day(event), str(event.seq), file.media_type, Text(visible(name), style="red" if problem else "")
