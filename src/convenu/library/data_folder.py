"""Where this installation keeps what is its own: `$CONVENU_DATA`, or the user's folders of data and of what may be lost."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def data_folder_path() -> Path:
    """The folder, whether it exists or not."""
    return _chosen() or _users_data_folder() / "convenu"


def data_folder() -> Path:
    """The folder, made on first use, closed to other users."""
    folder = data_folder_path()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def cache_folder_path() -> Path:
    """The folder of what is made again when it is lost, whether it exists or not."""
    chosen = _chosen()
    return chosen / "cache" if chosen else _users_cache_folder()


def _chosen() -> Path | None:
    chosen = os.environ.get("CONVENU_DATA")
    return Path(chosen).expanduser() if chosen else None


def _users_data_folder() -> Path:
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")


def _users_cache_folder() -> Path:
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "convenu"
    if sys.platform == "win32":
        return _users_data_folder() / "convenu" / "cache"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "convenu"
