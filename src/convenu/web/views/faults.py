"""The pages of refusals and faults. A fault has a reference, found again in the log."""

from __future__ import annotations

import logging
import secrets

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

log = logging.getLogger("convenu.faults")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django gives it by this name
    """The request could not be read."""
    return _page(
        request, 400, _("Demande illisible"), _("L’adresse ou le formulaire reçu n’est pas complet. Revenez à la page précédente.")
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django gives it by this name
    """The role does not allow this."""
    text = _("Votre rôle ne donne pas accès à cette page. Le propriétaire de l’entreprise peut le changer.")
    return _page(request, 403, _("Accès réservé"), text)


def csrf_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was opened too long ago, or elsewhere."""
    log.info("A form was refused: %s", reason)
    text = _("Ce formulaire n’est plus valable : la session a changé depuis son ouverture. Rechargez la page et envoyez-le de nouveau.")
    return _page(request, 403, _("Formulaire périmé"), text)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django gives it by this name
    """Nothing here, or nothing that this visitor may know of: the same words."""
    return _page(request, 404, _("Page introuvable"), _("Cette adresse ne mène à rien. La page a pu être déplacée ou supprimée."))


def fault(request: HttpRequest) -> HttpResponse:
    """Our fault: the visitor gets a reference, the log the rest."""
    reference = secrets.token_hex(3).upper()
    # Django calls this while it handles the exception: the log gets it whole.
    log.error("Reference %s: %s %s", reference, request.method, request.path, exc_info=True)  # noqa: LOG014 - see above
    text = _("Rien n’a été perdu. Référence %(reference)s.") % {"reference": reference}
    return _page(request, 500, _("La page n’a pas pu être préparée"), text)


def release_lacking(request: HttpRequest, release: str) -> HttpResponse:
    """A contract is written with a release that this installation does not have; by a link or not, it waits for the update."""
    log.warning("The release %s of the library is not installed: %s", release, request.path)
    text = _(
        "Ce contrat est écrit avec la bibliothèque « %(release)s », que cette installation n’a pas. Rien n’est perdu : il s’ouvrira dès "
        "que Convenu aura été mis à jour. Si vous le lisez par un lien, prévenez la personne qui vous l’a envoyé."
    ) % {"release": release}
    return _page(request, 503, _("Contrat d’une autre version"), text)


def _page(request: HttpRequest, status: int, title: str, text: str) -> HttpResponse:
    return render(request, "fault.html", {"title": title, "text": text, "status": status}, status=status)
