"""What runs is what the models and statements say, column for column."""

import pytest

from dispcli.core.sellers import SellerSummary
from dispcli.core.summaries import DisputeSummary, OrderSummary
from dispcli.ledger import compiled, compiled_schema
from dispcli.ledger import generate as ledger_generate
from dispcli.ledger.folding import folded
from dispcli.ledger.listing import Listing
from dispcli.policies import generate as policies_generate
from dispcli.services.drafts import generate as drafts_generate
from tests.ledger.builders import make_ledger, raw


def _statements() -> dict[str, str]:
    return {
        name: value for name, value in vars(compiled).items() if name.isupper() and isinstance(value, str)
    }


def _listing_texts() -> dict[str, str]:
    texts = {}
    for name, value in vars(compiled).items():
        if isinstance(value, Listing):
            texts |= {f"{name}.{sort}": value.sql(value.filters, sort, after=True) for sort in value.sorts}
    return texts


def test_the_compiled_ledger_is_what_models_guards_and_statements_make():
    for target, fresh in ledger_generate.generate(ledger_generate.sqlite()).items():
        assert target.read_text(encoding="utf-8") == fresh, "run python -m dispcli.ledger.generate"


def test_the_compiled_policies_are_what_their_files_say():
    for target, fresh in policies_generate.generate().items():
        assert target.read_text(encoding="utf-8") == fresh, "run python -m dispcli.policies.generate"


def test_the_compiled_templates_are_what_their_files_say():
    assert drafts_generate.TARGET.read_text(encoding="utf-8") == drafts_generate.generate(), (
        "run python -m dispcli.services.drafts.generate"
    )


def test_every_guard_in_the_script_is_compiled():
    script = (ledger_generate.SCHEMA.parent / "guards.sql").read_text(encoding="utf-8")
    assert script.count("CREATE TRIGGER") == len(compiled_schema.GUARDS)
    assert "".join(script.split()).endswith("".join(compiled_schema.GUARDS[-1].split()) + ";")


POSITIONAL = ("STAGE", "STAGE_STEP", "ADD_ORDER", "ADD_LINE", "ADD_KEY", "STAGE_ORDER", "STAGE_LINE")
"""What is executed for thousands of rows at a time binds by position, which is faster; nothing else does."""


@pytest.mark.parametrize("name", _statements() | _listing_texts())
def test_a_statement_has_named_binds_unless_it_is_for_many_rows(name):
    text = (_statements() | _listing_texts())[name]
    assert ("?" in text) is (name in POSITIONAL)
    assert "POSTCOMPILE" not in text
    assert not (name in POSITIONAL and ":" in text)


@pytest.mark.parametrize("name", _statements() | _listing_texts())
def test_a_statement_is_one_that_sqlite_can_prepare_on_the_schema(name, tmp_path):
    text = (_statements() | _listing_texts())[name]
    with raw(make_ledger(tmp_path)) as connection:
        connection.create_function("folded", 1, folded, deterministic=True)
        for staging in (staging for staging in vars(compiled) if staging.startswith("STAGING")):
            connection.execute(getattr(compiled, staging))
        binds = [1] * text.count("?") if name in POSITIONAL else _Anything()
        assert connection.execute(f"EXPLAIN {text}", binds).fetchall()


class _Anything(dict):
    """A value for every bind."""

    def __missing__(self, name):
        return 1


@pytest.mark.parametrize(
    ("listing", "summary", "added"),
    [
        (compiled.ORDERS, OrderSummary, ("marks",)),
        (compiled.DISPUTES, DisputeSummary, ()),
        (compiled.SELLERS, SellerSummary, ("record",)),
    ],
)
def test_a_summary_has_the_columns_of_its_list_in_their_order(listing, summary, added, tmp_path):
    with raw(make_ledger(tmp_path)) as connection:
        cursor = connection.execute(listing.sql([], next(iter(listing.sorts))), {"limit": 1})
        assert (*(column[0] for column in cursor.description), *added) == summary._fields
