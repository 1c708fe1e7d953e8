"""The slips of a text as findings: two values for one thing, marks to fill, references that lead nowhere, renumbered articles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from convenu.agreement.audit.audit_finding import AuditFinding, Told
from convenu.agreement.audit.looking import Quote
from convenu.agreement.audit.reading import Reading
from convenu.vocabulary import french
from convenu.vocabulary.findings import Citation, Severity, Status

_SHOWN = 6
_UNITS = {"_months": " mois", "_days": " jours", "_pct": " %"}
# What stands between the caps, or the hours, that one contract tells.
_SEVERAL = re.compile(r" ?; ")
_CIVIL_CODE = Citation("Ordonnance n° 2016-131 du 10 février 2016", "Legifrance, table de concordance du Code civil")


@dataclass(frozen=True, slots=True)
class _Slip:
    """What is told of one kind of slip."""

    rule: str
    title: str
    severity: Severity


# A contract that says which of its documents prevails may settle two values itself.
_PRECEDENCE = re.compile(
    r"\b(?:pr[ée]vau[td]|pr[ée]val(?:ent|oir)|priment?\b|l[’']emporte|ordre de (?:priorit[ée]|pr[ée]s[ée]ance|pr[ée]valence))",
    re.IGNORECASE,
)
_CONTRADICTORY = _Slip("contradictory_values", "Deux valeurs pour un même point", Severity.HIGH)
_SETTLED = _Slip("contradictory_values", "Deux valeurs pour un même point", Severity.LOW)
# Days to pay, limits in euros and towns are written of other things too: that two of them speak of one point is asked, not told.
_SHARED_WORDS = frozenset({"payment_terms_days", "liability_cap", "jurisdiction_city"})
_PLACEHOLDER = _Slip("placeholder_left", "Marque à remplir laissée dans le texte", Severity.HIGH)
_BROKEN = _Slip("broken_reference", "Renvoi à un article qui n’existe pas", Severity.MEDIUM)
_REPEALED = _Slip("repealed_article", "Article de loi qui a changé de numéro", Severity.LOW)
_OUTDATED = _Slip("outdated_law", "Droit ou dispositif qui n’existe plus", Severity.MEDIUM)


def slip_findings(reading: Reading, *, french_law: bool) -> Iterator[AuditFinding]:
    """Each slip with its words; the articles of French law are told only of a contract under it."""
    for value in reading.values.values():
        if value.others:
            unit = next((unit for ending, unit in _UNITS.items() if value.key.endswith(ending)), "")
            others = [_told(other) + unit for other, _ in value.others]
            first = [part for part in _SEVERAL.split(_told(value.value) + unit) if part not in others]
            said = french.enumeration([f"« {one} »" for one in (*first, *others)])
            message = f"Le contrat donne plusieurs valeurs pour « {value.label} » : {said}."
            slip = _CONTRADICTORY
            if _PRECEDENCE.search(reading.document.text):
                slip = _SETTLED
                message += " Ses règles de préséance peuvent désigner celle qui vaut : corriger l’autre."
            told = _finding(slip, message, "Garder une seule valeur, à un seul endroit.", value.others[0][1], reading)
            if value.key in _SHARED_WORDS:
                told = told.told_as(f"{message} Parlent-elles bien du même point ?", status=Status.NOT_VERIFIABLE)
            yield told
    if reading.placeholders:
        marks = french.enumeration([f"« {mark.text[:40]} »" for mark in reading.placeholders[:_SHOWN]])
        more = len(reading.placeholders) - _SHOWN
        message = f"Le texte garde des marques à remplir : {marks}{f', et {more} autres' if more > 0 else ''}."
        yield _finding(_PLACEHOLDER, message, "Remplir chaque marque avant de signer.", reading.placeholders[0], reading)
    for broken in reading.broken:
        yield _finding(
            _BROKEN, f"Le texte renvoie à l’article {broken.number}, qu’il n’a pas.", "Corriger le renvoi.", broken.quote, reading
        )
    for cited in reading.repealed if french_law else ():
        guide = cited.guide
        law = guide.law or ((_CIVIL_CODE,) if "civil" in guide.label else ())
        message = guide.message or f"Le texte cite l’{guide.label}, qui n’est plus en vigueur sous ce numéro : voir {guide.replaced_by}."
        remedy = f"Retirer cette mention ; voir {guide.replaced_by}." if guide.message else f"Citer {guide.replaced_by}."
        yield _finding(_OUTDATED if guide.message else _REPEALED, message, remedy, cited.quote, reading, law=law)


def _finding(slip: _Slip, message: str, remedy: str, quote: Quote, reading: Reading, *, law: tuple[Citation, ...] = ()) -> AuditFinding:
    told = Told(rule=slip.rule, title=slip.title, severity=slip.severity, remedy=remedy, law=law)
    return told.beside(quote, message, reading)


def _told(value: object) -> str:
    return str(value).replace(".", ",")
