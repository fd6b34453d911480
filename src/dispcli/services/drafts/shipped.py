"""The templates that come with dispcli: one file a kind, beside this module."""

from pathlib import Path

from dispcli.core.templates import Template

KINDS = ("cancelled", "agreed", "extend", "remind", "refund", "feedback", "summary")
"""The kinds of draft, in the order they are told in; a test holds them against the files."""

CANCELLED = "cancelled"
"""The kind that is offered after a cancel."""

REFUND = "refund"
"""The kind that asks where a refund or a replacement is."""

ASKING = ("extend", "remind")
"""The kinds that ask the seller for something, while a dispute is open."""

SUMMARY = "summary"
"""The kind that a case is packed with."""


def shipped_template(kind: str) -> Template:
    """The template; `kind` is one of KINDS."""
    from dispcli.services.drafts import compiled

    template: Template = getattr(compiled, kind)()
    return template


def source_of(kind: str) -> str:
    """The text of the template; `kind` is one of KINDS."""
    return Path(__file__).with_name(f"{kind}.txt").read_text(encoding="utf-8")
