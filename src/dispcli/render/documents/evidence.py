"""One file kept as evidence."""

from dispcli.render.fields import Document, Field, Kind, Section
from dispcli.render.sheets.evidence import EVIDENCE

EVIDENCE_FILE = Document(
    "evidence_file",
    (
        Section(None, EVIDENCE.fields, lambda v: v.kept),
        Section(
            "file",
            (Field("path", lambda v: v.path, Kind.FILE, "where it is; don't change it there"),),
            lambda v: v,
        ),
        Section(
            "photo",
            (
                Field("width", lambda p: p.width, Kind.COUNT, "pixels, as it is shown"),
                Field("height", lambda p: p.height, Kind.COUNT, "pixels, as it is shown"),
                Field(
                    "taken_at",
                    lambda p: p.taken_at,
                    about="the camera's own clock, ISO 8601; with an offset where it tells one",
                ),
            ),
            lambda v: v.photo,
        ),
    ),
)
