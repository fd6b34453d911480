"""One dispute whole."""

from typing import Any

from dispcli.core.deadlines import BASES
from dispcli.core.events import Event
from dispcli.render.documents.order import ORDER_FIELDS
from dispcli.render.fields import Document, Field, Kind, Section
from dispcli.render.sheets.history import EVENTS, FINDINGS


def _when(pair: tuple[Event, Any]) -> str:
    return pair[0].moment


_CLAIM = (
    Field("reason", lambda c: c.reason, about="what is claimed"),
    Field("reason_raw", lambda c: c.reason_raw, about="the platform's own words"),
    Field("remedy", lambda c: c.remedy, about="what is asked for"),
    Field("amount", lambda c: c.amount, Kind.MONEY, "amount claimed"),
)
_DISPUTE = (
    Field("dispute", lambda v: v.case.dispute.name, Kind.ID, "short stable id"),
    Field("state", lambda v: v.case.dispute.state, about="where it stands"),
    Field("origin", lambda v: v.case.dispute.origin, about="where a pending cancel came from"),
    Field("outcome", lambda v: v.case.dispute.outcome, about="how it ended"),
    Field("version", lambda v: v.case.dispute.version, Kind.COUNT, "number of its newest event"),
    Field("title", lambda v: v.case.title, about="what it is about"),
    Field("line", lambda v: v.case.line.position if v.case.line else None, Kind.COUNT, "line of the order"),
    Field("platform_id", lambda v: v.case.dispute.platform_id, Kind.ID, "the platform's own id"),
    Field("opened", lambda v: v.case.dispute.opened_at, Kind.MOMENT, "when it was opened"),
    Field("updated", lambda v: v.case.dispute.updated_at, Kind.MOMENT, "when it was last recorded"),
    Field("seen_on_site", lambda v: v.case.dispute.seen_at, Kind.MOMENT, "when the site showed the cancel"),
    Field(
        "replaced_by",
        lambda v: f"D{v.case.dispute.replaced_by}" if v.case.dispute.replaced_by else None,
        Kind.ID,
        "the record that takes its place",
    ),
    Field("page", lambda v: v.page, about="the order's page on the site"),
)
_OFFER = (
    Field("at", _when, Kind.MOMENT, "when it was made"),
    Field("remedy", lambda p: p[1].remedy, about="what is offered; none: refused"),
    Field("amount", lambda p: p[1].amount, Kind.MONEY, "amount offered"),
    Field("note", lambda p: p[0].note, about="text given"),
)
_SETTLEMENT = (
    Field("at", _when, Kind.MOMENT, "when it happened"),
    Field("kind", lambda p: p[1].kind, about="refund or replacement"),
    Field("stage", lambda p: p[1].stage, about="promised, issued or received"),
    Field("amount", lambda p: p[1].amount, Kind.MONEY, "how much"),
    Field("reference", lambda p: p[1].reference, about="a payment's reference"),
)
_PAYOUT = tuple(
    field._replace(about="refund or replacement, to the own customer") if field.name == "kind" else field
    for field in _SETTLEMENT
    if field.name != "stage"
)
_MESSAGE = (
    Field("at", _when, Kind.MOMENT, "when it was said"),
    Field("speaker", lambda p: p[1].speaker, about="who said it"),
    Field("text", lambda p: p[1].text, about="what was said"),
)
_EVIDENCE = (
    Field("at", _when, Kind.MOMENT, "when it was kept"),
    Field("name", lambda p: p[1].name, about="file name"),
    Field("media_type", lambda p: p[1].media_type, about="kind of file"),
    Field("size", lambda p: p[1].size, Kind.COUNT, "bytes"),
    Field("sha256", lambda p: p[1].sha256, Kind.ID, "digest of its content"),
    Field("seq", lambda p: p[0].seq, Kind.COUNT, "number in the history; names the file"),
    Field("present", lambda p: p[2] is None, Kind.FLAG, "whether a file of this length is in the store"),
)
_DEADLINE = (
    Field("party", lambda d: d.party, about="who must act"),
    Field("at", lambda d: d.at, Kind.MOMENT, "by when"),
    Field("basis", lambda d: d.basis, about=", ".join(BASES)),
    Field("code", lambda d: d.code, about="what has to be done"),
    Field("window", lambda d: d.window, about="the window of the policy that an estimate counts by"),
    Field("source", lambda d: d.source, about="where that window is known from"),
)
_NEXT = (
    Field("action", lambda n: n.action, about="what may be done"),
    Field("command", lambda n: n.command, about="how"),
    Field("remark", lambda n: n.remark or None, about="whose doing it is, and whether it is final"),
)

DISPUTE = Document(
    "dispute",
    (
        Section(None, _DISPUTE, lambda v: v),
        Section("claim", _CLAIM, lambda v: v.case.dispute.claim),
        Section("order", ORDER_FIELDS, lambda v: v.case.order),
        Section("deadline", _DEADLINE, lambda v: v.deadline),
        Section("deadlines", _DEADLINE, lambda v: v.deadlines, many=True),
        Section("answers", _OFFER, lambda v: v.case.history.offers, many=True),
        Section("settlements", _SETTLEMENT, lambda v: v.case.history.settlements, many=True),
        Section("payouts", _PAYOUT, lambda v: v.case.payouts, many=True),
        Section("messages", _MESSAGE, lambda v: v.case.messages, many=True),
        Section("evidence", _EVIDENCE, lambda v: v.evidence, many=True),
        Section("checks", FINDINGS.fields, lambda v: v.findings, many=True),
        Section("history", EVENTS.fields, lambda v: v.case.history, many=True),
        Section("next", _NEXT, lambda v: v.next_steps, many=True),
    ),
)
