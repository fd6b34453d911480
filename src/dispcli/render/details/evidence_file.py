"""One file of the evidence, drawn for a terminal."""

from datetime import datetime
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from dispcli.render.details.parts import Row, panel, when
from dispcli.render.inert import visible

if TYPE_CHECKING:
    from dispcli.core.evidence_views import KeptWhole


def draw(console: Console, view: "KeptWhole", now: datetime) -> None:
    """A file with what is known about it."""
    (dispute_id, seq, at, file), order, problem = view.kept
    photo = view.photo
    rows: list[Row] = [
        ("of", f"D{dispute_id}, number {seq} in its history"),
        ("kept", when(at, now)),
        ("type", file.media_type),
        ("size", f"{file.size:,} bytes"),
        *([("pixels", f"{photo.width} × {photo.height}")] if photo.width and photo.height else []),
        *([("taken", f"{photo.taken_at.replace('T', ' ')} by the camera's clock")] if photo.taken_at else []),
        ("SHA-256", file.sha256),
        ("file", Text(f"{problem}: {visible(view.path)}", style="red") if problem else view.path),
    ]
    panel(console, Text(visible(file.name), style="bold"), order.name, rows)
