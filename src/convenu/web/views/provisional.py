"""The provisional contracts of a contract: prepared, sent, withdrawn, taken up once accepted."""

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

from convenu.actions import provisional as deeds
from convenu.actions.links import Given
from convenu.actions.look_up import find_contract
from convenu.actions.permissions import Permission, require
from convenu.agreement.provisional import quote_of
from convenu.store.provisional import ProvisionalStatus
from convenu.terms.contract import label_of
from convenu.vocabulary.mistakes import MistakesError
from convenu.web.contract_frame import frame, view_of
from convenu.web.provisional_forms import PrepareForm, SendForm
from convenu.web.status import say
from convenu.web.visitors import MemberRequest

USUAL_VALIDITY = timedelta(days=30)
UNPROCESSABLE = 422


@require_http_methods(["GET", "POST"])
def provisional(request: MemberRequest, key: uuid.UUID) -> HttpResponse:
    """The price and the open points as they stand, the provisional contracts made of them, and one more to prepare."""
    contract, now = find_contract(request.member, key), timezone.now()
    form = PrepareForm(request.POST or None, initial={"valid_until": timezone.localdate(now) + USUAL_VALIDITY})
    if form.is_valid():
        try:
            deeds.prepare_provisional(request.member, contract, valid_until=form.cleaned_data["valid_until"], now=now)
        except MistakesError as error:
            form.take(error)
        else:
            say(request, _("Contrat prévisionnel prêt : relisez-le, puis envoyez-le."))
            return redirect("provisional", key)
    return _page(request, key, form)


@require_POST
def change(request: MemberRequest, key: uuid.UUID, entry: uuid.UUID) -> HttpResponse:
    """Send it to the client, take it back, or take it up in the contract."""
    contract, now = find_contract(request.member, key), timezone.now()
    prepare = PrepareForm(initial={"valid_until": timezone.localdate(now) + USUAL_VALIDITY})
    try:
        match request.POST.get("do"):
            case "send":
                return _send(request, key, entry, prepare)
            case "withdraw":
                deeds.withdraw_provisional(request.member, contract, entry, now=now)
                say(request, _("Contrat prévisionnel retiré : le client ne peut plus y répondre."))
            case "convert":
                deeds.convert(request.member, contract, entry, now=now)
                say(request, _("Repris : le contrat dit mot pour mot ce qui a été accepté. Restent les points ouverts."))
            case _unnamed:
                raise Http404
    except MistakesError as error:
        say(request, " ".join(f"{mistake.message} {mistake.suggestion}" for mistake in error.mistakes))
    return redirect("provisional", key)


def _send(request: MemberRequest, key: uuid.UUID, entry: uuid.UUID, prepare: PrepareForm) -> HttpResponse:
    require(request.member, Permission.WRITE_CONTRACTS)
    form, given = SendForm(request.POST, auto_id=f"{entry}_%s"), None
    if form.is_valid():
        try:
            given = deeds.send_provisional(
                request.member,
                find_contract(request.member, key),
                entry,
                name=form.cleaned_data["name"],
                email=form.cleaned_data["email"],
                link_of=lambda token: request.build_absolute_uri(reverse("take_link", args=[token])),
                now=timezone.now(),
            )
        except MistakesError as error:
            form.take(error)
    return _page(request, key, prepare, given=given, sending=entry, send=None if given else form)


def _page(
    request: MemberRequest,
    key: uuid.UUID,
    form: PrepareForm,
    *,
    given: Given | None = None,
    sending: uuid.UUID | None = None,
    send: SendForm | None = None,
) -> HttpResponse:
    view, today = view_of(request, key), timezone.localdate()
    offers = deeds.offers_of(request.member, view.contract, today=today)
    context = {
        **frame(request, view, page="provisional"),
        "page_title": _("Contrat prévisionnel"),
        "form": form,
        "quote": quote_of(view.draft.terms, on=view.draft.on),
        "open_points": [label_of(term) for term in view.text.open_points],
        "offers": [(one, send if send and sending == one.provisional.pk else _blank(one), _moved(one)) for one in offers],
        "given": given,
        "sending": sending if send else None,
        "link_is_shown": not settings.EMAIL_HOST,
    }
    return render(request, "provisional/provisional.html", context, status=UNPROCESSABLE if form.errors or (send and send.errors) else 200)


def _blank(offer: deeds.Offer) -> SendForm | None:
    """The form that sends it, with identifiers of its own; none where nothing is sent any more."""
    sendable = offer.standing in (ProvisionalStatus.DRAFT, ProvisionalStatus.SENT)
    return SendForm(auto_id=f"{offer.provisional.pk}_%s") if sendable else None


def _moved(offer: deeds.Offer) -> list[str]:
    """What the contract now says otherwise than what was accepted."""
    if offer.standing is not ProvisionalStatus.ACCEPTED:
        return []
    return [label_of(term) for term in deeds.changed_since(offer.provisional)]
