"""What the marks left in a contract leave open: the subjects that nobody signs without, and the groups in which they are told."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum


class Left(Enum):
    """What a mark leaves open, in the order in which it is told."""

    CHOICE = "Choix entre deux textes"
    MONEY = "Montants et taux"
    DAYS = "Dates et durées"
    PARTIES = "Parties et contacts"
    ANNEXES = "Annexes"
    REST = "Autres"
    PAGES = "En-tête ou pied de chaque page, comptés une fois"


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject that nobody signs without: by which words before a mark it is known, and the group of that mark where it decides it."""

    words: re.Pattern[str]
    left: Left | None = None


def _known_by(words: str, left: Left | None = None) -> Subject:
    return Subject(re.compile(words, re.IGNORECASE), left)


PARTIES = "les parties"
PRICE = "le prix"
CAP = "le plafond de responsabilité"
ACCOUNT = "le compte à payer"
# In the order in which they are told.
SUBJECTS: Mapping[str, Subject] = {
    PARTIES: _known_by(
        r"raison sociale|d[eé]nomination|forme jur|immatricul|registre du commerce|company name|legal name"
        r"|si[eè]ge social|\bsire[nt]\b|\brcs\b|repr[eé]sent[eé]e?s?\b"
        r"|soussign|organi[sz]ation|\bnom (?:de l['’]entreprise|du client|du prestataire|de la soci[eé]t[eé])"
        r"|(?:^\W*(?:\d\W{1,4})?|\bl[ae] |\bl['’])(?:soci[eé]t[eé]|client|b[eé]n[eé]ficiaire|prestataire|entre)\W*$"
    ),
    PRICE: _known_by(
        r"\bprix\b|tarif|redevance|\bforfait|honoraires|taux horaire|co[uû]t horaire|montant (?:annuel|mensuel|total|maximum|ht|ttc)"
        r"|abonnement (?:annuel|mensuel)|^\W*total\b|\btotal (?:ht|ttc|annuel|mensuel)|\btjm\b|taux journalier",
        Left.MONEY,
    ),
    "la date d’effet": _known_by(
        r"date d['’]effet|prend(?:ra)? effet|entr[eé](?:e|er?a)? en vigueur|d[eé]marrage|date de d[eé]but|d[eé]bute", Left.DAYS
    ),
    "la durée": _known_by(r"dur[eé]e (?:du|de|initiale|ferme)|^\W*dur[eé]e\b|reconduc|renouvel|pour une p[eé]riode", Left.DAYS),
    "le préavis": _known_by(r"pr[eé]avis", Left.DAYS),
    CAP: _known_by(r"plafon|responsabilit[eé][^.]{0,140}limit", Left.MONEY),
    ACCOUNT: _known_by(r"\biban\b|\bbic\b|\brib\b|(?:compte|coordonn[eé]es?|identit[eé]) bancaires?", Left.PARTIES),
    "le tribunal": _known_by(r"tribuna|juridiction|comp[eé]tence exclusive"),
    "les données personnelles": _known_by(
        r"donn[eé]es (?:personnelles|[aà] caract[eè]re personnel|trait[eé]es)|rgpd|sous-traitants? ult[eé]rieur|personnes concern[eé]es"
        r"|finalit[eé]|nature du traitement"
    ),
}


def _kinds(words: Mapping[Left, str]) -> re.Pattern[str]:
    """What tells the groups of marks by their words."""
    return re.compile(r"\b(?:" + "|".join(f"(?P<{left.name}>{told})" for left, told in words.items()) + r")\b", re.IGNORECASE)


# What a mark is to be filled with, by the words that ask for it: in French the first of them says it, in English the last.
_FRENCH = _kinds(
    {
        Left.MONEY: r"montants?|prix|tarifs?|taux|pourcentage|plafond\w*|p[eé]nalit[eé]s?|indemnit[eé]s?|honoraires|redevances?|forfaits?"
        r"|acompte|devise|remise|franchise|total|co[uû]ts?|tjm|hors taxes|maximum de|abonnement (?:annuel|mensuel)|souscription",
        Left.DAYS: r"dates?|jj|jours?|(?<!/)mois|semaines?|dur[eé]e|(?<!meilleurs )d[eé]lais?|heures?|ann[eé]es?|[eé]ch[eé]ance|pr[eé]avis"
        r"|p[eé]riodes?|d[eé]marrage|d[eé]but|mise à jour|[àa] compter d\w+|p[eé]riodicit[eé]|mensuel(?= /)|le(?=\W*$)",
        Left.PARTIES: r"capital|raison sociale|registre du commerce[^.;]{0,25}|immatricul\w+|d[eé]nomination|forme jur\w*|pr[eé]nom"
        r"|noms?(?! d(?:u|e la|e l['’]) ?(?:produit|logiciel|service|projet))|adresse|si[eè]ge|ville|code postal|sire[nt]|rcs"
        r"|tva intra\w*|num[eé]ro de tva|repr[eé]sent\w+|soussign\w+|fonction|qualit[eé]"
        r"|e-?mail|courriel|t[eé]l(?:[eé]phone)?|contacts?|interlocuteur|directeur (?:de (?:la )?)?publication|ape",
    }
)
_ENGLISH = _kinds(
    {
        Left.MONEY: r"price|rate|amount|fees?|cost|currency|prepayment|billing|discount|deposit|cap",
        Left.DAYS: r"date|now|duration|delay|terms?|period|years?|months?|days?|hours?|start|end|notice|frequency",
        Left.PARTIES: r"address|city|capital|legal (?:name|form|structure|entity)|registration|role|email"
        r"|phone|contact|vat number|signatory",
    }
)
# Who a mark is about says what it asks for only where nothing else does.
_WHO_NAMED = (
    r"\b(?:soci[eé]t[eé]|entreprise|client|prestataire|fournisseur|b[eé]n[eé]ficiaire|signataire|[eé]diteur|g[eé]rant|pr[eé]sident"
    r"|company|customer|provider|holder|organi[sz]ation|issuer)\b"
)
_WHO = re.compile(_WHO_NAMED, re.IGNORECASE)
_WHO_IS_IT = re.compile(rf"{_WHO_NAMED}\W*$", re.IGNORECASE)
# The unit of a blank says what it is before any word does.
_SUM = re.compile(r"\W{0,3}(?:€|%|k€|\$)|\s?(?:euros?|eur|ht|ttc|points?)\b", re.IGNORECASE)
_TIME = re.compile(r"\s?(?:derniers? )?(?:jours?|mois|semaines?|ans?|ann[eé]es?|heures?|minutes?|h|j|avant|apr[eè]s)\b", re.IGNORECASE)
# The capital of a party names it, and costs nobody anything.
_CAPITAL = re.compile(r"\bcapital\b[^.;,]{0,25}$", re.IGNORECASE)


def subjects_of(words: str) -> frozenset[str]:
    """The subjects that some words name."""
    return frozenset(name for name, subject in SUBJECTS.items() if subject.words.search(words))


def asked_by_name(words: str) -> Left | None:
    """What the name of a mark asks for: « date de départ », « rcs city »; none where it does not say."""
    told = [*list(_FRENCH.finditer(words))[:1], *list(_ENGLISH.finditer(words))[-1:]]
    return _group(told[0]) if told else Left.PARTIES if _WHO.search(words) else None


def asked_before(words: str) -> Left | None:
    """What the words that stand before a blank ask for: the last of them does."""
    told = list(_FRENCH.finditer(words))
    return _group(told[-1]) if told else Left.PARTIES if _WHO_IS_IT.search(words) else None


def _group(found: re.Match[str]) -> Left:
    return Left[str(found.lastgroup)]


def asked_by_unit(after: str) -> Left | None:
    """What the unit that follows a blank makes of it: a sum, or a time."""
    return Left.MONEY if _SUM.match(after) else Left.DAYS if _TIME.match(after) else None


def is_a_capital(before: str) -> bool:
    """Whether what stands before a sum says that it is the capital of a company."""
    return _CAPITAL.search(before) is not None
