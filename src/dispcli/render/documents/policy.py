"""One marketplace's rules."""

from dispcli.core.policy_values import values_of
from dispcli.render.fields import Document, Field, Kind, Section
from dispcli.render.sheets.policies import HELP_PAGES, POLICY_REASONS, POLICY_VALUES, WINDOWS

_EVIDENCE = (
    Field("formats", lambda e: e.formats, Kind.LIST, "endings of the files that are taken"),
    Field("max_bytes", lambda e: e.max_bytes, Kind.COUNT, "how large a file may be"),
    Field("max_files", lambda e: e.max_files, Kind.COUNT, "how many files"),
    Field("max_total_bytes", lambda e: e.max_total_bytes, Kind.COUNT, "how large all of them together"),
    Field("max_video_seconds", lambda e: e.max_video_seconds, Kind.COUNT, "how long a video may be"),
)

POLICY = Document(
    "policy",
    (
        Section(
            None,
            (
                Field("marketplace", lambda p: p.marketplace, Kind.ID, "marketplace"),
                Field("name", lambda p: p.name, about="its name"),
                Field("zone", lambda p: p.zone, about="the clock its days are counted by"),
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
                Field("file", lambda p: p.file, Kind.FILE, "the user's own file"),
            ),
            lambda p: p,
        ),
        Section(
            "windows",
            WINDOWS.fields,
            lambda p: tuple((name, w, f"windows.{name}" in p.own) for name, w in p.windows.items()),
            many=True,
        ),
        Section("claim_codes", POLICY_REASONS.fields, lambda p: tuple(p.claim_codes.items()), many=True),
        Section(
            "cancel_reasons", POLICY_REASONS.fields, lambda p: tuple(p.cancel_reasons.items()), many=True
        ),
        Section("evidence", _EVIDENCE, lambda p: p.evidence),
        Section("help_pages", HELP_PAGES.fields, lambda p: p.help_pages, many=True),
        Section("values", POLICY_VALUES.fields, values_of, many=True),
    ),
)
