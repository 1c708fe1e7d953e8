"""The MSP's colour and logo: what a document can carry is accepted, the rest is refused with what to do."""

from __future__ import annotations

import struct

import pytest

from convenu.documents.brand import MAX_LOGO_BYTES, Brand, accept_logo
from convenu.vocabulary.mistakes import MistakesError
from tests.documents.conftest import png


def contrast_with_white(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)


@pytest.mark.parametrize("colour", ["#ffee00", "#ffffff", "#00ff00", "#1f4e6b", "#000000"])
def test_words_in_the_colour_of_the_msp_can_always_be_read(colour: str) -> None:
    assert contrast_with_white(Brand(name="A", colour=colour).ink) >= 4.5


def test_a_dark_colour_is_kept_as_it_is() -> None:
    assert Brand(name="A", colour="#1f4e6b").ink == "#1f4e6b"


@pytest.mark.parametrize("colour", ["red", "#12345", "#1234567", "#12345g", '#fff"); #read("x")', ""])
def test_what_is_not_a_colour_is_refused_with_an_example(colour: str) -> None:
    with pytest.raises(MistakesError, match="#1f4e6b"):
        Brand(name="A", colour=colour)


def test_a_png_is_read_with_its_size(logo: bytes) -> None:
    read = accept_logo(logo)
    assert (read.kind, read.width, read.height) == ("png", 120, 60)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "ni un PNG ni un JPEG"),
        (b"<svg onload=alert(1)>", "ni un PNG ni un JPEG"),
        (b"GIF89a", "ni un PNG ni un JPEG"),
        (b"\x89PNG\r\n\x1a\n", "illisible"),
        (b"\xff\xd8\xff" + b"\x00" * 40, "illisible"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * MAX_LOGO_BYTES, "2 Mo"),
    ],
)
def test_what_is_not_a_picture_is_refused_with_its_reason(content: bytes, reason: str) -> None:
    with pytest.raises(MistakesError, match=reason):
        accept_logo(content)


def test_a_picture_that_would_fill_the_memory_is_refused_before_it_is_drawn() -> None:
    bomb = bytearray(png(width=10, height=10))
    bomb[16:24] = struct.pack(">II", 60_000, 60_000)
    with pytest.raises(MistakesError, match="60000 × 60000 pixels"):
        accept_logo(bytes(bomb))


def test_a_damaged_picture_is_refused_now_and_not_when_the_contract_is_printed(logo: bytes) -> None:
    pixels = logo.index(b"IDAT") + 4
    with pytest.raises(MistakesError, match="abîmée"):
        accept_logo(logo[:pixels] + bytes(40) + logo[pixels + 40 :])
