"""What a template can name, and what the names mean for one case. Nothing is worked out that isn't named."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from dispcli.core.draft_fields import FIELDS
from dispcli.core.draft_lists import LISTS
from dispcli.core.drafts import Known, Subject, value_of
from dispcli.core.templates import Facts, Value, Vocabulary


def _words(fields: Mapping[str, Known]) -> Mapping[str, tuple[str, ...]]:
    return {name: known.words for name, known in fields.items()}


VOCABULARY = Vocabulary(_words(FIELDS), {name: _words(listed.fields) for name, listed in LISTS.items()})


class CaseFacts(NamedTuple):
    """What is known about a case."""

    subject: Subject

    def value(self, name: str) -> Value | None:
        """The field's value."""
        known = FIELDS.get(name)
        return value_of(known.get(self.subject)) if known else None

    def rows(self, name: str) -> Sequence[Facts]:
        """The rows of a list."""
        listed = LISTS.get(name)
        if listed is None:
            return ()
        return [_Row(self, listed.fields, row) for row in listed.rows(self.subject)]


class _Row(NamedTuple):
    """A row of a list: its own fields, and those of the whole."""

    whole: CaseFacts
    fields: Mapping[str, Known]
    record: object

    def value(self, name: str) -> Value | None:
        known = self.fields.get(name)
        return value_of(known.get(self.record, self.whole.subject)) if known else self.whole.value(name)

    def rows(self, name: str) -> Sequence[Facts]:
        return self.whole.rows(name)
