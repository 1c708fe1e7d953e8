"""A contract read by a link, without an account: by the lawyer with its findings, by the client without them."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from convenu.actions import remarks as deeds
from convenu.actions.links import note_told, take_link
from convenu.actions.permissions import Permission, link_may, shared_files
from convenu.actions.provisional import decide, offer_behind
from convenu.actions.shared import SharedContract, shared_contract, shared_file
from convenu.agreement.provisional import QUOTE, quote_of
from convenu.store.contracts import ContractStatus
from convenu.store.links import LinkRole
from convenu.store.versions import FileKind
from convenu.terms.contract import label_of
from convenu.vocabulary.contract_text import Section, label
from convenu.vocabulary.french import typography
from convenu.vocabulary.mistakes import MistakesError
from convenu.web.clause_card import card_of_clause
from convenu.web.contract_frame import Tab
from convenu.web.downloads import DOWNLOADS, attachment
from convenu.web.finding_cards import cards
from convenu.web.interview.document import pieces_of
from convenu.web.margin import notes_of
from convenu.web.opened_links import LETTERS_OFF, dead_link, open_on_this_browser
from convenu.web.provisional_forms import DecisionForm
from convenu.web.sharing_forms import RemarkForm
from convenu.web.status import say
from convenu.web.visitors import SharedRequest, remote_address

TOO_MANY = 429
UNPROCESSABLE = 422
# The pages of a link, and what its role must allow to see each.
PAGES = (
    ("shared", gettext_lazy("Document"), Permission.READ_SHARED),
    ("shared_findings", gettext_lazy("Constats"), Permission.READ_SHARED_FINDINGS),
    ("shared_remarks", gettext_lazy("Vos remarques"), Permission.READ_SHARED),
)
DECISION = ("shared_decision", gettext_lazy("Votre réponse"), Permission.DECIDE)


@require_GET
def take(request: HttpRequest, token: str) -> HttpResponse:
    """Change the secret of a link for a session, and go on at an address that holds none."""
    try:
        link = take_link(token, remote=remote_address(request), now=timezone.now())
    except MistakesError as error:
        response = dead_link(request, reason=" ".join(f"{one.message} {one.suggestion}" for one in error.mistakes), status=TOO_MANY)
    else:
        if link is None:
            response = dead_link(request)
        else:
            open_on_this_browser(request, link)
            response = redirect("shared", link.pk)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@require_GET
def document(request: SharedRequest) -> HttpResponse:
    """The contract on screen, with what one said beside each article; for the lawyer, the card of each clause in the margin."""
    shared = shared_contract(request.link, now=timezone.now())
    said: dict[str, list[deeds.Thread]] = {}
    for thread in deeds.threads_for(request.link, now=timezone.now()):
        said.setdefault(thread.remark.clause, []).append(thread)
    headings = {section.clause: section for section in shared.text.sections()}
    pieces = [(piece, headings.get(piece.key), said.get(piece.key, [])) for piece in pieces_of(shared.text)]
    context = {
        **_frame(request, shared, page="shared"),
        "pieces": pieces,
        "outline": [(section.clause, typography(label(section.number)), section.title) for section in shared.text.sections()],
        "notes": notes_of(shared.draft) if shared.findings else (),
        "to_tell": request.link.role == LinkRole.LAWYER and request.link.told_at is None,
    }
    return render(request, "shared/document.html", context)


@require_GET
def findings(request: SharedRequest) -> HttpResponse:
    """What was found on the contract, with its law, and the questions that only a lawyer answers."""
    return _findings(request)


@require_POST
def reply(request: SharedRequest) -> HttpResponse:
    """Mark a question answered."""
    finding, words = request.POST.get("finding", ""), request.POST.get("words", "")
    try:
        deeds.reply_to_question(request.link, finding, words=words, now=timezone.now())
    except MistakesError as error:
        return _findings(request, error, about=finding, words=words)
    say(request, _("Réponse gardée. Le prestataire la voit."))
    return redirect(f"{reverse('shared_findings', args=[request.link.pk])}#questions")


@require_GET
def clause(request: SharedRequest, clause: str) -> HttpResponse:
    """The library's card of a clause that this contract holds."""
    shared = shared_contract(request.link, now=timezone.now())
    section = _section(shared, clause)
    if section.clause == QUOTE:
        raise Http404
    card = card_of_clause(shared.draft.library, shared.draft.library.clause(section.clause))
    positions = link_may(request.link, Permission.READ_SHARED_POSITIONS)
    context = {**_frame(request, shared, page="shared_clause"), "card": card, "page_title": card.title, "positions": positions}
    return render(request, "shared/clause.html", context)


@require_http_methods(["GET", "POST"])
def remarks(request: SharedRequest) -> HttpResponse:
    """Everything one said, with the answers, and a remark on the whole contract."""
    return _remarks(request, shared_contract(request.link, now=timezone.now()), None)


@require_http_methods(["GET", "POST"])
def remark(request: SharedRequest, clause: str) -> HttpResponse:
    """A question or a remark on an article, under its words."""
    shared = shared_contract(request.link, now=timezone.now())
    return _remarks(request, shared, _section(shared, clause))


@require_http_methods(["GET", "POST"])
def decision(request: SharedRequest) -> HttpResponse:
    """Accept a provisional contract, or refuse it, under one's name; afterwards, what was answered and when."""
    now = timezone.now()
    offer, shared = offer_behind(request.link, now=now), shared_contract(request.link, now=now)
    if offer is None:
        raise Http404
    form = DecisionForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        accepted = given["choice"] == "accept"
        try:
            decide(request.link, accepted=accepted, name=given["name"], words=given["words"], now=now)
        except MistakesError as error:
            form.take(error)
        else:
            say(request, _("Votre réponse est gardée. Le prestataire la voit."))
            return redirect("shared_decision", request.link.pk)
    context = {
        **_frame(request, shared, page="shared_decision"),
        "page_title": _("Votre réponse"),
        "form": form,
        "offer": offer,
        "quote": quote_of(shared.draft.terms, on=shared.draft.on),
        "open_points": [label_of(term) for term in shared.text.open_points],
        "may_decide": link_may(request.link, Permission.DECIDE) and offer.waits,
    }
    return render(request, "shared/decision.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_GET
def download(request: SharedRequest, kind: str) -> HttpResponse:
    """A file of what the link opens."""
    if kind not in FileKind.values:
        raise Http404
    try:
        file = shared_file(request.link, FileKind(kind), now=timezone.now())
    except MistakesError as error:
        say(request, " ".join(f"{one.message} {one.suggestion}" for one in error.mistakes))
        return redirect("shared", request.link.pk)
    return attachment(file.name, file.media_type, bytes(file.content))


@require_POST
def choose(request: SharedRequest) -> HttpResponse:
    """What the reader wants of the pages: not to be told again, or no keys of a single letter."""
    match request.POST.get("do"):
        case "told":
            note_told(request.link, now=timezone.now())
        case "letters":
            request.session[LETTERS_OFF] = not request.session.get(LETTERS_OFF, False)
        case _unnamed:
            raise Http404
    return redirect("shared", request.link.pk)


def _findings(request: SharedRequest, error: MistakesError | None = None, *, about: str = "", words: str = "") -> HttpResponse:
    shared = shared_contract(request.link, now=timezone.now())
    groups = shared.findings
    if groups is None:
        raise Http404
    context = {
        **_frame(request, shared, page="shared_findings"),
        "page_title": _("Constats"),
        "active": cards(shared.draft, groups.active),
        "questions": cards(shared.draft, groups.questions),
        "replied": cards(shared.draft, groups.replied),
        "not_verifiable": cards(shared.draft, groups.not_verifiable),
        "dismissed": cards(shared.draft, groups.dismissed),
        "mistakes": error.mistakes if error else (),
        "about": about,
        "words": words,
    }
    return render(request, "shared/findings.html", context, status=422 if error else 200)


def _remarks(request: SharedRequest, shared: SharedContract, section: Section | None) -> HttpResponse:
    form, named = RemarkForm(request.POST or None), section.clause if section else ""
    if form.is_valid():
        given = form.cleaned_data
        try:
            deeds.leave_remark(request.link, kind=given["kind"], clause=named, words=given["words"], now=timezone.now())
        except MistakesError as error:
            form.take(error)
        else:
            say(request, _("C’est transmis. La réponse se lira ici."))
            there = (
                f"{reverse('shared', args=[request.link.pk])}#clause-{named}"
                if named
                else reverse("shared_remarks", args=[request.link.pk])
            )
            return redirect(there)
    threads = [one for one in deeds.threads_for(request.link, now=timezone.now()) if section is None or one.remark.clause == named]
    context = {
        **_frame(request, shared, page="shared_remarks"),
        "page_title": f"{typography(label(section.number))}, {section.title}" if section else _("Vos remarques"),
        "form": form,
        "threads": threads,
        "pieces": [piece for piece in pieces_of(shared.text) if piece.key == named],
    }
    return render(request, "shared/remarks.html", context, status=422 if form.errors else 200)


def _section(shared: SharedContract, clause: str) -> Section:
    section = shared.text.section(clause)
    if section is None:
        raise Http404
    return section


def _frame(request: SharedRequest, shared: SharedContract, *, page: str) -> dict[str, Any]:
    link, offered = request.link, shared_files(request.link)
    # A provisional contract has one page more, where the client answers.
    pages = (*PAGES, *((DECISION,) if offer_behind(link, now=timezone.now()) else ()))
    return {
        "link": link,
        "view": shared,
        "on": shared.draft.on,
        "contract": shared.contract,
        "title": f"{shared.contract.reference}, {link.organisation.name}",
        "page_title": f"{shared.text.title}, {shared.contract.reference}",
        "tabs": [Tab(name, reverse(route, args=[link.pk]), route == page) for route, name, needed in pages if link_may(link, needed)],
        "downloads": [(kind, name) for kind, name in DOWNLOADS if kind in offered],
        "may_remark": shared.contract.status == ContractStatus.DRAFT,
        "letters_off": request.session.get(LETTERS_OFF, False),
    }
