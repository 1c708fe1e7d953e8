"""The letter that tells a client of a revision of its prices: the formula, its values with their source, the prices before and after."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from convenu.agreement.check import place_of
from convenu.service.indexation import Revision
from convenu.terms.contract import Terms
from convenu.vocabulary import french
from convenu.vocabulary.contract_text import Block, ContractText, Paragraph, Run, Runs, Table

TITLE = "Révision des prix"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter from one party to the other, its words in order."""

    title: str
    subject: str
    head: str
    blocks: tuple[Block, ...]


def revision_letter(terms: Terms, text: ContractText, revision: Revision, *, today: date) -> Letter:
    """The letter of a revision, as it would be sent on a day; what makes the notice late is said in it."""
    return Letter(
        title=TITLE,
        subject=f"{text.provider} – {text.client}",
        head=f"Lettre du {french.day(today)}",
        blocks=tuple(_blocks(terms, text, revision, today)),
    )


def _blocks(terms: Terms, text: ContractText, revision: Revision, today: date) -> Iterator[Block]:
    section = text.section(revision.clause.key)
    place = place_of(section) if section else "la clause de révision"
    reference = f", référence {text.reference}" if text.reference else ""
    yield _said(f"À l’attention de {text.client}.")
    yield _said(f"Notre contrat{reference} prévoit la révision de ses prix ({place}). En voici le calcul, et les prix qui en résultent.")
    yield Table((_cell("Élément"), _cell("Valeur")), tuple(_formula(revision)))
    yield Table(
        (_cell("Ligne"), _cell("Prix unitaire en vigueur"), _cell("Prix unitaire révisé")),
        tuple(
            (_cell(one.before.label), _cell(french.euros(one.before.unit_price)), _cell(french.euros(one.after.unit_price)))
            for one in revision.lines
        ),
    )
    yield _said(
        f"Aux quantités actuelles, la facture mensuelle passe de {french.euros(revision.before.total)} à "
        f"{french.euros(revision.after.total)} hors taxes."
    )
    yield _said(_start(terms, revision, today))
    yield _said("Nous tenons à votre disposition les publications de l’indice et le détail de chaque ligne.")
    yield _said(terms.provider_signatory.value or text.provider)


def _formula(revision: Revision) -> Iterator[tuple[Runs, ...]]:
    for label, one in (("Valeur d’origine", revision.old), ("Valeur nouvelle", revision.new)):
        if one is not None:
            yield _cell(label), _cell(f"{french.number(one.value)}, {french.month(one.month)} ({one.source})")
    yield _cell("Calcul"), _cell(revision.how)


def _start(terms: Terms, revision: Revision, today: date) -> str:
    """When the new prices start: a late notice puts them off by as much, as the clause says."""
    notice = terms.index_notice.value
    start = max(revision.on, notice.after(today)) if notice else max(revision.on, today)
    late = "" if start == revision.on else " L’annonce étant tardive, la révision est retardée d’autant, sans effet sur les mois passés."
    return f"Ces prix s’appliquent à partir du {french.day(start)}.{late}"


def _said(words: str) -> Paragraph:
    return Paragraph(_cell(words))


def _cell(words: str) -> Runs:
    return (Run(french.typography(words)),)
