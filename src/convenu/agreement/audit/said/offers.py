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
# « Au mois, il dure… À l'année, il dure… »: each sentence opens by the rhythm that its offer bears, and tells its length.
_RHYTHMS = {
    "mensuel": r"(?:au|par) mois|mois par mois|mensuellement",
    "trimestriel": r"(?:au|par) trimestre",
    "semestriel": r"(?:au|par) semestre",
    "annuel": r"a l'annee|par an(?:nee)?|annuellement",
}
_RHYTHM = re.compile(rf"[^a-z]{{0,12}}(?:{'|'.join(f'(?P<{length}>{said})' for length, said in _RHYTHMS.items())}) ?[,:–—]")
_A_LENGTH = re.compile(DURATION)
# « D'un mois ou d'un an selon la périodicité choisie »: two offers in one sentence.
_EITHER = re.compile(
    rf"{DURATION}[^.;]{{0,12}}\bou (?:pour |de |d')?(?:une? duree (?:de |d'))?{DURATION}[^.;]{{0,80}}\b(?:selon|choisi|au choix|suivant)"
)
_MONTHLY = "mensuel"
_UNBOUND = re.compile(r"mensuel[^.;]{0,120}sans engagement")


def one_of_several_offers(looker: Looker) -> frozenset[int]:
    """The sentences that tell one offer among others of its article: none is the length of every contract.

    One offer that binds is kept beside a monthly one; that one is left when it is said to bind nobody, or told beside it by its rhythm.
    """
    document = looker.document
    offers: dict[int, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    paced: set[int] = set()
    for index, sentence in enumerate(document.sentences):
        above = document.articles[sentence.article].above
        if above and (titled := _TITLE.fullmatch(document.titles[sentence.article])) is not None:
            offers[above[-1]][titled["length"]].add(index)
        elif not sentence.row and (named := _LINE.match(document.words(sentence))) is not None:
            offers[sentence.article][named["length"]].add(index)
        elif (paces := _RHYTHM.match(document.words(sentence))) is not None and _A_LENGTH.search(document.words(sentence)):
            offers[sentence.article][str(paces.lastgroup)].add(index)
            paced.add(index)
    unbound = any(_UNBOUND.search(document.words(sentence)) for sentence in document.sentences) if offers else False
    left = {index for index, sentence in enumerate(document.sentences) if _EITHER.search(document.words(sentence))}
    for lengths in offers.values():
        binding = len(lengths.keys() - {_MONTHLY})
        if len(lengths) > 1:
            by_rhythm = binding == 1 and lengths.get(_MONTHLY, set()) <= paced
            left.update(*(told for length, told in lengths.items() if binding > 1 or (length == _MONTHLY and (unbound or by_rhythm))))
    return frozenset(left)
