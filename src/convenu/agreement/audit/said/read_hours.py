"""Service hours as a contract writes them: ranges of hours, days, around the clock."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise, takewhile

from convenu.agreement.audit.looking.looking import Looker, Quote
from convenu.agreement.audit.said.read_values import ReadValue
from convenu.agreement.audit.text.prevailing import FIRST_AMENDMENT
from convenu.agreement.audit.words.letters import LETTERS
from convenu.agreement.audit.words.numbers import DURATION, number_in

_DAYS = {"lundi": "lun", "mardi": "mar", "mercredi": "mer", "jeudi": "jeu", "vendredi": "ven", "samedi": "sam", "dimanche": "dim"}
_TIME = r"(\d{1,2}) ?(?:h(?:eures?)?|:) ?(\d{2})?"
_RANGE = re.compile(
    rf"(?<![\d.,]){_TIME} ?(?:a|-|et|jusqu'a|/)+ ?(?:a )?{_TIME}(?!\d)|(?<![\d.,])(?:de|entre) (\d{{1,2}})() ?(?:a|et|-) {_TIME}(?!\d)"
)
_CLOCK = re.compile(
    r"(?:(?:24|vingt[- ]quatre ?\( ?24 ?\)) ?h?(?:eures)? ?(?:/|sur|,)? ?24 ?h?(?:eures)?|24 ?/ ?7|h24|7 ?j(?:ours)? ?(?:/|sur) ?7"
    r"|(?:de )?jour (?:comme|et) (?:de )?nuit|a toute heure|vingt[- ]quatre heures sur vingt[- ]quatre)"
)
# « neuf heures trente », « neuf (9) heures », « neuf heures (9 h) ».
_IN_LETTERS = re.compile(
    rf"(?<![a-z0-9-])(?P<hour>{LETTERS})(?: ?\( ?\d{{1,2}} ?\))? heures?(?![a-z])"
    r"(?: (?P<minutes>quinze|trente|quarante[- ]cinq)(?![a-z-]))?"
    r"(?: ?\( ?\d{1,2} ?h(?: ?\d{2})? ?\))?(?! sur)"
)
# « 8 h-12 et 14 h-18 h »: the sign of the hours left out before another range.
_SIGNLESS = re.compile(r"(?<![\d.,])(\d{1,2} ?h(?: ?\d{2})? ?(?:a|-) ?\d{1,2})(?= ?(?:et|puis|[,/;]) ?(?:de )?\d{1,2} ?h)")
_BY_INITIALS = re.compile(r"\bl ?(?:-|a) ?v\b")
# What is had for more money, or by another order, is not what every client has.
_OPTIONAL = re.compile(
    r"\b(?:en option|optionnel|souscri|moyennant|en supplement|un supplement|sur devis|contre facturation"
    r"|(?:premium|gold|platinum|entreprise|enterprise)[^).;|]{0,20} uniquement)"
)
# Hours that cost more are those outside the service, where no others are told beside them.
_DEARER = re.compile(r"\bmajore|\bmajoration|\d ?% (?:du|de la|de l') ?(?:tjm|tarif|taux|prix)|\+ ?\d{1,3} ?%")
_TOLD_BESIDE = re.compile(r"\bhoraires?\b|\bheures (?:ouvre|ouvrable)|\bouvert|\bjoignable")
_EVERY_DAY = re.compile(r"7 ?j(?:ours)? ?(?:/|sur) ?7|\bsept jours sur sept\b")
# « Chaque jour de la semaine, dimanche compris ».
_SUNDAYS_TOO = re.compile(
    r"\b(?:chaque jour|tous les jours)\b[^.;]{0,30}\b(?:dimanches?|week-?ends?|feries)\b[^.;]{0,20}\b(?:inclus|compris)"
    r"|\b(?:chaque jour|tous les jours)\b[^.;]{0,30}\b(?:y compris|meme)\b[^.;]{0,20}\b(?:dimanches?|week-?ends?|feries)\b"
)
_EVERY_HOUR = re.compile(r"24 ?h?(?:eures)? ?(?:/|sur|,)|\bh24\b|jour (?:comme|et)|toute heure|vingt")
# A letter box open at any hour, whose letters are read when the desk is.
_READ_LATER = re.compile(r"\btrait\w+ (?:en|aux|pendant|durant)[^.;|]{0,12} heures ouvre|\bsignalement[^.;]{0,30}securite")
# « depuis 7 h le matin jusqu'à 22 h »: the part of the day is left out.
_PART_OF_DAY = re.compile(r"(?<=[h\d]) (?:le|du|l'|de l')? ?(?:matin|apres-midi|soir)(?= (?:a|jusqu'a)\b)")
_NOON = re.compile(r"(?<=\ba )midi\b")
_WEEK = re.compile(rf"({'|'.join(_DAYS)}|lun|sam)\.? ?(?:au|a|-|/|jusqu'au)+ ?({'|'.join(_DAYS)}|ven|dim|sam)")
# A time of a level of service: its row says when the time runs, not when the desk is open.
_LEVEL_ROW = re.compile(r"prises? en (?:compte|charge)|intervention|retabliss|resolution|\bgt[ir]\b|reponse")
_TIME_TO_ACT = re.compile(DURATION)
# Words of a title set in the line of its sentence, its number counted.
_TITLE_WORDS = 6
# « sauf le vendredi » names a day of which the hours are not.
_DAY = re.compile(rf"(?<!sauf )(?<!sauf le )(?<!hors )\b(?:{'|'.join(_DAYS)})")
# Days told together: « du lundi au vendredi », « le samedi », « les lundi, mardi et jeudi ».
_DAYS_SAID = re.compile(
    rf"(?:(?:du|des|le|les|chaque) )?(?:{_WEEK.pattern}|\b(?:{'|'.join(_DAYS)})s?(?:(?:,| et| ou)? (?:le )?(?:{'|'.join(_DAYS)})s?){{0,6}})"
)
# « Vendredi : 7 h 30 - 18 h », a line of its own.
_DAY_LINE = re.compile(rf"\W*{_DAYS_SAID.pattern}[ :–—-]{{1,4}}(?:de )?\d{{1,2}} ?[h:]")
_SERVICE = re.compile(
    r"\b(?:support|assist|interven|horaire|plage|heures? ouvr|ouvert|joignable|accessible|disponible|permanence|astreinte|hotline"
    r"|service|telephon|technicien|contact|maintenance|jours ouvr|guichet|accueil|astreinte|equipe|repond|joindre|appeler"
    r"|\b(?:pren|recoi|recev|trait)[a-z]+ [^.;]{0,12}appels\b|centre d'appels)"
)
# Hours of one day that end before people come to work, or begin when they have left: those of works, where nobody answers.
_MORNING, _EVENING = 7, 20
_NOT_SERVICE = re.compile(
    r"\b(?:fenetre|plage|creneau)x?s? (?:de maintenance|reserve|d'intervention programm|d'arret)|livraison|(?<!en )reunion|sauvegarde"
    r"|mises? (?:a jour|en production)"
    r"|insertion|penalit|visioconference|(?:operation|intervention|interruption|maintenance|travaux|arret)s? "
    r"(?:technique|programm|planifi|perturbat)"
    r"|\b(?:operation|intervention|travaux|maintenance|correctif|changement)s? (?:qui |susceptibles? d[e'] ?)"
    r"(?:interromp|coup|arret|redemarr)"
    r"|\b(?:operation|intervention)s? coupantes?\b"
    r"|maintenance (?:a lieu|est (?:effectue|realise|assure)|se deroule|intervient|hebdomadaire|mensuelle)"
    r"|\bcapacites?\b|inaccessib|\bcoupe[rs]?\b|\bcoupures? (?:est|sont|a lieu|ont lieu|programm|planifi|se f)|interrompre|fenetre"
    r"|\b(?:operation|intervention|travaux|arret|redemarrage|maintenance)s? [^.;]{0,50}\b(?:arret|redemarrage|coupure|interruption)s?\b"
    r"|\bnous travaillons\b[^.;]{0,60}(?:;|,)[^.;]{0,40}\b(?:prevenu|averti|savez|annonc)"
    # When the client's people work, or its doors open, is not when anybody answers; nor is what is refused.
    r"|\b(?:bureaux|locaux|magasins?|boutiques?|agences?|ateliers?|collaborateurs|salaries|personnel|utilisateurs|equipes)"
    r" (?:du client|de l'abonne|de l'adherent)|\bacces (?:au|aux|a l'|a s[ao]n?|a ses|dans les?|dans ses)"
    r" ?(?:sites?|batiments?|locaux|immeubles?)"
    r"|\b[a-z]+ (?:du client|de l'abonne|de l'entreprise cliente) (?:est|sont) (?:ouvert|accessible)"
    r"|\b(?:chantier|magasin|boutique|usine|mairie|ecole|cabinet|batiment|immeuble)s? (?:est|sont|ouvr)"
    r"|\b(?:ne|n')[^.;]{0,40} pas d'(?:assistance|astreinte|intervention)"
    r"|\baucune? (?:assistance|astreinte|intervention|support|permanence)"
    r"|\b(?:visites?|tournees?|presences?|ateliers?|points?|formations?) (?:sur site |preventives? )?"
    r"(?:hebdomadaire|mensuel|trimestriel|bimensuel|annuel)"
    # Nor when a shop sells, when a course is given, when works come round, or when somebody of the client's answers.
    r"|^\W*(?:la |le |les |nos? |notre )?(?:boutique|entrepot|magasin|comptoir|showroom|formation|livraison|inventaire)s?\b"
    r"|\bcomptoir\b[^.;]{0,60}\b(?:vente|retrait)|\bparking|\bstationnement"
    rf"|\b(?:un|une|le|premier|premiere|deuxieme|dernier|derniere|second|troisieme) (?:{'|'.join(_DAYS)}) (?:par|du|de chaque) mois"
    r"|\bastreinte (?:du client|de l'abonne)|\ble client (?:designe|nomme)\b"
)
# An article of stops and works, whose hours are those when nobody is served.
_STOPS = re.compile(
    r"(?:maintenance|intervention|operation|travaux|interruption|arret)s? (?:programm|planifi|annonce|prevu|technique|avec coupure)|coupure"
    r"|(?:fenetre|plage|creneau)x?s? (?:de |d'|des )(?:maintenance|travaux|arret|intervention|mise)"
    r"|changements et arrets"
)
# « Elles ont lieu le mardi… », of the works that the sentence before names.
_THEY_TAKE_PLACE = re.compile(
    r"\b(?:elles?|ils?|celles?-ci|ceux-ci|celui-ci) (?:a lieu|ont lieu|se (?:fait|font|deroul\w+|tien\w+)"
    r"|(?:est|sont) (?:faite?s?|realisee?s?|effectuee?s?|programmee?s?|planifiee?s?|menee?s?|reservee?s?))\b"
)
_WORKS = re.compile(r"coupure|mises? a (?:jour|niveau)|travaux|correctif|redemarrage|maintenances?\b|interruption")
# « Plage de rétablissement »: the title of a column of hours at which the times of a level run.
_RUNS = re.compile(
    r"(?:plage|horaire|periode|couverture|amplitude)s? (?:horaires? )?(?:de |d'|du |des )?(?:la )?"
    r"(?:retabli|resol|restaur|repar|gt[ir]\b|prise en|calcul|decompte)"
)
# « Maintenance : le samedi de 6 h à 8 h »: works of one day, where a whole week would be the hours of a desk.
_WORKS_OF_A_DAY = re.compile(rf"\W*maintenances? ?: ?[^.;]{{0,20}}\b(?:{'|'.join(_DAYS)}|chaque|nuit)")
# Around the clock, but of a measure or a watch, not of a desk.
_MANNED = re.compile(r"astreinte|assistance|support|hotline|centre de (?:services?|support)|exploitation|appels?\b")
_MEASURED = re.compile(
    r"disponibilite|\btaux\b|calcul|sonde|supervis|surveill|datacenter|centre de donnees|gardien|energie|acces physique"
    r"|\blogiciel|plateforme|application|\bdetection|\bsystemes\b"
    r"|\bacces (?:au|aux|a la|a l') ?(?:services?|solutions?|espaces?|outils?|comptes?)"
)
# Words of a measure or of a remote hand that nobody answers to.
_ANY_TIME = re.compile(r"a toute heure|(?:de )?jour (?:comme|et) (?:de )?nuit")
_ANSWERED = re.compile(r"astreinte|assistance|support|hotline|joignable|repon|appel|permanence|surveill|\bp[1-5]\b|telephon")
# « sont remplacés par », « deviennent » : what stood before it is no longer so.
_REPLACED = re.compile(r"^.*\b(?:remplace(?:e?s?|ra|ront)? par|deviennent|devient|desormais|passe(?:nt|ra|ront)? de .{4,40}? a(?= \d))")
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
# « Le Service est accessible 24 h/24 », not « le service client ».
_OF_A_MACHINE = re.compile(r"\b(?:services?|solution|plateforme|site|extranet|portail) (?:est|sont|reste|demeure|fonctionne)")
_AROUND_THE_CLOCK = "24/7"
_LATEST = 24
MOST = 3


def read_service_hours(looker: Looker) -> ReadValue | None:
    """The hours of service: each range with its days, the first few that differ."""
    told: dict[str, int] = {}
    # The hours at which the time of a level runs are those of the service where nothing else says them.
    for of_levels in (False, True):
        for index, words in _sentences(looker) if not told else ():
            for hours in _hours_in(words) if _in_a_table_of_levels(looker, index) == of_levels else ():
                told.setdefault(hours, index)
    if not told:
        return None
    # The hours of those who answer are those of the service, before the ones at which an application can be reached.
    told_in = {hours: looker.document.words(looker.document.sentences[index]) for hours, index in told.items()}
    answered = any(_MANNED.search(said) for hours, said in told_in.items() if hours != _AROUND_THE_CLOCK)
    if answered and _OF_A_MACHINE.search(told_in.get(_AROUND_THE_CLOCK, "")):
        del told[_AROUND_THE_CLOCK]
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
        words = _in_figures(_whole(looker, index))
        if not any(sign in words for sign in ("h", ":", "24", "jour")) or _NOT_SERVICE.search(words):
            continue
        if _RANGE.search(words) or _CLOCK.search(words):
            title = document.titles[sentence.article]
            if _WORKS_OF_A_DAY.match(words) and not _WEEK.search(words):
                continue
            if _STOPS.search(title) or (_DEARER.search(words) and not _WEEK.search(words) and not _TOLD_BESIDE.search(words)):
                continue
            if _under_stops(looker, index) or (sentence.row and _LEVEL_ROW.search(words) and _TIME_TO_ACT.search(words)):
                continue
            a_day = (sentence.row and _DAY.search(words)) or _DAY_LINE.match(words)
            if _SERVICE.search(words) or a_day or _WEEK.search(words) or _SERVICE.search(title):
                yield index, words


def _whole(looker: Looker, index: int) -> str:
    """A sentence, with the next one where that closes its brackets: « (8 h - 18 h ; lundi - vendredi) »."""
    sentences = looker.document.sentences
    words = looker.document.words(sentences[index])
    if words.count("(") <= words.count(")") or index + 1 == len(sentences) or sentences[index + 1].article != sentences[index].article:
        return words
    following = looker.document.words(sentences[index + 1])
    return f"{words} {following[: following.find(')') + 1]}"


def _under_stops(looker: Looker, index: int) -> bool:
    """Whether what stands before a sentence says that it is about stops.

    A few words, as a title in its line (« Arrêts programmés. Le samedi … »), or the works that it goes on about (« Elles ont lieu … »).
    """
    before = looker.document.sentences[index - 1] if index else None
    if before is None or before.row or before.article != looker.document.sentences[index].article:
        return False
    words = looker.document.words(before)
    if _THEY_TAKE_PLACE.search(looker.document.words(looker.document.sentences[index])) and _WORKS.search(words):
        return True
    return len(words.split()) <= _TITLE_WORDS and _STOPS.search(words) is not None


def _in_a_table_of_levels(looker: Looker, index: int) -> bool:
    """Whether a row stands in a table whose titles say that its hours are those at which a time runs."""
    sentences = looker.document.sentences
    above = takewhile(lambda place: sentences[place].row, range(index - 1, -1, -1))
    return sentences[index].row and any(_RUNS.search(looker.document.words(sentences[place])) for place in above)


def _hours_in(words: str) -> Iterator[str]:
    """The hours of a sentence; those of each of its parts where several name their own days."""
    words = _as_replaced(words)
    parts = [piece for part in words.split(";") for piece in _by_days(part)]
    named = [part for part in parts if _DAY.search(part) and _RANGE.search(part)]
    for part in parts if len(named) > 1 else [words]:
        yield from _hours_of(part)


def _as_replaced(words: str) -> str:
    """A sentence without the hours that it says to be replaced."""
    found = _REPLACED.match(words)
    return words[found.end() :] if found is not None and _RANGE.search(found[0]) and _RANGE.search(words, found.end()) else words


def _by_days(words: str) -> list[str]:
    """A sentence cut between its groups of days, when each has its hours: « du lundi au jeudi de 8 h à 18 h et le samedi de 9 à 12 h »."""
    groups = list(_DAYS_SAID.finditer(words))
    ranges = [found.start() for found in _RANGE.finditer(words)]
    if not groups[1:] or not ranges:
        return [words]
    first = groups[0].start() < ranges[0]
    cuts = [one.start() for one in groups[1:]] if first else [one.end() for one in groups[:-1]]
    pieces = [words[low:high] for low, high in pairwise((0, *cuts, len(words)))]
    return pieces if all(_RANGE.search(piece) for piece in pieces) else [words]


def _hours_of(words: str) -> Iterator[str]:
    works = _WEEK.search(words) is None and _DAY.search(words) is not None and _ANSWERED.search(words) is None
    ranges = [said for found in _RANGE.finditer(words) if (said := _range(found)) and not (works and _by_night(found))]
    week = _WEEK.search(words)
    every_day = _EVERY_DAY.search(words) is not None and _EVERY_HOUR.search(words) is None
    alone = [day[0] for day in _DAY.finditer(words)]
    if ranges and _SUNDAYS_TOO.search(words):
        days = " 7j/7"
    elif week is not None:
        days = f" {_short(week[1])}-{_short(week[2])}"
    elif len(ranges) == 1 and alone and not _UNTIL.search(words):
        days = " " + ", ".join(_short(day) for day in dict.fromkeys(alone))
    else:
        days = " 7j/7" if ranges and every_day else ""
    holidays = " hors jours fériés" if _HOLIDAYS.search(words) else ""
    if ranges:
        yield " et ".join(dict.fromkeys(ranges)) + days + _until(words) + holidays
    if not (ranges and every_day) and _around_the_clock(words):
        yield _AROUND_THE_CLOCK


def _around_the_clock(words: str) -> bool:
    """Whether a sentence says that somebody answers at any hour, to every client."""
    if (clock := _CLOCK.search(words)) is None or _OPTIONAL.search(words) or _READ_LATER.search(words):
        return False
    # « La supervision est assurée 24 h/24 ; l'exploitation répond de 7 h à 20 h »: each part has its own subject.
    end = words.find(";", clock.end())
    part = words[words.rfind(";", 0, clock.start()) + 1 : end if end >= 0 else len(words)]
    if _ANY_TIME.match(clock[0]):
        return _ANSWERED.search(part) is not None
    return _MANNED.search(part) is not None or _MEASURED.search(part) is None


def _in_figures(words: str) -> str:
    """A sentence whose hours in letters are written in figures."""
    figures = _IN_LETTERS.sub(lambda found: f"{number_in(found['hour'])} h {number_in(found['minutes'] or '') or ''}".rstrip(), words)
    return _BY_INITIALS.sub("lundi-vendredi", _SIGNLESS.sub(r"\1 h", _PART_OF_DAY.sub("", _NOON.sub("12 h", figures))))


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


def _by_night(found: re.Match[str]) -> bool:
    """Whether a range of hours lies in the night."""
    start_hour, _, end_hour, _, other_start, _, other_end, _ = found.groups()
    start, end = int(start_hour or other_start), int(end_hour or other_end)
    return (start >= _EVENING or start < _MORNING) and (end <= _MORNING or end > _EVENING)


def _minutes(written: str | None) -> str:
    return written if written and written != "00" else ""


def _short(day: str) -> str:
    return _DAYS.get(day, day)
