"""The house's usual value of any term: proposed in each new contract, before the segment's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from convenu.actions.company import IDENTITY
from convenu.actions.organisations import set_house_values
from convenu.actions.permissions import Permission, may
from convenu.agreement.question import Question, QuestionSection
from convenu.library import loader
from convenu.store.models import Organisation
from convenu.terms.contract import Terms, label_of
from convenu.terms.files import terms_from
from convenu.vocabulary import french
from convenu.vocabulary.mistakes import MistakesError
from convenu.vocabulary.yaml_text import YamlText
from convenu.web.interview.inputs import Input, Kind, input_of
from convenu.web.interview.posting import given_by, mark_of, typed_again
from convenu.web.status import say
from convenu.web.visitors import MemberRequest

NONE = "none."
UNPROCESSABLE = 422


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseValue:
    """A term with the house's usual value, as the page of its section asks it."""

    key: str
    label: str
    input: Input
    mark: str
    none: bool
    mistake: str

    @property
    def labelled(self) -> bool:
        """Whether the input shows no label of its own."""
        return self.input.kind in (Kind.ROWS, Kind.WEEK, Kind.MATRIX)


@require_GET
def house_values(request: MemberRequest) -> HttpResponse:
    """The sections of the interview, with how many values of each the house has."""
    kept = _kept(request)
    sections = [
        (section, sum(key in kept for question in questions for key in question.fills), sum(len(question.fills) for question in questions))
        for section, questions in _by_section().items()
    ]
    context = {
        "title": _("Valeurs maison"),
        "sections": sections,
        "shelf": "house",
        "may_write": may(request.member, Permission.CHANGE_HOUSE),
    }
    return render(request, "house/values.html", context)


@require_http_methods(["GET", "POST"])
def section_values(request: MemberRequest, section: str) -> HttpResponse:
    """Every term of a section, with the house's value where it has one."""
    found = next(((one, questions) for one, questions in _by_section().items() if one.key == section), None)
    if found is None:
        raise Http404
    kept, (shown, questions) = _kept(request), found
    terms = terms_from(YamlText(kept))
    mistakes: dict[str, str] = {}
    posted = {name: [str(one) for one in request.POST.getlist(name)] for name in request.POST}
    if request.method == "POST":
        keys = [key for question in questions for key in question.fills]
        try:
            set_house_values(request.member, _changes(posted, keys, terms, kept), now=timezone.now())
        except MistakesError as error:
            for mistake in error.mistakes:
                key = mistake.where.rpartition(", ")[2].partition(".")[0]
                mistakes[key] = f"{mistakes.get(key, '')} {mistake.message} {mistake.suggestion}".strip()
        else:
            say(request, _("Valeurs enregistrées. Les prochains contrats en partiront."))
            return redirect("house_values")
    asked = [(question, [_value(key, terms, posted, mistakes) for key in question.fills]) for question in questions]
    context = {
        "title": french.typography(shown.title),
        "section": shown,
        "asked": asked,
        "identity": IDENTITY,
        "mistakes": mistakes,
        "shelf": "house",
        "may_write": may(request.member, Permission.CHANGE_HOUSE),
    }
    return render(request, "house/section_values.html", context, status=UNPROCESSABLE if mistakes else 200)


def _changes(posted: dict[str, list[str]], keys: list[str], terms: Terms, kept: dict[str, Any]) -> dict[str, Any]:
    """The values to keep and those to forget (None); a box says that the house has none of it."""
    given = given_by(posted, keys, terms)
    changes: dict[str, Any] = {**given.values, **dict.fromkeys(given.cleared)}
    for key in keys:
        said_none = bool(posted.get(f"{NONE}{key}"))
        if said_none:
            changes[key] = "none"
        elif kept.get(key) == "none" and key not in given.values:
            changes[key] = None
    return {key: value for key, value in changes.items() if value != kept.get(key)}


def _value(key: str, terms: Terms, posted: dict[str, list[str]], mistakes: dict[str, str]) -> HouseValue:
    term = terms.term(key)
    drawn = input_of(term)
    return HouseValue(
        key=key,
        label=label_of(key),
        input=typed_again(drawn, posted) if key in mistakes else drawn,
        mark=mark_of(term, 0),
        none=bool(posted.get(f"{NONE}{key}")) if key in mistakes else term.lacking,
        mistake=french.typography(mistakes.get(key, "")),
    )


def _by_section() -> dict[QuestionSection, list[Question]]:
    sections: dict[QuestionSection, list[Question]] = {}
    for question in loader.current().questions:
        sections.setdefault(question.section, []).append(question)
    return sections


def _kept(request: MemberRequest) -> dict[str, Any]:
    return dict(Organisation.objects.get(pk=request.member.organisation_id).house_terms)
