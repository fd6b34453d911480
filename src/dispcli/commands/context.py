"""What a command runs with: settings, streams, the clock, the ledger. The one way from here to the ledger."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from dispcli.commands.places import user_folder
from dispcli.core.moments import Span, instant, parse_instant, parse_moment, parse_span
from dispcli.errors import BadInput, UsageProblem
from dispcli.render.console import Streams, Voice
from dispcli.render.output import Output

if TYPE_CHECKING:
    from io import BufferedReader

    from dispcli.core.recording import Stamp
    from dispcli.ledger.archive import Archive
    from dispcli.ledger.evidence_store import EvidenceStore
    from dispcli.ledger.exports import Exports
    from dispcli.ledger.ledger import Ledger
    from dispcli.ledger.reader import Reader

ENVIRONMENT: Mapping[str, str] = {
    "DISPCLI_LEDGER": "the ledger file, as --ledger",
    "DISPCLI_ACTOR": "who records changes, as --actor",
    "DISPCLI_COLOR": "auto, always or never, as --color",
    "DISPCLI_NO_INPUT": "set to 1: never ask, as --no-input",
    "DISPCLI_LIMIT": "how many records a list shows on a terminal; 0 for all",
    "DISPCLI_CONFIG": "the configuration file, instead of the one in the user's config folder",
    "DISPCLI_NOW": "a UTC instant to take for now, for rehearsals: 2026-11-22T12:00:00Z",
    "NO_COLOR": "set: no colours",
    "FORCE_COLOR": "set: colours even into a pipe (0: none)",
    "CLICOLOR": "0: no colours",
    "TERM": "dumb: no colours",
    "COLUMNS": "how wide the terminal is",
}


STANDARD_INPUT = "-"

_ON = ("1", "true", "yes", "on")
_OFF = ("0", "false", "no", "off", "none", "")


class Setting(NamedTuple):
    """A setting's value and where it came from: flag, environment, config or default."""

    name: str
    value: Any
    origin: str


class Run:
    """One run of one command."""

    def __init__(self, streams: Streams) -> None:
        self.streams = streams
        self.given: dict[str, Any] = {}

    @cached_property
    def now(self) -> datetime:
        """The instant this command runs at; the same from its beginning to its end."""
        return self.clock()

    def clock(self) -> datetime:
        """The instant it is, or is to be taken for. What runs for days asks again."""
        told = self.streams.environ.get("DISPCLI_NOW")
        if not told:
            return datetime.now(UTC).replace(microsecond=0)
        try:
            return parse_instant(told)
        except ValueError as problem:
            raise UsageProblem(f"DISPCLI_NOW: {problem}") from None

    def setting(self, name: str, default: Any = None) -> Setting:
        """A setting: flag, then environment, then configuration file, then default."""
        if self.given.get(name) is not None:
            return Setting(name, self.given[name], "flag")
        if told := self.streams.environ.get(f"DISPCLI_{name.upper()}"):
            return Setting(name, told, "environment")
        if name in self._config:
            return Setting(name, self._config[name], "config")
        return Setting(name, default, "default")

    @property
    def config_path(self) -> Path:
        """Where the configuration file is looked for."""
        if told := self.streams.environ.get("DISPCLI_CONFIG"):
            return Path(told)
        return user_folder("config") / "config.toml"

    @cached_property
    def _config(self) -> Mapping[str, Any]:
        named = self.streams.environ.get("DISPCLI_CONFIG")
        if self.given.get("no_config") or not (named or os.path.lexists(self.config_path)):
            return {}
        from dispcli.commands.configuration import read_config

        return read_config(self.config_path)

    @property
    def colour(self) -> str:
        """auto, always or never. Raises UsageProblem for anything else."""
        setting = self.setting("color", "auto")
        if setting.value not in ("auto", "always", "never"):
            raise UsageProblem(f"color: {setting.value!r} is none of auto, always, never ({setting.origin})")
        return str(setting.value)

    @property
    def can_ask(self) -> bool:
        """Whether a question can be asked and answered."""
        return not self._told("no_input") and self.streams.can_ask()

    def _told(self, name: str) -> bool:
        """A setting that is on or off. Raises UsageProblem for anything else."""
        setting = self.setting(name, False)
        word = str(setting.value).lower()
        if word not in _ON and word not in _OFF:
            raise UsageProblem(f"{name}: {setting.value!r} is neither on nor off ({setting.origin})")
        return word in _ON

    @property
    def actor(self) -> str:
        """Who records what this command does."""
        setting = self.setting("actor")
        if setting.value is not None:
            actor = str(setting.value).strip()
            if not actor or not actor.isprintable() or len(actor) > 128:
                raise UsageProblem(f"actor: {setting.value!r} is no name ({setting.origin})")
            return actor
        return _system_user()

    @cached_property
    def voice(self) -> Voice:
        """Lines on stderr."""
        return Voice(self.streams, self.colour)

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

    @cached_property
    def ledger_setting(self) -> Setting:
        """The ledger's path, and who named it."""
        setting = self.setting("ledger")
        if setting.value is not None:
            if not str(setting.value).strip():
                raise UsageProblem("--ledger: the path is empty")
            return setting._replace(value=Path(str(setting.value)).expanduser())
        return Setting("ledger", user_folder("data") / "ledger.db", "default")

    @property
    def ledger_path(self) -> Path:
        """Where the ledger is or will be."""
        path: Path = self.ledger_setting.value
        return path

    @property
    def ledger_is_missing(self) -> bool:
        """Whether it is the default ledger and nothing has been written to it yet."""
        if self.ledger_setting.origin != "default":
            return False
        try:
            return self.ledger_path.stat().st_size == 0
        except OSError:
            return True

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
        with start(self.ledger_path) as ledger:
            yield ledger

    @contextmanager
    def rehearsal(self) -> "Iterator[Ledger]":
        """The ledger for what is only tried; where there is none yet, one that is thrown away."""
        if not self.ledger_is_missing:
            with self.reading() as ledger:
                yield ledger
            return
        from tempfile import TemporaryDirectory

        with TemporaryDirectory() as folder, self.new_ledger(Path(folder) / "ledger.db") as ledger:
            yield ledger

    @contextmanager
    def new_ledger(self, path: Path) -> "Iterator[Ledger]":
        """A ledger that is made at this very place. Raises LedgerTrouble."""
        from dispcli.ledger.ledger import Ledger

        with Ledger.create(path) as ledger:
            yield ledger

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
        with start(self.ledger_path) as ledger:
            yield ledger

    @contextmanager
    def archive_rehearsal(self) -> "Iterator[Archive]":
        """An empty ledger that is thrown away. Raises Refused where restoring into the real one would."""
        from tempfile import TemporaryDirectory

        from dispcli.ledger.archive import Archive

        if not self.ledger_is_missing:
            with self.archive() as ledger, ledger.reading():
                ledger.require_empty()
        with TemporaryDirectory() as folder, Archive.create(Path(folder) / "ledger.db") as ledger:
            yield ledger

    @property
    def evidence(self) -> "EvidenceStore":
        """The files of the evidence, beside the ledger."""
        from dispcli.ledger.evidence_store import EvidenceStore

        return EvidenceStore(self.ledger_path)

    # --- what is read ---

    @contextmanager
    def input(self, name: str) -> "Iterator[tuple[str, BufferedReader]]":
        """A file, or standard input for `-`, with the name it has in messages. Raises BadInput."""
        if name == STANDARD_INPUT:
            yield "standard input", cast("BufferedReader", self.streams.stdin.buffer)
            return
        try:
            stream = Path(name).open("rb")  # noqa: SIM115  (only opening it may fail for the input's sake)
        except OSError as problem:
            raise BadInput(f"{name}: {problem.strerror}") from None
        with stream:
            yield name, stream

    def upgrade(self) -> tuple[int, Path] | None:
        """Bring the ledger to this program's schema; its old version and the copy that was kept."""
        from dispcli.ledger.upgrade import upgrade

        return upgrade(self.ledger_path)

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


def _system_user() -> str:
    """Who the operating system says is at work."""
    try:
        import pwd
    except ImportError:
        return os.environ.get("USERNAME", "unknown")
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return f"uid {os.getuid()}"
