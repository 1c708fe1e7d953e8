"""An organisation taken out whole, brought into an empty installation, and the look of its documents."""

from __future__ import annotations

from django.contrib.auth import login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from convenu.actions.brand import brand_of, change_brand, legal_line
from convenu.actions.exchange import FirstSignIn, export_organisation, import_organisation
from convenu.actions.organisations import nothing_opened_yet
from convenu.store.models import House, User
from convenu.vocabulary.mistakes import MistakesError
from convenu.web.contract_forms import BrandForm, ImportForm
from convenu.web.downloads import attachment
from convenu.web.status import say
from convenu.web.views.set_up import CODE_GIVEN
from convenu.web.visitors import MemberRequest, is_on_this_machine


@require_http_methods(["GET", "POST"])
def brand(request: MemberRequest) -> HttpResponse:
    """The logo, the colour and the legal line of the documents to come."""
    organisation = request.member.organisation
    shown, kept = brand_of(organisation), House.objects.first()
    form = BrandForm(
        request.POST or None,
        request.FILES or None,
        initial={"colour": shown.colour, "legal_footer": kept.legal_footer if kept else ""},
    )
    if form.is_valid():
        given, logo = form.cleaned_data, request.FILES.get("logo")
        try:
            change_brand(
                request.member,
                colour=given["colour"],
                legal_footer=given["legal_footer"],
                logo=logo.read() if logo else None,
                without_logo=given["without_logo"],
                now=timezone.now(),
            )
        except MistakesError as error:
            form.take(error)
        else:
            say(request, _("Documents enregistrés. Les prochains téléchargements les suivront."))
            return redirect("brand")
    context = {"title": _("Documents"), "form": form, "brand": shown, "legal_line": legal_line(organisation.house_terms)}
    return render(request, "settings/brand.html", context, status=422 if form.errors else 200)


@require_GET
def logo(_request: MemberRequest) -> HttpResponse:
    """The logo in place."""
    kept = House.objects.select_related("logo").first()
    if kept is None or kept.logo is None:
        raise Http404
    return HttpResponse(bytes(kept.logo.content), content_type=kept.logo.media_type, headers={"X-Content-Type-Options": "nosniff"})


@require_GET
def exchange(request: MemberRequest) -> HttpResponse:
    """What an export holds, and the button that makes one."""
    return render(request, "settings/exchange.html", {"title": _("Export")})


@require_POST
def export(request: MemberRequest) -> HttpResponse:
    """The organisation as one zip file."""
    now = timezone.now()
    content = export_organisation(request.member, now=now)
    return attachment(f"convenu-{timezone.localdate(now):%Y-%m-%d}.zip", "application/zip", content)


@require_http_methods(["GET", "POST"])
def bring_in(request: HttpRequest) -> HttpResponse:
    """Bring an exported organisation into an empty installation."""
    if not nothing_opened_yet():
        raise Http404
    if not is_on_this_machine(request) and not request.session.get(CODE_GIVEN):
        raise PermissionDenied
    form = ImportForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        given = form.cleaned_data
        first = FirstSignIn(given["email"], given["password"])
        try:
            import_organisation(given["archive"].read(), now=timezone.now(), first=first)
        except MistakesError as error:
            form.take(error)
        else:
            request.session.flush()
            login(request, User.objects.get(email__iexact=given["email"].strip()))
            return redirect("home")
    context = {"title": _("Reprendre un export"), "form": form}
    return render(request, "exchange/import.html", context, status=422 if form.errors else 200)
