"""One dispute, one order, one seller, drawn for a terminal."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from dispcli.core.advice import Verdict
from dispcli.core.advice_views import Advice
from dispcli.core.checks import Finding
from dispcli.core.deadlines import MEANINGS, RECORDED, Deadline
from dispcli.core.dispute_views import DisputeView
from dispcli.core.disputes import Case
from dispcli.core.events import Event
from dispcli.core.exports import ExportedMessage
from dispcli.core.facts import Evidence, Message, told
from dispcli.core.ledger_info import LedgerInfo
from dispcli.core.order_views import OrderView, SellerView
from dispcli.core.orders import Line, Order
from dispcli.core.policy import EvidenceRules, Policy
from dispcli.core.policy_values import PolicyValue, values_of
from dispcli.core.results import FAILURES, Result
from dispcli.render.console import LEVEL_MARKS
from dispcli.render.fields import Field, worth_showing
from dispcli.render.inert import visible
from dispcli.render.records import balance_rows, record_rows
from dispcli.render.sheets.disputes import DISPUTES
from dispcli.render.sheets.orders import ORDERS
from dispcli.render.tables import draw_list, state_style
from dispcli.render.times import local, relative

if TYPE_CHECKING:
    from dispcli.core.evidence_views import KeptWhole

Row = tuple[str | Text, ...]


def draw_dispute(console: Console, view: DisputeView, now: datetime) -> None:
    """Everything about a dispute: what it is, what was said and paid, the checks, the history, what next."""
    case = view.case
    _panel(console, _title(case), case.order.name, _dispute_rows(view, now))
    _page(console, view.page)
    _section(console, "Deadlines", [_deadline(one, now) for one in view.deadlines])
    _section(console, "Seller's answers", [(_day(e), told(offer)) for e, offer in case.history.offers])
    _section(
        console,
        "Settlements",
        [
            (_day(e), f"{s.kind} {s.stage}", str(s.amount or ""), s.reference or "")
            for e, s in case.history.settlements
        ],
    )
    _section(
        console,
        "Given to your customer",
        [(_day(e), p.kind, str(p.amount or ""), p.reference or "") for e, p in case.payouts],
    )
    _section(console, "Messages", [(_day(e), str(m.speaker), m.text) for e, m in case.messages])
    _section(console, "Evidence", [_evidence(*kept) for kept in view.evidence])
    if view.findings:
        _section(console, "Checks before a cancel", list(_findings(view.findings)))
    _section(console, "History", [_history(event) for event in case.history])
    _section(console, "What may be done now", [(step.command, step.remark) for step in view.next_steps])


def draw_conversation(console: Console, messages: Sequence[ExportedMessage]) -> None:
    """Who said what when, each text whole under a line of its own."""
    for count, message in enumerate(messages):
        if count:
            console.print()
        said = Text(f"{local(message.at)}  ", style="bright_black")
        console.print(said.append(message.speaker, style=_SPEAKER_STYLES.get(message.speaker, "")))
        for line in message.text.split("\n"):
            for part in Text(visible(line)).wrap(console, max(1, console.width - 2)):
                part.rstrip()
                console.print(Text("  " if part else "").append(part))


_SPEAKER_STYLES = {"buyer": "green", "seller": "yellow", "platform": "magenta"}


def draw_order(console: Console, view: OrderView, now: datetime) -> None:
    """An order with its lines and disputes."""
    order = view.order
    rows: list[Row] = [
        ("status", _worded(order.status, order.status_raw)),
        ("seller", order.seller.name if order.seller else "unknown"),
        ("total", str(order.total or "unknown")),
        *((name, _when(moment, now)) for name, moment in _dates(order) if moment),
        *([("tracking", order.tracking)] if order.tracking else []),
    ]
    if view.date_assumed:
        rows = [(name, f"{told}, assumed" if name == "ordered" else told) for name, told in rows]
    _panel(console, Text("Order"), order.name, rows)
    _page(console, view.page)
    lines = [
        (
            str(line.position),
            f"{line.quantity} ×",
            str(line.unit_price or ""),
            _goods(line),
        )
        for line in order.lines
    ]
    _section(console, "Lines", lines)
    if view.disputes:
        _heading(console, "Disputes")
        draw_list(console, _columns(DISPUTES.fields, view.disputes, "order", "seller"), view.disputes, now)


def draw_seller(console: Console, view: SellerView, now: datetime) -> None:
    """A seller with what was said, the newest orders and every dispute."""
    seller = view.seller
    rows: list[Row] = [
        ("id", seller.short),
        ("store", seller.store_id or "unknown"),
        ("orders", str(seller.record.orders)),
        *record_rows(seller.record),
    ]
    _panel(console, Text(visible(seller.name), style="bold"), seller.marketplace, rows)
    said = [(local(r.at)[:10], f"{r.rating} of 5" if r.rating else "", r.note or "") for r in view.ratings]
    _section(console, "Your ratings and notes", said)
    if view.disputes:
        _heading(console, "Disputes")
        draw_list(console, _columns(DISPUTES.fields, view.disputes, "seller"), view.disputes, now)
    if view.orders:
        _heading(console, "Newest orders")
        draw_list(console, _columns(ORDERS.fields, view.orders, "seller"), view.orders, now)


def draw_advice(console: Console, view: Advice, _now: datetime) -> None:
    """Whether to cancel: what was found, who the seller is, what is at stake, and what that comes to."""
    _panel(console, _title(view.case), view.case.order.name, _subject(view.case))
    _section(console, "Checks before a cancel", list(_findings(view.findings, advice=True)))
    _section(console, "If you cancel", [("-", stake.message) for stake in view.cancelling])
    _section(console, "If you keep it", [("-", stake.message) for stake in view.waiting])
    if view.seller is not None:
        _section(console, "This seller, this dispute counted too", record_rows(view.seller.record))
    _section(console, "Your money", balance_rows(view.money))
    advised = view.recommendation
    console.print(Padding(Text(advised.sentence, style=_VERDICT_STYLES[advised.verdict]), (1, 0, 0, 0)))
    codes = ", ".join(reason.code for reason in advised.reasons)
    console.print(Text(f"Because: {codes}", style="bright_black"))
    if advised.verdict is Verdict.CANCEL_IS_FINE and view.caveats:
        console.print(Text(f"But mind: {', '.join(view.caveats)}", style="yellow"))


def draw_policy(console: Console, policy: Policy, _now: datetime) -> None:
    """A marketplace's rules, with where each window is known from."""
    again = "opened again" if policy.reopening else "not opened again"
    rows: list[Row] = [
        ("claims", ", ".join(policy.claims)),
        ("reopening", f"a cancelled dispute is {again}"),
        ("order page", policy.order_page or "unknown"),
        ("clock", policy.zone),
    ]
    if policy.file is not None:
        rows += [("your file", policy.file), ("it says", ", ".join(policy.own) or "nothing")]
    _panel(console, Text(visible(policy.name), style="bold"), policy.marketplace, rows)
    _section(console, "Windows", [_value(value) for value in values_of(policy, "windows")])
    _section(console, "The platform's codes for claims", _codes(policy.claim_codes))
    _section(console, "The platform's codes for cancelling", _codes(policy.cancel_reasons))
    _section(console, "Evidence", list(_evidence_rules(policy.evidence)))
    steps = [(f"{count}.", step) for count, step in enumerate(policy.cancel_steps, start=1)]
    _section(console, "To cancel on the site", steps)
    if policy.help_pages:
        _heading(console, "Help")
    for page in policy.help_pages:
        console.print(Padding(Text(visible(page.text)), (0, 0, 0, 2)))
        _page(console, page.url and visible(page.url))


def draw_policy_with_sources(console: Console, policy: Policy, now: datetime) -> None:
    """The same, and where every value is known from, and whether the user's own file says it."""
    draw_policy(console, policy, now)
    values = [value for value in values_of(policy) if not value.key.startswith("windows.")]
    _section(console, "Where the other values are known from", [_value(value) for value in values])


def _value(value: PolicyValue) -> Row:
    """A value in words, and below it where it is known from."""
    told, source = Text(visible(value.told)), value.source
    if source:
        told.append(f"\n{visible(source.text)}", style="bright_black")
    if source and source.seen:
        mine, doubt = "yours, " if value.own else "", ", second-hand" if source.second_hand else ""
        told.append(f" ({mine}seen {source.seen}{doubt})", style="bright_black")
    return value.key.removeprefix("windows."), told


def _codes(reasons: Mapping[str, tuple[str, ...]]) -> list[Row]:
    return [(reason, ", ".join(codes)) for reason, codes in reasons.items()]


def _evidence_rules(rules: EvidenceRules) -> Iterator[Row]:
    if rules.formats:
        yield "files", ", ".join(rules.formats)
    if rules.max_bytes:
        yield "a file", f"up to {rules.max_bytes:,} bytes"
    if rules.max_files:
        yield "how many", f"up to {rules.max_files}"
    if rules.max_total_bytes:
        yield "all files", f"up to {rules.max_total_bytes:,} bytes"
    if rules.max_video_seconds:
        yield "a video", f"up to {rules.max_video_seconds} seconds"


def draw_ledger(console: Console, info: LedgerInfo, _now: datetime) -> None:
    """Where the ledger is and what it holds."""
    rows: list[Row] = [("file", info.path), ("exists", "yes" if info.exists else "no")]
    if info.exists:
        rows += [("size", f"{info.size:,} bytes"), ("schema", f"version {info.version}")]
        rows += [(name, f"{count:,}") for name, count in info.counts.items()]
    if info.evidence:
        rows.append(("evidence", f"{info.evidence:,} files in {info.evidence_folder}"))
    _panel(console, Text("Ledger"), "", rows)


def draw_evidence_file(console: Console, view: "KeptWhole", now: datetime) -> None:
    """A file with what is known about it."""
    (dispute_id, seq, at, file), order, present = view.kept
    photo = view.photo
    rows: list[Row] = [
        ("of", f"D{dispute_id}, number {seq} in its history"),
        ("kept", _when(at, now)),
        ("type", file.media_type),
        ("size", f"{file.size:,} bytes"),
        *([("pixels", f"{photo.width} × {photo.height}")] if photo.width and photo.height else []),
        *([("taken", f"{photo.taken_at.replace('T', ' ')} by the camera's clock")] if photo.taken_at else []),
        ("SHA-256", file.sha256),
        ("file", view.path if present else Text(f"missing: {visible(view.path)}", style="red")),
    ]
    _panel(console, Text(visible(file.name), style="bold"), order.name, rows)


def draw_changes(console: Console, results: Sequence[Result]) -> None:
    """What a command did, a line or two each."""
    for result in results:
        mark, style = _CHANGE_MARKS[result.status]
        line = Text.assemble((f"{mark} ", style), (result.dispute or _nameless(result), "bold"), " ")
        line.append(_moved(result), style=state_style(result.to_state or ""))
        if result.marketplace:
            line.append(f"  {result.marketplace}:{result.order}  ", style="bright_black")
        line.append(visible(result.title))
        line.truncate(console.width, overflow="ellipsis")
        console.print(line)
        if result.message:
            console.print(Text(f"  {visible(result.message)}", style="bright_black"))


_CHANGE_MARKS = {
    "changed": ("✓", "green"),
    "unchanged": ("=", "bright_black"),
    "planned": ("…", "yellow"),
    **dict.fromkeys(FAILURES, ("✗", "red")),
}


def _nameless(result: Result) -> str:
    return visible(result.order) if result.status == "error" else "new dispute"


def _moved(result: Result) -> str:
    state = f"{result.to_state}: {result.outcome}" if result.outcome else result.to_state or ""
    if result.failed:
        return f"{state} ({result.status})" if state else result.status
    if result.status == "planned":
        return f"would be {state}"
    if result.from_state in (None, result.to_state) or result.status == "unchanged":
        return state
    return f"{result.from_state} → {state}"


_VERDICT_STYLES = {
    **dict.fromkeys((Verdict.SETTLE_FIRST, Verdict.KEEP), "bold red"),
    **dict.fromkeys((Verdict.WAIT_UNTIL, Verdict.ASK_AGAIN, Verdict.FOLLOW_THROUGH), "yellow"),
    Verdict.OVER: "bright_black",
    Verdict.CANCEL_IS_FINE: "green",
}

Draw = Callable[[Console, Any, datetime], None]


def _title(case: Case) -> Text:
    dispute = case.dispute
    word = f"{dispute.state}: {dispute.outcome}" if dispute.outcome else str(dispute.state)
    return Text.assemble((f"{dispute.name} ", "bold"), (word, state_style(dispute.state)))


def _dispute_rows(view: DisputeView, now: datetime) -> list[Row]:
    case, dispute = view.case, view.case.dispute
    rows = [*_subject(case), ("opened", _when(dispute.opened_at, now))]
    rows += [(name, _when(moment, now)) for name, moment in _dates(case.order) if moment]
    if dispute.state == "cancelled":
        seen = f"seen {_when(dispute.seen_at, now)}" if dispute.seen_at else "not seen there yet"
        rows.append(("on the site", seen))
    if dispute.replaced_by:
        rows.append(("replaced by", f"D{dispute.replaced_by} (recorded in error)"))
    return rows


def _deadline(one: Deadline, now: datetime) -> Row:
    style = "bold red" if one.end() < now else ""
    known = "no date is known" if one.basis == RECORDED else str(one.basis)
    if one.window:
        known += f": {one.window.replace('_', ' ')}, {one.source}"
    return Text(_when(one.at, now), style=style), str(one.party), f"{MEANINGS[one.code]} ({known})"


def _subject(case: Case) -> list[Row]:
    return [
        ("about", case.title if case.line else f"{case.title} (whole order)"),
        ("seller", case.order.seller.name if case.order.seller else "unknown"),
        ("claim", told(case.dispute.claim)),
    ]


def _page(console: Console, page: str | None) -> None:
    """An address stays in one piece, however narrow the terminal, so that it can be clicked or copied."""
    if page:
        console.print(Text(f"  {page}", style="bright_black"), soft_wrap=True)


def _panel(console: Console, title: Text, subtitle: str, rows: Sequence[Row]) -> None:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="bright_black", no_wrap=True)
    grid.add_column(overflow="fold")
    for name, value in rows:
        grid.add_row(Text(str(name)), value if isinstance(value, Text) else Text(visible(value)))
    title.append(f"  {visible(subtitle)}", style="bright_black")
    console.print(Panel(grid, title=title, title_align="left", border_style="bright_black"))


def _section(console: Console, heading: str, rows: Sequence[Row]) -> None:
    if not rows:
        return
    _heading(console, heading)
    grid = Table.grid(padding=(0, 2))
    for count in range(len(rows[0])):
        last = count == len(rows[0]) - 1
        grid.add_column(no_wrap=not last, overflow="fold", ratio=1 if last else None)
    for row in rows:
        grid.add_row(*(cell if isinstance(cell, Text) else Text(visible(cell)) for cell in row))
    console.print(Padding(grid, (0, 0, 0, 2)))


def _heading(console: Console, text: str) -> None:
    console.print()
    console.print(Text(text, style="bold"))


def _findings(findings: Sequence[Finding], *, advice: bool = False) -> Iterator[Row]:
    for found in findings:
        style = state_style(found.level)
        text = Text(visible(found.message))
        if advice:
            text.append(f"\n→ {visible(found.advice)}", style="bright_black")
        yield Text(LEVEL_MARKS[found.level], style=style), Text(found.code, style=style), text


def _history(event: Event) -> Row:
    fact = event.fact.text if isinstance(event.fact, Message) else told(event.fact) if event.fact else None
    risks = f"risks accepted: {', '.join(event.accepted)}" if event.accepted else None
    detail = "; ".join(part for part in (event.reason, event.note, fact, risks) if part)
    step = Text(str(event.to_state), style=state_style(event.to_state))
    by = str(event.party) if event.party != "time" else "time ran out"
    return (str(event.seq), local(event.at)[:10], str(event.action), step, by, detail)


def _evidence(event: Event, file: Evidence, present: bool) -> Row:
    name = file.name if present else f"{file.name} (the file is missing)"
    return _day(event), str(event.seq), file.media_type, Text(visible(name), style="" if present else "red")


def _goods(line: Line) -> Text:
    """What it is; the attributes tell two lines of one title apart."""
    text = Text(visible(line.title))
    if line.attributes:
        text.append(f"\n{visible(line.attributes)}", style="bright_black")
    return text


def _worded(status: str, raw: str | None) -> str:
    return f"{status} ({raw})" if raw and raw.lower() != status else str(status)


def _day(event: Event) -> str:
    return local(event.happened_at or event.at)[:10]


def _when(moment: str, now: datetime) -> str:
    return f"{local(moment)} ({relative(moment, now)})"


def _dates(order: Order) -> tuple[tuple[str, str | None], ...]:
    return (
        ("ordered", order.placed),
        ("shipped", order.shipped),
        ("promised", order.promised),
        ("delivered", order.delivered),
        ("protected", order.protection_ends),
    )


def _columns(fields: Sequence[Field], records: Sequence[Any], *without: str) -> list[Field]:
    return [field for field in worth_showing(fields, records) if field.name not in without]
