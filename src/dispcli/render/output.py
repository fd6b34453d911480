"""One place that knows how the result of a command leaves: which format, to whom, in which order."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING, Any

from dispcli.errors import UsageProblem
from dispcli.namedtuples import NamedTuple
from dispcli.render.console import Streams, Voice, in_colour, is_terminal, width
from dispcli.render.fields import Document, Field, Sheet, chosen, done_of, worth_showing
from dispcli.render.inert import undirected, visible

if TYPE_CHECKING:
    from rich.console import Console

    from dispcli.core.exports import ExportedMessage
    from dispcli.core.money import Money
    from dispcli.core.results import Result
    from dispcli.render.columns import Clean
    from dispcli.render.streaming import Stream

LIST_FORMATS = ("table", "tsv", "csv", "json", "ndjson", "ids")
SINGLE_FORMATS = ("table", "tsv", "json")


class Page(NamedTuple):
    """The records of a list, whether a limit cut it, and sums per currency where there are any.

    `told` is what it comes to in words, where that is not how many records there are.
    """

    records: Sequence[Any]
    more: bool = False
    totals: "Sequence[Money] | None" = None
    told: str | None = None


class Output:
    """How results are written: a format, the fields, and the streams they go to."""

    def __init__(
        self,
        streams: Streams,
        now: datetime,
        *,
        format: str | None = None,
        fields: str | None = None,
        colour: str = "auto",
        raw: bool = False,
        piped: str = "tsv",
    ) -> None:
        self.streams = streams
        self.now = now
        self.format = format or ("table" if is_terminal(streams.stdout) else piped)
        self.fields = fields
        self.voice = Voice(streams, colour)
        self._colour = colour
        self._raw = raw

    @property
    def is_table(self) -> bool:
        """Whether a person looks at it."""
        return self.format == "table"

    def expect(self, sheet: Sheet) -> None:
        """Raises UsageProblem for a field or a format this list can't have, before anything is done."""
        chosen(sheet, self.fields)
        if self.format not in LIST_FORMATS:
            raise UsageProblem(f"no such output: {self.format}", hint=f"one of: {', '.join(LIST_FORMATS)}")
        if self.format == "ids" and sheet.id_field is None:
            raise UsageProblem(f"{sheet.name} have no ids")

    def list(self, sheet: Sheet, page: Page) -> None:
        """A list in the chosen format. Raises UsageProblem for an unknown field or format."""
        fields = chosen(sheet, self.fields)
        out = self.streams.stdout
        match self.format:
            case "table":
                self._table(sheet, fields, page)
            case "json" | "ndjson":
                self._json(sheet, fields, page)
            case "tsv":
                from dispcli.render.columns import write_tsv

                write_tsv(out, fields, page.records, header=True, clean=self._cleaning)
            case "csv":
                from dispcli.render.columns import write_csv

                write_csv(out, fields, page.records, header=True, raw=self._raw, clean=self._cleaning)
            case "ids":
                self._ids(sheet, page)
            case other:
                raise UsageProblem(f"no such output: {other}", hint=f"one of: {', '.join(LIST_FORMATS)}")
        out.flush()

    def one(self, document: Document, view: Any, drawing: str) -> None:
        """One thing shown whole; `drawing` is the module of `render.details` that draws it."""
        out = self.streams.stdout
        if self.format == "table":
            import_module(f"dispcli.render.details.{drawing}").draw(self._console(), view, self.now)
        elif self.format == "tsv":
            from dispcli.render.plain import write_pairs

            write_pairs(out, document, view, self._clean)
        elif self.format == "json":
            from dispcli.render.json import write_one

            write_one(out, document, view)
        else:
            raise UsageProblem(
                f"--output {self.format} is for lists", hint=f"here: {', '.join(SINGLE_FORMATS)}"
            )
        out.flush()

    def changes(self, results: "Sequence[Result]") -> None:
        """What a command changed, one record a target."""
        from dispcli.core.tallies import summed_up
        from dispcli.render.sheets.disputes import CHANGES

        if not self.is_table or self.fields:
            told = summed_up("dispute", (result.status for result in results))
            self.list(CHANGES, Page(results, told=told))
            return
        from dispcli.render.details import changes

        changes.draw(self._console(), results)
        self.streams.stdout.flush()

    def conversation(self, messages: "Sequence[ExportedMessage]") -> None:
        """Who said what, for a person: every text whole."""
        from dispcli.render.details import conversation

        conversation.draw(self._console(), messages)
        self.streams.stdout.flush()
        self.voice.note(f"{len(messages)} message{'' if len(messages) == 1 else 's'}")

    def prose(self, text: str) -> None:
        """A text of several lines that goes on to be read: harmless, wherever that is. Nothing for none."""
        clean = visible if is_terminal(self.streams.stdout) else undirected
        lines = text.split("\n") if text else ()
        self.streams.stdout.writelines(f"{clean(line)}\n" for line in lines)
        self.streams.stdout.flush()

    def agenda(self, page: Page) -> None:
        """What needs the buyer: for a person in groups, by how urgent it is."""
        from dispcli.render.sheets.agenda import AGENDA

        if not self.is_table or self.fields:
            self.list(AGENDA, page)
            return
        from dispcli.render.agenda import draw_agenda

        if page.records:
            draw_agenda(self._console(), page.records, self.now)
        self.streams.stdout.flush()
        if page.more:
            self.voice.note("There are more: --limit N, or --limit 0 for all.")

    def stream(self, sheet: Sheet) -> "Stream":
        """A list in the chosen format that is written as it comes."""
        from dispcli.render import columns, plain, streaming

        fields = chosen(sheet, self.fields)
        out = self.streams.stdout
        if self.format == "table":
            return streaming.Table(self._console(), fields, self.now)
        if self.format == "json":
            return streaming.Array(out, sheet, fields)

        def write(records: Sequence[Any], header: bool) -> None:
            if self.format == "tsv":
                columns.write_tsv(out, fields, records, header=header, clean=self._cleaning)
            elif self.format == "csv":
                columns.write_csv(out, fields, records, header=header, raw=self._raw, clean=self._cleaning)
            elif self.format == "ids":
                plain.write_ids(out, sheet, done_of(records), self._clean)
            elif is_terminal(out):
                from dispcli.render.json import write_lines

                write_lines(out, fields, records)
            else:
                streaming.json_lines(out, fields, records)

        return streaming.Lines(write, out)

    def page(self, lines: Iterable[str]) -> None:
        """Lines that explain something; on a terminal in whole words, what follows below the last column."""
        out = self.streams.stdout
        if is_terminal(out):
            from dispcli.render.wrapping import hanging

            columns = width(self.streams)
            lines = (hanging(visible(line), columns) for line in lines)
        out.writelines(f"{line}\n" for line in lines)
        out.flush()

    def text(self, line: str) -> None:
        """A plain line of data."""
        self.streams.stdout.write(self._clean(line) + "\n")
        self.streams.stdout.flush()

    def _table(self, sheet: Sheet, fields: Sequence[Field], page: Page) -> None:
        from dispcli.render.tables import draw_list

        shown = fields if self.fields else worth_showing(fields, page.records)
        if page.records:
            draw_list(self._console(), shown, page.records, self.now)
        self.streams.stdout.flush()
        summary = page.told or _counted(sheet, page)
        if page.totals:
            summary += f" · {' · '.join(map(str, page.totals))}"
        if page.more:
            summary += " · there are more: --limit N, --limit 0 for all, --after the last one"
        self.voice.note(summary)

    def _json(self, sheet: Sheet, fields: Sequence[Field], page: Page) -> None:
        from dispcli.render.json import write_lines, write_list

        out = self.streams.stdout
        if self.format == "ndjson":
            write_lines(out, fields, page.records)
        else:
            write_list(out, sheet, fields, page.records, more=page.more, totals=page.totals)

    def _ids(self, sheet: Sheet, page: Page) -> None:
        from dispcli.render.plain import write_ids

        if sheet.id_field is None:
            raise UsageProblem(f"{sheet.name} have no ids")
        write_ids(self.streams.stdout, sheet, done_of(page.records), self._clean)

    def _clean(self, text: str) -> str:
        return self._cleaning(text) if self._cleaning else text

    @property
    def _cleaning(self) -> "Clean | None":
        """What makes a text harmless where it goes; nothing for a program."""
        return visible if is_terminal(self.streams.stdout) else None

    def _console(self) -> "Console":
        from dispcli.render.tables import make_console

        out = self.streams.stdout
        colour = in_colour(out, self._colour, self.streams.environ)
        return make_console(out, width(self.streams), colour=colour)


def _counted(sheet: Sheet, page: Page) -> str:
    """How many records there are, by the name of the list."""
    count = len(page.records)
    name = sheet.name.replace("_", " ")
    return f"{count} {name[:-1] if count == 1 and name.endswith('s') else name}"
