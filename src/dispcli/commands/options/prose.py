"""How a text that is ready to be sent is written."""

from typing import Annotated

import typer

from dispcli.errors import UsageProblem
from dispcli.namedtuples import NamedTuple


class ShowingProse(NamedTuple):
    """How a text that is ready to be sent is written."""

    output: Annotated[str | None, typer.Option("--output", "-o", metavar="FORMAT", help="text or json.")] = (
        None
    )
    json: Annotated[bool, typer.Option("--json", help="Short for --output json.")] = False

    @property
    def is_json(self) -> bool:
        """Whether a program reads it. Raises UsageProblem for a format there is not."""
        if self.output not in (None, "text", "json") or (self.json and self.output == "text"):
            raise UsageProblem(f"no such output: {self.output}", hint="one of: text, json")
        return self.json or self.output == "json"
