"""Names, limits, and the decisions about files."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispcli.core.cancelling import Steps
from dispcli.core.evidence import (
    LONGEST_NAME,
    advice,
    decide_evidence,
    decide_removal,
    named_piece,
    pieces_of,
    safe_name,
)
from dispcli.core.facts import Evidence, EvidenceRemoved
from dispcli.core.file_types import UNKNOWN
from dispcli.core.machine import Unchanged
from dispcli.core.policy import EvidenceRules
from dispcli.errors import Ambiguous, NotFound
from tests.core.builders import case, note

PHOTO = Evidence("ab" * 32, "photo.jpg", "image/jpeg", 1000)
SAME = PHOTO._replace(name="again.jpg")
LETTER = Evidence("cd" * 32, "letter.txt", "text/plain", 10)


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("photo.jpg", "photo.jpg"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\photo.jpg", "photo.jpg"),
        ("a\nb.jpg", "a_b.jpg"),
        ("x\u202egpj.exe", "x_gpj.exe"),
        ("la\u200bmp.png", "la_mp.png"),
        ("\x1b[31mred.png", "_[31mred.png"),
        ("-rf", "rf"),
        (".hidden", "hidden"),
        ("..", "file"),
        ("", "file"),
        ("   ", "file"),
        ("what?*.png", "what__.png"),
        ("  two   blanks .png", "two blanks.png"),
        ("Gru\u0308ße.png", "Grüße.png"),
        ("照片.jpg", "照片.jpg"),
        ("\u3164\u115f.png", "__.png"),
    ],
)
def test_a_name_is_made_harmless(given_name, kept):
    assert safe_name(given_name) == kept


def test_a_long_name_keeps_its_ending():
    assert safe_name("x" * 300 + ".jpeg") == "x" * (LONGEST_NAME - 5) + ".jpeg"
    assert len(safe_name("ü" * 300 + ".jpeg").encode()) <= LONGEST_NAME
    assert len(safe_name("x." + "y" * 300).encode()) <= LONGEST_NAME


@given(st.text(max_size=200))
def test_no_name_can_steer_anything(name):
    safe = safe_name(name)
    assert safe
    assert len(safe.encode()) <= LONGEST_NAME
    assert safe_name(safe) == safe
    assert not set(safe) & set('/\\<>:"|?*\0\n')
    assert safe[0] not in ".-"
    assert {unicodedata.category(char) for char in safe} & {"Cc", "Cf", "Cs", "Zl", "Zp"} == set()


def kept(*files: Evidence | EvidenceRemoved):
    return case(*(note(file) for file in files))


def noted(decision) -> list[object]:
    assert isinstance(decision, Steps), decision
    return [change.intent.fact for change in decision.changes]


def test_files_are_noted_one_by_one_and_each_once():
    assert noted(decide_evidence(kept(), [PHOTO, LETTER, PHOTO], None, None)) == [PHOTO, LETTER]


def test_what_is_kept_is_not_noted_again_but_another_name_is():
    assert noted(decide_evidence(kept(PHOTO), [PHOTO, SAME], None, None)) == [SAME]
    assert isinstance(decide_evidence(kept(PHOTO), [PHOTO], None, None), Unchanged)


def test_what_was_removed_can_be_kept_again():
    gone = kept(PHOTO, EvidenceRemoved(PHOTO.sha256))
    assert noted(decide_evidence(gone, [PHOTO], None, None)) == [PHOTO]


def test_a_removal_is_of_the_content_whatever_names_it():
    decision = decide_removal(kept(PHOTO, SAME, LETTER), ["photo.jpg", "3"], None, None)
    assert noted(decision) == [EvidenceRemoved(PHOTO.sha256)]


def test_what_is_removed_already_is_not_removed_again():
    gone = kept(PHOTO, EvidenceRemoved(PHOTO.sha256))
    for word in ("photo.jpg", "2", PHOTO.sha256):
        assert isinstance(decide_removal(gone, [word], None, None), Unchanged)
    with pytest.raises(NotFound):
        decide_removal(gone, ["letter.txt"], None, None)


@pytest.mark.parametrize("word", ["2", "photo.jpg", "ab" * 32, "ABABABAB"])
def test_a_file_goes_by_number_name_and_digest(word):
    assert named_piece(kept(PHOTO, LETTER), word).file == PHOTO


@pytest.mark.parametrize("word", ["9", "ababab", "nosuch", "", "Photo.jpg"])
def test_a_word_that_names_nothing_is_not_found(word):
    with pytest.raises(NotFound, match="has no evidence known as"):
        named_piece(kept(PHOTO), word)


def test_two_files_of_one_name_are_ambiguous_and_a_number_is_not():
    other = LETTER._replace(name="photo.jpg")
    with pytest.raises(Ambiguous, match="could be 2 files"):
        named_piece(kept(PHOTO, other), "photo.jpg")
    assert named_piece(kept(PHOTO, other), "3").file == other


def test_a_number_comes_before_a_name():
    called_two = LETTER._replace(name="2")
    assert named_piece(kept(PHOTO, called_two), "2").file == PHOTO


def test_pieces_tell_where_they_stand():
    (piece,) = pieces_of(kept(PHOTO))
    assert (piece.dispute_id, piece.seq, piece.file) == (1, 2, PHOTO)


def test_what_is_not_known_of_a_marketplace_is_no_advice():
    assert advice(EvidenceRules(), [PHOTO] * 99, [PHOTO, LETTER]) == ()


@pytest.mark.parametrize(
    ("rules", "told"),
    [
        (EvidenceRules(formats=("jpg",)), "letter.txt: the marketplace takes jpg, and this is text/plain"),
        (EvidenceRules(max_bytes=999), "photo.jpg: 1,000 bytes; the marketplace takes 999 at most"),
        (EvidenceRules(max_files=1), "2 files are kept; the marketplace takes 1 at most"),
        (EvidenceRules(max_total_bytes=1009), "1,010 bytes are kept; the marketplace takes 1,009 in all"),
    ],
)
def test_what_a_marketplace_does_not_take_is_told(rules, told):
    assert advice(rules, [], [PHOTO, LETTER]) == (told,)


@pytest.mark.parametrize(
    "rules",
    [
        EvidenceRules(formats=("jpeg", "txt")),
        EvidenceRules(max_bytes=1000),
        EvidenceRules(max_files=2),
        EvidenceRules(max_total_bytes=1010),
    ],
)
def test_what_a_marketplace_takes_is_not_told(rules):
    assert advice(rules, [PHOTO], [SAME, LETTER]) == ()


def test_where_nothing_is_new_nothing_is_told_again():
    assert advice(EvidenceRules(max_files=1, max_total_bytes=1), [PHOTO, LETTER], []) == ()


def test_a_kind_that_nobody_knows_is_no_format():
    assert len(advice(EvidenceRules(formats=("jpg",)), [], [LETTER._replace(media_type=UNKNOWN)])) == 2


def test_a_name_that_says_something_else_is_told():
    wrong = PHOTO._replace(media_type="image/png")
    assert advice(EvidenceRules(), [], [wrong]) == (
        "photo.jpg: its content is image/png, which its name does not say",
    )
