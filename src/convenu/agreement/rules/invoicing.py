"""Electronic invoices and the texts that an invoice or a clause cites."""

from __future__ import annotations

import re
from collections.abc import Iterator

from convenu.agreement.rule import Hit, Look, checks, known
from convenu.agreement.rules.aspects import each_aspect
from convenu.terms.closed_lists import LegalSize
from convenu.vocabulary import french
from convenu.vocabulary.contract_text import plain_text
from convenu.vocabulary.findings import Change, Severity

_LARGE = (LegalSize.ETI, LegalSize.GE)
_CITES_CGI = re.compile(r"\bCGI\b|code général des impôts", re.IGNORECASE)


@checks("einv-calendrier")
def electronic_invoices(look: Look) -> Iterator[Hit]:
    """Invoices are issued through an approved platform from the date that the provider's size gives."""
    yield from each_aspect(look, _issue, _platform)


def _issue(look: Look) -> Iterator[Hit]:
    if known(look.terms.electronic_invoicing):
        return
    size = known(look.terms.provider_legal_size)
    due = look.book.day("e_invoicing_issue_large" if size in _LARGE else "e_invoicing_issue", look.on)
    if look.on >= due:
        yield Hit(
            message=f"Les factures ne passent pas par une plateforme agréée ; le Prestataire y est tenu depuis le {french.day(due)}.",
            terms=("electronic_invoicing",),
            change=Change("electronic_invoicing", value=True),
        )


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
    for section in look.text.sections():
        if any(_CITES_CGI.search(plain_text(block)) for block in section.blocks):
            yield Hit(
                message=f"« {section.title} » renvoie au Code général des impôts, que le CIBS remplace pour la TVA ; "
                f"ce renvoi est toléré jusqu’au {french.day(last)}.",
                terms=(),
                clause=section.clause,
                severity=Severity.MEDIUM if look.on > last else None,
            )
