"""A marketplace's rules, drawn for a terminal."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from dispcli.core.policy import EvidenceRules, Policy
from dispcli.core.policy_values import PolicyValue, values_of
from dispcli.render.details.parts import Row, address, heading, panel, section
from dispcli.render.inert import visible


def draw(console: Console, policy: Policy, _now: datetime) -> None:
    """A marketplace's rules, with where each window is known from."""
    again = "opened again" if policy.reopening else "not opened again"
    rows: list[Row] = [
        ("claims", _marked(policy, "claims", ", ".join(policy.claims))),
        ("reopening", _marked(policy, "reopening", f"a cancelled dispute is {again}")),
        ("order page", _marked(policy, "order_page", policy.order_page or "unknown")),
        ("clock", _marked(policy, "zone", policy.zone)),
    ]
    if policy.file is not None:
        rows += [("your file", policy.file), ("it says", ", ".join(policy.own) or "nothing")]
    panel(console, Text(visible(policy.name), style="bold"), policy.marketplace, rows)
    section(console, "Windows", [value_row(value) for value in values_of(policy, "windows")])
    section(console, "The platform's codes for claims", _codes(policy.claim_codes))
    section(console, "The platform's codes for cancelling", _codes(policy.cancel_reasons))
    section(console, "Evidence", list(_evidence_rules(policy.evidence)))
    steps = [(f"{count}.", step) for count, step in enumerate(policy.cancel_steps, start=1)]
    section(console, "To cancel on the site", steps)
    if policy.help_pages:
        heading(console, "Help")
    for page in policy.help_pages:
        console.print(Padding(Text(visible(page.text)), (0, 0, 0, 2)))
        address(console, page.url and visible(page.url))


def _marked(policy: Policy, key: str, told: str) -> str:
    """What is told, and that it is known at second hand, where any of it is."""
    sources = (source for name, source in policy.sources.items() if name.partition(".")[0] == key)
    return f"{told} · second-hand" if any(source.second_hand for source in sources) else told


def value_row(value: PolicyValue) -> Row:
    """A value in words, and below it where it is known from."""
    told, source = Text(visible(value.told)), value.source
    if source:
        told.append(f"\n{visible(source.text)}", style="bright_black")
    if source and source.seen:
        mine, doubt = "yours, " if value.own else "", ", second-hand" if source.second_hand else ""
        told.append(f" ({mine}seen {source.seen}{doubt})", style="bright_black")
    return value.key.removeprefix("windows."), told


def _codes(reasons: Mapping[str, tuple[str, ...]]) -> list[Row]:
    return [(reason, ", ".join(codes)) for reason, codes in reasons.items()]


def _evidence_rules(rules: EvidenceRules) -> Iterator[Row]:
    if rules.formats:
        yield "files", ", ".join(rules.formats)
    if rules.max_bytes:
        yield "a file", f"up to {rules.max_bytes:,} bytes"
    if rules.max_files:
        yield "how many", f"up to {rules.max_files}"
    if rules.max_total_bytes:
        yield "all files", f"up to {rules.max_total_bytes:,} bytes"
    if rules.max_video_seconds:
        yield "a video", f"up to {rules.max_video_seconds} seconds"
