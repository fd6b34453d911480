"""The names of months: every language has twelve, and no name is two of them."""

from dispcli.formats.aliexpress.months import LANGUAGES, MONTHS


def test_every_language_has_twelve_months_with_names_in_lower_case() -> None:
    for language, months in LANGUAGES.items():
        assert len(months) == 12, language
        assert all(word == word.lower() for months_names in months for word in months_names.split()), language


def test_no_name_is_two_months() -> None:
    for language, months in LANGUAGES.items():
        for number, words in enumerate(months, start=1):
            assert {MONTHS[word] for word in words.split()} == {number}, (language, words)
