"""The records of every list, field by field."""

from dispcli.core.disputes import Event
from dispcli.core.facts import kind_of, told
from dispcli.core.money import Money
from dispcli.core.summaries import OrderSummary
from dispcli.render.fields import Field, Kind, Sheet


def _currency(amount: Money | None) -> str | None:
    return amount.currency if amount else None


def _marks(order: OrderSummary) -> list[str]:
    return [f"D{mark.dispute_id}:{mark.state}" for mark in order.marks]


ORDERS = Sheet(
    "orders",
    (
        Field("order", lambda o: o.number, Kind.ID, "order number", "ORDER"),
        Field("marketplace", lambda o: o.marketplace, about="marketplace"),
        Field("date", lambda o: o.placed, Kind.MOMENT, "day or instant it was placed", "DATE"),
        Field("status", lambda o: o.status, about="normalised status", heading="STATUS"),
        Field("total", lambda o: o.total, Kind.MONEY, "what was paid", "TOTAL"),
        Field("currency", lambda o: o.currency, about="ISO 4217 code of the total"),
        Field("disputes", _marks, Kind.LIST, "disputes with their states: D12:opened", "DISPUTE"),
        Field("seller", lambda o: o.seller, about="the shop's name", heading="SELLER", flex=2),
        Field("title", lambda o: o.title, about="title of the first line", heading="TITLE", flex=1),
        Field("lines", lambda o: o.lines, Kind.COUNT, "how many lines it has"),
        Field("delivered", lambda o: o.delivered, Kind.MOMENT, "when it arrived"),
        Field("protection_ends", lambda o: o.protection_ends, Kind.MOMENT, "when buyer protection ends"),
    ),
    "order",
)

DISPUTES = Sheet(
    "disputes",
    (
        Field("dispute", lambda d: d.name, Kind.ID, "short stable id", "ID"),
        Field("order", lambda d: d.number, Kind.ID, "order number", "ORDER"),
        Field("marketplace", lambda d: d.marketplace, about="marketplace"),
        Field("line", lambda d: d.line, Kind.COUNT, "line of the order; empty: the whole order"),
        Field("state", lambda d: d.state, about="where it stands", heading="STATE"),
        Field("outcome", lambda d: d.outcome, about="how it ended"),
        Field("reason", lambda d: d.reason, about="what is claimed", heading="CLAIM"),
        Field("remedy", lambda d: d.remedy, about="what is asked for"),
        Field("amount", lambda d: d.amount, Kind.MONEY, "amount claimed", "AMOUNT"),
        Field("currency", lambda d: d.currency, about="ISO 4217 code of the amount"),
        Field("opened", lambda d: d.opened_at, Kind.MOMENT, "when it was opened", "OPENED"),
        Field("updated", lambda d: d.updated_at, Kind.MOMENT, "when it was last recorded"),
        Field("seen_on_site", lambda d: d.seen_at, Kind.MOMENT, "when the site was seen to show the cancel"),
        Field("settlement", lambda d: d.settlement, about="promised, issued or received: the newest one"),
        Field("seller", lambda d: d.seller, about="the shop's name", heading="SELLER", flex=2),
        Field("title", lambda d: d.title, about="title of the line", heading="TITLE", flex=1),
        Field("platform_id", lambda d: d.platform_id, Kind.ID, "the platform's own id"),
    ),
    "dispute",
)

SELLERS = Sheet(
    "sellers",
    (
        Field("seller", lambda s: s.name, about="the shop's name", heading="SELLER", flex=1),
        Field("store", lambda s: s.store_id, Kind.ID, "the platform's store id", "STORE"),
        Field("marketplace", lambda s: s.marketplace, about="marketplace"),
        Field("orders", lambda s: s.orders, Kind.COUNT, "orders placed there", "ORDERS"),
        Field("disputes", lambda s: s.disputes, Kind.COUNT, "disputes ever", "DISPUTES"),
        Field("open", lambda s: s.open, Kind.COUNT, "disputes open now", "OPEN"),
        Field("cancelled", lambda s: s.cancelled, Kind.COUNT, "disputes cancelled", "CANCELLED"),
        Field("refunded", lambda s: s.refunded, Kind.COUNT, "disputes that ended with a refund", "REFUNDED"),
    ),
    "store",
)

CHANGES = Sheet(
    "changes",
    (
        Field("dispute", lambda r: r.dispute or None, Kind.ID, "short stable id; none for a planned opening"),
        Field("order", lambda r: r.order, Kind.ID, "order number"),
        Field("marketplace", lambda r: r.marketplace, about="marketplace"),
        Field("status", lambda r: r.status, about="changed, unchanged or planned"),
        Field("changed", lambda r: r.changed, Kind.FLAG, "whether something was written"),
        Field("dry_run", lambda r: r.status == "planned", Kind.FLAG, "whether it was only tried"),
        Field("actions", lambda r: r.actions, Kind.LIST, "what was recorded"),
        Field("from", lambda r: r.from_state, about="state before"),
        Field("to", lambda r: r.to_state, about="state after"),
        Field("outcome", lambda r: r.outcome, about="how it ended"),
        Field("reason", lambda r: r.reason, about="reason given"),
        Field("amount", lambda r: r.amount, Kind.MONEY, "amount it is about"),
        Field("currency", lambda r: _currency(r.amount), about="ISO 4217 code of the amount"),
        Field(
            "findings", lambda r: [f.code for f in r.findings], Kind.LIST, "codes of what the checks found"
        ),
        Field("accepted_risks", lambda r: r.accepted, Kind.LIST, "codes accepted with --accept-risk"),
        Field("message", lambda r: r.message or None, about="a remark"),
        Field("seller_message", lambda r: r.seller_message, about="a ready message to the seller"),
        Field("page", lambda r: r.page, about="the order's page on the site"),
    ),
    "dispute",
)

ORDER_CHANGES = Sheet(
    "order_changes",
    (
        Field("order", lambda r: r.order, Kind.ID, "order number", "ORDER"),
        Field("marketplace", lambda r: r.marketplace, about="marketplace"),
        Field("status", lambda r: r.status, about="new, changed, unchanged or planned", heading="RESULT"),
        Field("changes", lambda r: r.changes, Kind.LIST, "names of what changed", "CHANGES", 1),
    ),
    "order",
)

IMPORTS = Sheet(
    "imports",
    (
        Field("file", lambda r: r.file, about="file name; - for standard input", heading="FILE", flex=1),
        Field("format", lambda r: r.format, about="format it was recognised as", heading="FORMAT"),
        Field("rows", lambda r: r.rows, Kind.COUNT, "rows read", "ROWS"),
        Field("orders_new", lambda r: r.orders_new, Kind.COUNT, "orders added", "NEW"),
        Field("orders_changed", lambda r: r.orders_changed, Kind.COUNT, "orders changed", "CHANGED"),
        Field("orders_same", lambda r: r.orders_same, Kind.COUNT, "orders as known", "SAME"),
        Field("unknown_words", lambda r: r.unknown_words, Kind.LIST, "status words nobody knows"),
        Field("dry_run", lambda r: r.dry_run, Kind.FLAG, "whether it was only tried"),
    ),
    "file",
)


def _kind(event: Event) -> str | None:
    return kind_of(event.fact) if event.fact is not None else None


def _details(event: Event) -> str | None:
    return told(event.fact) if event.fact is not None else None


EVENTS = Sheet(
    "events",
    (
        Field("dispute", lambda e: f"D{e.dispute_id}", Kind.ID, "short stable id"),
        Field("seq", lambda e: e.seq, Kind.COUNT, "number in the history, from 1", "#"),
        Field("at", lambda e: e.at, Kind.MOMENT, "when it was recorded", "RECORDED"),
        Field("action", lambda e: e.action, about="what happened", heading="ACTION"),
        Field("from", lambda e: e.from_state, about="state before"),
        Field("to", lambda e: e.to_state, about="state after", heading="STATE"),
        Field("outcome", lambda e: e.outcome, about="how it ended"),
        Field("party", lambda e: e.party, about="whose doing it was", heading="BY"),
        Field("actor", lambda e: e.actor, about="who recorded it", heading="RECORDED BY", flex=3),
        Field("source", lambda e: e.source, about="command or file it came from", heading="FROM", flex=4),
        Field("happened_at", lambda e: e.happened_at, Kind.MOMENT, "when it is said to have happened"),
        Field("reason", lambda e: e.reason, about="reason given", heading="REASON"),
        Field("note", lambda e: e.note, about="text given", heading="NOTE", flex=2),
        Field("fact", _kind, about="kind of fact it carries"),
        Field("details", _details, about="the fact in a few words", heading="DETAILS", flex=1),
        Field("accepted_risks", lambda e: e.accepted, Kind.LIST, "risks accepted by name"),
        Field("operation_id", lambda e: e.operation_id, Kind.ID, "operation it belongs to"),
    ),
)

FINDINGS = Sheet(
    "findings",
    (
        Field("code", lambda f: f.code, Kind.ID, "stable code", "CHECK"),
        Field("level", lambda f: f.level, about="block, warn or info", heading="LEVEL"),
        Field("message", lambda f: f.message, about="what was found", heading="FOUND", flex=1),
        Field("advice", lambda f: f.advice, about="what to do about it", heading="ADVICE", flex=2),
    ),
    "code",
)

REASONS = Sheet(
    "reasons",
    (
        Field("code", lambda r: r[1], Kind.ID, "stable code", "CODE"),
        Field("use", lambda r: r[0], about="cancel or claim", heading="FOR"),
        Field("meaning", lambda r: r[2], about="what it means", heading="MEANING", flex=1),
    ),
    "code",
)

SETTINGS = Sheet(
    "settings",
    (
        Field("name", lambda s: s[0], Kind.ID, "setting", "SETTING"),
        Field("value", lambda s: s[1], about="its value", heading="VALUE", flex=1),
        Field("origin", lambda s: s[2], about="flag, environment, config or default", heading="ORIGIN"),
    ),
    "name",
)

PROBLEMS = Sheet(
    "problems", (Field("problem", lambda p: p, about="what is wrong", heading="PROBLEM", flex=1),)
)

EXIT_CODES = Sheet(
    "exit_codes",
    (
        Field("code", lambda c: c[0], Kind.COUNT, "exit code", "CODE"),
        Field("meaning", lambda c: c[1], about="what it means", heading="MEANING", flex=1),
    ),
    "code",
)

VARIABLES = Sheet(
    "variables",
    (
        Field("name", lambda v: v[0], Kind.ID, "environment variable", "VARIABLE"),
        Field("meaning", lambda v: v[1], about="what it does", heading="MEANING", flex=1),
    ),
    "name",
)

TRANSITIONS = Sheet(
    "transitions",
    (
        Field("action", lambda t: t[1], about="what happens", heading="ACTION"),
        Field("from", lambda t: t[0], about="state before", heading="FROM"),
        Field("to", lambda t: t[2], Kind.LIST, "one of these after", "TO"),
        Field("by", lambda t: t[3], Kind.LIST, "whose action it is", "BY"),
    ),
)

WINDOWS = Sheet(
    "windows",
    (
        Field("window", lambda w: w[0], Kind.ID, "what the time is for", "WINDOW"),
        Field("days", lambda w: w[1].days, Kind.COUNT, "how many days", "DAYS"),
        Field("business_days", lambda w: w[1].business_days, Kind.FLAG, "Monday to Friday only"),
        Field(
            "second_hand",
            lambda w: w[1].second_hand,
            Kind.FLAG,
            "known from secondary pages only",
            "2ND HAND",
        ),
        Field("seen", lambda w: w[1].seen, Kind.MOMENT, "day it was last read", "SEEN"),
        Field("source", lambda w: w[1].source, about="where it is known from", heading="SOURCE", flex=1),
        Field("note", lambda w: w[1].note or None, about="what else there is to it", heading="NOTE", flex=2),
    ),
    "window",
)

SHEETS = (
    ORDERS,
    DISPUTES,
    SELLERS,
    CHANGES,
    ORDER_CHANGES,
    IMPORTS,
    EVENTS,
    FINDINGS,
    REASONS,
    SETTINGS,
    PROBLEMS,
    EXIT_CODES,
    VARIABLES,
    TRANSITIONS,
    WINDOWS,
)
"""Every list there is."""
