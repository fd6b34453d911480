"""What one file brought, counted as it is stored."""

from collections import Counter
from collections.abc import Iterable

from dispcli.core.order_results import FileResult
from dispcli.services.brought import Brought

MOST_REMARKS = 20
"""How many remarks on a file are told; the counts have them all."""


class Counting:
    """Counts each thing once, however many pieces of the file tell of it."""

    def __init__(self, file: str, *, dry_run: bool) -> None:
        self.format = ""
        self.rows = 0
        self.mistakes = 0
        self.remarks: list[str] = []
        self._file = file
        self._dry_run = dry_run
        self._fates: Counter[tuple[str, str]] = Counter()
        self._words: dict[str, None] = {}

    def add(self, brought: Iterable[Brought]) -> None:
        """This was brought."""
        for one in brought:
            self._fates[one.kind, one.fate] += 1
            if one.unknown_word is not None:
                self._words[one.unknown_word] = None
            if one.remark is not None and len(self.remarks) < MOST_REMARKS:
                self.remarks.append(one.remark)

    def result(self) -> FileResult:
        """The summary of the file."""
        fates = self._fates
        return FileResult(
            file=self._file,
            format=self.format,
            rows=self.rows,
            orders_new=fates["order", "new"],
            orders_changed=fates["order", "changed"],
            orders_same=fates["order", "same"],
            disputes_new=fates["dispute", "new"],
            disputes_changed=fates["dispute", "changed"],
            disputes_same=fates["dispute", "same"],
            refunds=fates["refund", "new"],
            conflicts=fates["dispute", "conflict"],
            mistakes=self.mistakes,
            unknown_words=tuple(self._words),
            dry_run=self._dry_run,
        )
