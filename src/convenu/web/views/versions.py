"""The versions of a contract: kept with a comment, compared with each other and with the draft."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from convenu.actions import versions as deeds
from convenu.actions.look_up import find_version
from convenu.actions.permissions import Permission, require
from convenu.vocabulary.mistakes import MistakesError
from convenu.web.changed_lines import changed
from convenu.web.contract_forms import VersionForm
from convenu.web.contract_frame import frame, view_of
from convenu.web.status import say
from convenu.web.visitors import MemberRequest

DRAFT = "projet"


@require_http_methods(["GET", "POST"])
def versions(request: MemberRequest, key: uuid.UUID) -> HttpResponse:
    """The versions kept, and the form that keeps one more."""
    view = view_of(request, key)
    form = VersionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        require(request.member, Permission.WRITE_CONTRACTS)
        try:
            version = deeds.save_version(request.member, view.contract, comment=form.cleaned_data["comment"], now=timezone.now())
        except MistakesError as error:
            form.take(error)
        else:
            say(request, _("Version %(number)s enregistrée.") % {"number": version.number})
            return redirect("versions", view.contract.pk)
    kept = deeds.versions_of(request.member, view.contract)
    context = {**frame(request, view, page="versions", named=_("Versions")), "versions": kept, "form": form}
    return render(request, "versions/versions.html", context, status=422 if form.errors else 200)


@require_GET
def compare(request: MemberRequest, key: uuid.UUID) -> HttpResponse:
    """What changed from one version to another, or to the draft."""
    view = view_of(request, key)
    kept = deeds.versions_of(request.member, view.contract)
    latest = str(kept[0].rank) if kept else ""
    older, newer = request.GET.get("de", latest), request.GET.get("a", DRAFT)
    context = {
        **frame(request, view, page="comparison", tab="versions", named=_("Comparer deux versions")),
        "versions": kept,
        "older": older,
        "newer": newer,
        "draft": DRAFT,
    }
    if kept:
        before = find_version(request.member, view.contract, _rank(older))
        if newer == DRAFT:
            comparison = deeds.compare_with_draft(request.member, before, now=timezone.now())
        else:
            after = find_version(request.member, view.contract, _rank(newer))
            comparison = deeds.compare_versions(request.member, before, after)
        context |= {"comparison": comparison, "clauses": [changed(change) for change in comparison.clauses]}
    return render(request, "versions/comparison.html", context)


def _rank(typed: str) -> int:
    """A rank no version has, when it is no number."""
    return int(typed) if typed.isdecimal() and len(typed) < 7 else 0
