"""A file whose end is missing is known by it; one that is whole is never called cut off."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispcli.core.cut_off import seems_cut_off
from dispcli.core.file_types import media_type
from dispcli.ledger.evidence_source import contents
from tests.core.test_file_types import KINDS
from tests.evidence import pictures


def packed(comment: int = 0) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "x" * 100_000)
        archive.comment = b"c" * comment
    return out.getvalue()


WITH_AN_END = {
    "jpeg": pictures.JPEG,
    "jpeg without exif": pictures.JPEG_PLAIN,
    "png": pictures.PNG,
    "webp": pictures.WEBP_LOSSY,
    "webp lossless": pictures.WEBP_LOSSLESS,
    "pdf": pictures.PDF,
    "zip": packed(),
}


def cut_off(content: bytes) -> bool:
    read = contents([content])
    return seems_cut_off(media_type(read.head), read.size, read.head, read.tail, read.marked)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "application/zip"])
def test_a_whole_file_is_not_cut_off(kind):
    assert not cut_off(KINDS[kind])


@pytest.mark.parametrize("kind", WITH_AN_END)
def test_a_file_without_its_end_is(kind):
    content = WITH_AN_END[kind]
    assert not cut_off(content)
    assert cut_off(content[: len(content) // 2])
    assert cut_off(content[:-2].rstrip(b"\n%"))


def test_the_comment_of_a_zip_is_as_long_as_it_can_be():
    assert not cut_off(packed(comment=65535))
    assert cut_off(packed(comment=65535)[:-1])


def test_the_end_of_a_small_picture_in_the_header_is_not_the_photo_s():
    thumbnail = b"\xff\xd8" + b"x" * 30_000 + b"\xff\xd9"
    header = b"\xff\xd8\xff\xe1" + (len(thumbnail) + 8).to_bytes(2, "big") + b"Exif\0\0" + thumbnail
    scan = b"\xff\xda\0\x02" + b"picture" * 1000
    assert cut_off(header + scan)
    assert not cut_off(header + scan + b"\xff\xd9")


def test_bytes_that_fill_up_before_a_segment_are_no_length():
    """ITU-T T.81, B.1.1.2: any marker may follow as many FF as one likes."""
    filled = pictures.JPEG_PLAIN[:2] + b"\xff" * 3 + pictures.JPEG_PLAIN[2:]
    assert not cut_off(filled)
    assert cut_off(filled[:-2])


@pytest.mark.parametrize("told", [0, 0x7FFFF024, 0xFFFFFFFF])
def test_a_sound_that_was_streamed_does_not_tell_its_length(told):
    """SoX and ffmpeg write these into a pipe, where nobody can go back; others leave a zero."""
    sound = b"RIFF" + told.to_bytes(4, "little") + b"WAVEfmt " + b"\x10\0\0\0" + b"\0" * 1000
    assert not cut_off(sound)
    assert cut_off(sound[:4] + (2000).to_bytes(4, "little") + sound[8:])


BEHIND = {
    "nothing": b"",
    "a film": b"\0\0\0\x18ftypmp42" + b"film" * 50_000 + b"moov",
    "a film for the web": b"\0\0\0\x18ftypmp42" + b"moov" + b"mdat" + b"film" * 50_000,
    "a phone's own": b"x" * 40 + b"SEFT",
    "zeros": bytes(70_000),
    "anything": bytes(range(256)) * 300,
}


@pytest.mark.parametrize("behind", BEHIND)
@pytest.mark.parametrize("picture", [pictures.JPEG, pictures.PNG], ids=["jpeg", "png"])
def test_what_is_added_behind_a_picture_does_not_cut_it_off(picture, behind):
    assert not cut_off(picture + BEHIND[behind])


@given(st.binary(max_size=200))
def test_whatever_stands_behind_a_beginning_can_be_looked_at(rest):
    for content in (b"\xff\xd8\xff" + rest, b"RIFF" + rest, b"\x89PNG\r\n\x1a\n" + rest):
        assert cut_off(content) in (True, False)
