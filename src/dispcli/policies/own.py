"""A user's own policies: a file a marketplace, saying what differs from the policy that is shipped."""

import re
import stat
import tomllib
from collections.abc import Iterable, Mapping
from operator import itemgetter
from pathlib import Path
from typing import Any

from dispcli.core.policy import Policy
from dispcli.core.policy_override import OWN_SOURCE, overridden, own_keys
from dispcli.core.policy_reading import parse_policy
from dispcli.core.toml_lines import key_lines, line_of
from dispcli.core.toml_reading import Mistakes
from dispcli.errors import BadInput
from dispcli.namedtuples import NamedTuple

_SHIPPED = Path(__file__).parent
_NEUTRAL = "neutral"
_ENDING = ".toml"
_MAX_BYTES = 256 * 1024
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}", re.ASCII)
_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


def own_files(folder: Path) -> Mapping[str, Path]:
    """The files of a folder by the marketplace they are named after. Raises BadInput.

    Hidden files, and what doesn't end in .toml, are nobody's.
    """
    try:
        found = sorted(folder.iterdir())
    except OSError as problem:
        raise BadInput(f"{folder}: {problem.strerror}", hint="mend it, or use --no-config") from None
    return {path.stem: path for path in found if path.suffix == _ENDING and not path.name.startswith(".")}


def own_policy(path: Path, neutral: Path | None = None) -> Policy:
    """The marketplace's policy as it is with the file that is named after it.

    What the file doesn't say is as in the shipped policy of that marketplace; of a marketplace that has
    none, as in the neutral one with the user's own file of it, and it must have a name. Raises BadInput with
    every mistake and its line.
    """
    return own_policies([path], neutral)[0]


def own_policies(paths: Iterable[Path], neutral: Path | None = None) -> tuple[Policy, ...]:
    """The policies of several files. Raises BadInput with the mistakes of all of them."""
    read = {path: _read(path, neutral) for path in paths}
    if mistakes := tuple(dict.fromkeys(mistake for found, _ in read.values() for mistake in found)):
        raise _wrong(mistakes)
    return tuple(sound.policy for _, sound in read.values() if sound is not None)


def _wrong(mistakes: tuple[str, ...]) -> BadInput:
    """Policy files can't be used as they are."""
    told = "is a mistake" if len(mistakes) == 1 else f"are {len(mistakes)} mistakes"
    return BadInput(
        f"there {told} in your policy files",
        hint="what a file may say: 'dispcli help policies'; to do without: --no-config",
        details=mistakes,
    )


class _Sound(NamedTuple):
    """What a file without a mistake makes: the policy, and the data of it with that which it builds on."""

    policy: Policy
    data: Mapping[str, Any]


class _WrongBase(Exception):
    """The file that another builds on has mistakes itself, each with its place."""

    def __init__(self, mistakes: tuple[str, ...]) -> None:
        super().__init__("; ".join(mistakes))
        self.mistakes = mistakes


def _read(path: Path, neutral: Path | None) -> tuple[tuple[str, ...], _Sound | None]:
    """The mistakes in a file, or in what it builds on, each with its place; or what it makes."""
    try:
        text = _text(path)
    except OSError as problem:
        return (f"{path}: {problem.strerror}",), None
    except UnicodeDecodeError as problem:
        line = problem.object.count(b"\n", 0, problem.start) + 1
        return (f"{path}:{line}: not UTF-8 text",), None
    except ValueError as problem:
        return (f"{path}: {problem}",), None
    try:
        return (), _laid_over(path, tomllib.loads(text), neutral)
    except _WrongBase as found:
        return found.mistakes, None
    except Mistakes as found:
        lines = key_lines(text)
        placed = sorted(((_line(lines, mistake), mistake) for mistake in found.mistakes), key=itemgetter(0))
        return tuple(f"{path}:{line}: {mistake}" for line, mistake in placed), None
    except RecursionError:
        return (f"{path}: nested too deeply",), None
    except tomllib.TOMLDecodeError as problem:
        return (_syntax(path, text, str(problem)),), None


def _text(path: Path) -> str:
    """What the file holds. Raises OSError, ValueError for what can be no policy."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise ValueError("not a file")
    with path.open("rb") as file:
        data = file.read(_MAX_BYTES + 1)
    if len(data) > _MAX_BYTES:
        raise ValueError(f"larger than {_MAX_BYTES // 1024} KiB; this is not a policy")
    return data.decode()


def _laid_over(path: Path, own: Mapping[str, Any], neutral: Path | None) -> _Sound:
    """The file laid over what it builds on. Raises Mistakes, or _WrongBase."""
    name = path.stem
    told = own.get("marketplace", name)
    if path.suffix != _ENDING or not _NAME.fullmatch(name):
        raise Mistakes(
            ("marketplace: the file must be named after it: lower-case letters, digits, hyphens, .toml",)
        )
    if told != name:
        raise Mistakes((f"marketplace: {told!r} is not what the file is named after ({name!r})",))
    base, keys = _base(name, neutral)
    data = overridden(base, own)
    policy = parse_policy(data, OWN_SOURCE)
    keys = tuple(dict.fromkeys((*keys, *own_keys(own))))
    return _Sound(policy._replace(own=keys, file=str(path)), data)


def _base(name: str, neutral: Path | None) -> tuple[Mapping[str, Any], tuple[str, ...]]:
    """What is shipped for the marketplace; else the neutral policy, which leaves the name open.

    With the keys in it that are the user's own, from their file of the neutral policy. Raises _WrongBase.
    """
    shipped = _SHIPPED / f"{name}.toml"
    if shipped.is_file():
        return _data(shipped), ()
    if neutral is None:
        return _renamed(_data(_SHIPPED / f"{_NEUTRAL}.toml"), name), ()
    mistakes, sound = _read(neutral, None)
    if sound is None:
        raise _WrongBase(mistakes)
    return _renamed(sound.data, name), tuple(key for key in sound.policy.own if key != "name")


def _renamed(neutral: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    return {**{key: value for key, value in neutral.items() if key != "name"}, "marketplace": name}


def _data(shipped: Path) -> Mapping[str, Any]:
    return tomllib.loads(shipped.read_text(encoding="utf-8"))


def _line(lines: Mapping[str, int], mistake: str) -> int:
    """The line of the key a mistake begins with."""
    return line_of(lines, mistake.partition(": ")[0])


def _syntax(path: Path, text: str, problem: str) -> str:
    """A mistake of TOML itself, where the parser found it."""
    place = _PLACE.search(problem)
    told = f"not TOML: {problem[: place.start()] if place else problem}"
    if place is None:
        return f"{path}: {told}"
    last = text.rstrip("\n").count("\n") + 1
    return f"{path}:{place[1]}:{place[2]}: {told}" if place[1] else f"{path}:{last}: {told}"
