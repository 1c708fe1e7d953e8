"""What a file only recounts: a contract that has ended, a draft that was not kept, a question that somebody asks. None of it is agreed."""

from __future__ import annotations

import re
from dataclasses import replace

from convenu.agreement.audit.text.segmentation import Document, Sentence

_OLD_CONTRACT = re.compile(
    r"\b(?:contrat|convention|accord|marche)s?\b[^.;]{0,60}\b(?:prevoyai(?:t|ent)|stipulai(?:t|ent)|fixai(?:t|ent)|comportai(?:t|ent)|imposai(?:t|ent))\b"
    r"|\b(?:etaient|avaient ete|etait) lie(?:e|s|es)? (?:par|depuis)\b[^.;]{0,40}\b(?:contrat|convention|accord|marche)"
)
# A row of the history of a document: its version, its day, and what was proposed that day.
_VERSION = re.compile(
    r"^\W{0,4}(?:v(?:ersion)? ?\d{1,2}(?:[.,]\d{1,2}){0,2}|indice [a-z0-9]{1,2}|rev(?:ision)?\.? ?\d{1,2})\b"
    r"[\s|]{1,12}\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b"
)
_QUESTION = re.compile(r"\?[\s»\"'*_)]{0,4}$")


def without_what_is_recounted(document: Document) -> Document:
    """The document without the sentences that recount what binds nobody; the same one where it holds none."""
    kept = tuple(one for one in document.sentences if not _is_recounted(document, one))
    return document if len(kept) == len(document.sentences) else replace(document, sentences=kept)


def _is_recounted(document: Document, sentence: Sentence) -> bool:
    words = document.words(sentence)
    return _QUESTION.search(words) is not None or _VERSION.match(words) is not None or _OLD_CONTRACT.search(words) is not None
