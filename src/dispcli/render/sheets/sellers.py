"""Lists of sellers, and what a command reports about one it rated."""

from collections.abc import Callable

from dispcli.core.seller_results import SellerResult
from dispcli.core.sellers import SellerSummary
from dispcli.core.states import Outcome
from dispcli.render.fields import Field, Kind, Sheet


def _ended(outcome: Outcome) -> Callable[[SellerSummary], int]:
    return lambda seller: seller.record.ended(outcome)


SELLERS = Sheet(
    "sellers",
    (
        Field("seller", lambda s: s.name, about="the shop's name", heading="SELLER", flex=1),
        Field("store", lambda s: s.store_id, Kind.ID, "the platform's store id", "STORE", 2),
        Field("marketplace", lambda s: s.marketplace, about="marketplace"),
        Field("orders", lambda s: s.record.orders, Kind.COUNT, "orders placed there", "ORDERS"),
        Field(
            "disputes",
            lambda s: s.record.disputes,
            Kind.COUNT,
            "disputes ever, those recorded in error apart",
            "DISPUTES",
        ),
        Field("open", lambda s: s.record.open, Kind.COUNT, "disputes open now", "OPEN"),
        Field("cancelled", lambda s: s.record.cancelled, Kind.COUNT, "disputes cancelled"),
        Field(
            "refunded",
            lambda s: s.record.refunded,
            Kind.COUNT,
            "disputes that ended with a refund, whole or in part",
        ),
        Field(
            "refund_share",
            lambda s: s.record.refund_share,
            Kind.COUNT,
            "percent of disputes that ended with a refund, whole or in part: of those that ended with one, "
            "with a replacement, rejected or out of time; cancelled ones, unknown outcomes and what was "
            "recorded in error don't count",
            "REFUND%",
        ),
        Field(
            "answer_days",
            lambda s: s.record.answer_days,
            Kind.COUNT,
            "days within which half of the claims were answered that were answered",
            "ANSWER DAYS",
        ),
        Field("rating", lambda s: s.record.rating, Kind.COUNT, "your newest rating, 1 (bad) to 5", "RATING"),
        Field(
            "late",
            lambda s: s.record.late if s.record.promised else None,
            Kind.COUNT,
            "orders that came after the promised day, or are awaited after it, on the marketplace's clock; "
            "none where none was due",
            "LATE",
        ),
        Field(
            "promised",
            lambda s: s.record.promised,
            Kind.COUNT,
            "orders that came or were due, of those with a promised day",
        ),
        Field(
            "partly_refunded", _ended(Outcome.PARTLY_REFUNDED), Kind.COUNT, "of the refunded, those in part"
        ),
        Field("replaced", _ended(Outcome.REPLACED), Kind.COUNT, "disputes that ended with a replacement"),
        Field("rejected", _ended(Outcome.REJECTED), Kind.COUNT, "disputes that were rejected"),
        Field("expired", _ended(Outcome.EXPIRED), Kind.COUNT, "disputes that ran out of your own time"),
        Field("unknown", _ended(Outcome.UNKNOWN), Kind.COUNT, "disputes that ended nobody knows how"),
        Field("id", lambda s: s.short, Kind.ID, "short stable id: S3"),
    ),
    "id",
)


def _is(*words: str) -> Callable[[SellerResult], bool]:
    return lambda result: result.status in words


SELLER_CHANGES = Sheet(
    "seller_changes",
    (
        Field("id", lambda r: r.seller.short, Kind.ID, "short stable id: S3", "ID"),
        Field("seller", lambda r: r.seller.name, about="the shop's name", heading="SELLER", flex=1),
        Field("store", lambda r: r.seller.store_id, Kind.ID, "the platform's store id"),
        Field("marketplace", lambda r: r.seller.marketplace, about="marketplace"),
        Field("status", lambda r: r.status, about="changed, unchanged or planned", heading="RESULT"),
        Field("changed", _is("changed"), Kind.FLAG, "whether something was written"),
        Field("dry_run", _is("planned"), Kind.FLAG, "whether it was only tried"),
        Field("rating", lambda r: r.rating, Kind.COUNT, "1 (bad) to 5", "RATING"),
        Field("note", lambda r: r.note, Kind.SENTENCE, "what was said", "NOTE", 2),
    ),
    "id",
)
