"""The terms of a lessor that a contract only reproduces: another contract, between other parties, of which no clause binds these two."""

from __future__ import annotations

import re
from dataclasses import replace

from convenu.agreement.audit.text.segmentation import Document
from convenu.agreement.audit.words.shadow import plain

# Words that say that a text stands here to be known, and is agreed elsewhere; in its title, or in its first sentences.
_FOR_INFORMATION = re.compile(
    r"\b(?:reproduit|joint|annexe|rappele|communique|donne|fourni|remis|insere|extrait)[a-z]{0,3}\b[^.;]{0,40}"
    r"\b(?:a titre (?:d'information|informatif|indicatif|de simple information|documentaire)|pour (?:simple )?information|pour memoire)\b"
)
_LEASE = re.compile(r"\b(?:location|credit-bail|bail|leasing|bailleur|loueur)\b")
# Its parties, and the words that would make them those of the contract itself.
_LESSOR = re.compile(r"\b(?:bailleur|loueur|credit-bailleur)\b")
_NAMED_HERE = re.compile(r"(?:ci-apres|denomme|designe|appele)[^.;]{0,30}\b(?:bailleur|loueur)\b")
_FIRST_SENTENCES = 3
_LEAST_NAMED = 3


def without_lessors_terms(document: Document) -> Document:
    """The document without the lessor's terms that it reproduces for information; whole where the lessor is named as a party."""
    if not _FOR_INFORMATION.search(document.shadow.plain):
        return document
    apart: set[int] = set()
    for index, article in enumerate(document.articles):
        if index in apart or not index or article.above:
            continue
        body = [document.sentences[one] for one in document.body(index)]
        opening = " ".join((plain(article.title), *(document.words(one) for one in body[:_FIRST_SENTENCES])))
        named = sum(len(_LESSOR.findall(document.words(one))) for one in body)
        if named >= _LEAST_NAMED and _FOR_INFORMATION.search(opening) and _LEASE.search(opening):
            apart.update(document.under[index])
    kept = tuple(one for one in document.sentences if one.article not in apart)
    if len(kept) == len(document.sentences) or any(_NAMED_HERE.search(document.words(one)) for one in kept):
        return document
    return replace(document, sentences=kept)
