"""Service levels: for each priority, the time to answer and the time to restore, from tables, lists and sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from convenu.agreement.audit.looking import Looker, Quote
from convenu.agreement.audit.numbers import DURATION, span_in
from convenu.agreement.audit.segmentation import Sentence
from convenu.agreement.audit.shadow import plain
from convenu.vocabulary.span import Span, SpanUnit

_DURATION = re.compile(DURATION)
_PRIORITY = re.compile(
    r"(?<![a-z0-9])(?:p ?[0-5]|priorites? [0-5]|(?:niveau|severite|gravite|criticite|priorite|classe) [0-5]|s[1-4]"
    r"|(?:semi-?|non[- ])?bloquante?s?|critiques?|majeure?s?|mineure?s?|urgente?s?|importante?s?|haute|elevee?|moyenne|normale?|basse"
    r"|faible|standard|premium|gold|silver|bronze|platinum|cosmetique|demandes? de service|information)(?![a-z0-9])"
)
_RESPONSE = re.compile(
    r"prise en (?:compte|charge)|repon[sd]|interven|gti|acquittement|reaction|accuse|rappel|pris en (?:compte|charge)|diagnostic"
    r"|qualification|response"
)
_RESTORATION = re.compile(r"resol|retabli|restaur|correcti|corrig|contourn|remise en (?:service|etat)|gtr|repar|solution|resolution|depann")
_INCIDENT = re.compile(
    r"incident|anomalie|ticket|panne|dysfonctionnement|demande|probleme|severite|priorite|gravite|criticite|bloquant|gtr|gti|bug"
)
_NOT_LEVELS = re.compile(
    r"paiement|mise en demeure|resili|preavis|facture|penalit|confidential|violation|sauvegarde|rpo|rto|conserv|donnees a caractere"
    r"|recette|livraison"
)
_LONGEST_DAYS = 60
_UNITS = {
    SpanUnit.MINUTES: "min",
    SpanUnit.BUSINESS_MINUTES: "min",
    SpanUnit.HOURS: "h",
    SpanUnit.BUSINESS_HOURS: "h ouvrées",
    SpanUnit.DAYS: "jours",
    SpanUnit.BUSINESS_DAYS: "jours ouvrés",
    SpanUnit.WORKING_DAYS: "jours ouvrables",
    SpanUnit.WEEKS: "semaines",
    SpanUnit.MONTHS: "mois",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadLevel:
    """What is promised for one priority, with the words it was read in."""

    priority: str
    response: Span | None
    restoration: Span | None
    quote: Quote

    def as_json(self) -> dict[str, str | None]:
        """The priority and its times as written."""
        return {"priority": self.priority, "response": _said(self.response), "restoration": _said(self.restoration)}


def read_levels(looker: Looker) -> tuple[ReadLevel, ...]:
    """The levels of a contract, one a priority: what a table says, else lists and sentences."""
    found: dict[str, ReadLevel] = {}
    for level in (*_in_tables(looker), *_in_sentences(looker)):
        before = found.get(level.priority)
        if before is None:
            found[level.priority] = level
        else:
            found[level.priority] = ReadLevel(
                priority=before.priority,
                response=before.response or level.response,
                restoration=before.restoration or level.restoration,
                quote=before.quote,
            )
    return tuple(found.values())


def _in_tables(looker: Looker) -> Iterator[ReadLevel]:
    """Rows under a header that names the times; a row is a priority and its times."""
    header: list[str] = []
    for index, sentence in enumerate(looker.document.sentences):
        if not sentence.row:
            header = []
            continue
        cells = _cells(looker.document.text[sentence.start : sentence.end])
        if any(_RESPONSE.search(cell) or _RESTORATION.search(cell) for cell in cells) and not any(_DURATION.search(cell) for cell in cells):
            header = cells
            continue
        priority = next((name for cell in cells[:2] if (name := _priority(cell))), None)
        if priority is None or not header:
            continue
        response = restoration = None
        for title, cell in zip(header[len(header) - len(cells) :] if len(header) >= len(cells) else header, cells, strict=False):
            span = _span(cell)
            if span is None:
                continue
            if _RESTORATION.search(title) and restoration is None:
                restoration = span
            elif _RESPONSE.search(title) and response is None:
                response = span
        if response or restoration:
            yield ReadLevel(
                priority=priority, response=response, restoration=restoration, quote=looker.quote(sentence.low, sentence.high, index)
            )


def _in_sentences(looker: Looker) -> Iterator[ReadLevel]:
    for index, sentence in enumerate(looker.document.sentences):
        words = looker.document.words(sentence)
        if _NOT_LEVELS.search(words) or not _DURATION.search(words):
            continue
        title = " ".join(looker.document.titles[one] for one in (sentence.article, *looker.document.articles[sentence.article].above))
        if sentence.article in looker.document.definitions and not _INCIDENT.search(words):
            continue
        yield from _in_sentence(looker, index, sentence, words, title)


def _in_sentence(looker: Looker, index: int, sentence: Sentence, words: str, title: str) -> Iterator[ReadLevel]:
    priorities = list(_PRIORITY.finditer(words))
    about = bool(_INCIDENT.search(words) or _INCIDENT.search(title) or re.search(r"niveaux? de service|sla", title))
    if not about:
        return
    for position, found in enumerate(_DURATION.finditer(words)):
        span = _span(found[0])
        if span is None:
            continue
        before = [one for one in priorities if one.end() <= found.start()]
        priority = _name(before[-1][0]) if before else (_priority(title) or ("all" if not priorities else None))
        kind = _kind(words, found.start(), title)
        if priority is None or kind is None or (priority == "all" and position):
            continue
        yield ReadLevel(
            priority=priority,
            response=span if kind == "response" else None,
            restoration=span if kind == "restoration" else None,
            quote=looker.quote(found.start() + sentence.low, found.end() + sentence.low, index),
        )


def _kind(words: str, at: int, title: str) -> str | None:
    """Whether a length of time answers or restores: the nearest word that says so before it, else after it, else in the title."""
    nearest: tuple[int, str] | None = None
    for pattern, name in ((_RESPONSE, "response"), (_RESTORATION, "restoration")):
        for found in pattern.finditer(words):
            distance = at - found.start() if found.start() < at else 2 * (found.start() - at) + 10
            if nearest is None or distance < nearest[0]:
                nearest = (distance, name)
    if nearest is not None:
        return nearest[1]
    if _RESTORATION.search(title):
        return "restoration"
    return "response" if _RESPONSE.search(title) else None


def _cells(row: str) -> list[str]:
    separator = "|" if "|" in row else "\t"
    return [plain(cell) for cell in row.strip().strip("|").split(separator)]


def _priority(cell: str) -> str | None:
    found = _PRIORITY.search(cell)
    return _name(found[0]) if found is not None else None


def _name(words: str) -> str:
    """« Critique », « P1 »: one name for each way to write a priority."""
    number = re.search(r"[0-5]$", words)
    if number is not None:
        return f"P{number[0]}" if re.match(r"p|niveau|severite|gravite|criticite|classe|s", words) else words.capitalize()
    stem = re.sub(r"(?<=[a-z]{4})s$", "", words)
    return {"bloquant": "Bloquante", "majeur": "Majeure", "mineur": "Mineure", "urgent": "Urgente", "important": "Importante"}.get(
        stem, stem.capitalize()
    )


def _span(words: str) -> Span | None:
    found = _DURATION.search(words)
    span = span_in(found[0]) if found is not None else None
    return span if span is not None and span.unit not in (SpanUnit.MONTHS, SpanUnit.YEARS) and span.days() <= _LONGEST_DAYS else None


def _said(span: Span | None) -> str | None:
    return None if span is None else f"{span.count.normalize():f} {_UNITS[span.unit]}"
