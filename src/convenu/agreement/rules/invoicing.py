"""Electronic invoices and the texts that an invoice or a clause cites."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from convenu.agreement.rule import Hit, Look, checks, known
from convenu.agreement.rules.aspects import each_aspect
from convenu.agreement.rules.names import plain
from convenu.agreement.sentences import naming
from convenu.terms.closed_lists import LegalSize
from convenu.terms.contract import label_of
from convenu.terms.states import Term
from convenu.vocabulary import french
from convenu.vocabulary.findings import Change, Severity

_LARGE = (LegalSize.ETI, LegalSize.GE)
_VAGUE = frozenset({"forfait", "forfait informatique", "informatique", "prestation", "prestations", "prestations informatiques", "divers"})
# The first three digits of the postcode and the figure of the law for that place.
_OVERSEAS_VAT = {
    **dict.fromkeys(("971", "972", "974"), "vat_overseas"),
    **dict.fromkeys(("973", "976"), "vat_guiana_mayotte"),
}
_OUTSIDE_THE_UNION = frozenset({"islande", "liechtenstein", "norvege"})
_NAMES_CGI = ("cgi", "code général des impôts")
_CITES_CGI = re.compile(r"\bCGI\b|code général des impôts", re.IGNORECASE)


@checks("einv-calendrier")
def electronic_invoices(look: Look) -> Iterator[Hit]:
    """Invoices are issued through an approved platform from the date that the provider's size gives."""
    yield from each_aspect(look, _issue, _platform)


def _issue(look: Look) -> Iterator[Hit]:
    if known(look.terms.electronic_invoicing):
        return
    due = _issue_date(look)
    if look.on >= due:
        yield Hit(
            message=f"Les factures ne passent pas par une plateforme agréée ; le Prestataire y est tenu depuis le {french.day(due)}.",
            terms=("electronic_invoicing",),
            change=Change("electronic_invoicing", value=True),
        )


def _issue_date(look: Look) -> date:
    size = known(look.terms.provider_legal_size)
    return look.book.day("e_invoicing_issue_large" if size in _LARGE else "e_invoicing_issue", look.on)


def _platform(look: Look) -> Iterator[Hit]:
    if look.on >= look.book.day("e_invoicing_reception", look.on) and known(look.terms.client_invoicing_platform) is None:
        yield Hit(
            message="La plateforme par laquelle le Client reçoit ses factures électroniques n’est pas indiquée.",
            terms=("client_invoicing_platform",),
            remedy="Demander au Client sa plateforme agréée et son adresse de facturation.",
            severity=Severity.LOW,
        )


@checks("cibs-2027")
def citations_that_move(look: Look) -> Iterator[Hit]:
    """The VAT leaves the CGI in 2027: a clause that cites it is reread."""
    if look.text is None:
        return
    last = look.book.day("cgi_references_end", look.on)
    for section in naming(look.text, *_NAMES_CGI):
        if _CITES_CGI.search(section.plain):
            yield Hit(
                message=f"« {section.title} » renvoie au Code général des impôts, que le CIBS remplace pour la TVA ; "
                f"ce renvoi est toléré jusqu’au {french.day(last)}.",
                terms=(),
                clause=section.clause,
                severity=Severity.MEDIUM if look.on > last else None,
            )


@checks("einv-mentions")
def client_number_on_invoices(look: Look) -> Iterator[Hit]:
    """An electronic invoice bears the client's SIREN, from the date that the provider's size gives."""
    if known(look.terms.client_siren) is None and look.on >= _issue_date(look):
        yield Hit(message="Le SIREN du Client manque : la facture électronique doit le porter.", terms=("client_siren",))


@checks("com-l441-9-facture")
def invoice_mentions(look: Look) -> Iterator[Hit]:
    """An invoice names the parties and each service precisely."""
    yield from each_aspect(look, _parties, _precise_names)


def _parties(look: Look) -> Iterator[Hit]:
    wanted: tuple[Term[Any], ...] = (look.terms.provider_address, look.terms.provider_vat_number, look.terms.client_address)
    lacking = [term.key for term in wanted if known(term) is None]
    if lacking:
        labels = french.enumeration([f"« {label_of(key)} »" for key in lacking])
        yield Hit(message=f"La facture ne pourrait pas porter ses mentions obligatoires : il manque {labels}.", terms=tuple(lacking))


def _precise_names(look: Look) -> Iterator[Hit]:
    vague = [line.label for line in known(look.terms.price_lines) or () if plain(line.label) in _VAGUE]
    if vague:
        yield Hit(
            message=f"Lignes de prix sans dénomination précise : {french.enumeration(vague)}.",
            terms=("price_lines",),
            remedy="Nommer chaque prestation comme elle apparaîtra sur la facture.",
            severity=Severity.MEDIUM,
        )


@checks("cgi-tva")
def rate_by_place(look: Look) -> Iterator[Hit]:
    """The VAT follows the place: overseas rates, and a client of another State of the Union that accounts for it itself."""
    address = known(look.terms.client_address)
    if address is None:
        return
    if plain(address.country) not in ("france", "fr"):
        yield from _abroad(look, address.country)
    elif (name := _OVERSEAS_VAT.get(address.postcode[:3])) is not None:
        answer = look.book.on(name, look.on)
        yield Hit(
            message=f"Le Client est établi outre-mer ({address.city}) : {answer.label}, {french.number(look.number(name))} %.",
            terms=("client_address",),
            remedy="Vérifier le taux de TVA des prix et des factures.",
            severity=Severity.MEDIUM,
        )


def _abroad(look: Look, country: str) -> Iterator[Hit]:
    area = {plain(name) for name in look.book.words("eea_countries", look.on)}
    in_union = plain(country) in area - _OUTSIDE_THE_UNION
    if in_union and known(look.terms.client_vat_number) is None:
        yield Hit(
            message=f"Le Client est établi hors de France ({country}) et son numéro de TVA manque : l’autoliquidation n’est pas justifiée.",
            terms=("client_vat_number",),
        )
