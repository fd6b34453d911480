"""The ledger itself, drawn for a terminal."""

from datetime import datetime

from rich.console import Console
from rich.text import Text

from dispcli.core.ledger_info import LedgerInfo
from dispcli.render.details.parts import Row, panel


def draw(console: Console, info: LedgerInfo, _now: datetime) -> None:
    """Where the ledger is and what it holds."""
    rows: list[Row] = [("file", info.path), ("exists", "yes" if info.exists else "no")]
    if info.exists:
        rows += [("size", f"{info.size:,} bytes"), ("schema", f"version {info.version}")]
        rows += [(name, f"{count:,}") for name, count in info.counts.items()]
    if info.evidence:
        rows.append(("evidence", f"{info.evidence:,} files in {info.evidence_folder}"))
    panel(console, Text("Ledger"), "", rows)
