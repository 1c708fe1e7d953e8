"""The times of service levels: their length, and whether they answer a call, go round a fault or mend it."""

from __future__ import annotations

import re

from convenu.agreement.audit.words.numbers import DURATION, span_in
from convenu.vocabulary.span import Span, SpanUnit

A_TIME = re.compile(DURATION)
# The time of an hour, of half of one, or of a day, said without its number: as many letters with it.
_UNNUMBERED = re.compile(
    r"\b(?:trois quarts|un quart) d'heure\b|\bune demi[- ]heure\b"
    r"|dans l'heure\b|dans la demi[- ]heure\b|(?<![a-z])j ?\+ ?(?P<days>\d{1,2})(?P<open> ouvre)?(?!\d)"
    r"|(?:au plus tard )?(?:dans |des )?le (?:jour ouvre suivant|lendemain ouvre|prochain jour ouvre)\b"
    r"|(?:au plus tard |des )le lendemain\b(?! ouvre)|(?:(?:dans|sous) la )?journee ouvree sui-? ?vante\b"
    r"|(?:dans|sous) la journee\b(?! ouvre)"
)
# « 24 h/24, 7 j/7 » says when a time runs, and is none.
AROUND_THE_CLOCK = re.compile(r"\b(?:24|7|vingt[- ]quatre|sept) ?(?:h|heures|j|jours) ?(?:sur|/) ?(?:24|7|vingt[- ]quatre|sept)\b")
NO_TIME = re.compile(
    r"^\W*$|^(?:sans objet|neant|non garanti|n/?a|au mieux|meilleurs? efforts?|a planifier|planifiee?|sur devis|selon devis)$"
    r"|^(?:(?:sur|sans|pas d'|aucun) ?(?:rendez-vous|rdv|engagement|garantie|delai)|a convenir|a definir|selon planning)$"
    r"|^(?:prochaine|nouvelle) (?:version|mise a jour|livraison)|^version suivante"
)
# What parts the promises of one line.
PROMISES = re.compile(r" ?(?:[,;/] | [-–—] )|(?<=[a-z]) {1,6}et (?=[a-z])")
_UNIT_OF_COLUMN = re.compile(r"\(?(?:en )?((?:minutes|heures|jours)(?: (?:ouvre|ouvrable)e?s)?|min|mn|h)\)?$")
_BARE_NUMBER = re.compile(r"^\d{1,3}$")
RESPONSE = re.compile(
    r"(?:prises?|prend|prennent|prendre|prenons) en (?:compte|charge)|(?:pris|prend|prennent|prendre|prenons) en main"
    r"|repon[sd]|interv(?:en(?!ant)|ien)|gti|acquittement"
    r"|reaction|reagi(?:r|t|ssons|ssent)\b|accuse|rappel|pris en (?:compte|charge)|diagnostic"
    r"|(?:appel|message)(?= (?:dans|sous|en))"
    r"|(?:envoi|envoie|envoyer|depech\w+|depeche) (?:un|une|son|ses|le|la|sur|d'un) |\bse deplace|deplacement (?:d'un|sous|dans|en)"
    r"|qualification|response|traiter|traitement|proposer|debut d|commence"
    r"|\btraitee?s? (?=[^.;]{0,40}\b(?:et|puis) (?:resolu|corrig|retabli|repar))"
    r"|(?:prend|prise de|prendre|premier) contact|contact a lieu"
)
# In the title of a column only: in a sentence, what is notified is seldom an incident.
_NOTIFIED = re.compile(r"notif|alerte du client|information du client|premier retour|decroch|prise en main|prises? en$|demarr")
RESTORATION = re.compile(
    r"resol|resou|retabl|restaur|correcti|corrig|contourn|remise? en (?:service|etat|route|marche|fonction)"
    r"|remet(?:tre|tent|tons|tra|trons)? [^.;,]{0,40}?en (?:service|etat|route|marche|fonction)"
    r"|\bregl(?:e|er|ons|ent|era) (?:le probleme|la panne|l'incident|le defaut|cet? (?:probleme|panne|incident|defaut))"
    r"|\bsolution (?:arrive |est (?:apportee|donnee|livree) )?(?:en|sous|dans) |remplac\w+ (?:dans|sous) |gtr|repar|depann"
    r"|retour (?:au service|en service|a la normale|a un fonctionnement)|satisfai[st]"
)
# Taken up, be it a restoration, a fault is not yet mended.
_TAKEN_UP = re.compile(
    r"(?:prises?|prendre|pris) en (?:compte|charge) (?:de |d'|du |des |la |les |l'|une? )*(?:demandes? de )?"
    r"(?:restaur|repar|correct|resol|depann)"
)
# « Plage de rétablissement » holds the hours at which a time runs.
_WHEN = re.compile(r"\W*(?:(?:plage|horaire|amplitude|couverture|creneau|periode|calendrier)x?s?\b|jours et heures\b|heures d)")
# To put back a file is no mending of a fault.
_DATA_RESTORED = re.compile(
    r"restaur\w+ (?:de |d'|du |des |d'un |d'une |complete )*(?:fichier|donnee|sauvegarde|serveur|dossier|boite|base)"
)
# To keep an attack from spreading answers no call and mends nothing.
_CONTAINED = re.compile(r"confine|endigu|\bisole")
# A way round, where the same table also says when the fault is mended.
WORKAROUND = re.compile(r"contour(?:n|-|$)|palliati|provisoire|degrade")
MENDED = re.compile(r"resol|retabli|restaur|correcti|corrig|definiti|remise en|repar|retour")
# « Sous deux jours à compter du diagnostic »: from when a time is counted is no promise of its own.
_COUNTED_FROM = re.compile(
    r"(?:suivant|apres|a compter d[eu]|a partir d[eu]|des) (?:de )?(?:la |le |l'|son |sa )?(?:date d[eu] |fin d[eu] )?(?:la |le |l')?"
    r"(?:diagnostic|qualification|accuse|prise en (?:charge|compte)|reponse)"
)
# « Débuter les travaux de correction sous deux heures » mends nothing in two hours.
_BEGUN = re.compile(
    r"\b(?:debut(?:e|er|ent|era)|commenc(?:e|er|ent|era)|entam(?:e|er|ent|era)) (?:[a-z'’]+ ){0,5}?(?:(?:de |et |d'){1,3}|la )"
    r"(?P<mended>(?:correct|repar|resol|retabl|restaur)[a-z]*)"
)
_LONGEST_DAYS = 60


def numbered(words: str) -> str:
    """Words whose times said without a number are counted, each at its place: « J+1 », « le jour ouvré suivant », « dans l'heure »."""
    return _UNNUMBERED.sub(lambda found: _counted(found).ljust(len(found[0])), words)


def _counted(found: re.Match[str]) -> str:
    """The number of a time said without it, in no more letters."""
    if found["days"] is not None:
        return f"{found['days']} j{' ouvre' if found['open'] else ''}"
    if "quart" in found[0]:
        return "45 min" if "trois" in found[0] else "15 min"
    if "heure" in found[0]:
        return "30 min" if "demi" in found[0] else "sous 1 h"
    return "sous 1 j ouvre" if "ouvre" in found[0] else "sous 1 j"


def column_kind(title: str) -> str | None:
    """What the times of a column, or of a row, are."""
    title = _without_its_start(title)
    if _WHEN.match(title) and "delai" not in title:
        return None
    if _DATA_RESTORED.search(title) or _CONTAINED.search(title):
        return None
    if _TAKEN_UP.search(title):
        return "response"
    if WORKAROUND.search(title) and not MENDED.search(title):
        return "workaround"
    if RESTORATION.search(title):
        return "restoration"
    return "response" if RESPONSE.search(title) or _NOTIFIED.search(title) else None


def _without_its_start(words: str) -> str:
    """Words without that from which a time is counted, at their places."""
    return _COUNTED_FROM.sub(lambda found: " " * len(found[0]), words)


def counted_by(title: str, cell: str) -> Span | None:
    """The time of a cell that holds a bare number, in the unit that the title of its column gives: « Réponse (heures ouvrées) »."""
    unit = _UNIT_OF_COLUMN.search(title)
    return time_in(f"{cell.strip()} {unit[1]}") if unit is not None and _BARE_NUMBER.match(cell.strip()) else None


def kind_at(words: str, at: int, title: str) -> str | None:
    """Whether a length of time answers or restores: the nearest word that says so before it, else after it, else in the title."""
    words = _without_its_start(words)
    if (begun := _BEGUN.search(words, 0, at)) is not None:
        words = f"{words[: begun.start('mended')]}{' ' * len(begun['mended'])}{words[begun.end('mended') :]}"
    nearest: tuple[int, str | None] | None = None
    for pattern, name in ((RESPONSE, "response"), (RESTORATION, "restoration"), (_CONTAINED, None)):
        for found in pattern.finditer(words):
            if ";" in words[at : found.start()]:
                break
            distance = at - found.start() if found.start() < at else 2 * (found.start() - at) + 10
            if nearest is None or distance < nearest[0]:
                nearest = (distance, name)
    if nearest is not None:
        return nearest[1]
    if RESTORATION.search(title):
        return "restoration"
    return "response" if RESPONSE.search(title) else None


def time_in(words: str) -> Span | None:
    """The first length of time that a few words promise; None for one that counts months, or is too long to be a level of service."""
    found = next((one for one in A_TIME.finditer(words) if not AROUND_THE_CLOCK.match(words, one.start())), None)
    span = span_in(found[0]) if found is not None else None
    return span if span is not None and span.unit not in (SpanUnit.MONTHS, SpanUnit.YEARS) and span.days() <= _LONGEST_DAYS else None
