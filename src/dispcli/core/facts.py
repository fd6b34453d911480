"""What an event can carry besides the move itself. One event carries at most one fact."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from dispcli.core.money import Money
from dispcli.core.states import Party
from dispcli.namedtuples import NamedTuple

MAX_TEXT = 64 * 1024
"""The longest text kept, in characters."""

NOTHING = "none"
"""The word that takes away again what need not be known."""

REMEDIES = ("refund", "partial_refund", "return_and_refund", "replacement")
"""What a buyer can ask for and a seller can offer."""

SETTLEMENT_KINDS = ("refund", "replacement")
SETTLEMENT_STAGES = ("promised", "issued", "received")
PAYOUT_STAGE = "issued"
"""The one stage of a payout: what the customer got is gone, and what was only promised is not."""


class Claim(NamedTuple):
    """What the buyer says and asks for. `reason_raw` keeps the platform's own id or words."""

    reason: str
    remedy: str
    amount: Money | None = None
    reason_raw: str | None = None


class Offer(NamedTuple):
    """The seller's answer: an offer with its remedy, or a refusal (`remedy` None)."""

    remedy: str | None = None
    amount: Money | None = None


class Settlement(NamedTuple):
    """A refund or a replacement on its way: promised, issued, received."""

    kind: str
    stage: str
    amount: Money | None = None
    reference: str | None = None


class Payout(NamedTuple):
    """What a reseller gave to the own customer about these goods: gone, whatever the dispute brings."""

    kind: str
    amount: Money | None = None
    reference: str | None = None


class Message(NamedTuple):
    """Who said what."""

    speaker: Party
    text: str


class Evidence(NamedTuple):
    """A file that proves something, known by its SHA-256."""

    sha256: str
    name: str
    media_type: str
    size: int


class EvidenceRemoved(NamedTuple):
    """A file is no longer kept; that it once was stays told."""

    sha256: str


class Due(NamedTuple):
    """A date by which a party must act, as the platform shows it or a person entered it."""

    party: Party
    at: str


class DueRemoved(NamedTuple):
    """The dates entered for a party were a mistake; what the platform shows is not taken back."""

    party: Party


class Done(NamedTuple):
    """The site shows the dispute as cancelled: the button was pressed there."""


class Sighting(NamedTuple):
    """The platform's own word for the state, as an import saw it."""

    word: str


class Replaced(NamedTuple):
    """The record was made in error; another dispute takes its place."""

    by: int


class KnownAs(NamedTuple):
    """The platform's own id of a dispute that was recorded without it."""

    platform_id: str


class Upheld(NamedTuple):
    """A person has looked: what the site shows is wrong, and the record stands as it is."""


Fact = (
    Claim
    | Offer
    | Settlement
    | Payout
    | Message
    | Evidence
    | EvidenceRemoved
    | Due
    | DueRemoved
    | Done
    | Sighting
    | Replaced
    | KnownAs
    | Upheld
)

FACTS: Mapping[str, type[Fact]] = MappingProxyType(
    {
        "claim": Claim,
        "offer": Offer,
        "settlement": Settlement,
        "payout": Payout,
        "message": Message,
        "evidence": Evidence,
        "evidence_removed": EvidenceRemoved,
        "due": Due,
        "due_removed": DueRemoved,
        "done": Done,
        "sighting": Sighting,
        "replaced": Replaced,
        "known_as": KnownAs,
        "upheld": Upheld,
    }
)
"""The kinds of fact, by the name the ledger stores."""

_KINDS = {cls: kind for kind, cls in FACTS.items()}


def told(fact: Fact, when: Callable[[str], str] = str) -> str:
    """The fact in a few words, for a person; `when` tells the moment in it, else it is as it is stored."""
    match fact:
        case Claim(reason, remedy, amount, _):
            return f"{reason}, asks for {_with_amount(remedy, amount)}"
        case Offer(None, _):
            return "refuses"
        case Offer(remedy, amount):
            return f"offers {_with_amount(remedy or '', amount)}"
        case Settlement(kind, stage, amount, reference):
            return " ".join(part for part in (kind, stage, str(amount or ""), reference) if part)
        case Payout(kind, amount, reference):
            return " ".join(part for part in (kind, "to the customer", str(amount or ""), reference) if part)
        case Message(speaker, text):
            return f"{speaker}: {text}"
        case Evidence():
            return f"{fact.name} ({fact.media_type})"
        case EvidenceRemoved(sha256):
            return f"no longer kept: {sha256[:12]}"
        case Due(party, at):
            return f"{party} must act by {when(at)}"
        case DueRemoved(party):
            return f"the date entered for the {party} is taken back"
        case Done():
            return "the site shows the cancel"
        case Sighting(word):
            return f"the site says {word}"
        case Replaced(by):
            return f"recorded in error, D{by} takes its place"
        case KnownAs(platform_id):
            return f"known to the platform as {platform_id}"
        case Upheld():
            return "the record stands, whatever the site shows"


def _with_amount(remedy: str, amount: Money | None) -> str:
    words = remedy.replace("_", " ")
    return f"{words} of {amount}" if amount else words


def says_the_same(one: Fact | None, other: Fact | None) -> bool:
    """Whether two facts are of one kind and equal: as tuples, facts of different kinds can be equal too."""
    return type(one) is type(other) and one == other


def kind_of(fact: Fact) -> str:
    """The name of the fact's kind."""
    return _KINDS[type(fact)]


def to_data(fact: Fact) -> dict[str, Any]:
    """The fact as plain JSON values: an amount becomes `minor` and `currency`; absent values are left out."""
    data = {name: value for name, value in fact._asdict().items() if value is not None}
    if isinstance(amount := data.pop("amount", None), Money):
        data.update(minor=amount.minor, currency=amount.currency)
    return data
