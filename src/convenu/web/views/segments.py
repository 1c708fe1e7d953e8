"""The offers of the library side by side."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from convenu.agreement.segments import ClauseRow, Comparison, TermRow, compare_segments
from convenu.agreement.term_words import lines_of
from convenu.library import loader
from convenu.terms.contract import GROUPS
from convenu.vocabulary.contract_text import label
from convenu.web.visitors import MemberRequest


@require_GET
def segments(request: MemberRequest) -> HttpResponse:
    """The offers side by side: the values that differ, where each clause stands, and what large clients ask for."""
    comparison = _comparison(loader.current().hash, timezone.localdate())
    measure = next(pack for pack in comparison.packs if pack.segment == comparison.measure)
    offers = [
        {
            "key": pack.segment,
            "label": pack.label,
            "terms": comparison.terms_changed(pack.segment) if pack is not measure else "–",
            "clauses": comparison.clauses_changed(pack.segment) if pack is not measure else "–",
            "requests": pack.requests,
        }
        for pack in comparison.packs
    ]
    labels = {pack.segment: pack.label for pack in comparison.packs}
    by_group = groupby(comparison.terms, key=lambda row: row.group)
    terms = [(GROUPS[group], [_term_cells(row, labels) for row in rows]) for group, rows in by_group]
    clauses = [_clause_cells(row, labels) for row in comparison.clauses]
    context = {"title": _("Segments"), "comparison": comparison, "measure": measure, "offers": offers, "terms": terms, "clauses": clauses}
    return render(request, "library/segments.html", {**context, "shelf": "segments"})


@lru_cache(maxsize=2)
def _comparison(_hash: str, day: date) -> Comparison:
    """Four contracts to write: once for a library and a day."""
    return compare_segments(loader.current(), on=day)


def _term_cells(row: TermRow, labels: Mapping[str, str]) -> dict[str, Any]:
    cells = [{"offer": labels[one], "lines": lines_of(term), "differs": one in row.differs} for one, term in row.values.items()]
    return {"label": row.label, "cells": cells}


def _clause_cells(row: ClauseRow, labels: Mapping[str, str]) -> dict[str, Any]:
    cells = [
        {"offer": labels[one], "place": label(there.number) if there else "", "how": row.differs[one].label if one in row.differs else ""}
        for one, there in row.standing.items()
    ]
    return {"key": row.key, "title": row.title, "cells": cells}
