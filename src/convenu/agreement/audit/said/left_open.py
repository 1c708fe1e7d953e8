"""What the marks left in a contract leave open: the subjects that nobody signs without, and the groups in which they are told."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum


class Left(Enum):
    """What a mark leaves open, gravest first."""

    MONEY = "Montants et taux"
    DAYS = "Dates et durées"
    ANNEXES = "Annexes"
    REST = "Autres"


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject that nobody signs without: by which words before a mark it is known, and the group of that mark where it decides it."""

    words: re.Pattern[str]
    left: Left | None = None


def _known_by(words: str, left: Left | None = None) -> Subject:
    return Subject(re.compile(words, re.IGNORECASE), left)


PARTIES = "les parties"
# In the order in which they are told.
SUBJECTS: Mapping[str, Subject] = {
    PARTIES: _known_by(
        r"raison sociale|d[eé]nomination|forme jur|company name|legal name|si[eè]ge social|\bsire[nt]\b|\brcs\b|repr[eé]sent[eé]e?s?\b"
        r"|soussign|organi[sz]ation"
        r"|(?:^\W*(?:\d\W{1,4})?|\bl[ae] |\bl['’])(?:soci[eé]t[eé]|client|b[eé]n[eé]ficiaire|prestataire|entre)\W*$"
    ),
    "le prix": _known_by(
        r"\bprix\b|tarif|redevance|\bforfait|honoraires|taux horaire|co[uû]t horaire|montant (?:annuel|mensuel|total|ht|ttc)"
        r"|abonnement (?:annuel|mensuel)|\btotal\b",
        Left.MONEY,
    ),
    "la date d’effet": _known_by(
        r"date d['’]effet|prend(?:ra)? effet|entr[eé](?:e|er?a)? en vigueur|d[eé]marrage|date de d[eé]but|d[eé]bute", Left.DAYS
    ),
    "la durée": _known_by(r"dur[eé]e (?:du|de|initiale|ferme)|^\W*dur[eé]e\b|reconduc|renouvel|pour une p[eé]riode", Left.DAYS),
    "le préavis": _known_by(r"pr[eé]avis", Left.DAYS),
    "le plafond de responsabilité": _known_by(r"plafon|responsabilit[eé][^.]{0,140}limit", Left.MONEY),
    "le tribunal": _known_by(r"tribuna|juridiction|comp[eé]tence exclusive"),
    "les données personnelles": _known_by(
        r"donn[eé]es (?:personnelles|[aà] caract[eè]re personnel|trait[eé]es)|rgpd|sous-traitants? ult[eé]rieur|personnes concern[eé]es"
        r"|finalit[eé]|nature du traitement"
    ),
}


def subjects_of(words: str) -> frozenset[str]:
    """The subjects that some words name."""
    return frozenset(name for name, subject in SUBJECTS.items() if subject.words.search(words))
