"""The kind of a file, by its content; what its name says besides."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispcli.core.file_types import ENDINGS, HEAD, UNKNOWN, is_misnamed, media_type
from tests.evidence import pictures

KINDS = {
    "image/jpeg": pictures.JPEG,
    "image/png": pictures.PNG,
    "image/gif": pictures.GIF,
    "image/webp": pictures.WEBP_LOSSY,
    "image/tiff": pictures.TIFF,
    "image/heic": pictures.HEIC,
    "image/avif": pictures.AVIF,
    "application/pdf": pictures.PDF,
    "application/zip": pictures.ZIP,
    "video/mp4": pictures.MP4,
    "video/quicktime": pictures.MOV,
    "message/rfc822": pictures.MAIL,
    "text/plain": pictures.TEXT,
    "text/html": pictures.PAGE,
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_is_known_by_its_content(kind):
    assert media_type(KINDS[kind][:HEAD]) == kind


@pytest.mark.parametrize(
    "head",
    [
        b"\x00",
        b"\xff\xd8",
        b"RIFF\x00\x00\x00\x00NOPE",
        b"MZ\x90\x00",
        b"text\x00text",
        b"\xe4\xf6\xfc",
        b"\x7fELF",
    ],
)
def test_what_is_nothing_known_is_called_so(head):
    assert media_type(head) == UNKNOWN


def test_a_text_may_be_cut_within_a_character():
    text = "x" * (HEAD - 1) + "ü"
    assert media_type(text.encode()[:HEAD]) == "text/plain"
    assert media_type(b"x" * (HEAD - 1) + b"\xc3") == "text/plain"
    assert media_type(b"x\xc3") == UNKNOWN


def test_a_text_may_be_utf_16():
    assert media_type("Grüße".encode("utf-16")) == "text/plain"


def test_a_text_that_speaks_of_mail_is_no_mail():
    assert media_type(b"Subject: only a title") == "text/plain"


@given(st.binary(max_size=64))
def test_every_beginning_has_a_kind(head):
    assert "/" in media_type(head)


@pytest.mark.parametrize("kind", ENDINGS)
def test_a_name_with_an_ending_of_its_kind_is_right(kind):
    assert not any(is_misnamed(f"x.{ending.upper()}", kind) for ending in ENDINGS[kind])


@pytest.mark.parametrize(
    ("name", "kind", "wrong"),
    [
        ("photo.jpg", "image/png", True),
        ("photo.jpg", UNKNOWN, True),
        ("photo", "image/png", False),
        ("jpg", "image/png", False),
        ("photo.xyz", "image/png", False),
        ("letter.txt", "message/rfc822", False),
        ("letter.txt", "application/pdf", True),
        ("photo.heif", "image/heic", False),
    ],
)
def test_a_name_may_say_something_else(name, kind, wrong):
    assert is_misnamed(name, kind) is wrong
