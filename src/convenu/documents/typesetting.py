"""One call to the typesetter: files in, a PDF out. Imports nothing of Convenu, so that a worker process starts fast.

The typesetter's own fonts only: the same files give the same bytes on every machine.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import typst

# What the file declares of itself. Nobody has validated it: the tests look at the structures these levels ask for.
DECLARED = ["a-3a", "ua-1"]


class TypesettingError(RuntimeError):
    """The typesetter refused the files."""


def typeset(files: Mapping[str, bytes], *, made: datetime | None = None) -> bytes:
    """The PDF of `main.typ` among these files, dated `made` if a moment is given."""
    with TemporaryDirectory(prefix="convenu-pdf-") as folder:
        for name, content in files.items():
            Path(folder, name).write_bytes(content)
        compiler = typst.Compiler(Path(folder, "main.typ"), root=folder, font_paths=_fonts())
        try:
            pdf = compiler.compile(format="pdf", pdf_standards=list(DECLARED), timestamp=made)  # type: ignore[arg-type]
        except typst.TypstError as error:
            raise TypesettingError(f"{error.message} {' '.join(error.hints)}".strip()) from error
    if not isinstance(pdf, bytes):  # pragma: no cover - one document is one file
        raise TypesettingError("no PDF came back")
    return pdf


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False)
