"""What a command runs with: settings, streams, the clock, the ledger. The one way from here to the ledger."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from dispcli.commands.settings import Settings
from dispcli.core.moments import Span, instant, parse_moment, parse_span
from dispcli.errors import BadInput, UsageProblem
from dispcli.render.console import Voice
from dispcli.render.output import Output

if TYPE_CHECKING:
    from io import BufferedReader

    from dispcli.core.recording import Stamp
    from dispcli.ledger.archive import Archive
    from dispcli.ledger.evidence_store import EvidenceStore
    from dispcli.ledger.exports import Exports
    from dispcli.ledger.ledger import Ledger
    from dispcli.ledger.reader import Reader

R = TypeVar("R", bound="Reader")

STANDARD_INPUT = "-"


class Run(Settings):
    """One run of one command."""

    wrote = False
    """Whether it has written into a ledger: what an interrupt leaves is told by that."""

    @cached_property
    def voice(self) -> Voice:
        """Lines on stderr."""
        return Voice(self.streams, self.colour, self._advised)

    def _advised(self, hint: str) -> str:
        from dispcli.commands.advising import with_ledger

        return with_ledger(hint, self.given.get("ledger"))

    def output(
        self, format: str | None = None, fields: str | None = None, *, raw: bool = False, piped: str = "tsv"
    ) -> Output:
        """Results on stdout; `piped` is the format for what is no terminal."""
        return Output(
            self.streams,
            self.now,
            format=format,
            fields=fields,
            colour=self.colour,
            raw=raw,
            piped=piped,
        )

    # --- the ledger ---

    @contextmanager
    def lists(self) -> "Iterator[Reader]":
        """The ledger for lists alone, which loads less. Raises LedgerTrouble."""
        from dispcli.ledger.reader import Reader

        with Reader.open(self.ledger_path) as reader:
            yield reader

    @contextmanager
    def reading(self) -> "Iterator[Ledger]":
        """The ledger, which must be there. Raises LedgerTrouble."""
        from dispcli.ledger.ledger import Ledger

        with Ledger.open(self.ledger_path) as ledger:
            yield ledger

    @contextmanager
    def writing(self) -> "Iterator[Ledger]":
        """The ledger for a change; the default one is made at its first use. Raises LedgerTrouble."""
        from dispcli.ledger.ledger import Ledger

        start = Ledger.create if self.ledger_is_missing else Ledger.open
        with start(self.ledger_path) as ledger, self._watching(ledger):
            yield ledger

    @contextmanager
    def rehearsal(self) -> "Iterator[Ledger]":
        """The ledger for what is only tried; where there is none yet, one that is thrown away."""
        if not self.ledger_is_missing:
            with self.reading() as ledger:
                yield ledger
            return
        from dispcli.ledger.ledger import Ledger

        with _thrown_away(Ledger) as ledger:
            yield ledger

    @contextmanager
    def new_ledger(self, path: Path) -> "Iterator[Ledger]":
        """A ledger that is made at this very place. Raises LedgerTrouble."""
        from dispcli.ledger.ledger import Ledger

        with Ledger.create(path) as ledger, self._watching(ledger):
            yield ledger

    @contextmanager
    def _watching(self, ledger: "Reader") -> "Iterator[None]":
        try:
            yield
        finally:
            self.wrote = self.wrote or ledger.wrote

    @contextmanager
    def exporting(self) -> "Iterator[Exports]":
        """The ledger for what is read from end to end. Raises LedgerTrouble."""
        from dispcli.ledger.exports import Exports

        with Exports.open(self.ledger_path) as ledger:
            yield ledger

    @contextmanager
    def archive(self, *, restoring: bool = False) -> "Iterator[Archive]":
        """The ledger as a whole, to be read or, `restoring`, written. Raises LedgerTrouble.

        Restoring makes the default ledger where there is none yet.
        """
        from dispcli.ledger.archive import Archive

        start = Archive.create if restoring and self.ledger_is_missing else Archive.open
        with start(self.ledger_path) as ledger, self._watching(ledger):
            yield ledger

    @contextmanager
    def archive_rehearsal(self) -> "Iterator[Archive]":
        """An empty ledger that is thrown away. Raises Refused where restoring into the real one would."""
        from dispcli.ledger.archive import Archive

        if not self.ledger_is_missing:
            with self.archive() as ledger, ledger.reading():
                ledger.require_empty()
        with _thrown_away(Archive) as ledger:
            yield ledger

    @property
    def evidence(self) -> "EvidenceStore":
        """The files of the evidence, beside the ledger."""
        from dispcli.ledger.evidence_store import EvidenceStore

        return EvidenceStore(self.ledger_path)

    # --- what is read ---

    @contextmanager
    def input(self, name: str) -> "Iterator[tuple[str, BufferedReader]]":
        """A file, or standard input for `-`, with the name it has in messages.

        Raises BadInput, also while it is read.
        """
        from dispcli.commands.given import readable

        if name == STANDARD_INPUT:
            label = "standard input"
            yield label, readable(label, cast("BufferedReader", self.streams.stdin.buffer))
            return
        try:
            stream = Path(name).open("rb")  # noqa: SIM115  (only opening it may fail for the input's sake)
        except OSError as problem:
            raise BadInput(f"{name}: {problem.strerror}") from None
        with stream:
            yield name, readable(name, stream)

    def upgrade(self) -> tuple[int, Path] | None:
        """Bring the ledger to this program's schema; its old version and the copy that was kept."""
        from dispcli.ledger.upgrade import upgrade

        def kept() -> None:
            self.wrote = True

        return upgrade(self.ledger_path, kept)

    def say_empty(self) -> None:
        """There is no ledger yet, and that is no error."""
        self.voice.note("There is no ledger yet. It is made by the first import or change.")
        self.voice.hint("begin with 'dispcli import FILE' or 'dispcli orders add', or try 'dispcli demo'")

    def stamp(self, source: str, operation_id: str | None = None) -> "Stamp":
        """Who, when, from where."""
        from dispcli.core.recording import Stamp

        return Stamp(instant(self.now), self.actor, source, operation_id)

    # --- dates as typed ---

    def moment(self, text: str | None, option: str) -> str | None:
        """One moment as the ledger stores it. Raises UsageProblem."""
        if text is None:
            return None
        try:
            return parse_moment(text, self.now)
        except ValueError as problem:
            raise UsageProblem(f"{option}: {problem}") from None

    def past(self, text: str | None, option: str) -> str | None:
        """One moment that has come already, as the ledger stores it. Raises UsageProblem."""
        span = self._span(text, option)
        if span and span.start > instant(self.now):
            raise UsageProblem(f"{option}: {text!r} has not happened yet")
        return self.moment(text, option)

    def since(self, text: str | None, option: str = "--since") -> tuple[str, str] | None:
        """The first day and the first instant of a named stretch of time. Raises UsageProblem."""
        span = self._span(text, option)
        return (span.first_day, span.start) if span else None

    def until(self, text: str | None, option: str = "--until") -> tuple[str, str] | None:
        """The last day and the end of a named stretch of time. Raises UsageProblem."""
        span = self._span(text, option)
        return (span.last_day, span.end) if span else None

    def _span(self, text: str | None, option: str) -> Span | None:
        if text is None:
            return None
        try:
            return parse_span(text, self.now)
        except ValueError as problem:
            raise UsageProblem(f"{option}: {problem}") from None


@contextmanager
def _thrown_away(kind: "type[R]") -> "Iterator[R]":
    """A ledger of this kind in a folder that is gone afterwards."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder, kind.create(Path(folder) / "ledger.db") as ledger:
        yield ledger
