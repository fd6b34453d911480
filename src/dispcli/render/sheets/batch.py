"""What became of each line of a batch."""

from dispcli.render.fields import Field, Kind, Sheet

BATCH = Sheet(
    "batch_results",
    (
        Field("line", lambda i: i.line, Kind.COUNT, "line of the input, counted from 1", "LINE"),
        Field("op", lambda i: i.op or None, about="operation asked for", heading="OP"),
        Field("order", lambda i: i.order or None, Kind.ID, "order number, else the name given", "ORDER"),
        Field("dispute", lambda i: i.dispute or None, Kind.ID, "short stable id", "ID"),
        Field(
            "status",
            lambda i: i.status,
            about="changed, unchanged, refused, invalid, error or not_applied",
            heading="STATUS",
        ),
        Field("from", lambda i: i.from_state, about="state before"),
        Field("to", lambda i: i.to_state, about="state after"),
        Field("code", lambda i: i.code, about="why it was not done", heading="CODE"),
        Field(
            "message", lambda i: i.message or None, about="a remark, or why not", heading="MESSAGE", flex=1
        ),
        Field("findings", lambda i: i.findings, Kind.LIST, "codes of what the checks warned of"),
        Field("dry_run", lambda i: i.dry_run, Kind.FLAG, "whether it was only tried"),
    ),
    "dispute",
)
