"""Options that several commands share, each declared once, in groups that commands take as one parameter."""

from typing import Annotated, NamedTuple

import typer

from dispcli.errors import UsageProblem

OrderWords = Annotated[
    list[str],
    typer.Argument(metavar="ORDER...", help="Order number, MARKET:NUMBER, dispute id (D12) or platform id."),
]
OneOrder = Annotated[
    str, typer.Argument(metavar="ORDER", help="Order number, MARKET:NUMBER, dispute id (D12) or platform id.")
]
LineOption = Annotated[
    int | None, typer.Option("--line", metavar="N", min=1, help="Only line N of the order, counted from 1.")
]
WholeOrder = Annotated[bool, typer.Option("--whole-order", help="Only what concerns the whole order.")]


class Narrowing(NamedTuple):
    """Which of an order's disputes is meant."""

    line: LineOption = None
    whole_order: WholeOrder = False


class Writing(NamedTuple):
    """What every change takes."""

    yes: Annotated[bool, typer.Option("--yes", "-y", help="Don't ask; answers warnings, never blocks.")] = (
        False
    )
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would happen; write nothing.")] = False
    operation_id: Annotated[
        str | None, typer.Option("--operation-id", metavar="ID", help="Makes a retry safe: done once only.")
    ] = None


class Telling(NamedTuple):
    """What a recorded step can carry."""

    note: Annotated[str | None, typer.Option("--note", metavar="TEXT", help="A text for the history.")] = None
    at: Annotated[
        str | None, typer.Option("--at", metavar="WHEN", help="When it happened: 2026-11-20, yesterday, -3d.")
    ] = None


class Showing(NamedTuple):
    """How a result is written."""

    output: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="FORMAT", help="table, tsv, csv, json, ndjson or ids."),
    ] = None
    json: Annotated[bool, typer.Option("--json", help="Short for --output json.")] = False
    fields: Annotated[
        str | None, typer.Option("--fields", metavar="A,B", help="Only these fields, in this order.")
    ] = None
    raw: Annotated[bool, typer.Option("--raw", help="CSV cells as they are, formulas too.")] = False

    @property
    def format(self) -> str | None:
        """The format asked for. Raises UsageProblem when two are."""
        if self.json and self.output not in (None, "json"):
            raise UsageProblem(f"--json and --output {self.output} exclude each other")
        return "json" if self.json else self.output


class ShowingOne(NamedTuple):
    """How one thing shown whole is written."""

    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FORMAT", help="table, tsv or json.")
    ] = None
    json: Annotated[bool, typer.Option("--json", help="Short for --output json.")] = False

    @property
    def format(self) -> str | None:
        """The format asked for. Raises UsageProblem when two are."""
        return Showing(self.output, self.json).format


class Paging(NamedTuple):
    """How much of a list."""

    limit: Annotated[
        int | None,
        typer.Option("--limit", "-n", metavar="N", min=0, help="At most N; 0 for all. A terminal shows 50."),
    ] = None


Risks = Annotated[
    list[str] | None,
    typer.Option("--accept-risk", metavar="CODE", help="Pass this blocking check by name. Repeatable."),
]

TERMINAL_LIMIT = 50
"""How much of a list a terminal gets when nobody says."""
