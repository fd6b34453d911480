"""One marketplace's rules."""

from dispcli.render.fields import Document, Field, Kind, Section
from dispcli.render.sheets.topics import WINDOWS

POLICY = Document(
    "policy",
    (
        Section(
            None,
            (
                Field("marketplace", lambda p: p.marketplace, Kind.ID, "marketplace"),
                Field("name", lambda p: p.name, about="its name"),
                Field("hosts", lambda p: p.hosts, Kind.LIST, "its web addresses"),
                Field("order_page", lambda p: p.order_page, about="page of an order"),
                Field(
                    "reopening",
                    lambda p: p.reopening,
                    Kind.FLAG,
                    "whether cancelled disputes are opened again",
                ),
                Field("claims", lambda p: p.claims, Kind.LIST, "claim reasons it has"),
                Field("cancel_steps", lambda p: p.cancel_steps, Kind.LIST, "how to cancel on the site"),
            ),
            lambda p: p,
        ),
        Section("windows", WINDOWS.fields, lambda p: tuple(p.windows.items()), many=True),
    ),
)
