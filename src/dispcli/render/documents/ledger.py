"""The ledger itself."""

from dispcli.render.fields import Document, Field, Kind, Section

LEDGER = Document(
    "ledger",
    (
        Section(
            None,
            (
                Field("path", lambda i: i.path, about="the file"),
                Field("exists", lambda i: i.exists, Kind.FLAG, "whether it has been made"),
                Field("size", lambda i: i.size, Kind.COUNT, "bytes"),
                Field("schema_version", lambda i: i.version, Kind.COUNT, "version of its schema"),
                Field("orders", lambda i: i.counts.get("orders", 0), Kind.COUNT, "orders in it"),
                Field("sellers", lambda i: i.counts.get("sellers", 0), Kind.COUNT, "sellers in it"),
                Field("disputes", lambda i: i.counts.get("disputes", 0), Kind.COUNT, "disputes in it"),
                Field("evidence", lambda i: i.evidence, Kind.COUNT, "files kept as evidence"),
                Field("evidence_folder", lambda i: i.evidence_folder, Kind.FILE, "where they are"),
                Field("events", lambda i: i.counts.get("events", 0), Kind.COUNT, "entries in the history"),
            ),
            lambda i: i,
        ),
    ),
)
