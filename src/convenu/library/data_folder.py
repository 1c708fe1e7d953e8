"""Where this installation keeps what is its own: `$CONVENU_DATA`, or the user's data folder."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def data_folder_path() -> Path:
    """The folder, whether it exists or not."""
    chosen = os.environ.get("CONVENU_DATA")
    return Path(chosen).expanduser() if chosen else _users_data_folder() / "convenu"


def data_folder() -> Path:
    """The folder, made on first use, closed to other users."""
    folder = data_folder_path()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def _users_data_folder() -> Path:
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
