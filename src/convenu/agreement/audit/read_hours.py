"""Service hours as a contract writes them: ranges of hours, days, around the clock."""

from __future__ import annotations

import re
from collections.abc import Iterator

from convenu.agreement.audit.looking import Looker, Quote
from convenu.agreement.audit.numbers import LETTERS, number_in
from convenu.agreement.audit.prevailing import FIRST_AMENDMENT
from convenu.agreement.audit.read_values import ReadValue

_TIME = r"(\d{1,2}) ?(?:h(?:eures?)?|:) ?(\d{2})?"
_RANGE = re.compile(
    rf"(?<![\d.,]){_TIME} ?(?:a|-|et|jusqu'a|/)+ ?(?:a )?{_TIME}(?!\d)|(?<![\d.,])(?:de|entre) (\d{{1,2}})() ?(?:a|et|-) {_TIME}(?!\d)"
)
_CLOCK = re.compile(
    r"(?:24 ?h?(?:eures)? ?(?:/|sur|,)? ?24 ?h?(?:eures)?|24 ?/ ?7|h24|7 ?j(?:ours)? ?(?:/|sur) ?7"
    r"|(?:de )?jour (?:comme|et) (?:de )?nuit|a toute heure|vingt[- ]quatre heures sur vingt[- ]quatre)"
)
# « neuf heures trente », « neuf (9) heures », « neuf heures (9 h) ».
_IN_LETTERS = re.compile(
    rf"(?<![a-z0-9-])(?P<hour>{LETTERS})(?: ?\( ?\d{{1,2}} ?\))? heures?(?: (?P<minutes>quinze|trente|quarante[- ]cinq)(?![a-z-]))?"
    r"(?: ?\( ?\d{1,2} ?h(?: ?\d{2})? ?\))?(?! sur)"
)
_NOON = re.compile(r"(?<=\ba )midi\b")
_DAYS = {"lundi": "lun", "mardi": "mar", "mercredi": "mer", "jeudi": "jeu", "vendredi": "ven", "samedi": "sam", "dimanche": "dim"}
_WEEK = re.compile(rf"({'|'.join(_DAYS)}|lun|sam)\.? ?(?:au|a|-|/|jusqu'au)+ ?({'|'.join(_DAYS)}|ven|dim|sam)")
_DAY = re.compile(rf"\b(?:{'|'.join(_DAYS)})")
_SERVICE = re.compile(
    r"\b(?:support|assist|interven|horaire|plage|heures? ouvr|ouvert|joignable|accessible|disponible|permanence|astreinte|hotline"
    r"|service|telephon|technicien|contact|maintenance|jours ouvr|guichet|accueil|astreinte|equipe|repond)"
)
_NOT_SERVICE = re.compile(
    r"\b(?:fenetre|plage|creneau)x?s? (?:de maintenance|reserve|d'intervention programm|d'arret)|livraison|reunion|sauvegarde"
    r"|mises? (?:a jour|en production)"
    r"|insertion|penalit|visioconference|(?:operation|intervention|interruption|maintenance|travaux|arret)s? "
    r"(?:technique|programm|planifi|perturbat)"
    r"|maintenance (?:a lieu|est (?:effectue|realise|assure)|se deroule|intervient|hebdomadaire|mensuelle)"
    r"|\bcapacites?\b|inaccessib|\bcoupe[rs]?\b|\bcoupure (?:est|sont)|interrompre|fenetre"
)
# An article of stops and works, whose hours are those when nobody is served.
_STOPS = re.compile(
    r"(?:maintenance|intervention|operation|travaux|interruption|arret)s? (?:programm|planifi|technique|avec coupure)|coupure"
    r"|changements et arrets"
)
# Around the clock, but of a measure or a watch, not of a desk.
_MANNED = re.compile(r"astreinte|assistance|support|hotline|centre de (?:services?|support)|exploitation|appels?\b")
_MEASURED = re.compile(
    r"disponibilite|\btaux\b|calcul|sonde|supervis|surveill|datacenter|centre de donnees|gardien|energie|acces physique"
    r"|\blogiciel|plateforme|application"
)
_HOLIDAYS = re.compile(r"(?:hors|sauf|exce\w+|a l'exclusion d\w+|excluant)[^.;]{0,25}(?:jours? )?feries?")
# « et jusqu'à 16 h 45 le vendredi »: a day that ends at another hour.
_UNTIL = re.compile(
    rf"(?:jusqu'a|ferme\w* a) {_TIME} ?,? (?:le |les |chaque )?(?P<day>{'|'.join(_DAYS)})"
    rf"|(?P<before>{'|'.join(_DAYS)})s? (?:seulement )?(?:jusqu'a) {_TIME}"
)
_DAYS_TOLD = re.compile(r" (?:lun|mar|mer|jeu|ven|sam|dim)\b| hors ")
# Words of hours that are not those of the whole service.
_SPECIAL = re.compile(
    r"astreinte|option|formule|samedi|dimanche|\bsites?\b|agence|magasin|periode|saison|\bete\b|sauf|exception|urgen|critique|bloquant|priorit|\bp\d\b"
    r"|niveau|premium|gold|telephon|courriel|mail|chat|intervention|deplacement|commercia|livraison|etendu"
)
_LATEST = 24
MOST = 3


def read_service_hours(looker: Looker) -> ReadValue | None:
    """The hours of service: each range with its days, the first few that differ."""
    told: dict[str, int] = {}
    for index, words in _sentences(looker):
        for hours in _hours_in(words):
            told.setdefault(hours, index)
    if not told:
        return None
    # The hours of an amendment replace those that it amends.
    amended = max(looker.precedence[index] for index in told.values())
    if amended >= FIRST_AMENDMENT:
        told = {hours: index for hours, index in told.items() if looker.precedence[index] == amended}
    kept = _apart(list(told))[:MOST]
    first = told[kept[0]]
    sentence = looker.document.sentences[first]
    return ReadValue(
        key="service_hours",
        label="Horaires de service",
        value="; ".join(kept),
        quote=looker.quote(sentence.low, sentence.high, first),
        others=tuple(_contradictions(looker, told, kept[0])),
    )


def _contradictions(looker: Looker, told: dict[str, int], first: str) -> Iterator[tuple[str, Quote]]:
    """Other hours for the same days, where neither sentence is about a site, an option, a season or an on-call team."""
    days = _DAYS_TOLD.search(first)
    for hours, index in told.items():
        sentences = [looker.document.sentences[one] for one in (told[first], index)]
        same_days = days is not None and _DAYS_TOLD.split(first)[1:] == _DAYS_TOLD.split(hours)[1:] and days[0] in hours
        special = any(one.row or _SPECIAL.search(looker.document.words(one)) for one in sentences)
        if hours != first and same_days and not special:
            yield hours, looker.quote(sentences[1].low, sentences[1].high, index)


def _apart(told: list[str]) -> list[str]:
    """The hours told, the same ranges once, with the days that the fullest telling gives."""
    fullest: dict[str, str] = {}
    for hours in told:
        ranges = _DAYS_TOLD.split(hours)[0]
        if len(hours) > len(fullest.get(ranges, "")):
            fullest[ranges] = hours
    return list(fullest.values())


def _sentences(looker: Looker) -> Iterator[tuple[int, str]]:
    document = looker.document
    for index, sentence in enumerate(document.sentences):
        words = _in_figures(document.words(sentence))
        if not any(sign in words for sign in ("h", ":", "24")) or _NOT_SERVICE.search(words):
            continue
        if _RANGE.search(words) or _CLOCK.search(words):
            title = document.titles[sentence.article]
            if _STOPS.search(title):
                continue
            a_day = sentence.row and _DAY.search(words)
            if _SERVICE.search(words) or a_day or _WEEK.search(words) or _SERVICE.search(title):
                yield index, words


def _hours_in(words: str) -> Iterator[str]:
    """The hours of a sentence; those of each of its parts where several name their own days."""
    parts = words.split(";")
    named = [part for part in parts if _DAY.search(part) and _RANGE.search(part)]
    for part in parts if len(named) > 1 else [words]:
        yield from _hours_of(part)


def _hours_of(words: str) -> Iterator[str]:
    ranges = [said for found in _RANGE.finditer(words) if (said := _range(found))]
    week = _WEEK.search(words)
    alone = [day[0] for day in _DAY.finditer(words)]
    days = f" {_short(week[1])}-{_short(week[2])}" if week is not None else f" {_short(alone[0])}" if len(alone) == len(ranges) == 1 else ""
    holidays = " hors jours fériés" if _HOLIDAYS.search(words) else ""
    if ranges:
        yield " et ".join(dict.fromkeys(ranges)) + days + _until(words) + holidays
    if _CLOCK.search(words) and (_MANNED.search(words) or not _MEASURED.search(words)):
        yield "24/7"


def _in_figures(words: str) -> str:
    """A sentence whose hours in letters are written in figures."""
    figures = _IN_LETTERS.sub(lambda found: f"{number_in(found['hour'])} h {number_in(found['minutes'] or '') or ''}".rstrip(), words)
    return _NOON.sub("12 h", figures)


def _until(words: str) -> str:
    """The days that end at another hour than the others."""
    told = []
    for found in _UNTIL.finditer(words):
        hour, minutes = (found[1], found[2]) if found["day"] else (found[5], found[6])
        told.append(f", {_short(found['day'] or found['before'])} jusqu'à {int(hour)}h{_minutes(minutes)}")
    return "".join(told)


def _range(found: re.Match[str]) -> str | None:
    start_hour, start_minute, end_hour, end_minute, other_start, _, other_end, other_minute = found.groups()
    start, end = int(start_hour or other_start), int(end_hour or other_end)
    if start > _LATEST or end > _LATEST or start == end:
        return None
    return f"{start}h{_minutes(start_minute)}-{end}h{_minutes(end_minute or other_minute)}"


def _minutes(written: str | None) -> str:
    return written if written and written != "00" else ""


def _short(day: str) -> str:
    return _DAYS.get(day, day)
