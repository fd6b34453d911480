"""The agenda: a row a thing to do."""

from dispcli.core.agenda import Urgency
from dispcli.core.deadlines import BASES, MEANINGS, RECORDED
from dispcli.render.fields import Field, Kind, Sheet

AGENDA = Sheet(
    "agenda",
    (
        Field(
            "due",
            lambda e: e.item.deadline.at,
            Kind.MOMENT,
            f"by when; a day counts to its end. Where the basis is {RECORDED}: since when",
            "DUE",
        ),
        Field("days_left", lambda e: e.item.days_left, Kind.COUNT, "days of your calendar; below zero: ago"),
        Field("urgency", lambda e: e.item.urgency, about=", ".join(Urgency), heading="URGENCY"),
        Field("code", lambda e: e.item.deadline.code, about=", ".join(MEANINGS)),
        Field("what", lambda e: e.item.what, Kind.SENTENCE, "what has to be done", "WHAT", 1),
        Field("party", lambda e: e.item.deadline.party, about="who must act"),
        Field("target", lambda e: e.item.target, Kind.ID, "what commands know it by", "ABOUT"),
        Field("dispute", lambda e: e.item.dispute, Kind.ID, "short stable id; none: what has no dispute"),
        Field("order", lambda e: e.item.order.number, Kind.ID, "order number"),
        Field("marketplace", lambda e: e.item.order.marketplace, about="marketplace"),
        Field("seller", lambda e: e.item.order.seller and e.item.order.seller.name, about="the shop's name"),
        Field("title", lambda e: e.item.title, about="what it is about", heading="TITLE", flex=2),
        Field("amount", lambda e: e.item.amount, Kind.MONEY, "amount it is about", "AMOUNT"),
        Field("currency", lambda e: e.item.amount and e.item.amount.currency, about="ISO 4217 code of it"),
        Field("basis", lambda e: e.item.deadline.basis, about="; ".join(map(": ".join, BASES.items()))),
        Field("window", lambda e: e.item.deadline.window, about="window of the policy it is counted by"),
        Field("source", lambda e: e.item.deadline.source, about="where that window is known from"),
        Field("action", lambda e: e.action, about="the command that records it"),
        Field("otherwise", lambda e: e.otherwise, about="the command for the other way out, if there is one"),
        Field(
            "lines",
            lambda e: [str(line.position) for line in e.item.part],
            Kind.LIST,
            "of an order that is in dispute in part: the lines it is about; none: all of it",
        ),
    ),
    "target",
)
