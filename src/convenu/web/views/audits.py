"""The audits: files dropped, the report of each with its quotes, the terms to confirm, the contract they open."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from convenu.actions import audits as deeds
from convenu.actions.audits import DroppedFile, ReadTerm
from convenu.actions.drafts import Download
from convenu.actions.permissions import Permission, may
from convenu.agreement.audit.audit import Audit
from convenu.agreement.audit.comparison import Position, Stance, worst_first
from convenu.agreement.audit.looking.looking import Quote
from convenu.agreement.audit.value_words import said_value
from convenu.agreement.audit.verdict.audit_finding import AuditFinding
from convenu.agreement.term_words import lines_of
from convenu.documents.audit_report import heading_of, place_of, summary
from convenu.store.audits import StoredAudit
from convenu.store.work import WorkState
from convenu.terms.contract import Terms
from convenu.vocabulary import french
from convenu.vocabulary.mistakes import Mistake, MistakesError
from convenu.web.audit_forms import AuditForm, BecomesContractForm
from convenu.web.downloads import attachment
from convenu.web.interview.inputs import Input, Kind, input_of, posted_names
from convenu.web.interview.posting import Posted, given_by, mark_of, typed_again
from convenu.web.status import say
from convenu.web.visitors import MemberRequest

UNPROCESSABLE = 422


@dataclass(frozen=True, slots=True)
class ShownQuote:
    """Words of the file and their place in it."""

    words: str
    place: str


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """A finding beside the words it rests on."""

    seen: AuditFinding
    quote: ShownQuote | None


@dataclass(frozen=True, slots=True)
class ShownPosition:
    """A type of provision: what the file says of it, and what to do."""

    position: Position
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTerm:
    """A term to confirm: what was read beside its words, what somebody wrote instead, and the field to write it in."""

    seen: ReadTerm
    quote: ShownQuote | None
    said: str
    input: Input
    mark: str
    ticked: bool
    mistake: str

    @property
    def labelled(self) -> bool:
        """Whether the field shows no label of its own."""
        return self.input.kind in (Kind.ROWS, Kind.WEEK, Kind.MATRIX)


@require_http_methods(["GET", "POST"])
def audits(request: MemberRequest) -> HttpResponse:
    """The files dropped; dropping more has them read behind the page, which looks again by itself until they are."""
    form = AuditForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        files = [DroppedFile(file.name or _("sans nom"), file.read()) for file in form.cleaned_data["contracts"]]
        try:
            kept = deeds.drop_files(request.member, files, segment=form.cleaned_data["segment"], now=timezone.now())
        except MistakesError as error:
            form.take(error)
        else:
            say(request, _dropped(len(kept), len(files)))
            return redirect("audits")
    stored = deeds.audits(request.member)
    context = {
        "title": _("Audit de contrats"),
        "form": form,
        "audits": stored,
        "under_way": any(one.under_way for one in stored),
        "waiting": sum(one.state == WorkState.WAITING for one in stored),
        "some_read": any(one.summary for one in stored),
        "may_write": may(request.member, Permission.WRITE_CONTRACTS),
    }
    if request.htmx and request.method == "GET":
        return render(request, "audits/list.html", context)
    return render(request, "audits/audits.html", context, status=UNPROCESSABLE if form.errors else 200)


def _dropped(kept: int, given: int) -> str:
    """How many files were kept, and that the others were there already."""
    if not kept:
        return _("Rien de nouveau : ce qui est déposé est déjà là.")
    told = _("%(count)s fichiers déposés.") % {"count": kept} if kept > 1 else _("Un fichier déposé.")
    return told if kept == given else told + " " + _("Les autres étaient déjà là.")


@require_GET
def audit(request: MemberRequest, key: uuid.UUID) -> HttpResponse:
    """The report of one file."""
    return _page(request, deeds.find_audit(request.member, key), BecomesContractForm())


@require_POST
def confirm(request: MemberRequest, key: uuid.UUID) -> HttpResponse:
    """Confirm the terms ticked, or all of them, and those that were written anew in place of what was read."""
    stored = deeds.find_audit(request.member, key)
    posted: Posted = dict(request.POST.lists())
    asked: Collection[str] = request.POST.getlist("terms")
    try:
        offered = deeds.read_terms(stored)
        if "all" in request.POST:
            asked = [one.key for one in offered if one.read is not None or one.corrected]
        given = given_by(posted, [one.key for one in offered], deeds.terms_shown(stored))
        written = {**given.values, **dict.fromkeys(given.cleared)}
        kept = deeds.confirm_terms(request.member, stored, asked, written=written, now=timezone.now())
    except MistakesError as error:
        return _page(request, stored, BecomesContractForm(), refused=error, posted=posted)
    count = len(kept.confirmed)
    say(
        request,
        ngettext("Un terme confirmé.", "%(count)s termes confirmés.", count) % {"count": count} if count else _("Aucun terme confirmé."),
    )
    return redirect("audit", key)


@require_POST
def open_contract(request: MemberRequest, key: uuid.UUID) -> HttpResponse:
    """Open a contract on the terms confirmed."""
    stored = deeds.find_audit(request.member, key)
    form = BecomesContractForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            contract = deeds.open_from_audit(request.member, stored, given["client"], effective=given["effective"], now=timezone.now())
        except MistakesError as error:
            form.take(error)
        else:
            say(request, _("Contrat ouvert sur les termes lus dans ce fichier."))
            return redirect("contract", contract.pk)
    return _page(request, stored, form)


@require_POST
def again(request: MemberRequest, key: uuid.UUID) -> HttpResponse:
    """Judge the file again, as of today."""
    stored = deeds.find_audit(request.member, key)
    try:
        deeds.look_again(request.member, stored, now=timezone.now())
    except MistakesError as error:
        return _page(request, stored, BecomesContractForm(), refused=error)
    return redirect("audit", key)


@require_POST
def forget(request: MemberRequest, key: uuid.UUID) -> HttpResponse:
    """Remove a file and what was read in it."""
    stored = deeds.find_audit(request.member, key)
    try:
        deeds.forget_audit(request.member, stored, now=timezone.now())
    except MistakesError as error:
        return _page(request, stored, BecomesContractForm(), refused=error)
    say(request, _("Audit retiré."))
    return redirect("audits")


@require_POST
def forget_waiting(request: MemberRequest) -> HttpResponse:
    """Remove every file that nobody has begun to read."""
    count = deeds.forget_waiting(request.member, now=timezone.now())
    say(
        request,
        ngettext("Un fichier en attente retiré.", "%(count)s fichiers en attente retirés.", count) % {"count": count}
        if count
        else _("Aucun fichier n’attend."),
    )
    return redirect("audits")


@require_GET
def download(request: MemberRequest, key: uuid.UUID, kind: str) -> HttpResponse:
    """The report, or the file as it was dropped."""
    stored = deeds.find_audit(request.member, key)
    try:
        return _handed(deeds.audit_file(request.member, stored, kind))
    except MistakesError as error:
        return _page(request, stored, BecomesContractForm(), refused=error)


@require_GET
def table(request: MemberRequest, kind: str) -> HttpResponse:
    """Every contract read side by side, or their deadlines."""
    return _handed(deeds.table_file(request.member, kind, now=timezone.now()))


def _handed(file: Download | None) -> HttpResponse:
    if file is None:
        raise Http404
    return attachment(file.name, file.media_type, file.content)


def _page(
    request: MemberRequest,
    stored: StoredAudit,
    form: BecomesContractForm,
    *,
    refused: MistakesError | None = None,
    posted: Posted | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "title": stored.file_name,
        "stored": stored,
        "form": form,
        "mistakes": refused.mistakes if refused else (),
        "may_write": may(request.member, Permission.WRITE_CONTRACTS),
    }
    if stored.text:
        context |= _report(stored)
        terms = _shown_terms(stored, refused.mistakes if refused and posted else (), posted or {})
        context |= {"terms": terms, "confirmed": any(one.seen.confirmed for one in terms)}
    return render(request, "audits/audit.html", context, status=UNPROCESSABLE if refused or form.errors else 200)


def _report(stored: StoredAudit) -> dict[str, Any]:
    one = deeds.audit_of(stored)
    return {
        "audit": one,
        "summary": list(summary(one)),
        "findings": [ShownFinding(found, _shown(one, found.quote)) for found in one.findings],
        "to_verify": [ShownFinding(asked, _shown(one, asked.quote)) for asked in one.to_verify],
        "values": [(value.label, said_value(key, value.value), _shown(one, value.quote)) for key, value in one.reading.values.items()],
        "positions": [
            ShownPosition(position, one.reading.provisions[position.provision].status.label) for position in worst_first(one.comparison)
        ],
        "missing": [position for position in one.comparison if position.stance is Stance.MISSING],
        "unread_articles": [ShownQuote(heading_of(quote), place_of(one.reading.document.source, quote)) for quote in one.unread],
        "unread": [guide.label for guide in one.recognition.values if guide.key not in one.reading.values] if one.findings else [],
    }


def _shown_terms(stored: StoredAudit, mistakes: Iterable[Mistake], posted: Posted) -> list[ShownTerm]:
    """The terms to confirm; those refused as they were typed, with what is wrong."""
    one, values = deeds.audit_of(stored), deeds.terms_shown(stored)
    wrong: dict[str, str] = {}
    for mistake in mistakes:
        key = mistake.where.rpartition(", ")[2].partition(".")[0]
        wrong[key] = f"{wrong.get(key, '')} {mistake.message} {mistake.suggestion}".strip()
    return [_shown_term(one, seen, values, posted, wrong.get(seen.key, "")) for seen in deeds.read_terms(stored)]


def _shown_term(one: Audit, seen: ReadTerm, values: Terms, posted: Posted, mistake: str) -> ShownTerm:
    term = values.term(seen.key)
    drawn = input_of(term)
    return ShownTerm(
        seen=seen,
        quote=_shown(one, seen.read.quote) if seen.read else None,
        said=french.listed(lines_of(seen.kept)) if seen.kept and seen.corrected else "",
        input=typed_again(drawn, posted) if posted and posted_names(seen.key, posted) else drawn,
        mark=mark_of(term, 0),
        ticked=seen.key in posted.get("terms", ()) if posted else seen.confirmed,
        mistake=french.typography(mistake),
    )


def _shown(one: Audit, quote: Quote | None) -> ShownQuote | None:
    if quote is None:
        return None
    return ShownQuote(" ".join(quote.text.split()), place_of(one.reading.document.source, quote))
