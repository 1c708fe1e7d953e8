"""The journal: what was done in the organisation, by whom, and whether it still holds together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from convenu.store import audit
from convenu.store.models import AccessLink, AuditEntry, Client, Contract, Remark, StoredFile, Version
from convenu.web.visitors import MemberRequest

# What each action is called on the page; an action without words here shows its key, and a test finds it.
WORDS: dict[str, str | Promise] = {
    "organisation_opened": gettext_lazy("Entreprise ouverte"),
    "house_changed": gettext_lazy("Entreprise modifiée"),
    "rule_read": gettext_lazy("Règle relue"),
    "signed_in": gettext_lazy("Connexion"),
    "password_changed": gettext_lazy("Mot de passe changé"),
    "password_reset": gettext_lazy("Mot de passe choisi de nouveau"),
    "totp_confirmed": gettext_lazy("Double authentification activée"),
    "totp_removed": gettext_lazy("Double authentification retirée"),
    "member_invited": gettext_lazy("Personne invitée"),
    "invitation_withdrawn": gettext_lazy("Invitation retirée"),
    "invitation_accepted": gettext_lazy("Invitation acceptée"),
    "role_changed": gettext_lazy("Rôle changé"),
    "member_deactivated": gettext_lazy("Accès retiré"),
    "member_reactivated": gettext_lazy("Accès rendu"),
    "client_added": gettext_lazy("Client ajouté"),
    "client_changed": gettext_lazy("Client modifié"),
    "client_archived": gettext_lazy("Client archivé"),
    "client_restored": gettext_lazy("Client restauré"),
    "contract_opened": gettext_lazy("Contrat ouvert"),
    "contract_archived": gettext_lazy("Contrat archivé"),
    "contract_restored": gettext_lazy("Contrat restauré"),
    "answered": gettext_lazy("Réponse donnée"),
    "finding_dismissed": gettext_lazy("Constat écarté"),
    "finding_restored": gettext_lazy("Constat rétabli"),
    "law_day_chosen": gettext_lazy("Jour du droit choisi"),
    "library_followed": gettext_lazy("Bibliothèque suivie"),
    "house_followed": gettext_lazy("Bibliothèque et valeurs de la maison suivies"),
    "house_clause_kept": gettext_lazy("Clause de la maison enregistrée"),
    "house_clause_dropped": gettext_lazy("Clause de la maison retirée"),
    "house_clauses_imported": gettext_lazy("Clauses importées de Word"),
    "costs_changed": gettext_lazy("Coûts changés"),
    "audit_begun": gettext_lazy("Contrat déposé à l’audit"),
    "audit_again": gettext_lazy("Audit refait"),
    "audit_confirmed": gettext_lazy("Termes lus confirmés"),
    "audit_became_contract": gettext_lazy("Contrat ouvert sur un audit"),
    "audit_forgotten": gettext_lazy("Audit retiré"),
    "house_values_changed": gettext_lazy("Valeurs de la maison changées"),
    "version_saved": gettext_lazy("Version enregistrée"),
    "file_kept": gettext_lazy("Fichier d’une version gardé"),
    "link_given": gettext_lazy("Lien ouvert à une personne"),
    "link_withdrawn": gettext_lazy("Lien retiré"),
    "link_opened": gettext_lazy("Contrat ouvert par un lien"),
    "link_told": gettext_lazy("Avertissement lu par l’avocat"),
    "link_downloaded": gettext_lazy("Fichier téléchargé par un lien"),
    "tickets_import_begun": gettext_lazy("Import de tickets commencé"),
    "tickets_removed": gettext_lazy("Import de tickets supprimé"),
    "remark_left": gettext_lazy("Remarque laissée par un lien"),
    "remark_answered": gettext_lazy("Réponse à une remarque"),
    "remark_closed": gettext_lazy("Remarque fermée"),
    "remark_reopened": gettext_lazy("Remarque rouverte"),
    "inventory_taken": gettext_lazy("Inventaire importé"),
    "inventory_removed": gettext_lazy("Inventaire retiré"),
    "hour_packs_bought": gettext_lazy("Carnets d’heures achetés"),
    "hour_packs_removed": gettext_lazy("Achat de carnets d’heures retiré"),
    "provisional_prepared": gettext_lazy("Contrat prévisionnel préparé"),
    "provisional_sent": gettext_lazy("Contrat prévisionnel envoyé"),
    "provisional_withdrawn": gettext_lazy("Contrat prévisionnel retiré"),
    "provisional_accepted": gettext_lazy("Contrat prévisionnel accepté"),
    "provisional_refused": gettext_lazy("Contrat prévisionnel refusé"),
    "provisional_converted": gettext_lazy("Contrat prévisionnel repris dans le contrat"),
    "brand_changed": gettext_lazy("Aspect des documents modifié"),
    "organisation_exported": gettext_lazy("Entreprise exportée"),
    "organisation_imported": gettext_lazy("Entreprise reprise d’un export"),
}


# What an entry may be about, and the way from there to its contract.
CONTRACT_OF: dict[type[Contract | Version | StoredFile | AccessLink | Remark], str] = {
    Contract: "",
    Version: "contract__",
    StoredFile: "version__contract__",
    AccessLink: "contract__",
    Remark: "contract__",
}


@dataclass(frozen=True, slots=True)
class About:
    """The client or the contract that an entry is about."""

    words: str
    href: str


@require_GET
def journal(request: MemberRequest) -> HttpResponse:
    """Fifty entries a page, the latest first."""
    entries = Paginator(AuditEntry.objects.order_by("-number").select_related("actor"), 50).get_page(request.GET.get("page"))
    holders = {f"accesslink:{link.pk}": link for link in AccessLink.objects.filter(pk__in=_links_in(entries))}
    about = _about(entries)
    rows = [(entry, WORDS.get(entry.action, entry.action), about.get(entry.subject), _who(entry, holders)) for entry in entries]
    return render(request, "settings/journal.html", {"title": _("Journal"), "entries": entries, "rows": rows, "breaks": audit.verify()})


def _links_in(entries: Iterable[AuditEntry]) -> list[str]:
    return [entry.subject.removeprefix("accesslink:") for entry in entries if entry.subject.startswith("accesslink:")]


def _about(entries: Iterable[AuditEntry]) -> dict[str, About]:
    """What each subject of a page is, for those that still stand."""
    keys: dict[str, set[str]] = {}
    for entry in entries:
        kind, _colon, key = entry.subject.partition(":")
        keys.setdefault(kind, set()).add(key)
    named = {
        f"client:{client.pk}": About(client.name, reverse("client", args=[client.pk]))
        for client in Client.objects.filter(pk__in=keys.get("client", ()))
    }
    for model, way in CONTRACT_OF.items():
        kind = model._meta.model_name or ""
        wanted = model.objects.filter(pk__in=keys.get(kind, ()), **{f"{way}pk__isnull": False})
        for key, contract, reference, client in wanted.values_list("pk", f"{way}pk", f"{way}reference", f"{way}client__name"):
            named[f"{kind}:{key}"] = About(f"{reference}, {client}", reverse("contract", args=[contract]))
    return named


def _who(entry: AuditEntry, holders: Mapping[str, AccessLink]) -> str:
    """The member who did it or, where nobody signed in, the holder of the link."""
    if entry.actor is not None:
        return entry.actor.display_name
    link = holders.get(entry.subject)
    return f"{link.name} ({link.get_role_display()})" if link else ""
