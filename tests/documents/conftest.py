"""A logo drawn for the tests."""

from __future__ import annotations

import struct
import zlib

import pytest


@pytest.fixture(scope="session")
def logo() -> bytes:
    """A green PNG of 120 by 60 pixels."""
    return png(width=120, height=60)


def png(*, width: int, height: int) -> bytes:
    """A plain picture, written by hand from the format's description."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress((b"\x00" + b"\x0a\x6e\x5c" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
