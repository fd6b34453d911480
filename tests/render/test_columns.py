"""CSV and TSV as lists and exports both write them."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from dispcli.core.formulas import restored
from dispcli.core.money import Money
from dispcli.render.columns import write_csv, write_tsv
from dispcli.render.fields import Field, Kind
from dispcli.render.inert import visible

TEXT = Field("text", lambda record: record[0])
AMOUNT = Field("amount", lambda record: record[1], Kind.MONEY)
FIELDS = (TEXT, AMOUNT)

texts = st.text(st.one_of(st.sampled_from("'=+-@,\"\r\n\t"), st.characters(codec="utf-8")))


def written(*records: tuple[str | None, Money | None], raw: bool = False, terminal: bool = False) -> str:
    out = io.StringIO(newline="")
    write_csv(out, FIELDS, records, header=True, raw=raw, clean=visible if terminal else None)
    return out.getvalue()


def test_an_amount_below_zero_is_a_number_and_no_formula() -> None:
    assert written(("-1", Money(-1250, "USD"))) == "text,amount\n'-1,-12.50\n"


def test_a_carriage_return_is_quoted_as_any_line_end_is() -> None:
    assert written(("a\rb", None)) == 'text,amount\n"a\rb",\n'


def test_a_cell_of_several_lines_stays_in_its_row_on_a_terminal() -> None:
    assert written(("a\nb\x1b", None), terminal=True) == "text,amount\na⏎b␛,\n"


@given(st.lists(texts.filter(bool), max_size=4))
def test_every_text_comes_back(found: list[str]) -> None:
    rows = list(csv.reader(io.StringIO(written(*((text, None) for text in found)), newline=""), strict=True))
    assert [restored(text) for text, _ in rows[1:]] == found
    raw = written(*((text, None) for text in found), raw=True)
    assert [text for text, _ in list(csv.reader(io.StringIO(raw, newline=""), strict=True))[1:]] == found


def test_a_tsv_cell_of_a_terminal_is_harmless_and_a_line_a_record() -> None:
    out = io.StringIO()
    write_tsv(out, FIELDS, [("a\tb\nc\x1b", Money(5, "JPY"))], header=False, clean=visible)
    assert out.getvalue() == "a\\tb\\nc␛\t5\n"
