"""Rules of their own: health data, online services resold, artificial intelligence."""

from __future__ import annotations

from collections.abc import Iterator

from convenu.agreement.rule import Hit, Look, MissingTermError, checks, known
from convenu.agreement.rules import changes
from convenu.agreement.rules.aspects import each_aspect
from convenu.vocabulary import french
from convenu.vocabulary.findings import Change, Severity


@checks("hds-l1111-8")
def health_data_hosting(look: Look) -> Iterator[Hit]:
    """Health data hosted, run or backed up for care are held by a certified host."""
    if known(look.terms.hds_certificate) is not None or not _hosts(look):
        return
    host = look.terms.hds_certified_host.value
    if host:
        yield Hit(
            message=f"Les données de santé vont chez {host} ; le Prestataire, sans certificat, héberge ou sauvegarde encore autre chose.",
            terms=("hds_certificate", "hds_certified_host"),
            remedy="Vérifier que rien de ce qui est hébergé ou sauvegardé ne contient de donnée de santé.",
            severity=Severity.HIGH,
        )
    else:
        yield Hit(
            message="Des données de santé sont hébergées ou sauvegardées et aucun certificat d’hébergeur (HDS) n’est indiqué.",
            terms=("hds_certificate",),
        )


def _hosts(look: Look) -> bool:
    """Whether something sold keeps the client's data."""
    if look.terms.backups.value or look.terms.cloud_sold.value or any(service.hosted for service in look.terms.services.value or ()):
        return True
    unknown = next((term.key for term in (look.terms.backups, look.terms.cloud_sold, look.terms.services) if term.unknown), None)
    if unknown:
        raise MissingTermError(unknown)
    return False


@checks("dataact-25")
def switching(look: Look) -> Iterator[Hit]:
    """The client of an online service may switch: a short notice, its data in usable formats, and soon no charge."""
    yield from each_aspect(look, _switching_notice, _switching_charge, _exportable)


def _switching_notice(look: Look) -> Iterator[Hit]:
    notice, limit = known(look.terms.switching_notice), look.number("switching_notice_months")
    if notice is None or notice.months() > limit:
        said = f"Le préavis de changement de fournisseur ({french.span(notice)}) dépasse" if notice else "Aucun préavis de changement de"
        yield Hit(
            message=f"{said} {limit} mois."
            if notice
            else f"{said} fournisseur n’est prévu pour les services en ligne : {limit} mois au plus.",
            terms=("switching_notice",),
            change=Change("switching_notice", f"{limit} months"),
        )


def _switching_charge(look: Look) -> Iterator[Hit]:
    fee, end = known(look.terms.switching_fee), look.book.day("switching_charges_end", look.on)
    if fee is None or not fee.amount:
        return
    ended = look.on >= end
    yield Hit(
        message=f"Des frais de changement de fournisseur sont prévus ({french.euros(fee)}) : "
        + (
            f"ils ne sont plus admis depuis le {french.day(end)}."
            if ended
            else f"limités au coût direct, ils cessent le {french.day(end)}."
        ),
        terms=("switching_fee",),
        change=Change("switching_fee", "none"),
        severity=None if ended else Severity.LOW,
    )


def _exportable(look: Look) -> Iterator[Hit]:
    if not known(look.terms.return_formats):
        yield Hit(
            message="Les données et les formats que le Client peut emporter ne sont pas listés.",
            terms=("return_formats",),
            change=Change("return_formats", ["format natif de chaque outil", "format ouvert (CSV, JSON ou PDF)"]),
            remedy="Lister les données exportables et leurs formats.",
            severity=Severity.HIGH,
        )


@checks("aiact")
def artificial_intelligence(look: Look) -> Iterator[Hit]:
    """The client's data train no model without its consent, and a person decides."""
    uses = known(look.terms.ai_uses) or ()
    if any(use.trains_on_client_data for use in uses):
        yield Hit(
            message="Un usage de l’intelligence artificielle entraîne un modèle sur les données du Client.",
            terms=("ai_uses",),
            change=changes.items(
                "ai_uses", [use.model_copy(update={"trains_on_client_data": False, "human_decides": True}) for use in uses]
            ),
        )
    elif not all(use.human_decides for use in uses):
        yield Hit(
            message="Un usage de l’intelligence artificielle décide sans contrôle d’une personne.",
            terms=("ai_uses",),
            change=changes.items("ai_uses", [use.model_copy(update={"human_decides": True}) for use in uses]),
            remedy="Faire décider une personne.",
        )


@checks("cpi-l122-6")
def licences_of_resold_services(look: Look) -> Iterator[Hit]:
    """What is resold rests on licences: each is listed with its holder."""
    if not known(look.terms.licences):
        yield Hit(
            message="Des services en ligne sont revendus et aucune licence n’est recensée : on ne sait pas qui la détient.",
            terms=("licences",),
        )


@checks("cpi-l341-1")
def data_of_the_client(look: Look) -> Iterator[Hit]:
    """The client takes away its data and the inventory kept for it."""
    if not known(look.terms.return_formats):
        yield Hit(
            message="Rien n’organise la reprise par le Client de ses données et de la documentation tenue pour lui.",
            terms=("return_formats",),
            change=Change("return_formats", ["format natif de chaque outil", "format ouvert (CSV, JSON ou PDF)"]),
        )
