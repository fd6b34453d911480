"""Whether a file that is there already may be replaced."""

from typing import Annotated

import typer

Force = Annotated[bool, typer.Option("--force", help="Replace the file if it is there already.")]
