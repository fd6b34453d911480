"""A text that is ready to be sent, and what it was made of."""

from dispcli.core.drafts import Draft
from dispcli.render.fields import Document, Field, Kind, Section


def _fields(draft: Draft) -> list[tuple[str, str | None]]:
    values = ((name, draft.facts.value(name)) for name in draft.template.fields)
    return [(name, value.text if value else None) for name, value in values]


def _lists(draft: Draft) -> list[tuple[str, int]]:
    return [(name, len(draft.facts.rows(name))) for name in draft.template.lists]


_DRAFT = (
    Field("kind", lambda d: d.kind, Kind.ID, "which draft"),
    Field(
        "template", lambda d: d.origin, Kind.FILE, "the template's file; dispcli for one that comes with it"
    ),
    Field("about", lambda d: d.template.about, about="what it is for"),
    Field("dispute", lambda d: d.case.dispute.name if d.case else None, Kind.ID, "short stable id"),
    Field("marketplace", lambda d: d.order.marketplace, about="marketplace"),
    Field("order", lambda d: d.order.number, Kind.ID, "order number"),
    Field("text", lambda d: d.text, about="the text, as it is sent"),
)
_FIELDS = (
    Field("name", lambda f: f[0], Kind.ID, "a field that the template names"),
    Field("value", lambda f: f[1], about="its value; none: not known"),
)
_LISTS = (
    Field("name", lambda f: f[0], Kind.ID, "a list that the template names"),
    Field("rows", lambda f: f[1], Kind.COUNT, "how many rows it has"),
)

DRAFT = Document(
    "draft",
    (
        Section(None, _DRAFT, lambda d: d),
        Section("fields", _FIELDS, _fields, many=True),
        Section("lists", _LISTS, _lists, many=True),
    ),
)
