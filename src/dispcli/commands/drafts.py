"""The templates of drafts: the user's own beside the configuration file, else those that come with us."""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from dispcli.commands.context import Run
from dispcli.core.templates import Template
from dispcli.errors import BadInput, UsageProblem
from dispcli.namedtuples import NamedTuple
from dispcli.services.drafts.shipped import KINDS, shipped_template, source_of

if TYPE_CHECKING:
    from dispcli.core.drafts import Draft

SHIPPED = "dispcli"
"""Where a template comes from that nobody has written a file for."""

_KIND = r"[a-z0-9][a-z0-9-]{0,39}"
_MOST = 64 * 1024


class Source(NamedTuple):
    """A template: its kind, and the file it is written in, `-` for standard input; None for one of ours."""

    kind: str
    file: str | None

    @property
    def origin(self) -> str:
        """Where it comes from, as it is told."""
        return SHIPPED if self.file is None else self.file


def source(run: Run, kind: str) -> Source:
    """The template of a kind. Raises UsageProblem for a kind that nobody knows."""
    own = _own_file(run, kind)
    if own is not None:
        return Source(kind, str(own))
    if kind in KINDS:
        return Source(kind, None)
    folder = run.drafts_folder
    more = f"; a file of your own would be {folder / 'KIND.txt'}" if folder else ""
    raise UsageProblem(f"no such draft: {kind!r}", hint=f"one of: {', '.join(kinds(run))}{more}")


def source_in(path: str) -> Source:
    """The template in a file, from standard input for `-`."""
    return Source(Path(path).stem, path)


def text_of(run: Run, found: Source) -> str:
    """The template as it is written. Raises BadInput."""
    if found.file is None:
        return source_of(found.kind)
    from dispcli.formats.prose import read_prose

    with run.input(found.file) as (name, stream):
        return read_prose(name, stream, _MOST)


def template_of(run: Run, found: Source) -> Template:
    """The template; ours are compiled, and not read. Raises BadInput with every mistake in it."""
    if found.file is None:
        return shipped_template(found.kind)
    # Most have no templates of their own, and a cancel should not wait for what reads them.
    from dispcli.core.draft_vocabulary import VOCABULARY
    from dispcli.core.template_reading import parse
    from dispcli.core.toml_reading import Mistakes

    try:
        return parse(text_of(run, found), VOCABULARY)
    except Mistakes as wrong:
        raise BadInput(
            f"{found.origin}: the template is wrong",
            hint="see 'dispcli help drafts'; --no-config leaves out files of your own",
            details=tuple(f"{found.origin}:{mistake}" for mistake in wrong.mistakes),
        ) from None


def warn_if_empty(run: Run, made: "Draft") -> None:
    """Tell why a text says nothing."""
    if not made.text:
        run.voice.warn(f"{made.origin}: every line of the template names something that is not known here")


def kinds(run: Run) -> Mapping[str, str]:
    """Every kind there is, with where its template comes from: ours first, then the user's own."""
    folder = run.drafts_folder
    try:
        names = sorted(path.stem for path in folder.glob("*.txt")) if folder else []
    except OSError:
        names = []
    own = [name for name in names if re.fullmatch(_KIND, name, re.ASCII)]
    found = dict.fromkeys(KINDS, SHIPPED)
    return {**found, **{name: str(_own_file(run, name)) for name in own}}


def _own_file(run: Run, kind: str) -> Path | None:
    folder = run.drafts_folder
    if folder is None or not re.fullmatch(_KIND, kind, re.ASCII):
        return None
    path = folder / f"{kind}.txt"
    return path if os.path.lexists(path) else None
