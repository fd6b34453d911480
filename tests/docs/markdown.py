"""Reading what a page of documentation shows."""

import re
from collections.abc import Iterator


def console(page: str) -> Iterator[tuple[str, str]]:
    """Every command of the page's console blocks, with the output shown under it."""
    for block in re.findall(r"^```console\n(.*?)^```", page, re.M | re.S):
        for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
            command, _, shown = part.partition("\n")
            yield command, shown.strip("\n")


def section(page: str, heading: str) -> str:
    """The text under a heading of the second level."""
    return page.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
