"""What a template can name: fields of the order and of its dispute, and lists."""

from collections.abc import Mapping

from dispcli.core.draft_fields import DISPUTE_FIELDS
from dispcli.core.draft_lists import DISPUTE_LISTS, ORDER_LISTS
from dispcli.core.draft_order_fields import ORDER_FIELDS
from dispcli.core.drafts import Known
from dispcli.core.templates import Template, Vocabulary

FIELDS = {**ORDER_FIELDS, **DISPUTE_FIELDS}
LISTS = {**ORDER_LISTS, **DISPUTE_LISTS}


def _words(fields: Mapping[str, Known]) -> Mapping[str, tuple[str, ...]]:
    return {name: known.words for name, known in fields.items()}


VOCABULARY = Vocabulary(_words(FIELDS), {name: _words(listed.fields) for name, listed in LISTS.items()})


def needs_dispute(template: Template) -> bool:
    """Whether the template names anything that only a dispute brings."""
    return any(name in DISPUTE_FIELDS for name in template.fields) or any(
        name in DISPUTE_LISTS for name in template.lists
    )
