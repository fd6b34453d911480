"""Running an import: which file is read when, what is written when, what is told."""

from collections.abc import Mapping, Sequence
from contextlib import ExitStack, nullcontext
from dataclasses import dataclass, field

from dispcli.commands.context import Run
from dispcli.commands.imports.counting import Counting
from dispcli.commands.imports.files import Inputs, OpenFile
from dispcli.commands.interrupting import Interruptible
from dispcli.commands.progress import Progress
from dispcli.core.order_results import FileResult
from dispcli.core.told import ToldDispute, ToldRefund
from dispcli.errors import BadInput
from dispcli.formats.mapped.mapping import TableMapping
from dispcli.formats.opening import open_input
from dispcli.formats.source import MAX_MISTAKES, Aside, Asked, Entry, Mistake, Piece, Source
from dispcli.namedtuples import NamedTuple
from dispcli.services.brought import Name
from dispcli.services.importing import Gathered, Importer, gather

_AT_ONCE = 1000
"""From how many rows on they are stored together."""

_UNLOCKED = 10_000
"""How many rows are read before the ledger is opened and locked: most imports are checked whole by then."""


class Waiting(NamedTuple):
    """What was read of a file and is not stored yet."""

    told: Gathered
    places: Mapping[Name, Entry]
    file: OpenFile
    counting: Counting


@dataclass
class Import:
    """An import under way: what was asked for, and what came of it so far.

    The ledger is opened, and made where there is none, when there is something to store.
    """

    run: Run
    stack: ExitStack
    inputs: Inputs
    interruptible: Interruptible
    progress: Progress
    asked: Asked
    format: str | None
    mapping: TableMapping | None
    keep_going: bool
    dry_run: bool
    alone: bool
    counted: list[Counting] = field(default_factory=list)
    mistakes: list[str] = field(default_factory=list)
    wrong: int = 0
    _waiting: list[Waiting] = field(default_factory=list)
    _importer: Importer | None = None

    def read(self, names: list[str]) -> None:
        """Store what the files tell: what is right a piece at a time, or all of it, or nothing.

        Raises BadInput for any mistake, when all are known, unless it keeps going.
        """
        for name in names:
            if not self.interruptible.asked:
                self._read(name)
        self._store_waiting()
        if self.keep_going:
            return
        if self.wrong:
            raise self.refusal("nothing was written")
        if self.interruptible.asked:
            self.progress.stop()
            raise KeyboardInterrupt

    @property
    def results(self) -> list[FileResult]:
        """The summary of each file."""
        return [counting.result() for counting in self.counted]

    @property
    def _piecewise(self) -> bool:
        """Whether each piece is a transaction; else all is one, which ends with the stack."""
        return self.keep_going and not self.dry_run

    def _ready(self) -> Importer:
        if self._importer is None:
            ledger = self.stack.enter_context(self.run.rehearsal() if self.dry_run else self.run.writing())
            ledger.expect_many()
            self._importer = Importer(ledger, self.run.stamp("import"), rehearse=self.dry_run)
            if not self._piecewise:
                self.stack.enter_context(self._importer.transaction())
        return self._importer

    def refusal(self, otherwise: str) -> BadInput:
        """What is wrong, as far as one reads it."""
        told = f"{self.wrong} mistake{'s' if self.wrong > 1 else ''}; {otherwise}"
        more = (f"and {self.wrong - MAX_MISTAKES} more",) if self.wrong > MAX_MISTAKES else ()
        return BadInput(told, details=(*self.mistakes, *more))

    def _read(self, name: str) -> None:
        """One file; what can't be read at all is a mistake like any other where there are others to read."""
        counting = Counting(name, dry_run=self.dry_run)
        self.counted.append(counting)
        try:
            with self.inputs.opened(name) as file:
                source = Source(file.name, file.modified_at, self.asked)
                found = open_input(source, file.stream, self.format, self.mapping)
                counting.format = found.format
                held: list[Entry] = []
                for piece in self.interruptible.each(found.pieces):
                    held += self._right(piece, file, counting)
                    if len(held) >= _AT_ONCE:
                        held = self._take(held, file, counting)
                    rows = f"{file.name}: {counting.rows:,} rows"
                    self.progress.at(rows, file.stream.tell(), file.size)
                self._gather(held, file, counting)
        except BadInput as problem:
            if self.alone and not self.keep_going:
                raise
            self._mistaken("; ".join(filter(None, (problem.message, problem.hint))), counting)
            for detail in problem.details:
                self._told(detail)
        if self._piecewise:
            self._store_waiting()

    def _right(self, piece: Piece, file: OpenFile, counting: Counting) -> list[Entry]:
        """What is right in a piece; mistakes are told, and what else is worth it."""
        for one in piece:
            if isinstance(one, Mistake):
                self._mistaken(one.told(file.name), counting)
            elif isinstance(one, Aside):
                counting.remarks.append(f"{file.name}: {one.message}")
        entries = [entry for entry in piece if isinstance(entry, Entry)]
        counting.rows += len({entry[1:] for entry in entries})  # one may tell of an order and its dispute
        return [] if self.wrong and not self.keep_going else entries  # then it only looks for more mistakes

    def _take(self, entries: list[Entry], file: OpenFile, counting: Counting) -> list[Entry]:
        """Have these stored; returns the last order's, as the next rows may tell more of it."""
        start = len(entries)
        last = _name(entries[-1])
        while start > 1 and _name(entries[start - 1]) == last:
            start -= 1
        self._gather(entries[:start], file, counting)
        if self._importer or self._piecewise or sum(len(one.told) for one in self._waiting) >= _UNLOCKED:
            self._store_waiting()
        return entries[start:]

    def _gather(self, entries: list[Entry], file: OpenFile, counting: Counting) -> None:
        waiting = Waiting(gather(entry.told for entry in entries), _places(entries), file, counting)
        for name, problem in waiting.told.problems:
            self._misplaced(waiting, name, problem)
        self._waiting.append(waiting)

    def _store_waiting(self) -> None:
        waiting, self._waiting = self._waiting, []
        if self.wrong and not self.keep_going:
            return
        for one in waiting:
            if one.told:
                self._store(one)

    def _store(self, waiting: Waiting) -> None:
        importer = self._ready()
        with importer.transaction() if self._piecewise else nullcontext():
            brought = importer.store(waiting.told, waiting.file.source)
        waiting.counting.add(brought)
        for one in brought:
            if one.problem is not None:
                self._misplaced(waiting, one.name, one.problem)

    def _misplaced(self, waiting: Waiting, name: Name, problem: str) -> None:
        """A mistake that shows only when all rows of an order are seen."""
        place = waiting.places[name]
        told = Mistake(problem, line=place.line, item=place.item).told(waiting.file.name)
        self._mistaken(told, waiting.counting)

    def _mistaken(self, told: str, counting: Counting) -> None:
        self.wrong += 1
        counting.mistakes += 1
        self._told(told)

    def _told(self, mistake: str) -> None:
        if len(self.mistakes) < MAX_MISTAKES:
            self.mistakes.append(mistake)


def _places(entries: Sequence[Entry]) -> Mapping[Name, Entry]:
    """Where each order is told first."""
    return {_name(entry): entry for entry in reversed(entries)}


def _name(entry: Entry) -> Name:
    """The order an entry is about."""
    told = entry.told
    if isinstance(told, ToldDispute):
        return told.marketplace, told.order
    if isinstance(told, ToldRefund):
        return told.marketplace, told.payment
    return told.marketplace, told.number
