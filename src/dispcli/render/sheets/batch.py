"""What became of each line of a batch."""

from operator import attrgetter

from dispcli.render.fields import Field, Kind, Sheet

BATCH = Sheet(
    "batch_results",
    (
        Field("line", attrgetter("line"), Kind.COUNT, "line of the input, counted from 1", "LINE"),
        Field("op", lambda i: i.op or None, about="operation asked for", heading="OP", flex=2),
        Field("order", lambda i: i.order or None, Kind.ID, "order number, else the name given", "ORDER"),
        Field("dispute", lambda i: i.dispute or None, Kind.ID, "short stable id", "ID"),
        Field(
            "status",
            attrgetter("status"),
            about="changed, unchanged, refused, invalid, error or not_applied",
            heading="STATUS",
        ),
        Field("from", attrgetter("from_state"), about="state before"),
        Field("to", attrgetter("to_state"), about="state after"),
        Field("code", attrgetter("code"), Kind.ID, "why it was not done", "CODE", 3),
        Field("message", lambda i: i.message or None, Kind.SENTENCE, "a remark, or why not", "MESSAGE", 1),
        Field("findings", attrgetter("findings"), Kind.LIST, "codes of what the checks warned of"),
        Field("dry_run", attrgetter("dry_run"), Kind.FLAG, "whether it was only tried"),
    ),
    "dispute",
)
