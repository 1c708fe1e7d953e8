"""Which of two words prevails in one file: an amendment over what it amends, the latest first; particular conditions over general ones."""

from __future__ import annotations

import re

from convenu.agreement.audit.segmentation import Document, ReadArticle, Sentence

BASE, PARTICULAR, FIRST_AMENDMENT = 0, 1, 2
# « AVENANT N° 2 du 3 mai 2025 », not « Avenants », which says how there may be some.
_AMENDMENT = re.compile(
    r"^(?:l')?avenant (?:n ?[o°.]{0,2} ?(?P<number>\d{1,2})|numero (?P<named>\d{1,2})|(?:en date )?du \d{1,2}\b|au contrat\b)"
)
_PARTICULAR = re.compile(r"conditions (?:particulieres|specifiques)|^bon de commande")
_GENERAL = re.compile(r"conditions generales")
# A part of the contract: an article of that name only speaks of it.
_PART_LEVEL = 1
# A title that was not told from a sentence is short, or begins with its name in capitals.
_TITLE_WORDS = 10
_IN_CAPITALS = re.compile(r"AVENANT N")


def precedence(document: Document) -> tuple[int, ...]:
    """The rank of each sentence, the highest prevailing: the amendments by their number, then particular conditions, then the rest.

    Particular conditions are told apart only in a file that holds general ones too.
    """
    parts = [title if _heads_a_part(article) else "" for article, title in zip(document.articles, document.titles, strict=True)]
    general = any(_GENERAL.search(title) for title in parts)
    ranks: list[int] = []
    rank, amendments, last = BASE, 0, -1
    for sentence in document.sentences:
        titles = [*document.titles[last + 1 : sentence.article + 1], _as_title(document, sentence)]
        headed = [*parts[last + 1 : sentence.article + 1], ""]
        last = max(last, sentence.article)
        for title, part in zip(titles, headed, strict=True):
            if (found := _AMENDMENT.match(title)) is not None:
                amendments += 1
                rank = FIRST_AMENDMENT - 1 + int(found["number"] or found["named"] or amendments)
            elif _GENERAL.search(part):
                rank = BASE
            elif general and _PARTICULAR.search(part):
                rank = PARTICULAR
        ranks.append(rank)
    return tuple(ranks)


def _as_title(document: Document, sentence: Sentence) -> str:
    words = document.words(sentence)
    return words if len(words.split()) <= _TITLE_WORDS or _IN_CAPITALS.match(document.text, sentence.start) else ""


def _heads_a_part(article: ReadArticle) -> bool:
    return not article.number or article.level <= _PART_LEVEL
