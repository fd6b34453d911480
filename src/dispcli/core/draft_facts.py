"""What the names in a template mean for one order. Nothing is worked out that isn't named."""

from collections.abc import Mapping, Sequence

from dispcli.core.draft_fields import DISPUTE_FIELDS
from dispcli.core.draft_order_fields import ORDER_FIELDS
from dispcli.core.drafts import Disputed, Known, Purchase, value_of
from dispcli.core.templates import Facts, Value


class KnownFacts:
    """What is known about a purchase, and about its dispute where there is one."""

    def __init__(self, purchase: Purchase, disputed: Disputed | None = None) -> None:
        self.purchase = purchase
        self._disputed = disputed

    def value(self, name: str) -> Value | None:
        """The field's value."""
        if (known := ORDER_FIELDS.get(name)) is not None:
            return value_of(known.get(self.purchase))
        known = DISPUTE_FIELDS.get(name)
        return value_of(known.get(self._disputed)) if known and self._disputed else None

    def rows(self, name: str) -> Sequence[Facts]:
        """The rows of a list."""
        # The message that goes with every cancel has no list.
        from dispcli.core.draft_lists import DISPUTE_LISTS, ORDER_LISTS

        if (listed := ORDER_LISTS.get(name)) is not None:
            return [_Row(self, listed.fields, row) for row in listed.rows(self.purchase)]
        listed = DISPUTE_LISTS.get(name)
        if listed is None or self._disputed is None:
            return ()
        return [_Row(self, listed.fields, row) for row in listed.rows(self._disputed)]


class _Row:
    """A row of a list: its own fields, and those of the whole."""

    def __init__(self, whole: KnownFacts, fields: Mapping[str, Known], record: object) -> None:
        self._whole = whole
        self._fields = fields
        self._record = record

    def value(self, name: str) -> Value | None:
        known = self._fields.get(name)
        return value_of(known.get(self._record, self._whole.purchase)) if known else self._whole.value(name)

    def rows(self, name: str) -> Sequence[Facts]:
        return self._whole.rows(name)
