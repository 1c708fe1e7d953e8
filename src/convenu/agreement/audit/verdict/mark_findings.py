"""The marks left to fill as findings: how many, what they leave open and where; the cap on liability by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from convenu.agreement.audit.looking.looking import Quote
from convenu.agreement.audit.said.left_open import ACCOUNT, CAP, PARTIES, PRICE, SUBJECTS, Left
from convenu.agreement.audit.said.marks import Mark, is_a_field
from convenu.agreement.audit.said.reading import Reading
from convenu.agreement.audit.verdict.audit_finding import AuditFinding, Told
from convenu.agreement.audit.words.shadow import plain
from convenu.vocabulary import french
from convenu.vocabulary.findings import Severity

# Marks are all told, up to what a page of a report bears.
_MOST = 60
_LONGEST = 40
# A model that nobody filled holds so many marks, in one title of so many at least.
_LEAST_OF_A_TEMPLATE = 12
_SHARE_OF_A_TEMPLATE = 3
_MARK = Told(
    rule="placeholder_left",
    title="Marque à remplir laissée dans le texte",
    severity=Severity.HIGH,
    remedy="Remplir chaque marque avant de signer.",
)
_ON_PAGES = Told(
    rule="placeholder_left",
    title="Marque à remplir laissée dans l’en-tête ou le pied de page",
    severity=Severity.LOW,
    remedy="Remplir ou retirer ce que chaque page imprime.",
)
_TENDER = Told(
    rule="placeholder_left",
    title="Formulaire à remplir par le candidat",
    severity=Severity.LOW,
    remedy="Vérifier, avant de signer, que le candidat a rempli ce qui le concerne ; le reste sert plus tard, s’il sert.",
)
_UNSETTLED_CAP = Told(
    rule="unsettled_cap",
    title="Plafond de responsabilité laissé en blanc",
    severity=Severity.HIGH,
    remedy="Arrêter le montant du plafond avant de signer.",
)
# « … les sommes payées au cours des six derniers mois (soit »: what is said before the figure settles it.
_SETTLED_BEFORE = re.compile(
    r"(?:somme|montant|prix|redevance|honoraires?)s?\b[^.;]{0,80}(?:encaiss|vers|pay|regl|percu|factur|derniers|precedents)[^.;]{0,80}"
    r"(?:\(\W{0,3}(?:soit|c'est a dire|a savoir)?|,? soit)\W{0,4}(?:la somme de |environ |un montant de )?\W{0,4}$"
)
# What bites most among what is left open, whatever the order in which it is told.
_FIRST = (PRICE, CAP, PARTIES)


def mark_findings(reading: Reading) -> Iterator[AuditFinding]:
    """All that is left to fill, by what it leaves open and by article, beside the words that bite most."""
    marks = reading.marks.to_fill
    if not marks:
        return
    yield from _unsettled_cap(reading)
    if reading.marks.for_who_tenders:
        message = "Ce texte est un formulaire : le candidat en remplit les champs, et certaines pages ne servent qu’après la signature."
        yield _TENDER.beside(min((mark.quote for mark in marks), key=lambda quote: quote.start), message, reading)
        return
    told = _MARK
    if all(mark.left is Left.PAGES for mark in marks):
        told = _ON_PAGES
    elif all(mark.subjects == {ACCOUNT} or mark.is_a_contact for mark in marks):
        told = replace(_MARK, severity=Severity.MEDIUM)
    yield told.beside(min(marks, key=_gravity).quote, f"{_opening(reading)}{_listed(marks)}.", reading)


def _unsettled_cap(reading: Reading) -> Iterator[AuditFinding]:
    cap = reading.values.get("liability_cap")
    if cap is None:
        return
    open_cap = next((one for one in reading.marks.to_fill if cap.quote.start <= one.quote.start < cap.quote.end), None)
    if open_cap is not None and open_cap.left is Left.MONEY and not _only_illustrates(open_cap, cap.quote, reading):
        message = f"Le plafond de responsabilité n’est pas arrêté : « {open_cap.quote.text} ». Signé ainsi, il risque de ne pas jouer."
        yield _UNSETTLED_CAP.beside(cap.quote, message, reading)


def _only_illustrates(mark: Mark, cap: Quote, reading: Reading) -> bool:
    """Whether a mark is only the figure of a formula that settles the cap: « les sommes versées (soit ____ €) »."""
    before = plain(reading.document.text[cap.start : mark.quote.start])
    return _SETTLED_BEFORE.search(before) is not None


def _gravity(mark: Mark) -> tuple[int, int, int]:
    """The lower, the graver: a choice between two texts, the price, the cap, the parties, what else matters, then the groups in order."""
    if mark.left in (Left.CHOICE, Left.PAGES):
        matters = 0 if mark.left is Left.CHOICE else len(_FIRST) + 3
    else:
        first = next((rank for rank, subject in enumerate(_FIRST, start=1) if subject in mark.subjects), len(_FIRST) + 1)
        matters = first + (first > len(_FIRST) and not mark.subjects)
    return matters, list(Left).index(mark.left), mark.quote.start


def _opening(reading: Reading) -> str:
    """« Le texte garde 4 marques (3 différentes) à remplir, outre 2 blancs pour la signature, dont le prix »."""
    marks = reading.marks.to_fill
    count = ("au moins " if reading.marks.others else "") + _counted(marks)
    opening = f"Ce texte est un modèle à remplir : il garde {count}" if _is_a_template(reading) else f"Le texte garde {count} à remplir"
    matters = french.enumeration([name for name in SUBJECTS if any(name in mark.subjects for mark in marks)])
    if matters:
        opening += f", {'sur' if len(marks) == 1 else 'dont'} {matters}"
    to_sign = reading.marks.to_sign
    blanks = "un blanc" if to_sign == 1 else f"{to_sign} blancs"
    return opening + (f", sans compter {blanks} pour la signature" if to_sign else "")


def _counted(marks: Sequence[Mark]) -> str:
    """How many marks are written; where each holds words, how many of them are different: blanks stand each for their own."""
    written = sum(mark.times for mark in marks)
    different = len({mark.quote.text.casefold() for mark in marks})
    if written == 1:
        return "une marque"
    if any(mark.is_blank for mark in marks) or different == written:
        return f"{written} marques"
    return f"{written} fois la même marque" if different == 1 else f"{written} marques ({different} différentes)"


def _is_a_template(reading: Reading) -> bool:
    """Whether so many articles hold a mark that the text is a model that nobody filled."""
    marks = reading.marks.to_fill
    titles = {article.label for article in reading.document.articles if article.number}
    open_titles = {mark.article for mark in marks if not mark.name} & titles
    return len(marks) >= _LEAST_OF_A_TEMPLATE and len(open_titles) * _SHARE_OF_A_TEMPLATE >= len(titles)


def _listed(marks: Sequence[Mark]) -> str:
    """The marks by what they leave open; one alone is the one that is quoted, and only its place is told."""
    if len(marks) == 1:
        return f" ({_place(marks[0].article)})" if _place(marks[0].article) else ""
    shown = [mark for left in Left for mark in marks if mark.left is left][:_MOST]
    groups = [(left, [mark for mark in shown if mark.left is left]) for left in Left]
    told = [(left, _by_article(group)) for left, group in groups if group]
    more = len(marks) - len(shown)
    others = f", et {more} autres" if more > 1 else ", et un autre" if more == 1 else ""
    if len(told) == 1 and told[0][0] is Left.REST:
        return f" : {told[0][1]}{others}"
    listed = " ; ".join(f"{left.value.lower()} : {words}" for left, words in told)
    return f". {listed[:1].upper()}{listed[1:]}{others}"


def _by_article(marks: Sequence[Mark]) -> str:
    """« « [date] », « [•] » (3 Durée) et 3 × « [nom] » (2 articles) »: words that come back in several articles are told once."""
    places: dict[str, list[Mark]] = {}
    for alike in _alike(marks).values():
        articles = {mark.article for mark in alike}
        place = f"{len(articles)} articles" if len(articles) > 1 else alike[0].article
        written = sum(mark.times for mark in alike)
        places.setdefault(place, []).append(alike[0] if written == alike[0].times else replace(alike[0], times=written))
    told = []
    for place, here in places.items():
        listed = ", ".join(_told(mark) for mark in here)
        told.append(f"{listed} ({_place(place)})" if _place(place) else listed)
    return french.enumeration(told)


def _alike(marks: Sequence[Mark]) -> dict[str, list[Mark]]:
    """The marks, those of the same words together; a blank stands for its own, article by article."""
    alike: dict[str, list[Mark]] = {}
    for mark in marks:
        alike.setdefault(f"{mark.quote.text} {mark.article if mark.is_blank else ''}".casefold(), []).append(mark)
    return alike


def _told(mark: Mark) -> str:
    """« [date] », « 3 × « ______ » »."""
    told = f"« {_short(mark.quote.text.strip('«»'))} »"
    return told if mark.times == 1 else f"{mark.times} × {told}"


def _place(article: str) -> str:
    return "" if is_a_field(article) else _short(article)


def _short(words: str) -> str:
    """Words on one line, cut when they are long."""
    line = " ".join(words.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST].rstrip()}…"
