"""The file of a licence that a contract gives whole, to be laid beside a program: it binds who uses the program, and not these two."""

from __future__ import annotations

import re
from dataclasses import replace

from convenu.agreement.audit.text.segmentation import Document

# « Le texte de licence ci-dessous est joint au code livré : », and what follows up to the next article or annex.
_GIVEN = re.compile(
    r"\b(?:fichier|texte) (?:de |le |de la )?licence\b[^.;:\n]{0,60}\b(?:ci-dessous|ci-après|qui suit|suivant)\b[^.;:\n]{0,160}:[ \t]*\n",
    re.IGNORECASE,
)
_NEXT_PART = re.compile(r"^[#* \t]{0,6}(?:article|annexe)\s+\w{1,4}\b", re.IGNORECASE | re.MULTILINE)
_LONGEST = 8000


def without_licence_files(document: Document) -> Document:
    """The document without the files of licences that it gives."""
    given = [(found.end(), _end(document.text, found.end())) for found in _GIVEN.finditer(document.text)]
    if not given:
        return document
    kept = tuple(one for one in document.sentences if not any(start <= one.start < end for start, end in given))
    return replace(document, sentences=kept)


def _end(text: str, start: int) -> int:
    """Where the file ends that begins at a place."""
    following = _NEXT_PART.search(text, start)
    return min(len(text) if following is None else following.start(), start + _LONGEST)
