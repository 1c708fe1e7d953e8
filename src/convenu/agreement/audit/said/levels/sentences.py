"""Service levels in sentences, one promise or several in each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from convenu.agreement.audit.looking.looking import Looker
from convenu.agreement.audit.said.levels.level import ALL, ReadLevel, timed_level
from convenu.agreement.audit.said.levels.priorities import OFFERS, name_of, priorities_in, priority_in
from convenu.agreement.audit.said.levels.subjects import CALL, INCIDENT, LEVELS, NOT_LEVELS, lead_of
from convenu.agreement.audit.said.levels.tables import among_steps
from convenu.agreement.audit.said.levels.times import A_TIME, AROUND_THE_CLOCK, RESPONSE, RESTORATION, kind_at, numbered, time_in

# « de 9 heures à 12 heures » opens a desk; it promises no time.
_HOURS = re.compile(
    r"\d{1,2} ?h(?:eures?)?(?: ?\d{2})? ?(?:a|-|/) ?\d{1,2} ?h"
    r"|\bentre \d{1,2} ?h(?:eures?)?(?: ?\d{2})? et \d{1,2} ?h|du lundi au"
)
# The same hours, from the first figure to the last, so that a time promised beside them is still read.
_OPENING = re.compile(
    r"(?:\bde |\bentre )?\d{1,2} ?h(?:eures?)?(?: ?\d{2})? ?(?:a|-|/) ?\d{1,2} ?h(?:eures?)?(?: ?\d{2})?(?!\d)"
    r"|\bentre \d{1,2} ?h(?:eures?)?(?: ?\d{2})? et \d{1,2} ?h(?:eures?)?(?: ?\d{2})?(?!\d)"
    r"|\bde \d{1,2} a \d{1,2} ?h(?:eures?)?(?: ?\d{2})?(?!\d)"
)
# « avec un temps de réponse de 4 heures »: a time that names itself.
_NAMED_BY = re.compile(
    r"(?:delais?|temps|duree|engagements?) (?:[a-z]+ ){0,2}(?:de |d')(?:premiere )?"
    r"(?:reponse|rappel|prise en (?:charge|compte)|intervention|resolution|retabli[a-z]*|correction|traitement)[^.;,\d]{0,40}$"
    r"|\bgt[ir]\b[^.;,\d]{0,30}$"
)
# Titles of articles where such a time is the one of every call.
_DESK = re.compile(r"\bsupport|assistance|maintenance|\bhotline|depannage|\bsav\b")
# « 72 h (3 jours ouvrés) » tells one time twice.
_AGAIN = re.compile(r" ?\( ?(?:soit |ou )?")
_OTHERWISE = re.compile(
    r",? (?:sinon|en dehors|dans (?:les autres|tous les autres) cas)\b|(?: au moins)? avant (?:de |la |le |l'|son |sa |toute? |chaque )"
)
# « Au-delà de deux heures », « supérieure à deux heures »: a time that is passed, not promised.
_LONGER = re.compile(r"(?:superieure?s? a|excedant|depassant|plus de|plus d'|au[- ]dela de|au[- ]dela d')(?: une? duree de)? ?$")
# « Une intervention de moins d'une heure » lasts so long; « si le câble n'arrive pas sous deux jours » is a case.
_LASTS = re.compile(
    r"(?<!d')(?<!l')\b(?:intervention|visite|deplacement|coupure|interruption|session|appel)s? (?:[a-z]+ ){0,2}(?:de |d')"
    r"(?:une duree de )?(?:moins (?:de |d'))?$"
)
_A_CASE = re.compile(r"\bsi [^.;,]{0,60}\b(?:n'|ne )[a-z]+ pas (?:[a-z]+ )?(?:sous|dans|en|avant) (?:les |un delai de )?$")
_FOR_WHAT = re.compile(r" pour (?:un|une|les|le|la|l'|des|tout|toute) ?(?P<what>[a-z][a-z' -]{2,40}?)(?= ?(?:[,;.]| et | ou |$))")
_SAME_TIMES = re.compile(r"\b(?:ces|les memes|ces memes) (?:delais|temps|engagements)\b|\bils sont\b")
# The fault that the sentence before told of.
_THE_FAULT = re.compile(
    r"\b(?:l'|cet? |cette |ladite |ledit )(?:anomalie|incident|panne|defaut|dysfonctionnement|probleme|erreur)\b|\b(?:celle|celui)-ci\b"
    r"|\b(?:un|le) correctif\b|\b(?:une|la|sa) (?:correction|resolution|solution)\b|\b(?:la |le |l')(?:corrig|resou|resol|repar|retabli)"
)
_AND = re.compile(r" ?(?:,|et|ou) (?:de |sous |en )?")
# Hours to spend are no promise of time.
_QUOTA = re.compile(r"\bquotas?\b|\bcredits? d'heures|\bbanque d'heures")
# « Anomalie bloquante », as a title; what stands in brackets under it.
_A_FAULT = re.compile(r"\W{0,3}(?:anomalie|incident|panne|defaut|bug|dysfonctionnement)s? ")
_SHORT_TITLE = 4
_IN_BRACKETS = re.compile(r"\([^()\d]{1,80}\)")


def levels_in_sentences(looker: Looker, *, rows: bool) -> Iterator[ReadLevel]:
    """What sentences promise; the rows of tables too, when no table was understood by its header."""
    for index, sentence in enumerate(looker.document.sentences):
        words = numbered(looker.document.words(sentence))
        titled = _titled_priority(looker.document.titles[sentence.article])
        # Under the name of a priority, what stands in brackets is what fails: « une fonction vitale (paiement, accès) ».
        promised_of = _IN_BRACKETS.sub("", words) if titled else words
        if (sentence.row and (not rows or among_steps(looker, index))) or NOT_LEVELS.search(promised_of):
            continue
        words = without_hours(words)
        if not A_TIME.search(words):
            continue
        title = " ".join(looker.document.titles[one] for one in (sentence.article, *looker.document.articles[sentence.article].above))
        if _QUOTA.search(words) or _QUOTA.search(title):
            continue
        if sentence.article in looker.document.definitions and not INCIDENT.search(words):
            continue
        told = tuple(_of_the_sentence_before(looker, index, words))
        yield from told or _in_sentence(looker, index, words, f"{title} {lead_of(looker, index)}")


def _titled_priority(title: str) -> str | None:
    """The priority that a title is all about: « Anomalie bloquante », and not « Incidents et priorités »."""
    return priority_in(title) if _A_FAULT.match(title) and len(title.split()) <= _SHORT_TITLE else None


def without_hours(words: str) -> str:
    """A sentence of opening hours without any time but those that name themselves, any other as it is; as many letters with it."""
    if not _HOURS.search(words):
        return words
    words = _OPENING.sub(lambda found: " " * len(found[0]), words)
    return A_TIME.sub(lambda found: found[0] if _NAMED_BY.search(words, 0, found.start()) else " " * len(found[0]), words)


def _of_the_sentence_before(looker: Looker, index: int, words: str) -> Iterator[ReadLevel]:
    """Times told of what the sentence before names.

    Its kinds: « Pour la priorité 2, ces délais sont d'une heure et de huit heures »; or its priorities: « Il les résout respectivement
    sous 8 heures et sous 3 jours ».
    """
    document = looker.document
    if not index or document.sentences[index - 1].row or document.sentences[index - 1].article != document.sentences[index].article:
        return
    before = numbered(document.words(document.sentences[index - 1]))
    names, named_before = priorities_in(words), priorities_in(before)
    found = [(one, span) for one in A_TIME.finditer(words) if (span := time_in(one[0])) is not None]
    kinds = [kind_at(before, one.start(), "") for one in A_TIME.finditer(before) if time_in(one[0]) is not None]
    quote = looker.quote(document.sentences[index].low, document.sentences[index].high, index)
    if _SAME_TIMES.search(words) is not None and len(names) == 1 and len(kinds) == len(found) == len({*kinds} - {None}) > 1:
        yield timed_level(
            name_of(names[0][0]), {kind: span for kind, (_, span) in zip(kinds, found, strict=True) if kind is not None}, quote
        )
    elif "respectivement" in words and not names and len(named_before) == len(found) > 1:
        for name, (one, span) in zip(named_before, found, strict=True):
            if (kind := kind_at(words, one.start(), "")) is not None:
                yield timed_level(name_of(name[0]), {kind: span}, quote)


def _in_sentence(looker: Looker, index: int, words: str, title: str) -> Iterator[ReadLevel]:
    sentence = looker.document.sentences[index]
    titled = _titled_priority(looker.document.titles[sentence.article])
    priorities = _named_by(words, titled)
    taken_up = None if priorities else _priority_taken_up(looker, index, words)
    about = any(pattern.search(where) for pattern in (CALL, INCIDENT) for where in (words, title)) or LEVELS.search(f"{title} {words}")
    if not about and not (_DESK.search(title) and any(_NAMED_BY.search(words, 0, found.start()) for found in A_TIME.finditer(words))):
        return
    if not priorities and (things := _by_what_fails(words)):
        for found, name in things:
            kind = kind_at(words, found.start(), title)
            if kind is not None and (span := time_in(found[0])) is not None:
                yield timed_level(name, {kind: span}, looker.quote(found.start() + sentence.low, found.end() + sentence.low, index))
        return
    told: set[tuple[str, str]] = set()
    kind = None
    last = 0
    in_order = _in_the_order_of(lead_of(looker, index), words)
    following = _following(words, priorities)
    for found in A_TIME.finditer(words):
        span = time_in(found[0])
        if span is None or not promised(words, found):
            continue
        if last and _AGAIN.fullmatch(words, last, found.start()):
            continue
        before = [one for one in priorities if one.end() <= found.start()]
        before = [one for one in before if one[0][-1].isdigit()] or before
        priority = name_of(before[-1][0]) if before else name_of(priorities[0][0]) if len(priorities) == 1 else titled or priority_in(title)
        priority = following.get(found.start()) or priority or taken_up or (ALL if not priorities else None)
        # « sous 2 heures et 4 heures »: the second time is of the first one's kind.
        if not _AND.fullmatch(words, last, found.start()):
            kind = in_order.get(found.start()) or kind_at(words, found.start(), title)
        last = found.end()
        of_calls = CALL.search(words) or (_DESK.search(title) and _NAMED_BY.search(words, 0, found.start()))
        if priority is None or kind is None or (priority, kind) in told or (priority == ALL and not of_calls):
            continue
        told.add((priority, kind))
        yield ReadLevel(
            priority=priority,
            response=span if kind == "response" else None,
            restoration=span if kind == "restoration" else None,
            quote=looker.quote(found.start() + sentence.low, found.end() + sentence.low, index),
        )


def _in_the_order_of(lead: str, words: str) -> dict[int, str]:
    """What two times that nothing else names are, in the order of the titles above: « Priorité Prise en charge Rétablissement »."""
    kinds = (("response", RESPONSE), ("restoration", RESTORATION))
    titles = [kind for _, kind in sorted((found.start(), kind) for kind, pattern in kinds for found in pattern.finditer(lead))]
    times = [one.start() for one in A_TIME.finditer(words) if time_in(one[0]) is not None]
    named = any(pattern.search(words) for _, pattern in kinds)
    return dict(zip(times, titles, strict=True)) if len(times) == len(titles) == len(set(titles)) and not named else {}


def _named_by(words: str, titled: str | None) -> list[re.Match[str]]:
    """The priorities that a sentence names; none under a title that names the one of its only time: « Anomalie majeure »."""
    return [] if titled and len(A_TIME.findall(words)) == 1 else priorities_in(words)


def _priority_taken_up(looker: Looker, index: int, words: str) -> str | None:
    """The one priority of the sentence before, where this one goes on about the same fault: « Il corrige l'anomalie sous 8 heures »."""
    document = looker.document
    before = document.sentences[index - 1] if index else None
    if before is None or before.row or before.article != document.sentences[index].article or _THE_FAULT.search(words) is None:
        return None
    named = {name_of(one[0]) for one in priorities_in(document.words(before))}
    return named.pop() if len(named) == 1 and not named & OFFERS and INCIDENT.search(document.words(before)) else None


def promised(words: str, found: re.Match[str]) -> bool:
    """Whether a length of time is promised: not around the clock, not passed, lasted or of a case, nor before something else."""
    if AROUND_THE_CLOCK.match(words, found.start()) or _OTHERWISE.match(words, found.end()):
        return False
    return not any(pattern.search(words, 0, found.start()) for pattern in (_LONGER, _LASTS, _A_CASE))


def _by_what_fails(words: str) -> list[tuple[re.Match[str], str]]:
    """The lengths of time that each name what they are for: « sous 8 heures pour un serveur, sous 16 heures pour un poste »."""
    spans = [one for one in A_TIME.finditer(words) if time_in(one[0]) is not None]
    named = [_FOR_WHAT.search(words, one.end(), after.start()) for one, after in pairwise(spans)]
    named += [_FOR_WHAT.search(words, one.end()) for one in spans[-1:]]
    told = [(one, name["what"].capitalize()) for one, name in zip(spans, named, strict=True) if name is not None]
    return told if len(told) == len(spans) > 1 else []


def _following(words: str, priorities: list[re.Match[str]]) -> dict[int, str]:
    """The priority of each length of time, by its place, named after it (« 4 heures pour une panne bloquante ») or in their order."""
    spans = [one for one in A_TIME.finditer(words) if time_in(one[0]) is not None]
    many = len(priorities)
    # Times as many as the priorities, told one after the other once all are named: « P1 sous 1 h, P2 sous 4 h ; rétablis sous 4 h et 8 h ».
    after = [span for span in spans if priorities and span.start() > priorities[-1].end()]
    if many > 1 and len(spans) == 2 * many and len(after) == many + 1:
        return {span.start(): name_of(name[0]) for span, name in zip(after[1:], priorities, strict=True)}
    if "respectivement" in words and many > 1 and len(spans) % many == 0:
        return {span.start(): name_of(priorities[place % many][0]) for place, span in enumerate(spans)}
    if len(spans) != many or any(span.end() > name.start() for span, name in zip(spans, priorities, strict=True)):
        return {}
    return {span.start(): name_of(name[0]) for span, name in zip(spans, priorities, strict=True)}
