"""What an amendment orders: an article replaced or taken out, a sentence of it, some of its words, one of its figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from convenu.agreement.audit.words.numbers import AMOUNT, DURATION, PERCENT

NUMBER = r"(?:\d{1,2}(?:[.-]\d{1,2}){0,3}(?: ?(?:bis|ter|quater)\b)?|[ivx]{1,5}(?:[.-](?:\d{1,2}|[a-h]))?|premier|1 ?er)(?![\w%€])"
_NAMED = (
    r"(?P<what>articles?|art\.|clauses?|paragraphes?|points?|§|annexes?) ?(?:n ?[o°.]{0,2} ?)?"
    rf"(?P<numbers>{NUMBER}(?:(?:, ?| et )(?:l'article )?{NUMBER}){{0,6}})"
    r"(?: ?(?:\([^()]{1,60}\)|(?:intitulee? )?\"[^\"]{1,60}\"))?"
    r"(?P<of>,? (?:du|de la|de l'|des|de notre|de votre|dudit) [^,;:.\"]{2,50}?)?"
    r"(?:,? (?:tel(?:le)?s? que|deja) (?:deja )?modifiee?s?(?: par [^,;:\"]{2,50}?)?,?)?"
)
TARGET = re.compile(rf"\b{_NAMED}(?= |[,.;:)\"]|$)")
# An article of a law, or of a text of a public buyer, is none of the contract.
ELSEWHERE = re.compile(r"code|\bloi\b|ccag|cctp|ccap|rgpd|reglement|decret|directive|ordonnance")
_SURELY = r"(?:(?:desormais|ainsi|donc|integralement|entierement|purement et simplement|en consequence),? )*"
_DONE = rf"(?<!n')(?<!ne )(?:est|sont) {_SURELY}"
# What may happen one day is no order.
_MAY_HAPPEN = re.compile(r"^\W*(?:[a-z]?\d[\d.]*\W+)?(?:si|s'il|lorsqu|quand|en cas|dans le cas|au cas|toute?|a defaut)\b")
_WHOLE = re.compile(
    rf"(?<![a-z]){_NAMED},? (?:{_DONE}(?P<verb>remplace|supprime|abroge|annule|modifie|redige)e?s?|devien(?:t|nent))\b(?P<rest>.{{0,80}})"
)
# « Le délai de l'article 10 », « à l'article 5 »: only a part of it is spoken of.
_OF_IT = re.compile(r"(?:\b(?:de|a|dans|sous|par|selon|en) (?:l'|la |le |les )?|\b(?:du|des|au|aux) )$")
_ENTIRELY = re.compile(
    r"^,? ?(?:(?:integralement|entierement|en totalite|dans (?:son integralite|sa totalite|toutes ses dispositions)|et redige),? ?)*"
    r"(?:par\b|comme suit|ainsi\b|:)"
)
_NEW_WORDING = re.compile(r"^[^:\"]{0,40}: ?\"")
_NTH = {"premier": 0, "deuxieme": 1, "second": 1, "troisieme": 2, "quatrieme": 3, "dernier": -1}
_PART = re.compile(
    r"\b(?:la|le) (?P<nth>premiere?|deuxieme|seconde?|troisieme|quatrieme|derniere?) (?P<kind>phrase|alinea)\b[^:\"]{0,60}? "
    rf"{_DONE}(?P<verb>remplace|supprime|abroge|annule)e?s?\b"
)
_QUOTED = r"\"(?P<{name}>[^\"]{{1,600}})\""
_OLD, _NEW = _QUOTED.format(name="old"), _QUOTED.format(name="new")
_WORDS = tuple(
    re.compile(way)
    for way in (
        rf"{_OLD} ?,? {_DONE}(?:(?P<gone>supprime|retire)e?s?\b|remplacee?s? par(?: [^\":.;]{{0,40}})?:? ?{_NEW})",
        rf"{_OLD} ?(?:devien(?:t|nent)|(?:est|sont) (?:porte|ramene)e?s? a)\b[^\"]{{0,40}}{_NEW}",
        rf"\bremplac(?:er|ez|e|ent)\b[^\"]{{0,40}}{_OLD} ?par\b[^\"]{{0,40}}{_NEW}",
        rf"{_NEW} ?(?:au lieu (?:de|et place de)|en lieu et place de)\b[^\"]{{0,40}}{_OLD}",
        rf"\bau lieu de ?:? ?{_OLD}[^\"]{{0,20}}\blire\b[^\"]{{0,20}}{_NEW}",
    )
)
_VALUE = rf"(?:{DURATION}|{PERCENT}|{AMOUNT})"
_TERM = "(?: fin de mois| date de facture)?"
_FIGURE = re.compile(
    rf"(?:{_DONE}(?:portee?s?|ramenee?s?|reduite?s?|augmentee?s?) |\bpasse(?:nt)? )(?:de (?P<old>{_VALUE}{_TERM}) )?a (?P<new>{_VALUE})"
)
# « La désignation du tribunal est remplacée par : « … » ».
_MATTER = re.compile(
    r"(?:^|[ ,])(?:la|le|les|l') ?"
    r"(?P<names>(?!article|clause|paragraphe|mots?\b|termes?\b|annexe|premi|second|deux|trois|derni)[a-z][a-z' -]{3,50}) "
    rf"{_DONE}remplacee?s? par(?: [^\":.;]{{0,40}})?:? ?\""
)
# What speaks of changing an article in any other way: what is left of it is not certain.
_TOUCHED = re.compile(
    rf"{_DONE}(?:[^.:\"]{{0,40}} )?(?:remplace|modifie|supprime|amende|abroge|porte|ramene|reduit|augmente)e?s?\b"
    r"|\bdevien(?:t|nent)\b|\bpasse(?:nt)? (?:de|a)\b"
)
_ADDED = re.compile(r"\b(?:il est ajoute|est completee?s?|sont completee?s?|est inseree?|il est insere)\b")
_KINDS = tuple(re.compile(pattern) for pattern in (DURATION, PERCENT, AMOUNT))
_NAME_BEFORE = re.compile(
    r"\b(?P<name>delai|duree|preavis|montant|plafond|taux|disponibilite|redevance|prix|penalite|indemnite|franchise)\b"
)


class Act(StrEnum):
    """What is done to an article."""

    WHOLE = "whole"
    PART = "part"
    WORDS = "words"
    FIGURE = "figure"
    MATTER = "matter"
    ADDED = "added"
    TOUCHED = "touched"


@dataclass(frozen=True, slots=True)
class Order:
    """One thing that a sentence of an amendment does, `low` and `high` being the stretch of that sentence that says it.

    `numbers`: the articles, or annexes, that it names, none when it goes on with the one named before; `of`: the text that they are said
    to be of; `names`: the words for what of an article is replaced, where it says it no more precisely.
    """

    act: Act
    low: int
    high: int
    numbers: tuple[str, ...] = ()
    of: str = ""
    annex: bool = False
    names: str = ""
    old: str = ""
    new: str = ""
    nth: int = 0
    kind: str = ""
    taken_out: bool = False


def orders_in(words: str) -> Iterator[Order]:
    """The orders of a sentence in plain letters, in the order in which it gives them; none for an article of a law."""
    if _MAY_HAPPEN.search(words):
        return
    named = list(TARGET.finditer(words))
    if whole := _whole(words):
        yield whole
        return
    found: list[Order] = []
    for pattern, act in ((_PART, Act.PART), *((way, Act.WORDS) for way in _WORDS), (_FIGURE, Act.FIGURE), (_MATTER, Act.MATTER)):
        for one in pattern.finditer(words):
            within = (*(each for each in named if each.start() < one.end()),)
            target = within[-1] if within else None
            if act in (Act.FIGURE, Act.MATTER) and target is None:
                continue
            found.append(_order(act, one, target, words))
    if found:
        yield from sorted(found, key=lambda one: one.low)
        return
    for pattern, act in ((_TOUCHED, Act.TOUCHED), (_ADDED, Act.ADDED)):
        if (seen := pattern.search(words)) is not None:
            target = next((each for each in named if '"' not in words[: each.start()]), None)
            if target is not None or act is Act.ADDED:
                yield _order(act, seen, target, words)
            return


def spoken_of(title: str) -> tuple[tuple[str, ...], str, bool] | None:
    """The article that a title of an amendment speaks of, « Article 2 - Modification de l'article 4 », as orders name it; None for none."""
    named = [one for one in TARGET.finditer(title) if one.start()]
    return (_numbers(named[-1]), named[-1]["of"] or "", _is_annex(named[-1])) if named else None


def _whole(words: str) -> Order | None:
    """The order on whole articles; None when the words may change only a part of them."""
    found = next((one for one in _WHOLE.finditer(words) if not _OF_IT.search(words[: one.start()])), None)
    if found is None:
        return None
    gone = found["verb"] in ("supprime", "abroge", "annule") and not found["rest"].startswith(" et remplace")
    entire = _ENTIRELY.match(found["rest"]) if found["verb"] == "remplace" else _NEW_WORDING.match(found["rest"])
    if not gone and entire is None and not found["rest"].startswith(" et remplace"):
        return None
    return Order(Act.WHOLE, found.start(), found.start("rest"), _numbers(found), found["of"] or "", _is_annex(found), taken_out=gone)


def _order(act: Act, found: re.Match[str], target: re.Match[str] | None, words: str) -> Order:
    group = found.groupdict()
    nth = next((rank for name, rank in _NTH.items() if (group.get("nth") or "").startswith(name)), 0)
    name = _NAME_BEFORE.search(words, 0, found.start())
    return Order(
        act,
        found.start(),
        found.end(),
        _numbers(target) if target is not None else (),
        (target["of"] or "") if target is not None else "",
        target is not None and _is_annex(target),
        group.get("names") or "",
        old=group.get("old") or "",
        new=(group.get("new") or ""),
        nth=nth,
        kind=group.get("kind") or (name["name"] if act is Act.FIGURE and name is not None else ""),
        taken_out=bool(group.get("gone")) or group.get("verb") in ("supprime", "abroge", "annule"),
    )


def _is_annex(found: re.Match[str]) -> bool:
    return found["what"].startswith("annexe")


def _numbers(found: re.Match[str]) -> tuple[str, ...]:
    return tuple(number_of(one[0]) for one in re.finditer(NUMBER, found["numbers"]))


def number_of(words: str) -> str:
    """The number of an article in one way of writing: « 1er » and « premier » are 1, « 8bis » is « 8 bis »."""
    bare = words.casefold().replace(" ", "").replace("-", ".")
    return "1" if bare in ("premier", "1er") else re.sub(r"(\d)(bis|ter|quater)$", r"\1 \2", bare)


def figures_like(words: str, figure: str) -> list[tuple[int, int]]:
    """Where figures of the same kind as another stand in some words: durations, shares or amounts."""
    kind = next(one for one in _KINDS if one.fullmatch(figure))
    return [found.span() for found in kind.finditer(words)]


def figures_in(words: str) -> list[str]:
    """The durations, shares and amounts that some words write."""
    return [found[0] for kind in _KINDS for found in kind.finditer(words)]
