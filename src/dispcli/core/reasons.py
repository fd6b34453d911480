"""Why disputes are opened, and why they are cancelled: our own slugs, stable for scripts."""

from collections.abc import Mapping
from types import MappingProxyType

CANCEL_REASONS: Mapping[str, str] = MappingProxyType(
    {
        "received-ok": "the goods arrived and are fine",
        "agreement": "an agreement with the seller",
        "opened-by-mistake": "the dispute was opened by mistake",
        "solved-elsewhere": "solved another way",
        "refund-received": "the refund has arrived",
        "replacement-received": "the replacement has arrived",
        "keep-item": "the buyer keeps the item as it is",
        "seller-asked": "the seller asked for it: how money is lost",
        "replacement-promised": "a replacement was promised and is not here",
        "other": "something else; needs a text",
    }
)

CLAIM_REASONS: Mapping[str, str] = MappingProxyType(
    {
        "not-received": "the goods never arrived",
        "not-as-described": "not as described",
        "defective": "does not work",
        "damaged": "arrived damaged",
        "late": "arrived too late",
        "wrong-item": "another item was sent",
        "missing-parts": "parts are missing",
        "counterfeit": "a counterfeit",
        "quantity-short": "fewer pieces than ordered",
        "empty-parcel": "the parcel was empty",
        "no-tracking": "no tracking, or tracking that leads nowhere",
        "other": "something else",
    }
)

ARRIVED = frozenset({"received-ok", "keep-item", "replacement-received"})
"""Cancel reasons that say the goods arrived."""

PRESSED = frozenset({"seller-asked", "replacement-promised"})
"""Cancel reasons that show pressure from the seller."""

DEFECTS = frozenset({"defective", "damaged", "counterfeit"})
"""Claims of a significant defect."""

MISSING = frozenset({"not-received", "no-tracking"})
"""Claims about goods that have not come; all but these and `other` are about something that has."""

OTHER = "other"


def read_reason(text: str) -> tuple[str, str | None]:
    """A reason as typed: one of the codes, else free text kept as `other`.

    Raises ValueError for an empty text, for the code of a claim, and for a near miss of a code, with the code
    that was meant.
    """
    word = text.strip()
    if not word or word == OTHER:
        raise ValueError("'other' needs a text: say why in your own words")
    if word in CANCEL_REASONS:
        return word, None
    if word in CLAIM_REASONS:
        raise ValueError(f"{word!r} is what a dispute is about, not why one is cancelled")
    from difflib import get_close_matches

    near = get_close_matches(word.lower().replace("_", "-").replace(" ", "-"), CANCEL_REASONS, 1, 0.75)
    if near:
        raise ValueError(f"no such reason: {word!r}. Did you mean {near[0]!r}?")
    return OTHER, word
