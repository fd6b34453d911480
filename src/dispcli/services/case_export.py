"""A whole case in one ZIP, to be sent or put away: what it is about, its files, and a list of digests."""

import hashlib
import stat
import zipfile
from collections.abc import Iterable, Mapping
from typing import BinaryIO

from dispcli.core.disputes import Case
from dispcli.core.evidence import Piece, pieces_of, safe_name
from dispcli.core.moments import parse_instant
from dispcli.ledger.evidence_source import Told
from dispcli.ledger.evidence_store import EvidenceStore
from dispcli.namedtuples import NamedTuple
from dispcli.services.zips import zip_into

DIGESTS = "SHA256SUMS"
"""The member that `sha256sum -c` reads."""

_EARLIEST = (1980, 1, 1, 0, 0, 0)


class Sorted(NamedTuple):
    """The files of a case: those that can be packed, and the others with what is wrong with each."""

    sound: tuple[Piece, ...]
    lost: tuple[tuple[Piece, str], ...]


def sorted_out(case: Case, store: EvidenceStore, told: Told | None = None) -> Sorted:
    """Read every file of a case to see whether it is what it was."""
    pieces = pieces_of(case)
    lost = store.problems(((piece.file.sha256, piece.file.size) for piece in pieces), told)
    return Sorted(
        tuple(piece for piece in pieces if piece.file.sha256 not in lost),
        tuple((piece, lost[piece.file.sha256]) for piece in pieces if piece.file.sha256 in lost),
    )


def packed_name(piece: Piece) -> str:
    """The name of a file in the ZIP. Its number in the history makes it the only one of its name."""
    return f"evidence/{piece.seq:03}-{safe_name(piece.file.name)}"


def pack(
    stream: BinaryIO, case: Case, texts: Mapping[str, str], pieces: Iterable[Piece], store: EvidenceStore
) -> int:
    """Write the ZIP; how many members it has. Raises LedgerTrouble.

    The same case, texts and files give the same bytes. Members bear the time of what they are about, in UTC:
    a file when it was kept, a text when the case last changed.
    """
    at, digests = case.dispute.updated_at, {}
    with zip_into(stream) as packing:
        for name, text in texts.items():
            packing.writestr(_info(name, at), text)
            digests[name] = hashlib.sha256(text.encode()).hexdigest()
        for piece in pieces:
            name = packed_name(piece)
            _pack_file(packing, _info(name, piece.at), piece, store)
            digests[name] = piece.file.sha256
        lines = (f"{digest}  {name}\n" for name, digest in digests.items())
        packing.writestr(_info(DIGESTS, at), "".join(lines))
    return len(digests) + 1


def _pack_file(packing: zipfile.ZipFile, info: zipfile.ZipInfo, piece: Piece, store: EvidenceStore) -> None:
    """As it is: photos and films are packed already."""
    info.compress_type = zipfile.ZIP_STORED
    with packing.open(info, "w", force_zip64=True) as member:
        for chunk in store.copied(piece.file.sha256, piece.file.size):
            member.write(chunk)


def _info(name: str, at: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, max(_EARLIEST, parse_instant(at).timetuple()[:6]))
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = (stat.S_IFREG | 0o600) << 16
    return info
