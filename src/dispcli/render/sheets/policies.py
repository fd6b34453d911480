"""Policies, and what they are made of: windows, reasons with the platform's codes, values with sources."""

from dispcli.core.policy_values import length_told
from dispcli.render.fields import Field, Kind, Sheet

POLICIES = Sheet(
    "policies",
    (
        Field("marketplace", lambda p: p.policy.marketplace, Kind.ID, "marketplace", "MARKETPLACE"),
        Field("name", lambda p: p.policy.name, about="its name", heading="NAME", flex=4),
        Field("origin", lambda p: p.origin, about="shipped, changed or own", heading="ORIGIN", flex=2),
        Field(
            "open",
            lambda p: p.window("open"),
            Kind.SENTENCE,
            "how long a dispute can be opened",
            "TO OPEN",
            1,
        ),
        Field("seller_answers", lambda p: p.window("seller_answers"), about="how long the seller has"),
        Field(
            "reopening", lambda p: p.policy.reopening, Kind.FLAG, "whether cancelled ones are opened again"
        ),
        Field("zone", lambda p: p.policy.zone, about="the clock its days are counted by"),
        Field("values", lambda p: p.values, Kind.COUNT, "how many values are known"),
        Field("second_hand", lambda p: p.second_hand, Kind.COUNT, "how many of them are second-hand"),
        Field("seen", lambda p: p.seen, about="the oldest day one was last seen", heading="SEEN", flex=3),
        Field("file", lambda p: p.policy.file, Kind.FILE, "the user's own file", "FILE", 2),
    ),
    "marketplace",
)


WINDOWS = Sheet(
    "windows",
    (
        Field("window", lambda w: w[0], Kind.ID, "what the time is for", "WINDOW"),
        Field("by", lambda w: w[1].by, about="who must act: buyer, seller or platform"),
        Field("time", lambda w: length_told(w[1]), about="how long, in words"),
        Field("after", lambda w: w[1].after, about="what it is counted from"),
        Field("days", lambda w: w[1].days or None, Kind.COUNT, "how many days; none where hours count"),
        Field("hours", lambda w: w[1].hours or None, Kind.COUNT, "how many hours; none where days count"),
        Field("business_days", lambda w: w[1].business_days, Kind.FLAG, "Monday to Friday only"),
        Field(
            "second_hand",
            lambda w: w[1].second_hand,
            Kind.FLAG,
            "known from secondary pages or undated copies only",
        ),
        Field("seen", lambda w: w[1].seen, Kind.MOMENT, "day it was last seen"),
        Field("source", lambda w: w[1].source, about="where it is known from"),
        Field("url", lambda w: w[1].url, about="the source's address"),
        Field("note", lambda w: w[1].note or None, about="what else there is to it"),
        Field("then", lambda w: w[1].then, about="what its passing means: concede or escalate"),
        Field("origin", lambda w: "own" if w[2] else "shipped", about="own or shipped"),
    ),
    "window",
)


POLICY_REASONS = Sheet(
    "policy_reasons",
    (
        Field("reason", lambda r: r[0], Kind.ID, "our code", "REASON"),
        Field("codes", lambda r: r[1], Kind.LIST, "the platform's own codes", "THE PLATFORM'S CODES", 1),
    ),
    "reason",
)


HELP_PAGES = Sheet(
    "help_pages",
    (
        Field("title", lambda s: s.text, about="what it is about"),
        Field("url", lambda s: s.url, about="its address"),
        Field("seen", lambda s: s.seen, Kind.MOMENT, "day it was last seen"),
        Field("second_hand", lambda s: s.second_hand, Kind.FLAG, "a secondary page or an undated copy"),
    ),
)


POLICY_VALUES = Sheet(
    "policy_values",
    (
        Field("value", lambda v: v.key, Kind.ID, "its key in the policy's file", "VALUE"),
        Field("told", lambda v: v.told, about="the value in words"),
        Field("origin", lambda v: v.origin, about="own or shipped"),
        Field(
            "second_hand",
            lambda v: bool(v.source and v.source.second_hand),
            Kind.FLAG,
            "known from secondary pages or undated copies only",
        ),
        Field("seen", lambda v: v.source and v.source.seen, Kind.MOMENT, "day it was last seen"),
        Field("source", lambda v: v.source and v.source.text, about="where from"),
        Field("url", lambda v: v.source and v.source.url, about="the source's address"),
    ),
    "value",
)


POLICY_CHANGES = Sheet(
    "policy_changes",
    (
        Field("marketplace", lambda c: c.policy.marketplace, Kind.ID, "marketplace", "MARKETPLACE"),
        Field("value", lambda c: c.key, Kind.ID, "the key of the value", "VALUE"),
        Field("shipped", lambda c: c.shipped, about="what holds without the file", heading="SHIPPED", flex=2),
        Field("own", lambda c: c.own, about="what holds with it", heading="OWN", flex=1),
        Field("file", lambda c: c.policy.file, Kind.FILE, "the user's own file"),
    ),
)


POLICY_KEYS = Sheet(
    "policy_keys",
    (
        Field("key", lambda k: k[0], Kind.ID, "its key in a policy's file", "KEY"),
        Field("kind", lambda k: k[1], about="what its value is", heading="VALUE"),
        Field("meaning", lambda k: k[2], Kind.SENTENCE, "what it tells", "MEANING", 1),
    ),
    "key",
)
