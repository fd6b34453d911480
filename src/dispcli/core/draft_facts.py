"""What a template can name, and what the names mean for one case. Nothing is worked out that isn't named."""

from collections.abc import Mapping, Sequence

from dispcli.core.draft_fields import FIELDS
from dispcli.core.draft_lists import LISTS
from dispcli.core.drafts import Known, Subject, value_of
from dispcli.core.templates import Facts, Value, Vocabulary


def _words(fields: Mapping[str, Known]) -> Mapping[str, tuple[str, ...]]:
    return {name: known.words for name, known in fields.items()}


VOCABULARY = Vocabulary(_words(FIELDS), {name: _words(listed.fields) for name, listed in LISTS.items()})


class CaseFacts:
    """What is known about a case."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject

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


class _Row:
    """A row of a list: its own fields, and those of the whole."""

    def __init__(self, whole: CaseFacts, fields: Mapping[str, Known], record: object) -> None:
        self._whole = whole
        self._fields = fields
        self._record = record

    def value(self, name: str) -> Value | None:
        known = self._fields.get(name)
        return value_of(known.get(self._record, self._whole.subject)) if known else self._whole.value(name)

    def rows(self, name: str) -> Sequence[Facts]:
        return self._whole.rows(name)
