"""What a filter can speak about: the fields of disputes and of orders, as data."""

from collections.abc import Iterable, Mapping
from enum import Enum
from types import MappingProxyType

from dispcli.core.facts import REMEDIES, SETTLEMENT_STAGES
from dispcli.core.orders import OrderStatus
from dispcli.core.reasons import CLAIM_REASONS
from dispcli.core.states import Outcome, State
from dispcli.namedtuples import NamedTuple


class Kind(Enum):
    """What the values of a field are."""

    WORDS = "known words, any of which will do"
    NAMES = "names in small letters, any of which will do"
    CURRENCIES = "ISO 4217 codes, any of which will do"
    DISPUTES = "dispute ids, any of which will do"
    TEXT = "a text"
    TIME = "a stretch of time"
    AMOUNT = "an amount with its currency"


EQUAL = ("",)
PART = ("~",)
TEXT = (*EQUAL, *PART)
ORDERED = (*EQUAL, "<", "<=", ">", ">=")


class FilterField(NamedTuple):
    """One field: the operators it has ("" is equal, or within), the words it knows, an example of a term.

    `also` are names people try for it; they are no names of it, only hints at what was meant. `dated` are
    words whose meaning depends on the day.
    """

    name: str
    kind: Kind
    operators: tuple[str, ...]
    example: str
    about: str
    words: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    dated: tuple[str, ...] = ()


Fields = Mapping[str, FilterField]


def _words(
    name: str, words: Iterable[str], example: str, about: str, also: tuple[str, ...] = ()
) -> FilterField:
    return FilterField(name, Kind.WORDS, EQUAL, example, about, tuple(map(str, words)), also)


def _time(name: str, example: str, about: str, also: tuple[str, ...] = ()) -> FilterField:
    return FilterField(name, Kind.TIME, ORDERED, example, about, also=also)


def _by_name(*fields: FilterField) -> Fields:
    return MappingProxyType({field.name: field for field in fields})


_PRICES = ("price", "sum", "value", "cost", "money")
_TITLES = ("item", "product", "name", "text", "goods")
_SELLER = FilterField(
    "seller",
    Kind.TEXT,
    TEXT,
    'seller:"Shop 12"',
    "the shop's name or its store id; ~ a part of the name",
    also=("shop", "store", "vendor", "merchant"),
)
_ORDER = FilterField(
    "order",
    Kind.TEXT,
    EQUAL,
    "order:8190000000000001",
    "the order's number, exactly",
    also=("number", "no", "order_id"),
)
_MARKETPLACE = FilterField(
    "marketplace",
    Kind.NAMES,
    EQUAL,
    "marketplace:aliexpress",
    "where it was bought",
    also=("platform", "site", "market"),
)
_CURRENCY = FilterField("currency", Kind.CURRENCIES, EQUAL, "currency:USD,EUR", "ISO 4217 code of the amount")

DISPUTE_FIELDS = _by_name(
    _words("state", State, "state:opened,answered", "where it stands", ("status", "stage")),
    _words(
        "is",
        ("open", "closed", "unseen"),
        "is:unseen",
        "how it stands (unseen: cancelled, but not yet seen so on the site)",
    ),
    _words("outcome", Outcome, "outcome:refunded", "how a resolved one ended", ("result", "ending")),
    _words("reason", CLAIM_REASONS, "reason:not-received", "what is claimed", ("claim", "cause")),
    _words("remedy", REMEDIES, "remedy:refund", "what is asked for", ("wants", "asks")),
    _words(
        "settlement",
        SETTLEMENT_STAGES,
        "settlement:promised",
        "the newest refund or replacement noted",
        ("refund", "replacement"),
    ),
    _SELLER,
    FilterField(
        "title",
        Kind.TEXT,
        TEXT,
        'title:~"desk lamp"',
        "of its line, or of the order's first; ~ a part of it",
        also=_TITLES,
    ),
    _ORDER,
    _MARKETPLACE,
    FilterField("dispute", Kind.DISPUTES, EQUAL, "dispute:D12,D13", "the short id", also=("id",)),
    _time("opened", "opened:<-10d", "when it was opened", ("date", "created", "since", "age")),
    _time("updated", "updated:>=yesterday", "when it was last recorded", ("changed", "modified")),
    FilterField(
        "amount",
        Kind.AMOUNT,
        ORDERED,
        "amount:>20USD",
        "what is claimed, in that very currency",
        also=("total", *_PRICES),
    ),
    _CURRENCY,
    FilterField(
        "message",
        Kind.TEXT,
        PART,
        'message:~"a new one"',
        "a part of what was said",
        also=("said", "chat", "note"),
    ),
)
ORDER_FIELDS = _by_name(
    _words("status", OrderStatus, "status:shipped,delivered", "how far it is", ("state", "stage")),
    _words(
        "is",
        ("disputed", "undisputed", "late", "arrived"),
        "is:disputed",
        "whether there is a dispute, open or closed; arrived (a delivery is known, or it is delivered or "
        "completed); late (the promised day is past on the marketplace's clock, and it has neither arrived "
        "nor is over)",
        ("dispute", "has"),
    )._replace(dated=("late",)),
    _SELLER,
    FilterField(
        "title",
        Kind.TEXT,
        TEXT,
        'title:~"desk lamp"',
        "of any of its lines; ~ a part of it",
        also=_TITLES,
    ),
    _ORDER._replace(also=("id", *_ORDER.also)),
    _MARKETPLACE,
    _time("placed", "placed:2026-10", "when it was placed", ("date", "ordered", "bought", "created")),
    _time("shipped", "shipped:<-30d", "when it was sent", ("sent",)),
    _time("promised", "promised:<today", "the last day it should arrive on", ("expected", "due", "eta")),
    _time("delivered", "delivered:>=2026-11-01", "when it arrived", ("arrived", "received")),
    _time(
        "protection_ends", "protection_ends:<=+7d", "when buyer protection ends", ("protection", "deadline")
    ),
    FilterField(
        "total",
        Kind.AMOUNT,
        ORDERED,
        "total:<=50EUR",
        "what was paid, in that very currency",
        also=("amount", "paid", *_PRICES),
    ),
    FilterField(
        "tracking",
        Kind.TEXT,
        TEXT,
        "tracking:LP00123456789",
        "the tracking number, of any of its parcels; ~ a part of it",
        also=("parcel", "shipment"),
    ),
    _CURRENCY,
)
