"""The rules, one page each: law, reasoning, cases, contracts where it finds something; read one by one, and written to a Word file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from convenu.actions.permissions import Permission, may
from convenu.actions.rule_pack import rule_pack_file
from convenu.actions.rule_readings import ReadRule, firings, read_rules, record_reading
from convenu.agreement.rule import Rule
from convenu.library import loader
from convenu.library.rules import cases_of
from convenu.terms.contract import label_of
from convenu.vocabulary import french
from convenu.vocabulary.mistakes import MistakesError
from convenu.web.downloads import attachment
from convenu.web.status import say
from convenu.web.visitors import MemberRequest

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_READER = "rule_reader"


@dataclass(frozen=True, slots=True)
class ShownCase:
    """A case as the page lists it."""

    name: str
    on: date | None
    expected: str


@require_GET
def rules(request: MemberRequest) -> HttpResponse:
    """The rules, gravest first, with what was read."""
    library = loader.current()
    read = read_rules(request.member, sorted(library.rules, key=_order))
    context = {
        "rules": read,
        "release": library.release,
        "read_total": sum(not one.to_read for one in read),
        "first": next((one.rule for one in read if one.to_read), read[0].rule),
        "shelf": "rules",
    }
    return render(request, "library/rules.html", {"title": _("Règles"), **context})


@require_http_methods(["GET", "POST"])
def rule(request: MemberRequest, rule: str) -> HttpResponse:
    """One rule, with the ways to the ones before and after; marking it as read goes on to the next one to read."""
    library = loader.current()
    ordered = sorted(library.rules, key=_order)
    rank = next((rank for rank, one in enumerate(ordered) if one.id == rule), None)
    if rank is None:
        raise Http404
    found, wrong = ordered[rank], ""
    if request.method == "POST":
        try:
            reading = record_reading(request.member, found, request.POST.get("reader", ""), now=timezone.now())
        except MistakesError as error:
            wrong = " ".join(mistake.message for mistake in error.mistakes)
        else:
            request.session[_READER] = reading.reader
            say(request, _("Règle relue."))
            return redirect("rule", ordered[(rank + 1) % len(ordered)].id)
    read = read_rules(request.member, ordered)
    fired, looked_at = firings(request.member, found, library, on=timezone.localdate()) if not found.silent else ((), 0)
    context = {
        **_context(request, read[rank]),
        "rank": rank + 1,
        "total": len(ordered),
        "read_total": sum(not one.to_read for one in read),
        "previous": ordered[rank - 1],
        "next": ordered[(rank + 1) % len(ordered)],
        "told": list(_told(found)),
        "firings": fired,
        "looked_at": looked_at,
        "wrong": wrong,
    }
    return render(request, "library/rule.html", context, status=422 if wrong else 200)


@require_GET
def word(request: MemberRequest) -> HttpResponse:
    """The whole pack as a Word file."""
    made = rule_pack_file(request.member, loader.current(), on=timezone.localdate())
    return attachment(_("regles-de-controle.docx"), WORD, made)


def _order(rule: Rule) -> tuple[Any, ...]:
    return (rule.silent, rule.severity.rank, rule.title)


def _context(request: MemberRequest, one: ReadRule) -> dict[str, Any]:
    rule = one.rule
    return {
        "title": french.typography(rule.title),
        "rule": rule,
        "state": rule.state(timezone.localdate()),
        "confidence": _confidence(rule),
        "lines": list(_lines(rule)),
        "cases": list(_cases(rule)),
        "reading": one.reading,
        "changed": one.changed,
        "reader": request.POST.get("reader") or request.session.get(_READER) or request.user.display_name,
        "can_record": may(request.member, Permission.WRITE_CONTRACTS),
        "shelf": "rules",
    }


def _lines(rule: Rule) -> Iterator[tuple[str, str]]:
    """What it looks at, when, what follows and how it is mended."""
    if rule.applies_when.terms:
        yield _("Seulement selon"), french.enumeration(sorted(label_of(key) for key in rule.applies_when.terms))
    if rule.reads:
        yield _("Réponses lues"), french.enumeration([label_of(key) for key in rule.reads])
    if rule.sanction:
        yield _("Ce que l’on risque"), rule.sanction
    yield _("Remède"), rule.remedy


def _confidence(rule: Rule) -> str:
    return {
        "source_read": _("Texte lu dans la source nommée."),
        "from_knowledge": _("Citée de connaissance : à vérifier dans le texte."),
        "practice": _("Usage du métier."),
    }[rule.confidence]


def _told(rule: Rule) -> Iterator[tuple[str, Rule]]:
    library = loader.current()
    yield from ((_("Dit par :"), library.rule(other)) for other in rule.told_by)
    yield from ((_("Prend la place de :"), library.rule(other)) for other in rule.exception_to)
    yield from ((_("Cède la place à :"), other) for other in library.rules if rule.id in other.exception_to)
    yield from ((_("Dit aussi :"), other) for other in library.rules if rule.id in other.told_by)


def _cases(rule: Rule) -> Iterator[ShownCase]:
    words = {"fires": _("un constat"), "silent": _("rien"), "not_verifiable": _("non vérifiable")}
    for case in cases_of(rule.id):
        yield ShownCase(str(case["name"]), date.fromisoformat(case["on"]) if "on" in case else None, words[case["expect"]])
