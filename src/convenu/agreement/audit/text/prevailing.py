"""Which of two words prevails in one file: an amendment over what it amends, the latest first; particular conditions over general ones."""

from __future__ import annotations

import re

from convenu.agreement.audit.text.amendments import amendments_of
from convenu.agreement.audit.text.segmentation import Document, ReadArticle

BASE, PARTICULAR, FIRST_AMENDMENT = 0, 1, 2
_PARTICULAR = re.compile(r"conditions (?:particulieres|specifiques)|^bon de commande")
_GENERAL = re.compile(r"conditions generales")
# A part of the contract: an article of that name only speaks of it.
_PART_LEVEL = 1


def precedence(document: Document) -> tuple[int, ...]:
    """The rank of each sentence, the highest prevailing: the amendments in their order, then particular conditions, then the rest.

    Particular conditions are told apart only in a file that holds general ones too.
    """
    amendments = amendments_of(document)
    parts = [(article.start, title) for article, title in zip(document.articles, document.titles, strict=True) if _heads_a_part(article)]
    general = any(_GENERAL.search(title) for _, title in parts)
    kinds = [(start, not _GENERAL.search(title)) for start, title in parts if _GENERAL.search(title) or _PARTICULAR.search(title)]
    ranks: list[int] = []
    for sentence in document.sentences:
        amended = next((one.rank for one in amendments if one.holds(sentence.start)), 0)
        particular = general and next((kind for start, kind in reversed(kinds) if start <= sentence.start), False)
        ranks.append(FIRST_AMENDMENT - 1 + amended if amended else PARTICULAR if particular else BASE)
    return tuple(ranks)


def _heads_a_part(article: ReadArticle) -> bool:
    return not article.number or article.level <= _PART_LEVEL
