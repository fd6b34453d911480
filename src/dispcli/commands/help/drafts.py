"""dispcli help drafts."""

from collections.abc import Iterator, Mapping
from typing import Annotated

import typer

from dispcli.commands.context import Run
from dispcli.commands.drafts import kinds, source, text_of
from dispcli.commands.listing import output_of
from dispcli.commands.options.showing import Showing
from dispcli.core.draft_vocabulary import FIELDS, LISTS
from dispcli.core.drafts import Known
from dispcli.core.template_reading import about_of
from dispcli.errors import BadInput
from dispcli.namedtuples import NamedTuple
from dispcli.render.output import Page
from dispcli.render.sheets.topics import DRAFTS

GRAMMAR = (
    ("# text", "lines before the text: remarks; the first says what it is for"),
    ("$title ${title}", "the field; a line in which one is not known is left out"),
    ("[ ($title)]", "left out where a field in the brackets is not known"),
    ("[$offered|$claimed|nothing]", "the first part in which every field is known"),
    (
        "[$?received It is here.]",
        "shown where the field or list has something; the test itself shows nothing",
    ),
    ("[$?state=opened open|closed]", "shown where the field is this word"),
    ("[$*messages $day: $text|none]", "once for each row of a list, whose own fields can be used in it"),
    ("$$ $[ $] $|", "the character itself"),
)
"""The language by examples; each is a template."""

_USE = (
    ("Begin with ours", "dispcli help drafts summary > mine.txt"),
    ("Try it", "dispcli dispute draft D12 --template mine.txt"),
    ("Record what is sent", "dispcli dispute message D12 --from buyer --file sent.txt"),
    ("Keep it in", "{folder}"),
)


class _Row(NamedTuple):
    """A kind of draft, a line of the grammar, a field, a list, or a field of the rows of a list."""

    of: str
    name: str
    meaning: str
    words: tuple[str, ...] = ()
    origin: str | None = None


def drafts(
    run: Run,
    showing: Showing,
    kind: Annotated[
        str | None, typer.Argument(metavar="KIND", help="Print the template of this kind, as it is written.")
    ] = None,
) -> None:
    """The texts of 'dispute draft'.

    Every kind, the language of templates, and the fields they can name. A file KIND.txt in the folder drafts
    beside the configuration file takes the place of ours, also for what is offered after a cancel; any other
    name makes a kind of your own. What is not known is left out, and what others wrote is never looked into.
    """
    if kind is not None:
        run.output("table").prose(text_of(run, source(run, kind)).rstrip("\n"))
        return
    output = output_of(run, showing)
    known = tuple(_kinds(run))
    output.list(DRAFTS, Page((*known, *_language()), told=f"{len(known)} kinds of draft"))
    if output.is_table and (folder := run.drafts_folder):
        output.page(("", *(f"{what:<21}{how.format(folder=folder)}" for what, how in _USE)))


def _kinds(run: Run) -> Iterator[_Row]:
    for kind, origin in kinds(run).items():
        try:
            about = about_of(text_of(run, source(run, kind)))
        except BadInput as problem:
            about = problem.message
        yield _Row("kind", kind, about or "", origin=origin)


def _language() -> Iterator[_Row]:
    yield from (_Row("grammar", example, meaning) for example, meaning in GRAMMAR)
    yield from _fields("field", FIELDS)
    yield from (_Row("list", f"$*{name}", listed.about) for name, listed in LISTS.items())
    for name, listed in LISTS.items():
        yield from _fields(name, listed.fields)


def _fields(of: str, fields: Mapping[str, Known]) -> Iterator[_Row]:
    for name, known in fields.items():
        words = ", ".join(known.words)
        if known.words and all(word.isdigit() for word in known.words):
            words = f"a number, which can be compared with {words}"
        meaning = ": ".join(filter(None, (known.about, words)))
        yield _Row(of, f"${name}", meaning, known.words)
