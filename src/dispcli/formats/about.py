"""What people are told of each format: what it is, where it comes from, what must be said with it."""

from collections.abc import Mapping
from types import MappingProxyType

from dispcli.namedtuples import NamedTuple


class About(NamedTuple):
    """A format in short; `options` are those without which some of its files can't be read."""

    what: str
    files: str
    source: str
    options: tuple[str, ...] = ()


FORMATS: Mapping[str, About] = MappingProxyType(
    {
        "aliexpress-shopper-json": About("orders", "JSON", "AliExpress shopper browser extension"),
        "aliexpress-order-list": About("orders", "JSON", "My Orders, web answer"),
        "aliexpress-refund-list": About("disputes, refunds", "JSON", "Refunds & disputes, web answer"),
        "aliexpress-dispute-list": About("disputes", "JSON", "seller centre, web answer"),
        "aliexpress-issue": About("a dispute, its history", "JSON", "Open Platform, issue.detail.get"),
        "aliexpress-find-order": About("an order", "JSON", "Open Platform, findorderbyid"),
        "aliexpress-ds-order": About("an order", "JSON", "Open Platform, trade.ds.order.get", ("--order",)),
        "paypal-disputes": About("disputes", "JSON", "PayPal Disputes API, list or details"),
        "dispcli-json": About("orders", "JSON", "dispcli export orders"),
        "aliexpress-shopper-csv": About("orders", "CSV", "AliExpress shopper browser extension"),
        "paypal-activity": About("payments, refunds", "CSV", "PayPal activity report", ("--date-order",)),
        "aliexpress-userscript": About("orders", "TSV", "AliExpress order userscript", ("--currency",)),
        "aliexpress-data-request": About("orders", "XLSX", "AliExpress data request", ("--currency",)),
        "amazon": About("orders", "CSV", "Amazon data request"),
        "temu": About("orders", "CSV", "Temu orders browser extension", ("--currency",)),
        "dispcli": About("orders", "any table", "dispcli export orders"),
    }
)

ARCHIVE = About("a whole ledger", "ZIP", "dispcli export --all")
