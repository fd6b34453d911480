"""The files kept as evidence, what became of them, and what is wrong with them."""

from dispcli.core.evidence_views import Trouble
from dispcli.render.fields import Field, Kind, Sheet


def _dispute(trouble: Trouble) -> str | None:
    return f"D{trouble.piece.dispute_id}" if trouble.piece else None


EVIDENCE = Sheet(
    "evidence_files",
    (
        Field("dispute", lambda k: f"D{k.piece.dispute_id}", Kind.ID, "short stable id"),
        Field("order", lambda k: k.order.number, Kind.ID, "order number"),
        Field("marketplace", lambda k: k.order.marketplace, about="marketplace"),
        Field("seq", lambda k: k.piece.seq, Kind.COUNT, "number in the history; names the file", "#"),
        Field("name", lambda k: k.piece.file.name, about="file name", heading="NAME", flex=1),
        Field("media_type", lambda k: k.piece.file.media_type, about="kind of file", heading="TYPE", flex=2),
        Field("size", lambda k: k.piece.file.size, Kind.COUNT, "bytes", "BYTES"),
        Field("at", lambda k: k.piece.at, Kind.MOMENT, "when it was kept", "KEPT"),
        Field("problem", lambda k: k.problem, about="missing, or altered (its length is)", heading="PROBLEM"),
        Field("present", lambda k: k.present, Kind.FLAG, "whether a file of this length is in the store"),
        Field("sha256", lambda k: k.piece.file.sha256, Kind.ID, "digest of its content", "SHA-256", 3),
    ),
    "sha256",
)


EVIDENCE_CHANGES = Sheet(
    "evidence_changes",
    (
        Field("dispute", lambda c: c.dispute, Kind.ID, "short stable id", "ID"),
        Field("order", lambda c: c.order.number, Kind.ID, "order number"),
        Field("marketplace", lambda c: c.order.marketplace, about="marketplace"),
        Field("seq", lambda c: c.seq, Kind.COUNT, "number in the history; names the file", "#"),
        Field("name", lambda c: c.file.name, about="file name", heading="NAME", flex=1),
        Field("media_type", lambda c: c.file.media_type, about="kind of file", heading="TYPE", flex=2),
        Field("size", lambda c: c.file.size, Kind.COUNT, "bytes", "BYTES"),
        Field("sha256", lambda c: c.file.sha256, Kind.ID, "digest of its content"),
        Field("status", lambda c: c.status, about="changed, unchanged or planned", heading="RESULT"),
        Field("changed", lambda c: c.status == "changed", Kind.FLAG, "whether something was written"),
        Field("dry_run", lambda c: c.status == "planned", Kind.FLAG, "whether it was only tried"),
        Field("message", lambda c: c.message, Kind.SENTENCE, "a remark", "MESSAGE", 1),
    ),
    "sha256",
)


EVIDENCE_TROUBLES = Sheet(
    "evidence_troubles",
    (
        Field(
            "problem",
            lambda t: t.problem,
            about="missing, altered, unreadable, unknown (no evidence names it) or foreign (not dispcli's)",
            heading="PROBLEM",
        ),
        Field("dispute", _dispute, Kind.ID, "short stable id", "ID"),
        Field("seq", lambda t: t.piece and t.piece.seq, Kind.COUNT, "number in the history", "#"),
        Field("name", lambda t: t.piece and t.piece.file.name, about="file name", heading="NAME", flex=1),
        Field("sha256", lambda t: t.piece and t.piece.file.sha256, Kind.ID, "digest it was kept under"),
        Field("path", lambda t: t.path, Kind.FILE, "where it is, or should be", "FILE", 2),
    ),
)
