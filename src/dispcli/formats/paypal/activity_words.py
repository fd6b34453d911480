"""The words of PayPal's activity report, in English and German: columns, kinds of transaction, statuses.

They are those of an account's activity report and of its statement, which calls the kind of a transaction its
description and has no status. Words are compared case-folded.
"""

from collections.abc import Mapping
from types import MappingProxyType

COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "day": ("date", "datum"),
        "kind": ("type", "typ", "description", "beschreibung"),
        "currency": ("currency", "währung"),
        "gross": ("gross", "brutto"),
        "number": ("transaction id", "transaktionscode"),
        "time": ("time", "uhrzeit"),
        "zone": ("timezone", "time zone", "zeitzone"),
        "name": ("name",),
        "status": ("status",),
        "reference": ("reference txn id", "zugehöriger transaktionscode"),
    }
)
"""What a column is, and the names it goes by."""

NEEDED = ("day", "kind", "currency", "gross", "number")
"""The columns no report is without."""

PAYMENTS = frozenset(
    {
        "ebay auction payment",
        "ebay payment sent",
        "express checkout payment",
        "express checkout payment sent",
        "general payment",
        "invoice payment",
        "mobile payment",
        "payment",
        "payment sent",
        "preapproved payment bill user payment",
        "preapproved payment sent",
        "recurring payment",
        "recurring payment sent",
        "shopping cart payment sent",
        "subscription payment",
        "subscription payment sent",
        "web accept payment sent",
        "website payment",
        "allgemeine zahlung",
        "ebay-auktionszahlung",
        "einkauf",
        "handyzahlung",
        "paypal express-zahlung",
        "website-zahlung",
        "zahlung",
        "zahlung gesendet",
        "zahlung im einzugsverfahren mit zahlungsrechnung",
    }
)
"""Payments for something: the buyer's where the money goes out."""

REFUNDS = frozenset({"payment refund", "payment reversal", "refund", "rückerstattung", "rückzahlung"})
"""Payments that come back: to the buyer where the money comes in."""

COMPLETED = frozenset({"completed", "abgeschlossen"})
PAID = COMPLETED | {
    "refunded",
    "partially refunded",
    "zurückgezahlt",
    "teilweise zurückgezahlt",
}
"""A payment that was given back later has been paid all the same."""
