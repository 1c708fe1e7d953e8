"""« Ma bibliothèque »: the house's own clauses and wordings, written, tried, kept, settled with the library, brought in from Word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from convenu.actions import house_clauses as deeds
from convenu.actions.permissions import Permission, may
from convenu.actions.word_import import Proposal, keep_proposals, proposals_from
from convenu.agreement.house_clause import HouseClause
from convenu.agreement.term_offers import Offer, offers, replaced
from convenu.agreement.term_words import lines_of
from convenu.documents.html import section_html
from convenu.library import loader
from convenu.terms.contract import GROUPS, TERM_KEYS, group_of, label_of
from convenu.vocabulary import french
from convenu.vocabulary.mistakes import Mistake, MistakesError
from convenu.vocabulary.three_way import Choice, Side
from convenu.vocabulary.word_diff import DiffRun, word_diff
from convenu.web.house_forms import ClauseForm, NewClauseForm, WordForm
from convenu.web.status import say
from convenu.web.visitors import MemberRequest

UNPROCESSABLE = 422


@dataclass(frozen=True, slots=True)
class PaletteTerm:
    """A term as the palette lists it: what to write, and what it would print in the example."""

    key: str
    label: str
    example: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a three-way view: words settled, or a choice with what each side changed in the base."""

    text: str
    choice: Choice | None = None
    rank: int = 0
    ours: tuple[DiffRun, ...] = ()
    theirs: tuple[DiffRun, ...] = ()


@require_GET
def house_clauses(request: MemberRequest) -> HttpResponse:
    """The house's clauses, and what waits."""
    shown = deeds.house_clauses(request.member)
    version = deeds.newest_house()
    context = {
        "own": [one for one in shown if one.clause.own],
        "wordings": [one for one in shown if not one.clause.own],
        "version": version,
        "release": loader.current().release,
    }
    return _render(request, "house/clauses.html", _("Ma bibliothèque"), context)


@require_http_methods(["GET", "POST"])
def new(request: MemberRequest) -> HttpResponse:
    """A clause of the house's own: its title, then its page."""
    form = NewClauseForm(request.POST or None)
    if form.is_valid():
        title = form.cleaned_data["title"]
        clause = HouseClause(key=deeds.new_key(title), title=title, text="")
        deeds.keep_draft(request.member, clause, now=timezone.now())
        return redirect("house_clause", clause.key)
    return _render(request, "house/new.html", _("Écrire une clause"), {"form": form}, status=UNPROCESSABLE if form.errors else 200)


@require_http_methods(["GET", "POST"])
def house_clause(request: MemberRequest, key: str) -> HttpResponse:
    """The editor of one clause: tried, kept as a draft, made one of the house, taken off."""
    clause = deeds.find_house_clause(request.member, key)
    form = ClauseForm(request.POST or None, initial=ClauseForm.initial_from(clause), clause=clause, library=loader.current())
    deed = request.POST.get("do", "")
    if deed == "drop":
        return _drop(request, clause)
    if request.method == "POST" and form.is_valid():
        clause = form.written()
        if deed.startswith("replace:"):
            clause = _with_term(clause, deed)
            form = ClauseForm(initial=ClauseForm.initial_from(clause), clause=clause, library=loader.current())
        elif deed in ("keep", "draft"):
            try:
                return _kept(request, clause, deed)
            except MistakesError as error:
                return _editor(request, clause, form, mistakes=error.mistakes)
    return _editor(request, clause, form)


@require_POST
def try_clause(request: MemberRequest, key: str) -> HttpResponse:
    """The preview beside the text, while it is typed."""
    clause = deeds.find_house_clause(request.member, key)
    form = ClauseForm(request.POST, clause=clause, library=loader.current())
    context = _tried(request, form.written(), form) if form.is_valid() else {}
    return render(request, "house/preview.html", context)


@require_http_methods(["GET", "POST"])
def settle(request: MemberRequest, key: str) -> HttpResponse:
    """The three-way view of a wording that the library has changed since."""
    clause = deeds.find_house_clause(request.member, key)
    merge = deeds.three_way(clause)
    if request.method == "POST":
        chosen = {rank: Side(side) for rank in range(len(merge.choices)) if (side := request.POST.get(f"choice.{rank}")) in set(Side)}
        try:
            settled = deeds.settled(clause, chosen)
            deeds.keep_clause(request.member, settled, now=timezone.now())
        except MistakesError as error:
            say(request, " ".join(f"{mistake.message} {mistake.suggestion}" for mistake in error.mistakes))
            if set(chosen) == set(range(len(merge.choices))):
                deeds.keep_draft(request.member, deeds.settled(clause, chosen), now=timezone.now())
                return redirect("house_clause", key)
            return redirect("settle", key)
        say(request, _("Votre rédaction repose maintenant sur la bibliothèque %(release)s.") % {"release": loader.current().release})
        return redirect("house_clauses")
    ours = loader.current().clause(key)
    context = {
        "clause": clause,
        "pieces": list(_pieces(merge.pieces)),
        "choices": len(merge.choices),
        "release": loader.current().release,
        "theirs": word_diff(clause.base.text if clause.base else "", ours.text),
        "mine": word_diff(clause.base.text if clause.base else "", clause.text),
        "notes": ours.changes,
    }
    return _render(request, "house/settle.html", _("Rapprocher : %(title)s") % {"title": clause.title}, context)


@require_http_methods(["GET", "POST"])
def from_word(request: MemberRequest) -> HttpResponse:
    """A Word file read, its clauses proposed, and those kept put on the workbench."""
    if request.method == "POST" and "kept" in request.POST:
        kept = [
            (
                Proposal(request.POST.get(f"title.{rank}", ""), request.POST.get(f"text.{rank}", "").replace("\r\n", "\n")),
                _provision(request, rank),
            )
            for rank in request.POST.getlist("keep")
            if rank.isdecimal()
        ]
        count = keep_proposals(request.member, kept, now=timezone.now())
        say(request, _("%(count)s clauses en brouillon : ouvrez-les pour remplacer leurs chiffres par des termes.") % {"count": count})
        return redirect("house_clauses")
    form = WordForm(request.POST or None, request.FILES or None)
    proposals: tuple[Proposal, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            proposals = proposals_from(request.member, form.cleaned_data["file"].read())
        except MistakesError as error:
            form.take(error)
    context = {"form": form, "proposals": proposals, "provisions": loader.current().provisions}
    return _render(request, "house/word.html", _("Importer de Word"), context, status=UNPROCESSABLE if form.errors else 200)


def _editor(request: MemberRequest, clause: HouseClause, form: ClauseForm, *, mistakes: tuple[Mistake, ...] = ()) -> HttpResponse:
    tried = _tried(request, clause, form)
    context = {
        **tried,
        "mistakes": mistakes or tried["mistakes"],
        "clause": clause,
        "upkeep": deeds.upkeep_of(clause),
        "palette": list(_palette()),
        "original": next((one for one in loader.current().clauses if one.key == clause.key), None),
        "may_write": may(request.member, Permission.CHANGE_HOUSE),
    }
    refused = bool(mistakes or form.errors)
    return _render(request, "house/clause.html", clause.title, context, status=UNPROCESSABLE if refused else 200)


def _tried(request: MemberRequest, clause: HouseClause, form: ClauseForm) -> dict[str, Any]:
    """The preview of a clause, its mistakes, and the terms offered for its figures."""
    contract = form.cleaned_data.get("contract") if form.is_bound and form.is_valid() else None
    shown = deeds.preview(request.member, clause, contract, on=timezone.localdate())
    html = section_html(shown.section) if shown.section else ""
    found: tuple[Offer, ...] = offers(clause.text, deeds.example_terms()) if shown.mistakes else ()
    # A clause that nobody has begun has nothing to mend yet.
    mistakes = shown.mistakes if clause.text.strip() else ()
    return {
        "form": form,
        "preview": html,
        "mistakes": mistakes,
        "offers": found,
        "remarks": shown.remarks,
        "others": [(one.summary, section_html(one.section)) for one in shown.others],
        "absent": not shown.section and not shown.mistakes,
        "clause": clause,
        "may_write": may(request.member, Permission.CHANGE_HOUSE),
    }


def _kept(request: MemberRequest, clause: HouseClause, deed: str) -> HttpResponse:
    if deed == "draft":
        deeds.keep_draft(request.member, clause, now=timezone.now())
        say(request, _("Brouillon gardé. Aucun contrat ne l’emploie encore."))
        return redirect("house_clause", clause.key)
    version = deeds.keep_clause(request.member, clause, now=timezone.now())
    say(request, _("Votre bibliothèque en est à la version %(number)s. Les prochains contrats en partiront.") % {"number": version.number})
    return redirect("house_clauses")


def _drop(request: MemberRequest, clause: HouseClause) -> HttpResponse:
    try:
        deeds.drop_clause(request.member, clause.key, now=timezone.now())
    except MistakesError as error:
        say(request, " ".join(f"{mistake.message} {mistake.suggestion}" for mistake in error.mistakes))
    else:
        say(request, _("C’est retiré. Les contrats ouverts gardent leurs mots."))
    return redirect("house_clauses")


def _with_term(clause: HouseClause, deed: str) -> HouseClause:
    """« replace:payment_days:30 jours »: the term in place of the figure."""
    _deed, name, typed = [*deed.split(":", 2), "", ""][:3]
    return clause.model_copy(update={"text": replaced(clause.text, typed, name) if typed else clause.text})


def _pieces(found: tuple[Any, ...]) -> Iterator[Piece]:
    rank = 0
    for piece in found:
        if isinstance(piece, Choice):
            yield Piece("", piece, rank, word_diff(piece.base, piece.ours), word_diff(piece.base, piece.theirs))
            rank += 1
        else:
            yield Piece(piece.text)


def _palette() -> Iterator[tuple[str, list[PaletteTerm]]]:
    """The terms by group, each with what it prints in the example."""
    terms = deeds.example_terms()
    for group, title in GROUPS.items():
        yield (
            title,
            [
                PaletteTerm(key, label_of(key), "" if terms.term(key).unknown else french.listed(lines_of(terms.term(key)))[:60])
                for key in TERM_KEYS
                if group_of(key) == group
            ],
        )


def _provision(request: MemberRequest, rank: str) -> int:
    typed = request.POST.get(f"provision.{rank}", "")
    return int(typed) if typed.isdecimal() and len(typed) < 4 else 0


def _render(request: MemberRequest, name: str, title: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    house = {"title": french.typography(title), "shelf": "house", "may_write": may(request.member, Permission.CHANGE_HOUSE)}
    return render(request, name, {**house, **context}, status=status)
