"""The parts of a workbook: XML in a zip file, read as a stream and within limits."""

import zlib
from collections.abc import Iterator
from posixpath import join, normpath
from typing import BinaryIO
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from dispcli.errors import BadInput
from dispcli.formats.xlsx.cells import day_styles, unescaped
from dispcli.namedtuples import NamedTuple

MAX_PART = 4 * 2**20
"""How large a part may be when unpacked, unless another limit is given."""

UNREADABLE = (
    *(BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, expat.ExpatError),
    ValueError,  # a place before the beginning of what a pipe brought
)
"""What is raised by a workbook that is damaged."""

_MAX_PARTS = 2000
_MAX_TEXTS = 64 * 2**20
_AT_ONCE = 64 * 1024
_OFFICE = "/officeDocument"


def require_few_parts(name: str, stream: BinaryIO) -> None:
    """A zip file's list of parts is read at once, so it is counted before. Raises BadInput."""
    stream.seek(0)
    count, before = 0, b""
    while data := stream.read(2**20):
        count += (before + data).count(b"PK\x01\x02")
        before = data[-3:]
        if count > _MAX_PARTS:
            raise BadInput(f"{name}: a zip file of more than {_MAX_PARTS} parts is no spreadsheet")
    stream.seek(0)


def damaged(name: str, problem: Exception) -> BadInput:
    """The refusal of a workbook whose reading raised one of UNREADABLE."""
    return BadInput(f"{name}: not a whole spreadsheet (XLSX): {problem}")


class Part:
    """A part of a workbook, read as a stream of elements; a subclass does something with them."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins; the tag is without its namespace's prefix."""

    def end(self, tag: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Some text of the element."""

    def read(self, name: str, archive: ZipFile, path: str, limit: int = MAX_PART) -> None:
        """The whole part. Raises BadInput beyond `limit` bytes."""
        for _ in self.pieces(name, archive, path, limit):
            pass

    def pieces(self, name: str, archive: ZipFile, path: str, limit: int) -> Iterator[int]:
        """Reads on, and gives the bytes read each time."""
        try:
            part = archive.getinfo(path)
        except KeyError:
            raise BadInput(f"{name}: a zip file, but not a spreadsheet (XLSX): it has no {path}") from None
        if part.file_size > limit:
            raise BadInput(f"{name}: {path} is larger than {limit // 2**20} MiB when unpacked")
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = lambda tag, told: self.start(tag[tag.rfind(":") + 1 :], told)
        parser.EndElementHandler = lambda tag: self.end(tag[tag.rfind(":") + 1 :])
        parser.CharacterDataHandler = self.text
        parser.StartDoctypeDeclHandler = _refuse_doctype
        with archive.open(part) as stream:
            while data := stream.read(_AT_ONCE):
                parser.Parse(data)
                yield len(data)
            parser.Parse(b"", True)


def _refuse_doctype(*_: object) -> None:
    raise BadZipFile("XML with a document type")


class _Names(Part):
    """The sheets' titles with the keys of their parts, and from when on days are counted."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.since_1904 = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "sheet":
            key = next((value for name, value in attributes.items() if name.endswith(":id")), "")
            self.sheets.append((attributes.get("name", ""), key))
        elif tag == "workbookPr":
            self.since_1904 = attributes.get("date1904") in ("1", "true")


class _Targets(Part):
    """Where a part's other parts are: by key, and by the end of their type."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            kind = attributes.get("Type", "")
            self.found[attributes.get("Id", "")] = target
            self.found.setdefault(kind[kind.rfind("/") :], target)


def targets_of(name: str, archive: ZipFile, part: str) -> dict[str, str]:
    """The parts that a part names: by its keys, and by the end of their type. Raises BadInput."""
    folder, _, file = part.rpartition("/")
    told = _Targets()
    told.read(name, archive, join(folder, "_rels", f"{file}.rels"))
    return {key: normpath(join("/", folder, target)).lstrip("/") for key, target in told.found.items()}


def main_part(name: str, archive: ZipFile) -> str:
    """The part that is the workbook. Raises BadInput for a zip file of anything else."""
    main = targets_of(name, archive, "").get(_OFFICE)
    if main is None:
        raise BadInput(f"{name}: a zip file, but not a spreadsheet (XLSX)")
    return main


class _Texts(Part):
    """The texts that cells name by number; how Asian ones are pronounced is left out."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._pieces: list[str] = []
        self._taken = self._spoken = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:  # noqa: ARG002 the parser gives them
        if tag == "t":
            self._taken = not self._spoken
        elif tag == "si":
            self._pieces = []
        elif tag == "rPh":
            self._spoken = True

    def text(self, text: str) -> None:
        if self._taken:
            self._pieces.append(text)

    def end(self, tag: str) -> None:
        if tag == "t":
            self._taken = False
        elif tag == "si":
            self.found.append(unescaped("".join(self._pieces)))
        elif tag == "rPh":
            self._spoken = False


class _Styles(Part):
    """The workbook's own number formats by their number, and the format's number of each cell style."""

    def __init__(self) -> None:
        self.formats: dict[str, str] = {}
        self.cells: list[str] = []
        self._inside = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "numFmt":
            self.formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif tag == "cellXfs":
            self._inside = True
        elif tag == "xf" and self._inside:
            self.cells.append(attributes.get("numFmtId", "0"))

    def end(self, tag: str) -> None:
        if tag == "cellXfs":
            self._inside = False


class Told(NamedTuple):
    """What a workbook says of its sheets: their titles with the keys of their parts; where days begin."""

    sheets: list[tuple[str, str]]
    since_1904: bool


def sheets_told(name: str, archive: ZipFile, path: str) -> Told:
    """What the part that is the workbook says. Raises BadInput."""
    found = _Names()
    found.read(name, archive, path)
    return Told(found.sheets, found.since_1904)


def shared_texts(name: str, archive: ZipFile, path: str | None) -> list[str]:
    """The texts that cells name by number; none without the part. Raises BadInput."""
    found = _Texts()
    if path is not None and path in archive.namelist():
        found.read(name, archive, path, _MAX_TEXTS)
    return found.found


def styles_of_days(name: str, archive: ZipFile, path: str | None) -> dict[str, bool]:
    """The cell styles that show a day (see `day_styles`); none without the part. Raises BadInput."""
    found = _Styles()
    if path is not None and path in archive.namelist():
        found.read(name, archive, path)
    return day_styles(found.formats, found.cells)
