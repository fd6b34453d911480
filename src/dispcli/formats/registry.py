"""The formats there are, by name, as `module:value`; a module is imported only when it is asked."""

from collections.abc import Iterable, Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Any, cast

from dispcli.errors import BadInput
from dispcli.formats.source import DocumentFormat, TableFormat

DOCUMENTS: Mapping[str, str] = MappingProxyType(
    {
        "aliexpress-shopper-json": "dispcli.formats.aliexpress.shopper_json:FORMAT",
        "aliexpress-order-list": "dispcli.formats.aliexpress.order_list:FORMAT",
        "aliexpress-refund-list": "dispcli.formats.aliexpress.refund_list:FORMAT",
        "aliexpress-dispute-list": "dispcli.formats.aliexpress.dispute_list:FORMAT",
        "aliexpress-issue": "dispcli.formats.aliexpress.issue:FORMAT",
        "aliexpress-find-order": "dispcli.formats.aliexpress.find_order:FORMAT",
        "aliexpress-ds-order": "dispcli.formats.aliexpress.ds_order:FORMAT",
        "paypal-disputes": "dispcli.formats.paypal.disputes:FORMAT",
        "dispcli-json": "dispcli.formats.mapped.own_document:FORMAT",
    }
)
TABLES: Mapping[str, str] = MappingProxyType(
    {
        "aliexpress-shopper-csv": "dispcli.formats.aliexpress.shopper_csv:FORMAT",
        "paypal-activity": "dispcli.formats.paypal.activity:FORMAT",
        "aliexpress-userscript": "dispcli.formats.mapped.shipped:USERSCRIPT",
        "aliexpress-data-request": "dispcli.formats.mapped.shipped:DATA_REQUEST",
        "amazon": "dispcli.formats.mapped.shipped:AMAZON",
        "temu": "dispcli.formats.mapped.shipped:TEMU",
        "dispcli": "dispcli.formats.mapped.shipped:DISPCLI",
    }
)


def names() -> tuple[str, ...]:
    """Every format's name, in the order in which they are tried."""
    return (*DOCUMENTS, *TABLES)


def document_format(source: str, first: Any, wanted: str | None) -> DocumentFormat | None:
    """The format of documents, told from the first, or the one that is wanted; None where none is known.

    Raises BadInput for a wanted format that is no document's.
    """
    for entry in _candidates(source, "a JSON document", wanted, DOCUMENTS):
        known = cast(DocumentFormat, _loaded(entry))
        if wanted or known.recognises(first):
            return known
    return None


def find_table_format(source: str, columns: tuple[str, ...], wanted: str | None) -> TableFormat | None:
    """The format of a table, told from its columns, or the one that is wanted; None where none is known.

    Raises BadInput for a wanted format that is no table's.
    """
    for entry in _candidates(source, "a table", wanted, TABLES):
        known = cast(TableFormat, _loaded(entry))
        if wanted or known.recognises(frozenset(columns)):
            return known
    return None


def table_format(source: str, columns: tuple[str, ...], wanted: str | None) -> TableFormat:
    """The same, where there must be one. Raises BadInput."""
    found = find_table_format(source, columns, wanted)
    if found is None:
        from dispcli.formats.mapped.shipped import part_of_our_export

        raise part_of_our_export(source, columns) or unknown_format(source)
    return found


def unknown_format(source: str) -> BadInput:
    """An input that none of the formats recognises."""
    return BadInput(
        f"{source}: not a format dispcli knows", hint="'dispcli help formats' lists what is known"
    )


def _candidates(source: str, kind: str, wanted: str | None, entries: Mapping[str, str]) -> Iterable[str]:
    if wanted is None:
        return entries.values()
    if wanted in entries:
        return (entries[wanted],)
    raise BadInput(f"{source}: {kind} can't be {wanted}", hint=f"it can be: {', '.join(entries)}")


def _loaded(entry: str) -> object:
    module, _, name = entry.partition(":")
    return getattr(import_module(module), name)
