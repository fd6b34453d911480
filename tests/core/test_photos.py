"""What pictures tell of themselves: real ones, and ones that lie."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispcli.core.exif import NO_EXIF, read_exif
from dispcli.core.photos import NOTHING, PhotoFacts, photo_facts
from tests.evidence import pictures

TAKEN = "2026-11-20T14:05:09"
PICTURES = {
    "jpeg, turned": ("image/jpeg", pictures.JPEG, PhotoFacts(48, 64, f"{TAKEN}+02:00")),
    "jpeg, progressive": ("image/jpeg", pictures.JPEG_PLAIN, PhotoFacts(64, 48)),
    "png": ("image/png", pictures.PNG, PhotoFacts(64, 48, TAKEN)),
    "gif": ("image/gif", pictures.GIF, PhotoFacts(64, 48)),
    "webp, lossy": ("image/webp", pictures.WEBP_LOSSY, PhotoFacts(64, 48, f"{TAKEN}+02:00")),
    "webp, lossless": ("image/webp", pictures.WEBP_LOSSLESS, PhotoFacts(64, 48)),
    "tiff": ("image/tiff", pictures.TIFF, PhotoFacts(64, 48)),
    "heic": ("image/heic", pictures.HEIC, PhotoFacts(taken_at=f"{TAKEN}+02:00")),
    "avif": ("image/avif", pictures.AVIF, PhotoFacts(taken_at=f"{TAKEN}+02:00")),
    "pdf": ("application/pdf", pictures.PDF, NOTHING),
}


def facts(kind: str, data: bytes) -> PhotoFacts:
    return photo_facts(
        kind, lambda offset, count: data[offset : offset + max(count, 0)] if offset >= 0 else b""
    )


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_tells_its_size_and_when_it_was_taken(name):
    kind, data, expected = PICTURES[name]
    assert facts(kind, data) == expected


@pytest.mark.parametrize("name", PICTURES)
@given(data=st.data())
def test_a_damaged_picture_tells_less_and_raises_nothing(name, data):
    kind, whole, _ = PICTURES[name]
    damaged = bytearray(whole)
    for at in data.draw(st.lists(st.integers(0, len(whole) - 1), max_size=6)):
        damaged[at] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(whole)))
    assert isinstance(facts(kind, bytes(damaged[:cut])), PhotoFacts)


def tiff(
    order: str, *entries: tuple[int, int, int, bytes], more: tuple[tuple[int, int, int, bytes], ...] = ()
):
    """EXIF as TIFF: the entries of the first directory, and those of EXIF's own."""

    def directory(found):
        packed = b"".join(
            struct.pack(f"{order}HHI", *entry[:3]) + entry[3].ljust(4, b"\0") for entry in found
        )
        return struct.pack(f"{order}H", len(found)) + packed + bytes(4)

    mark = b"II*\0" if order == "<" else b"MM\0*"
    begin = 8 + len(directory([*entries, (0, 0, 0, b"")]))
    first = directory([*entries, (0x8769, 4, 1, struct.pack(f"{order}I", begin))])
    return mark + struct.pack(f"{order}I", 8) + first + directory(more)


def taken(order: str, text: bytes) -> str | None:
    found = tiff(order, more=((0x9003, 2, len(text) + 1, b""),))
    place = struct.pack(f"{order}I", len(found))
    at = found.rindex(struct.pack(f"{order}HHI", 0x9003, 2, len(text) + 1)) + 8
    return read_exif(found[:at] + place + found[at + 4 :] + text + b"\0").taken_at


@pytest.mark.parametrize("order", ["<", ">"])
def test_either_order_of_bytes_is_read(order):
    assert taken(order, b"2026:11:20 14:05:09") == TAKEN


@pytest.mark.parametrize(
    "text",
    [
        b"0000:00:00 00:00:00",
        b"    :  :     :  :  ",
        b"2026:13:01 00:00:00",
        b"yesterday",
        b"2026-11-20 14:05:09",
    ],
)
def test_a_clock_that_was_never_set_tells_nothing(text):
    assert taken("<", text) is None


def test_a_directory_that_leads_outside_tells_nothing():
    assert read_exif(b"II*\0\xff\xff\xff\xff") == NO_EXIF
    assert read_exif(b"II*\0\x08\0\0\0\xff\xff") == NO_EXIF
    assert read_exif(b"nothing") == NO_EXIF


def test_orientation_turns_the_picture():
    assert read_exif(tiff("<", (0x0112, 3, 1, b"\x06\0"))).turned
    assert not read_exif(tiff("<", (0x0112, 3, 1, b"\x01\0"))).turned
