"""Who reads a contract by a link, what they said of it, and what is answered."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from convenu.actions import links as access
from convenu.actions import remarks as deeds
from convenu.actions.look_up import find_contract
from convenu.actions.permissions import Permission, require
from convenu.actions.versions import versions_of
from convenu.vocabulary.mistakes import MistakesError
from convenu.web.contract_frame import frame, view_of
from convenu.web.sharing_forms import AnswerForm, ReaderForm
from convenu.web.status import say
from convenu.web.visitors import MemberRequest

USUAL_LENGTH = timedelta(days=30)


@require_http_methods(["GET", "POST"])
def sharing(request: MemberRequest, key: uuid.UUID) -> HttpResponse:
    """The remarks, the links, and the form that opens one more."""
    contract, now = find_contract(request.member, key), timezone.now()
    form = ReaderForm(request.POST or None, versions=versions_of(request.member, contract), until=timezone.localdate(now) + USUAL_LENGTH)
    given = None
    if form.is_valid():
        require(request.member, Permission.WRITE_CONTRACTS)
        said = form.cleaned_data
        reader = access.Reader(
            role=said["role"],
            name=said["name"],
            email=said["email"],
            until=said["until"],
            with_word=said["with_word"],
            with_positions=said["with_positions"],
        )
        try:
            given = access.give_access(
                request.member,
                contract,
                reader,
                version=said["version"],
                link_of=lambda token: request.build_absolute_uri(reverse("take_link", args=[token])),
                now=now,
            )
        except MistakesError as error:
            form.take(error)
        else:
            form = ReaderForm(versions=versions_of(request.member, contract), until=timezone.localdate(now) + USUAL_LENGTH)
    return _page(request, key, form, given=given)


@require_POST
def withdraw(request: MemberRequest, key: uuid.UUID, entry: uuid.UUID) -> HttpResponse:
    """End a link at once."""
    link = access.withdraw_access(request.member, find_contract(request.member, key), entry, now=timezone.now())
    say(request, _("Le lien de %(name)s n’ouvre plus rien.") % {"name": link.name})
    return redirect("sharing", key)


@require_POST
def remark(request: MemberRequest, key: uuid.UUID, entry: uuid.UUID) -> HttpResponse:
    """Answer a remark, close it, or open it again."""
    contract, now = find_contract(request.member, key), timezone.now()
    match request.POST.get("do"):
        case "close":
            deeds.close_remark(request.member, contract, entry, now=now)
            say(request, _("Remarque fermée."))
        case "reopen":
            deeds.reopen_remark(request.member, contract, entry, now=now)
            say(request, _("Remarque rouverte."))
        case "answer" | "answer_and_close" as chosen:
            return _answer(request, key, entry, close=chosen == "answer_and_close")
        case _unnamed:
            raise Http404
    return redirect("sharing", key)


def _answer(request: MemberRequest, key: uuid.UUID, entry: uuid.UUID, *, close: bool) -> HttpResponse:
    contract, now = find_contract(request.member, key), timezone.now()
    form = AnswerForm(request.POST, auto_id=f"{entry}_%s")
    if form.is_valid():
        try:
            deeds.answer_remark(request.member, contract, entry, words=form.cleaned_data["words"], close=close, now=now)
        except MistakesError as error:
            form.take(error)
    if form.errors:
        empty = ReaderForm(versions=versions_of(request.member, contract), until=timezone.localdate(now) + USUAL_LENGTH)
        return _page(request, key, empty, answering=entry, answer=form)
    say(request, _("Réponse transmise."))
    return redirect("sharing", key)


def _page(
    request: MemberRequest,
    key: uuid.UUID,
    form: ReaderForm,
    *,
    given: access.Given | None = None,
    answering: uuid.UUID | None = None,
    answer: AnswerForm | None = None,
) -> HttpResponse:
    view, now = view_of(request, key), timezone.now()
    threads = deeds.threads_of(request.member, view.contract)
    context = {
        **frame(request, view, page="sharing", named=_("Échanges")),
        "form": form,
        "given": given,
        "link_is_shown": not settings.EMAIL_HOST,
        "links": [(link, link.withdrawn_at is None and link.expires_at > now) for link in access.links_of(request.member, view.contract)],
        "threads": [(thread, answer if answer and answering == thread.remark.pk else _blank(thread)) for thread in threads],
        "answering": answering,
    }
    return render(request, "sharing/sharing.html", context, status=422 if form.errors or (answer and answer.errors) else 200)


def _blank(thread: deeds.Thread) -> AnswerForm:
    """A form of its own for each remark, with identifiers of its own."""
    return AnswerForm(auto_id=f"{thread.remark.pk}_%s")
