"""Files that prove something: their names, what a marketplace takes, keeping them and letting them go."""

import re
from collections.abc import Collection, Iterator, Sequence
from unicodedata import category, normalize

from dispcli.core.cancelling import Decision, Steps
from dispcli.core.disputes import Case
from dispcli.core.facts import Evidence, EvidenceRemoved
from dispcli.core.file_types import ENDINGS, UNKNOWN, is_misnamed
from dispcli.core.machine import Change, Intent, Refusal, Unchanged, decide
from dispcli.core.policy import EvidenceRules
from dispcli.core.states import Action, Party
from dispcli.errors import Ambiguous, NotFound
from dispcli.namedtuples import NamedTuple

LONGEST_NAME = 120
"""Bytes of the longest name kept, as UTF-8. Names in exports get a number before them."""

_SHORTEST_DIGEST = 8
_UNFIT = re.compile(r'[<>:"/\\|?*]')
_INVISIBLE = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"
_UNFIT_CATEGORIES = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


class Piece(NamedTuple):
    """A file that is kept: the dispute, the event it came with, when that happened."""

    dispute_id: int
    seq: int
    at: str
    file: Evidence


def pieces_of(case: Case) -> tuple[Piece, ...]:
    """Every file kept as evidence of a dispute, oldest first."""
    return tuple(Piece(event.dispute_id, event.seq, event.moment, file) for event, file in case.evidence)


def safe_name(name: str) -> str:
    """The last part of a path as a name that is harmless on every system and in every terminal.

    Its ending stays, however long it is.
    """
    last = re.split(r"[/\\]", name.rstrip("/\\"))[-1]
    kept = "".join("_" if _is_unfit(char) else char for char in normalize("NFC", last))
    plain = " ".join(_UNFIT.sub("_", kept).split()).strip(". ").lstrip("-")
    return _shortened(plain) or "file"


def _is_unfit(char: str) -> bool:
    if char in _INVISIBLE or 0xFE00 <= ord(char) <= 0xFE0F or 0x180B <= ord(char) <= 0x180F:
        return True
    return category(char) in _UNFIT_CATEGORIES


def _shortened(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    if not stem or len(ending.encode()) > 10:
        stem, dot, ending = name, "", ""
    room = LONGEST_NAME - len(f"{dot}{ending}".encode())
    short = stem.encode()[:room].decode(errors="ignore").rstrip(". ")
    return f"{short}{dot}{ending}" if short else ""


def advice(
    rules: EvidenceRules, kept: Sequence[Evidence], new: Sequence[Evidence], cut_off: Collection[str] = ()
) -> tuple[str, ...]:
    """What speaks against these new files, a sentence each. None of it stands in their way.

    `cut_off` are the digests of those whose end is missing.
    """
    of_each = (told for file in new for told in _of_file(rules, file, file.sha256 in cut_off))
    return (*of_each, *_of_all(rules, kept, new))


def _of_file(rules: EvidenceRules, file: Evidence, cut_off: bool) -> Iterator[str]:
    if cut_off:
        yield f"{file.name}: its end is missing; it seems to be cut off"
    if file.media_type == UNKNOWN:
        yield f"{file.name}: its content does not tell what kind of file it is"
    elif is_misnamed(file.name, file.media_type):
        yield f"{file.name}: its content is {file.media_type}, which its name does not say"
    if rules.formats and not set(rules.formats) & set(ENDINGS.get(file.media_type, ())):
        yield f"{file.name}: the marketplace takes {', '.join(rules.formats)}, and this is {file.media_type}"
    if rules.max_bytes is not None and file.size > rules.max_bytes:
        yield f"{file.name}: {file.size:,} bytes; the marketplace takes {rules.max_bytes:,} at most"


def _of_all(rules: EvidenceRules, kept: Sequence[Evidence], new: Sequence[Evidence]) -> Iterator[str]:
    """What is kept twice under two names counts once. Nothing new is no news."""
    sizes = {file.sha256: file.size for file in (*kept, *new)}
    if not new:
        return
    if rules.max_files is not None and len(sizes) > rules.max_files:
        yield f"{len(sizes)} files are kept; the marketplace takes {rules.max_files} at most"
    total = sum(sizes.values())
    if rules.max_total_bytes is not None and total > rules.max_total_bytes:
        yield f"{total:,} bytes are kept; the marketplace takes {rules.max_total_bytes:,} in all"


def decide_evidence(case: Case, files: Sequence[Evidence], note: str | None, at: str | None) -> Decision:
    """Keep these files. One that is kept already under the same name is not noted again."""
    kept = [file for _, file in case.evidence]
    new = [file for file in dict.fromkeys(files) if file not in kept]
    if not new:
        return Unchanged("kept already")
    return _noted(case, [Intent(Action.NOTE, Party.BUYER, fact=f, note=note, happened_at=at) for f in new])


def decide_removal(case: Case, words: Sequence[str], note: str | None, at: str | None) -> Decision:
    """Keep no longer what these words name. Raises NotFound or Ambiguous for a word that names nothing."""
    live = {file.sha256 for _, file in case.evidence}
    digests = dict.fromkeys(named_piece(case, word, removed=True).file.sha256 for word in words)
    gone = [EvidenceRemoved(digest) for digest in digests if digest in live]
    if not gone:
        return Unchanged("no longer kept already")
    return _noted(case, [Intent(Action.NOTE, Party.BUYER, fact=f, note=note, happened_at=at) for f in gone])


def _noted(case: Case, intents: Sequence[Intent]) -> Decision:
    changes: list[Change] = []
    for intent in intents:
        change = decide(case.dispute.position, intent)
        if isinstance(change, Refusal):
            return change
        changes.append(change)
    return Steps(tuple(changes))


def named_piece(case: Case, word: str, *, removed: bool = False) -> Piece:
    """The one file a word names: its number in the history, its name, its SHA-256 or the beginning of it.

    `removed`: also one that is no longer kept, where none that is kept answers. Raises NotFound or Ambiguous.
    """
    found = _named(pieces_of(case), word)
    if not found and removed:
        found = _named(_ever(case), word)
    if not found:
        name = case.dispute.name
        raise NotFound(
            f"{name} has no evidence known as {word!r}", hint=f"see 'dispcli dispute evidence list {name}'"
        )
    if len({piece.file.sha256 for piece in found}) > 1:
        told = ", ".join(f"{piece.seq} ({piece.file.sha256[:12]})" for piece in found)
        raise Ambiguous(f"{word} could be {len(found)} files: {told}", hint="name one by its number")
    return found[0]


def _ever(case: Case) -> tuple[Piece, ...]:
    return tuple(
        Piece(event.dispute_id, event.seq, event.moment, event.fact)
        for event in case.history
        if isinstance(event.fact, Evidence)
    )


def _named(pieces: Sequence[Piece], word: str) -> list[Piece]:
    """By number before anything else: a file may be called `4`."""
    if word.isascii() and word.isdigit() and (numbered := [p for p in pieces if str(p.seq) == word]):
        return numbered
    if named := [piece for piece in pieces if piece.file.name == word]:
        return named
    if len(word) < _SHORTEST_DIGEST:
        return []
    return [piece for piece in pieces if piece.file.sha256.startswith(word.lower())]
