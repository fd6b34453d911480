from hypothesis import example, given
from hypothesis import strategies as st

from dispcli.core.formulas import RISKY, defused, restored

texts = st.text(st.one_of(st.sampled_from("'=+-@\t\r"), st.characters(codec="utf-8")))


@given(texts)
@example("'=1")
@example("''")
@example("'")
def test_what_was_defused_is_read_back_as_it_was(text: str) -> None:
    assert restored(defused(text)) == text


@given(texts)
def test_nothing_that_was_defused_begins_as_a_formula_does(text: str) -> None:
    assert not defused(text).startswith(("=", "+", "-", "@", "\t", "\r"))


@given(texts)
def test_only_what_begins_riskily_is_looked_at(text: str) -> None:
    if not text or text[0] not in RISKY:
        assert defused(text) == text


def test_a_name_in_apostrophes_stays_as_it_is() -> None:
    assert defused("'t Winkeltje") == restored("'t Winkeltje") == "'t Winkeltje"
