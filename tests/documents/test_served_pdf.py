"""PDF files asked of a real server, whose processes are forked."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from convenu.documents.pdf import write_pdf
from tests.documents import sample

ROOT = Path(__file__).parents[2]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Path]:
    """Gunicorn with two processes and the application loaded before they fork."""
    place = tmp_path / "server"
    command = [sys.executable, "-m", "gunicorn", "--workers", "2", "--preload", "--bind", f"unix:{place}", "tests.documents.served:app"]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL) as process:
        deadline = time.monotonic() + 20
        while not place.exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        yield place
        process.terminate()
        process.wait(20)


def ask(place: Path) -> bytes:
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(30)
        line.connect(str(place))
        line.sendall(b"GET / HTTP/1.0\r\n\r\n")
        answer = b"".join(iter(lambda: line.recv(65536), b""))
    head, _, body = answer.partition(b"\r\n\r\n")
    assert b" 200 OK" in head
    return body


def test_a_server_gives_the_same_bytes_as_the_command_line(server: Path) -> None:
    expected = write_pdf(sample.contract(), brand=sample.BRAND, edition=sample.DRAFT)
    assert [ask(server) for _ in range(4)] == [expected] * 4
