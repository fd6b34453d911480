"""What a command runs with where nobody says otherwise: flag, environment, configuration file, default."""

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dispcli.commands.places import user_folder
from dispcli.core.moments import parse_instant
from dispcli.errors import UsageProblem
from dispcli.namedtuples import NamedTuple
from dispcli.render.console import Streams

if TYPE_CHECKING:
    from dispcli.policies import Policies

ENVIRONMENT: Mapping[str, str] = {
    "DISPCLI_LEDGER": "the ledger file, as --ledger",
    "DISPCLI_ACTOR": "who records changes, as --actor",
    "DISPCLI_COLOR": "auto, always or never, as --color",
    "DISPCLI_NO_INPUT": "set to 1: never ask, as --no-input",
    "DISPCLI_LIMIT": "how many records a list shows on a terminal; 0 for all",
    "DISPCLI_CONFIG": "the configuration file, instead of the user's; own policies are beside it",
    "DISPCLI_NOW": "a UTC instant to take for now, for rehearsals: 2026-11-22T12:00:00Z",
    "NO_COLOR": "set: no colours",
    "FORCE_COLOR": "set: colours even into a pipe (0: none)",
    "CLICOLOR": "0: no colours",
    "TERM": "dumb: no colours",
    "COLUMNS": "how wide the terminal is",
}


_ON = ("1", "true", "yes", "on")
_OFF = ("0", "false", "no", "off", "none", "")


class Setting(NamedTuple):
    """A setting's value and where it came from: flag, environment, config or default."""

    name: str
    value: Any
    origin: str


class Settings:
    """The settings of one run, and the time it is."""

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

    @cached_property
    def policies(self) -> "Policies":
        """The marketplaces' rules. Raises BadInput where the user's own files can't be listed."""
        from dispcli.policies import SHIPPED, Policies

        if self.given.get("no_config") or not os.path.lexists(self.policies_folder):
            return SHIPPED
        from dispcli.policies.own import own_files

        return Policies(own_files(self.policies_folder))

    @property
    def policies_folder(self) -> Path:
        """Where the user's own policies are looked for: beside the configuration file."""
        return self.config_path.parent / "policies"

    @property
    def drafts_folder(self) -> Path | None:
        """Where the user's own templates are looked for, beside them; nowhere with `--no-config`."""
        return None if self.given.get("no_config") else self.config_path.parent / "drafts"

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
                raise UsageProblem(f"actor: {setting.value!r} is not a name ({setting.origin})")
            return actor
        return _system_user()

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
