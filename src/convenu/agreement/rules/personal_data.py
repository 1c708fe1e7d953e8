"""Personal data: what the RGPD asks of a contract between a controller and its processor."""

from __future__ import annotations

import re
from collections.abc import Iterator

from convenu.agreement.rule import Hit, Look, checks, known
from convenu.agreement.rules import changes
from convenu.agreement.rules.aspects import each_aspect
from convenu.agreement.rules.names import plain
from convenu.terms.closed_lists import Dpo
from convenu.vocabulary import french
from convenu.vocabulary.findings import Change, Severity

# The processor's own notice leaves the controller time to notify in its turn. Practice, not law.
LONGEST_BREACH_NOTICE = 48
SHORTEST_OBJECTION = 15


@checks("rgpd-28-3")
def processing_contract(look: Look) -> Iterator[Hit]:
    """The contract describes each processing and holds the eight guarantees of article 28(3)."""
    yield from each_aspect(look, _guarantees, _descriptions)


def _guarantees(look: Look) -> Iterator[Hit]:
    given = known(look.terms.data_guarantees) or ()
    lacking = [guarantee for guarantee in Dpo if guarantee not in given]
    if lacking:
        listed = " ; ".join(f"({guarantee.value}) {guarantee.label}" for guarantee in lacking)
        yield Hit(
            message=f"Garanties exigées du sous-traitant, il manque : {listed}."
            if given
            else "Le contrat ne contient aucune des huit garanties exigées du sous-traitant, de (a) à (h).",
            terms=("data_guarantees",),
            change=changes.words("data_guarantees", Dpo),
        )


def _descriptions(look: Look) -> Iterator[Hit]:
    if not known(look.terms.processings):
        yield Hit(
            title="Traitements de données non décrits",
            message="Aucun traitement n’est décrit : objet, durée, nature, finalité, données et personnes concernées.",
            terms=("processings",),
            remedy="Décrire chaque traitement confié dans l’annexe relative aux données personnelles.",
        )


@checks("rgpd-28-2-4")
def further_processors(look: Look) -> Iterator[Hit]:
    """The client is told of each new processor down the chain, with time to object."""
    listed, notice = known(look.terms.sub_processors), known(look.terms.sub_processor_notice)
    if notice is None:
        yield Hit(
            title="Nouveau sous-traitant ultérieur sans annonce",
            message="Le contrat ne dit pas comment le Client est averti d’un nouveau sous-traitant ultérieur ni s’il peut s’y opposer.",
            terms=("sub_processor_notice",),
            change=Change("sub_processor_notice", "30 days"),
            severity=None if listed else Severity.HIGH,
        )
    elif notice.days() < SHORTEST_OBJECTION:
        yield Hit(
            title="Délai court pour s’opposer à un sous-traitant ultérieur",
            message=f"Le Client n’a que {french.span(notice)} pour s’opposer à un nouveau sous-traitant ultérieur.",
            terms=("sub_processor_notice",),
            change=Change("sub_processor_notice", "30 days"),
            severity=Severity.MEDIUM,
        )


@checks("rgpd-32")
def security_measures(look: Look) -> Iterator[Hit]:
    """The security measures are described, not only promised."""
    if not known(look.terms.security_measures):
        yield Hit(message="Aucune mesure de sécurité n’est décrite pour les données personnelles traitées.", terms=("security_measures",))


@checks("rgpd-33")
def breach_notice(look: Look) -> Iterator[Hit]:
    """The processor tells of a breach soon enough for the client to notify within its own seventy-two hours."""
    notice, authority = known(look.terms.breach_notice), look.number("data_breach_hours")
    if notice is None:
        yield Hit(
            message="Le contrat ne dit pas dans quel délai le Prestataire avertit le Client d’une violation de données.",
            terms=("breach_notice",),
            change=Change("breach_notice", "24 hours"),
        )
    elif notice.in_service_time:
        yield Hit(
            message=f"L’alerte est comptée en temps ouvré ({french.span(notice)}) : le Client dispose de {authority} heures continues.",
            terms=("breach_notice",),
            change=Change("breach_notice", "24 hours"),
            severity=Severity.MEDIUM,
        )
    elif notice.days() * 24 > LONGEST_BREACH_NOTICE:
        yield Hit(
            message=f"L’alerte sous {french.span(notice)} ne laisse pas de marge au Client, qui notifie la CNIL sous {authority} heures.",
            terms=("breach_notice",),
            change=Change("breach_notice", "24 hours"),
        )


@checks("rgpd-44-49")
def transfers(look: Look) -> Iterator[Hit]:
    """Data seen or kept in a third country need an instrument of transfer, remote support included."""
    yield from each_aspect(look, _processors_abroad, _workers_abroad)


def _processors_abroad(look: Look) -> Iterator[Hit]:
    abroad = [
        f"{processor.name} ({processor.country})"
        for processor in known(look.terms.sub_processors) or ()
        if processor.instrument is None and not _protected(look, processor.country)
    ]
    if abroad:
        yield Hit(
            message=f"Des données sont reçues hors des pays protégés, sans instrument de transfert : {french.enumeration(abroad)}.",
            terms=("sub_processors",),
        )


def _workers_abroad(look: Look) -> Iterator[Hit]:
    processors = known(look.terms.sub_processors) or ()
    covered = {plain(processor.name) for processor in processors}
    abroad = [
        f"{worker.name} ({worker.country})"
        for worker in known(look.terms.subcontractors) or ()
        if plain(worker.name) not in covered and not _protected(look, worker.country)
    ]
    if abroad:
        yield Hit(
            message=f"Un accès à distance depuis un pays tiers est un transfert de données : {french.enumeration(abroad)}.",
            terms=("subcontractors",),
            remedy="Les ajouter aux sous-traitants ultérieurs avec leur instrument de transfert, ou intervenir depuis l’Union européenne.",
        )


def _protected(look: Look, countries: str) -> bool:
    """Whether every country named is in the EEA or recognised as adequate."""
    known_countries = {plain(name) for figure in ("eea_countries", "adequate_countries") for name in look.book.words(figure, look.on)}
    return all(plain(name.strip()) in known_countries for name in re.split(r"[,;/]| et ", countries) if name.strip())
