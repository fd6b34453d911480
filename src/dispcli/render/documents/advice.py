"""Whether a dispute should be cancelled, with all that bears on it."""

from collections.abc import Callable

from dispcli.core.advice import Verdict
from dispcli.core.money import Money
from dispcli.core.stakes import Balance
from dispcli.render.fields import Document, Field, Kind, Section
from dispcli.render.sheets.history import FINDINGS
from dispcli.render.sheets.sellers import SELLERS


def _money(get: Callable[[Balance], int]) -> Callable[[Balance], Money]:
    return lambda balance: Money(get(balance), balance.currency)


_STAKE = (
    Field("code", lambda s: s.code, Kind.ID, "stable code"),
    Field("message", lambda s: s.message, about="what it is"),
)
_BALANCE = (
    Field("currency", lambda b: b.currency, about="ISO 4217 code; currencies are never added up"),
    Field("paid", _money(lambda b: b.paid), Kind.MONEY, "what the goods cost"),
    Field("received", _money(lambda b: b.received), Kind.MONEY, "what came back"),
    Field("given", _money(lambda b: b.given), Kind.MONEY, "what a reseller gave the own customer"),
    Field(
        "owed", _money(lambda b: b.owed), Kind.MONEY, "what was promised, agreed or claimed and is not here"
    ),
    Field("net", _money(lambda b: b.net), Kind.MONEY, "received less paid less given"),
)

ADVICE = Document(
    "advice",
    (
        Section(
            None,
            (
                Field("dispute", lambda a: a.case.dispute.name, Kind.ID, "short stable id"),
                Field("order", lambda a: a.case.order.number, Kind.ID, "order number"),
                Field("reason", lambda a: a.reason, about="reason considered"),
                Field(
                    "verdict",
                    lambda a: a.verdict,
                    about="no (a check blocks a cancel, or none is possible), think (warnings) or clear",
                ),
                Field(
                    "recommendation",
                    lambda a: a.recommendation.verdict,
                    about=f"what to do: {', '.join(Verdict)}",
                ),
                Field("until", lambda a: a.recommendation.until, Kind.MOMENT, "how long to wait"),
                Field("sentence", lambda a: a.recommendation.sentence, about="the same for a person"),
            ),
            lambda a: a,
        ),
        Section("because", _STAKE, lambda a: a.recommendation.reasons, many=True),
        Section("checks", FINDINGS.fields, lambda a: a.findings, many=True),
        Section("if_cancelled", _STAKE, lambda a: a.cancelling, many=True),
        Section("if_kept", _STAKE, lambda a: a.waiting, many=True),
        Section("seller", SELLERS.fields, lambda a: a.seller),
        Section("money", _BALANCE, lambda a: a.money, many=True),
    ),
)
