"""What the Code de la consommation gives to small firms and to clients who do not act for their business."""

from __future__ import annotations

from collections.abc import Iterator

from convenu.agreement.rule import Hit, Look, checks, known
from convenu.agreement.rules.aspects import each_aspect
from convenu.terms.closed_lists import ClientKind, LegalForm
from convenu.vocabulary import french
from convenu.vocabulary.findings import Change, Severity

_KIND_OF_FORM = {
    LegalForm.ASSOCIATION: ClientKind.ASSOCIATION,
    LegalForm.PUBLIC: ClientKind.PUBLIC,
    LegalForm.SCI: ClientKind.CIVIL_OR_LIBERAL,
    LegalForm.SCP: ClientKind.CIVIL_OR_LIBERAL,
}


@checks("conso-l221-3")
def withdrawal(look: Look) -> Iterator[Hit]:
    """A firm of five at most, signing outside the provider's premises, may withdraw: it is told so and handed the form."""
    headcount, limit = known(look.terms.client_headcount), look.number("small_business_headcount")
    if headcount is None or headcount > limit or known(look.terms.withdrawal_kit):
        return
    outside = known(look.terms.object_outside_main_activity)
    days = look.number("withdrawal_days")
    yield Hit(
        message=f"Le Client emploie {limit} personnes au plus et signe hors établissement : il peut se rétracter pendant {days} jours, "
        + (
            "et rien n’indique qu’il en soit informé."
            if outside
            else "si l’objet sort de son activité principale, ce qui reste à qualifier."
        ),
        terms=("withdrawal_kit",),
        change=Change("withdrawal_kit", value=True),
        severity=None if outside else Severity.MEDIUM,
    )


@checks("conso-l215-1")
def tacit_renewal_reminder(look: Look) -> Iterator[Hit]:
    """A non-professional is told before its contract renews itself, and the contract reproduces the articles that say so."""
    yield from each_aspect(look, _reminder, _articles)


def _reminder(look: Look) -> Iterator[Hit]:
    reminder = known(look.terms.renewal_reminder)
    earliest, latest = look.number("renewal_reminder_earliest_months"), look.number("renewal_reminder_latest_months")
    if reminder is None or not latest <= reminder.months() <= earliest:
        said = "Aucun rappel n’est prévu" if reminder is None else f"Le rappel est prévu {french.span(reminder)} avant la date limite"
        yield Hit(
            message=f"{said} : un non-professionnel le reçoit entre {earliest} et {latest} mois avant la date limite de refus.",
            terms=("renewal_reminder",),
            change=Change("renewal_reminder", "2 months"),
            severity=_weight(look),
        )


def _articles(look: Look) -> Iterator[Hit]:
    if not known(look.terms.renewal_articles_reproduced):
        yield Hit(
            message="Le contrat ne reproduit pas les articles L. 215-1 à L. 215-3 et L. 241-3 du Code de la consommation.",
            terms=("renewal_articles_reproduced",),
            change=Change("renewal_articles_reproduced", value=True),
            remedy="Reproduire ces articles en entier dans une annexe.",
            severity=_weight(look),
        )


def _weight(look: Look) -> Severity | None:
    """An association may act for professional ends: its case is put to the lawyer, not asserted."""
    return Severity.LOW if look.terms.client_kind.value is ClientKind.ASSOCIATION else None


@checks("conso-liminaire")
def client_kind(look: Look) -> Iterator[Hit]:
    """What the client is in law is said, agrees with its legal form, and is not a consumer."""
    kind, form = known(look.terms.client_kind), look.terms.client_legal_form.value
    expected = _KIND_OF_FORM.get(form) if form else None
    if kind is None:
        yield Hit(message="La nature juridique du Client n’est pas indiquée : le droit applicable en dépend.", terms=("client_kind",))
    elif kind is ClientKind.CONSUMER:
        yield Hit(
            message="Le Client est un consommateur : ce contrat est écrit pour des professionnels et ne suit pas ses règles protectrices.",
            terms=("client_kind",),
            remedy="Ne pas employer ce modèle ; faire écrire un contrat de consommation.",
        )
    elif form and expected and kind is not expected and kind is not ClientKind.NON_PROFESSIONAL:
        yield Hit(
            message=f"La nature indiquée ({kind.label}) ne s’accorde pas avec la forme juridique du Client ({form.label}).",
            terms=("client_kind", "client_legal_form"),
            change=Change("client_kind", expected.value),
            severity=Severity.MEDIUM,
        )


@checks("conso-telecom-micro")
def telecom_commitment(look: Look) -> Iterator[Hit]:
    """A small firm is not bound more than twenty-four months by an offer that includes telephony or Internet."""
    duration, limit = known(look.terms.initial_duration), look.number("telecom_commitment_months")
    if duration is None or duration.months() <= limit or not _small_for_telecom(look) or known(look.terms.telecom_waiver):
        return
    yield Hit(
        message=f"La téléphonie ou l’Internet vendus ici engagent le Client {french.span(duration)}, au-delà de {limit} mois ; "
        "la limite atteint toute l’offre groupée.",
        terms=("initial_duration",),
        change=Change("initial_duration", f"{limit} months"),
    )


def _small_for_telecom(look: Look) -> bool:
    if look.terms.client_kind.value in (ClientKind.ASSOCIATION, ClientKind.NON_PROFESSIONAL):
        return True
    headcount = known(look.terms.client_headcount)
    return headcount is not None and headcount < look.number("telecom_small_headcount")
