"""Lists of disputes, and what commands report about them."""

from dispcli.core.money import Money
from dispcli.render.fields import Field, Kind, Sheet


def _currency(amount: Money | None) -> str | None:
    return amount.currency if amount else None


DISPUTES = Sheet(
    "disputes",
    (
        Field("dispute", lambda d: d.name, Kind.ID, "short stable id", "ID"),
        Field("order", lambda d: d.number, Kind.ID, "order number", "ORDER"),
        Field("marketplace", lambda d: d.marketplace, about="marketplace"),
        Field("line", lambda d: d.line, Kind.COUNT, "line of the order; empty: the whole order"),
        Field("state", lambda d: d.state, about="where it stands", heading="STATE"),
        Field("outcome", lambda d: d.outcome, about="how it ended", heading="OUTCOME"),
        Field("reason", lambda d: d.reason, about="what is claimed", heading="CLAIM", flex=2),
        Field("remedy", lambda d: d.remedy, about="what is asked for"),
        Field("amount", lambda d: d.amount, Kind.MONEY, "amount claimed", "AMOUNT"),
        Field("currency", lambda d: d.currency, about="ISO 4217 code of the amount"),
        Field("opened", lambda d: d.opened_at, Kind.MOMENT, "when it was opened", "OPENED"),
        Field("updated", lambda d: d.updated_at, Kind.MOMENT, "when it was last recorded"),
        Field("seen_on_site", lambda d: d.seen_at, Kind.MOMENT, "when the site was seen to show the cancel"),
        Field("settlement", lambda d: d.settlement, about="promised, issued or received: the newest one"),
        Field("seller", lambda d: d.seller, about="the shop's name", heading="SELLER", flex=3),
        Field("title", lambda d: d.title, about="title of the line", heading="TITLE", flex=1),
        Field("platform_id", lambda d: d.platform_id, Kind.ID, "the platform's own id"),
    ),
    "dispute",
)


CHANGES = Sheet(
    "changes",
    (
        Field("dispute", lambda r: r.dispute or None, Kind.ID, "short stable id; none for a planned opening"),
        Field("order", lambda r: r.order, Kind.ID, "order number"),
        Field("marketplace", lambda r: r.marketplace, about="marketplace"),
        Field("status", lambda r: r.status, about="changed, unchanged, planned, refused, invalid or error"),
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
        Field("code", lambda r: r.problem.code if r.problem else None, about="why it could not be done"),
        Field("message", lambda r: r.message or None, about="a remark, or why it could not be done"),
        Field("seller_message", lambda r: r.seller_message, about="a ready message to the seller"),
        Field("page", lambda r: r.page, about="the order's page on the site"),
    ),
    "dispute",
)


CONFLICTS = Sheet(
    "conflicts",
    (
        Field("dispute", lambda c: c.name, Kind.ID, "short stable id", "ID"),
        Field("order", lambda c: c.number, Kind.ID, "order number", "ORDER"),
        Field("marketplace", lambda c: c.marketplace, about="marketplace"),
        Field("here", lambda c: c.ending, about="how it ended, as recorded here", heading="HERE"),
        Field("site", lambda c: c.word, about="the site's word", heading="SITE", flex=1),
        Field("seen", lambda c: c.seen_at, Kind.MOMENT, "when the site said so", "SEEN"),
        Field("source", lambda c: c.source, Kind.SENTENCE, "file it is known from", "SOURCE", 2),
        Field("platform_id", lambda c: c.platform_id, Kind.ID, "the platform's own id"),
    ),
    "dispute",
)
