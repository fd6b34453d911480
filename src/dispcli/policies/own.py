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


def own_policy(path: Path) -> Policy:
    """The marketplace's policy as it is with the file that is named after it.

    What the file doesn't say is as in the shipped policy of that marketplace; of a marketplace that has
    none, as in the neutral one, and it must have a name. Raises BadInput with every mistake and its line.
    """
    mistakes, policy = _read(path)
    if policy is None:
        raise _wrong(path.parent, mistakes)
    return policy


def own_policies(paths: Iterable[Path]) -> tuple[Policy, ...]:
    """The policies of several files. Raises BadInput with the mistakes of all of them."""
    read = [(path, *_read(path)) for path in paths]
    if mistakes := tuple(mistake for _, found, _ in read for mistake in found):
        raise _wrong(read[0][0].parent, mistakes)
    return tuple(policy for _, _, policy in read if policy is not None)


def _wrong(folder: Path, mistakes: tuple[str, ...]) -> BadInput:
    """Policy files can't be used as they are."""
    told = "is a mistake" if len(mistakes) == 1 else f"are {len(mistakes)} mistakes"
    return BadInput(
        f"there {told} in your own policies in {folder}",
        hint="what a file may say: 'dispcli help policies'; to do without: --no-config",
        details=mistakes,
    )


def _read(path: Path) -> tuple[tuple[str, ...], Policy | None]:
    """The mistakes in a file, each with its place; or the policy."""
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
        return (), _policy(path, tomllib.loads(text))
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


def _policy(path: Path, own: Mapping[str, Any]) -> Policy:
    """The file laid over what is shipped. Raises Mistakes."""
    name = path.stem
    told = own.get("marketplace", name)
    if path.suffix != _ENDING or not _NAME.fullmatch(name):
        raise Mistakes(
            ("marketplace: the file must be named after it: lower-case letters, digits, hyphens, .toml",)
        )
    if told != name:
        raise Mistakes((f"marketplace: {told!r} is not what the file is named after ({name!r})",))
    policy = parse_policy(overridden(_base(name), own), OWN_SOURCE)
    return policy._replace(own=own_keys(own), file=str(path))


def _base(name: str) -> Mapping[str, Any]:
    """What is shipped for the marketplace; else the neutral policy, which leaves the name open."""
    shipped = _SHIPPED / f"{name}.toml"
    if shipped.is_file():
        return tomllib.loads(shipped.read_text(encoding="utf-8"))
    neutral = tomllib.loads((_SHIPPED / f"{_NEUTRAL}.toml").read_text(encoding="utf-8"))
    return {**{key: value for key, value in neutral.items() if key != "name"}, "marketplace": name}


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
