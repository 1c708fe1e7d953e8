"""The keys that live beside the database, never in it."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def kept_key(path: Path) -> bytes:
    """The key in this file, made the first time. Two processes starting together end with the same one."""
    if not path.exists():
        _write_once(path, secrets.token_hex(48).encode())
    return path.read_bytes()


def _write_once(path: Path, content: bytes) -> None:
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        pass  # the other process was first: its key is the key
    finally:
        draft.unlink()
