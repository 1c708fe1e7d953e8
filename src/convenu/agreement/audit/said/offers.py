"""Offers between which a client chooses, each with a length of its own: « Mensuel : … », « Annuel : … », « Deux ans : … »."""

from __future__ import annotations

import re
from collections import defaultdict

from convenu.agreement.audit.looking.looking import Looker
from convenu.agreement.audit.words.numbers import DURATION

# What names an offer opens its line, numbered or marked, and a colon or a dash ends its name; or it is the title of an article.
_NAME = (
    r"(?:(?:abonnement|formule|offre|plan|engagement|forfait) )?"
    rf"(?P<length>mensuel|annuel|trimestriel|semestriel|biennal|triennal|{DURATION})(?:le)?"
)
_TITLE = re.compile(_NAME)
_LINE = re.compile(rf"[^a-z]{{0,12}}{_NAME}[ *_]*[:–—]")
# « D'un mois ou d'un an selon la périodicité choisie »: two offers in one sentence.
_EITHER = re.compile(
    rf"{DURATION}[^.;]{{0,12}}\bou (?:pour |de |d')?(?:une? duree (?:de |d'))?{DURATION}[^.;]{{0,80}}\b(?:selon|choisi|au choix|suivant)"
)
_MONTHLY = "mensuel"
_UNBOUND = re.compile(r"mensuel[^.;]{0,120}sans engagement")


def one_of_several_offers(looker: Looker) -> frozenset[int]:
    """The sentences that tell one offer among others of its article: none is the length of every contract.

    One offer that binds is kept beside a monthly one; that one is left when it is said to bind nobody.
    """
    document = looker.document
    offers: dict[int, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for index, sentence in enumerate(document.sentences):
        above = document.articles[sentence.article].above
        if above and (titled := _TITLE.fullmatch(document.titles[sentence.article])) is not None:
            offers[above[-1]][titled["length"]].add(index)
        elif not sentence.row and (named := _LINE.match(document.words(sentence))) is not None:
            offers[sentence.article][named["length"]].add(index)
    unbound = any(_UNBOUND.search(document.words(sentence)) for sentence in document.sentences) if offers else False
    left = {index for index, sentence in enumerate(document.sentences) if _EITHER.search(document.words(sentence))}
    for lengths in offers.values():
        binding = len(lengths.keys() - {_MONTHLY})
        if len(lengths) > 1:
            left.update(*(told for length, told in lengths.items() if binding > 1 or (unbound and length == _MONTHLY)))
    return frozenset(left)
