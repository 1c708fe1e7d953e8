"""What the cue files say, kept in the user's cache folder as it was last read: reading them is a third of a second of every audit.

It is plain data, of which nothing is ever run: whoever writes in that folder could otherwise have the program do what he likes. A digest
of it, of the files and of the code that read them stands before it, so that what comes of other files or of another version, or was
damaged, is as if it were not there. Where nothing can be written, nothing is kept.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from importlib.resources import files
from pathlib import Path
from typing import Any

from convenu.library.data_folder import cache_folder_path

# What reads the files and the cues, and lays out what is kept of them.
MADE_BY = (
    "agreement/audit/guides/cues.py",
    "agreement/audit/words/letters.py",
    "agreement/audit/words/numbers.py",
    "agreement/audit/words/shadow.py",
    "agreement/audit/words/words_told.py",
    "library/readings.py",
    "library/recognition.py",
    "library/wordings.py",
    "vocabulary/yaml_text.py",
)
_DIGEST = hashlib.sha256().digest_size
# What says that a file is not there or not ours to write, and that the user has no folder.
_NOWHERE = (OSError, RuntimeError)


# Read while the program loads, for it is the code that will run. Of one installed without its source nothing is kept.
try:
    _CODE: bytes | None = b"\0".join([(files("convenu") / path).read_bytes() for path in MADE_BY])
except OSError:
    _CODE = None


def source_of(contents: Mapping[str, bytes]) -> bytes | None:
    """What is read, files by their path, and the code that reads it: other bytes when a letter of either changes."""
    return _CODE and b"\0".join([_CODE, *(part for path, content in contents.items() for part in (path.encode(), content))])


def kept(source: bytes | None) -> Any:
    """What was kept of a source; None where nothing was, or nothing of this one."""
    if source is None:
        return None
    try:
        content = place().read_bytes()
    except _NOWHERE:
        return None
    said = content[_DIGEST:]
    return json.loads(said) if content[:_DIGEST] == _digest(source, said) else None


def keep(said: Any, source: bytes | None) -> None:
    """Keep what was read of a source, in the place of what was kept before."""
    if source is None:
        return
    content = json.dumps(said, ensure_ascii=False).encode()
    with suppress(*_NOWHERE):
        file = place()
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # Written beside, then moved: who reads at the same moment sees the old file or the new one.
        draft = file.with_suffix(f".{os.getpid()}")
        try:
            draft.write_bytes(_digest(source, content) + content)
            draft.replace(file)
        finally:
            draft.unlink(missing_ok=True)


def place() -> Path:
    """The file of this installation: a user may have several, of which none takes the place of another."""
    installation = hashlib.sha256(str(files("convenu")).encode()).hexdigest()
    return cache_folder_path() / f"cues-{installation[:12]}.json"


def _digest(source: bytes, said: bytes) -> bytes:
    return hashlib.sha256(source + said).digest()
