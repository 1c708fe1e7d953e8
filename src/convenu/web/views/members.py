"""The people of the organisation, and the page that an invitation opens."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from convenu.actions import members as deeds
from convenu.actions.second_factor import has_confirmed_totp
from convenu.store.models import Invitation, Membership
from convenu.store.people import Role
from convenu.vocabulary.mistakes import MistakesError
from convenu.web.forms import InviteForm, NewPasswordForm, PageForm, WelcomeForm
from convenu.web.status import say
from convenu.web.views.signing_in import let_in
from convenu.web.visitors import MemberRequest, visitor


@require_http_methods(["GET", "POST"])
def members(request: MemberRequest) -> HttpResponse:
    """Who works here, who is invited, and the form to invite."""
    form = InviteForm(request.POST or None)
    invited = None
    if form.is_valid():
        try:
            invited = deeds.invite_member(
                request.member,
                email=form.cleaned_data["email"],
                role=form.cleaned_data["role"],
                link_of=lambda token: request.build_absolute_uri(reverse("invitation", args=[token])),
                now=timezone.now(),
            )
            form = InviteForm()
        except MistakesError as error:
            form.take(error)
    return _page(request, form, invited=invited)


@require_POST
def change(request: MemberRequest, key: uuid.UUID) -> HttpResponse:
    """Give a member another role, put aside, or bring back."""
    other = get_object_or_404(Membership.objects.select_related("user"), pk=key)
    now = timezone.now()
    name = other.user.display_name
    try:
        match request.POST.get("do"):
            case "deactivate":
                deeds.deactivate_member(request.member, other, now=now)
                say(request, _("%(name)s n’a plus accès.") % {"name": name})
            case "reactivate":
                deeds.reactivate_member(request.member, other, now=now)
                say(request, _("%(name)s a de nouveau accès.") % {"name": name})
            case _unnamed:
                deeds.change_role(request.member, other, role=request.POST.get("role", ""), now=now)
                say(request, _("Rôle de %(name)s enregistré.") % {"name": name})
    except MistakesError as error:
        form = InviteForm(data={})
        form.errors.clear()
        form.take(error)
        return _page(request, form, invite_opened=False)
    return redirect("members")


@require_POST
def withdraw(request: MemberRequest, key: uuid.UUID) -> HttpResponse:
    """End an invitation."""
    invitation = get_object_or_404(Invitation, pk=key)
    deeds.withdraw_invitation(request.member, invitation, now=timezone.now())
    say(request, _("Invitation de %(email)s retirée.") % {"email": invitation.email})
    return redirect("members")


@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Take up an invitation: a name and a password, or the password one has."""
    offered = deeds.open_invitation(token, now=timezone.now())
    if offered is None:
        return render(request, "signing/dead_link.html", {"title": _("Ce lien n’ouvre plus rien")}, status=404)
    has_account = deeds.account_of(offered) is not None
    form = _welcome_form(request, has_account=has_account)
    if form.is_valid():
        try:
            return _welcome(request, token, form)
        except MistakesError as error:
            form.take(error)
    context = {"title": _("Rejoindre %(organisation)s") % {"organisation": offered.organisation.name}, "form": form, "offered": offered}
    return render(request, "signing/invitation.html", {**context, "has_account": has_account}, status=422 if form.errors else 200)


def _welcome(request: HttpRequest, token: str, form: PageForm) -> HttpResponse:
    offered = deeds.open_invitation(token, now=timezone.now())
    member = deeds.accept_invitation(
        token=token,
        display_name=form.cleaned_data.get("display_name", ""),
        password=form.cleaned_data["password"],
        visitor=visitor(request, offered.email if offered else ""),
        language=get_language() or "fr",
        now=timezone.now(),
    )
    if has_confirmed_totp(member.user):
        say(request, _("Invitation acceptée. Connectez-vous avec votre code."))
        return redirect("sign_in")
    return let_in(request, member.user)


def _welcome_form(request: HttpRequest, *, has_account: bool) -> PageForm:
    if not has_account:
        return WelcomeForm(request.POST or None)
    form = NewPasswordForm(request.POST or None)
    form.fields["password"].label = _("Mot de passe de votre compte")
    form.fields["password"].help_text = ""
    form.fields["password"].widget.attrs["autocomplete"] = "current-password"
    return form


def _page(request: MemberRequest, form: PageForm, *, invited: deeds.Invited | None = None, invite_opened: bool = True) -> HttpResponse:
    context = {
        "title": _("Membres"),
        "form": form,
        "members": Membership.objects.select_related("user").order_by("-is_active", "joined_at"),
        "invitations": Invitation.objects.filter(accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=timezone.now()),
        "roles": Role.choices,
        "invited": invited,
        "link_is_shown": not settings.EMAIL_HOST,
        "invite_opened": invite_opened,
    }
    return render(request, "settings/members.html", context, status=422 if form.errors else 200)
