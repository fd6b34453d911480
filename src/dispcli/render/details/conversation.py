"""What was said in a dispute, drawn for a terminal."""

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from dispcli.core.exports import ExportedMessage
from dispcli.render.inert import visible
from dispcli.render.times import local

_SPEAKER_STYLES = {"buyer": "green", "seller": "yellow", "platform": "magenta"}


def draw(console: Console, messages: Sequence[ExportedMessage]) -> None:
    """Who said what when, each text whole under a line of its own."""
    for count, message in enumerate(messages):
        if count:
            console.print()
        said = Text(f"{local(message.at)}  ", style="bright_black")
        console.print(said.append(message.speaker, style=_SPEAKER_STYLES.get(message.speaker, "")))
        for line in message.text.split("\n"):
            for part in Text(visible(line)).wrap(console, max(1, console.width - 2)):
                part.rstrip()
                console.print(Text("  " if part else "").append(part))
