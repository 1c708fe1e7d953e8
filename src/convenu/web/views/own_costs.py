"""The costs of the MSP: hours, on-call, travel, overheads, tools. For its owner, and to read for its sales."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from convenu.actions.own_costs import kept_costs, set_costs
from convenu.actions.permissions import Permission, may
from convenu.agreement.costing.costs import Costs
from convenu.agreement.costing.populations import POPULATIONS
from convenu.terms.closed_lists import BillingUnit
from convenu.vocabulary.mistakes import MistakesError
from convenu.web.status import say
from convenu.web.visitors import MemberRequest

UNPROCESSABLE = 422
_BLANK = 2
EURO, SHARE, HOURS = "€", "%", "h"
SINGLE: tuple[tuple[str, str | Promise, str], ...] = (
    ("hour_n1", gettext_lazy("Une heure de N1"), EURO),
    ("hour_n2", gettext_lazy("Une heure de N2"), EURO),
    ("hour_n3", gettext_lazy("Une heure de N3"), EURO),
    ("overheads", gettext_lazy("Frais généraux, en part des coûts directs"), SHARE),
    ("on_call_month", gettext_lazy("Astreinte supportée par un contrat, par mois"), EURO),
    ("travel", gettext_lazy("Un déplacement, hors temps passé"), EURO),
    ("set_up_hours", gettext_lazy("Heures d’une mise en service"), HOURS),
)
_WRITTEN = {EURO: "{} EUR", SHARE: "{} %", HOURS: "{}"}
ROWS: dict[str, tuple[str, ...]] = {
    "tools": ("label", "unit", "monthly"),
    "fixed": ("label", "monthly"),
    "efforts": ("population", "low", "likely", "high"),
}


TITLES: dict[str, str | Promise] = {
    "tools": gettext_lazy("Outils et licences, par unité et par mois"),
    "fixed": gettext_lazy("Coûts fixes d’un contrat, par mois"),
    "efforts": gettext_lazy("Vos heures de support, par unité et par mois"),
}


@dataclass(frozen=True, slots=True)
class SingleCost:
    """One cost as the page asks it."""

    name: str
    label: str | Promise
    unit: str
    value: str
    mistake: str


@require_http_methods(["GET", "POST"])
def own_costs(request: MemberRequest) -> HttpResponse:
    """Every cost of the MSP, on one page."""
    mistakes: dict[str, str] = {}
    typed = request.POST if request.method == "POST" else _typed(kept_costs(request.member))
    if request.method == "POST":
        try:
            set_costs(request.member, _given(typed), now=timezone.now())
        except MistakesError as error:
            for one in error.mistakes:
                place = one.where.rpartition(", ")[2]
                mistakes[place] = f"{mistakes.get(place, '')} {one.message} {one.suggestion}".strip()
        else:
            say(request, _("Coûts enregistrés. Les chiffrages en tiennent compte dès maintenant."))
            return redirect("own_costs")
    context = {
        "title": _("Coûts"),
        "singles": [SingleCost(name, label, unit, typed.get(name, ""), mistakes.pop(name, "")) for name, label, unit in SINGLE],
        "tools": _shown(typed, "tools"),
        "fixed": _shown(typed, "fixed"),
        "efforts": _shown(typed, "efforts"),
        "mistakes": {_told(place): words for place, words in mistakes.items()},
        "units": [(unit.value, unit.label) for unit in BillingUnit],
        "populations": list(POPULATIONS.items()),
        "may_write": may(request.member, Permission.CHANGE_HOUSE),
    }
    return render(request, "settings/own_costs.html", context, status=UNPROCESSABLE if request.method == "POST" else 200)


def _told(place: str) -> str:
    """« Outils et licences, ligne 2 » for a mistake in a row; its words name the rest."""
    group, _point, rest = place.partition(".")
    row = rest.partition(".")[0].partition("[")[0]
    if group not in TITLES:
        return place
    return f"{TITLES[group]}, {_('ligne %(row)s') % {'row': int(row) + 1}}" if row.isdecimal() else str(TITLES[group])


def _typed(costs: Costs) -> QueryDict:
    """Costs as the page's fields hold them."""
    typed = QueryDict(mutable=True)
    kept = costs.as_json()
    for name, _label, _unit in SINGLE:
        typed[name] = _plain(kept.get(name))
    for group, parts in ROWS.items():
        for row in kept.get(group, []):
            for part in parts:
                typed.appendlist(f"{group}.{part}", _plain(row[part]))
    return typed


def _plain(written: object) -> str:
    """« 29.00 EUR » as « 29,00 », for its unit stands beside the field; words stay as they are."""
    words = "" if written is None else str(written).removesuffix(" EUR").removesuffix(" %")
    return words.replace(".", ",") if words.replace(".", "").isdecimal() else words


def _given(typed: QueryDict) -> dict[str, Any]:
    """What was typed, as costs are written; what is left empty is not given."""
    given: dict[str, Any] = {name: _WRITTEN[unit].format(value) for name, _label, unit in SINGLE if (value := _number(typed.get(name, "")))}
    return given | {group: [_row(one) for one in _rows(typed, group)] for group in ROWS}


def _row(row: dict[str, str]) -> dict[str, str]:
    told = {part: _number(value) if part in ("low", "likely", "high") else value.strip() for part, value in row.items()}
    return {**told, "monthly": f"{_number(row['monthly'])} EUR"} if "monthly" in row else told


def _rows(typed: QueryDict, group: str) -> Iterator[dict[str, str]]:
    """The rows that somebody filled, with a label or a number."""
    parts = ROWS[group]
    for values in zip(*(typed.getlist(f"{group}.{part}") for part in parts), strict=False):
        row = dict(zip(parts, values, strict=True))
        if any(value.strip() for part, value in row.items() if part not in ("unit", "population")):
            yield row


def _shown(typed: QueryDict, group: str) -> list[dict[str, str]]:
    return [*_rows(typed, group), *({} for _ in range(_BLANK))]


def _number(value: str) -> str:
    return value.replace(",", ".").replace("\u202f", "").replace("\u00a0", "").replace(" ", "")
