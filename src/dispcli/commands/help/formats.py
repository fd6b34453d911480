"""dispcli help formats."""

from collections.abc import Iterator

from dispcli.commands.context import Run
from dispcli.commands.listing import output_of
from dispcli.commands.options.showing import Showing
from dispcli.formats.about import ARCHIVE, FORMATS
from dispcli.formats.mapped.manual import BESIDES, EXAMPLE
from dispcli.formats.mapped.mapping import LINE_COLUMNS, ORDER_COLUMNS
from dispcli.formats.registry import names
from dispcli.render.output import Page
from dispcli.render.sheets.topics import FORMATS as SHEET
from dispcli.services.archive_file import FORMAT

SOURCES = {
    "web answer": "what the page has loaded: the browser's developer tools, Network, save the response",
    "Open Platform": "AliExpress' API for programs; its answer as it came",
    "data request": "what a marketplace sends when asked for one's personal data",
}
"""Where a file comes from, where the table has no room to say it."""

OPTIONS = {
    "--currency": "the currency of amounts that have none beside them: --currency USD",
    "--order": "the number of the order a file is about, where neither it nor its name tells it",
    "--date-order": "dmy, mdy or ymd, where a file's days can be read in more than one order",
}
"""What an option is for, told when a file can't be read without it."""

LIMITS = {
    "tables": "a line of 1 MiB, in XLSX 1000 columns; any number of rows, in XLSX 1,048,576",
    "JSON": "an answer, or an element of a list, of 16 MiB; lists of any length",
    "any": "a text of 256 KiB in one cell or value; standard input of 1 GiB",
}
"""How large things may be."""


def formats(run: Run, showing: Showing) -> None:
    """The formats that can be imported.

    'dispcli import FILE' knows them by their content. Every other table (CSV, TSV, XLSX, one JSON object a
    line) is read with --map FILE.toml, which says what its columns mean.
    """
    output = output_of(run, showing)
    output.list(SHEET, Page((*((name, FORMATS[name]) for name in names()), (FORMAT, ARCHIVE))))
    if output.is_table:
        output.page(_more())


def _more() -> Iterator[str]:
    yield from ("", "Where from:")
    yield from (f"  {source:<15}{meaning}" for source, meaning in SOURCES.items())
    yield from ("", "Options that some files need:")
    yield from (f"  {option:<15}{meaning}" for option, meaning in OPTIONS.items())
    yield from ("", "As large as:")
    yield from (f"  {what:<15}{limit}" for what, limit in LIMITS.items())
    yield from ("", "Any other table: dispcli import orders.csv --map ebay.toml, where ebay.toml says", "")
    yield from (f"  {line}".rstrip() for line in EXAMPLE.splitlines())
    yield from ("", "Columns of an order; number and date are needed, the marketplace here or above:")
    yield f"  {', '.join(ORDER_COLUMNS)}"
    yield "Columns of its lines:"
    yield f"  {', '.join(LINE_COLUMNS)}"
    yield from ("", "What else a mapping may say; of several values the first is the default:", "")
    yield from (f"  {line}" for line in BESIDES.splitlines())
    yield from ("", "Dates as 2026-10-31 and times with a zone are understood in every order.")
