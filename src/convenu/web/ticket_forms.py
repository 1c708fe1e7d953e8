"""The forms by which past tickets come in: the export, and the answers that say how its columns and words are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from convenu.connectors.csv.reading import DELIMITERS, ENCODINGS
from convenu.connectors.mapping import COLUMNS, State, WorkUnit
from convenu.connectors.reading_apart import Look
from convenu.connectors.table_file import WORKBOOKS
from convenu.connectors.tickets_file import ENDINGS
from convenu.facts.tickets import TicketKind, WaitCause
from convenu.facts.worked_time import Level, WorkDecision, WorkPlace
from convenu.terms.closed_lists import ChannelKind
from convenu.vocabulary.mistakes import Mistake
from convenu.web.forms import PageForm

Words = str | Promise

COLUMN_LABELS: dict[str, Words] = {
    "ticket": _("Numéro du ticket"),
    "opened_at": _("Ouvert le"),
    "at": _("Date de l’événement"),
    "order": _("Rang de l’événement"),
    "status": _("Statut"),
    "priority": _("Priorité"),
    "kind": _("Nature (incident, demande)"),
    "channel": _("Canal"),
    "site": _("Site"),
    "service": _("Service"),
    "client": _("Client"),
    "acknowledged_at": _("Accusé de réception le"),
    "responded_at": _("Pris en charge le"),
    "worked_around_at": _("Contourné le"),
    "restored_at": _("Rétabli le"),
    "closed_at": _("Clos le"),
    "paused_seconds": _("Suspension comptée par l’outil (secondes)"),
    "worked": _("Temps passé"),
    "worked_at": _("Début du travail"),
    "level": _("Niveau ou technicien"),
    "place": _("Lieu du travail"),
    "billing": _("Compris ou facturé"),
}
_STATES: dict[State, Words] = {
    State.OPEN: _("ouvert, rien encore"),
    State.RESPONDED: _("pris en charge"),
    State.WORKED_AROUND: _("contourné"),
    State.RESTORED: _("rétabli"),
    State.CLOSED: _("clos"),
}
_UNITS: dict[WorkUnit, Words] = {WorkUnit.MINUTES: _("minutes"), WorkUnit.HOURS: _("heures"), WorkUnit.SECONDS: _("secondes")}
_ZONES = ("Europe/Paris", "UTC", "Europe/Brussels", "Indian/Reunion", "America/Martinique", "America/Guadeloupe", "America/Cayenne")
_DELIMITER_LABELS: dict[str, Words] = {",": _("virgule"), ";": _("point-virgule"), "\t": _("tabulation"), "|": _("barre verticale")}


def _meanings() -> dict[str, list[tuple[str, Words]]]:
    """What a word of each kind may mean."""
    pauses = [(f"pause:{cause.value}", _("suspendu : %(cause)s") % {"cause": cause.label}) for cause in WaitCause]
    return {
        "statuses": [*((state.value, label) for state, label in _STATES.items()), *pauses],
        "priorities": [(priority, priority) for priority in ("P1", "P2", "P3", "P4")],
        "kinds": [(TicketKind.INCIDENT.value, _("incident")), (TicketKind.REQUEST.value, _("demande"))],
        "channels": [(kind.value, kind.label) for kind in ChannelKind],
        "levels": [(level.value, level.label) for level in Level],
        "work_places": [(place.value, place.label) for place in WorkPlace],
        "decisions": [(decision.value, decision.label) for decision in WorkDecision],
    }


_GROUPS: dict[str, tuple[Words, Words]] = {
    "statuses": (_("Statuts"), _("Un statut sans sens laisse de côté les tickets qui le portent, et eux seuls.")),
    "priorities": (_("Priorités"), _("Une priorité sans sens laisse de côté ses tickets.")),
    "kinds": (_("Natures"), _("Sans sens : ses tickets sont laissés de côté.")),
    "channels": (_("Canaux"), _("Facultatif : l’astreinte ne joue que par son téléphone.")),
    "levels": (_("Niveaux"), _("Le niveau seul est gardé avec le ticket ; un nom reste dans le fichier, et ici pour le prochain export.")),
    "work_places": (_("Lieux du travail"), _("Facultatif : un déplacement ne se facture que sur site.")),
    "decisions": (_("Compris ou facturé"), _("Sans sens : à décider, rien n’en est facturé.")),
}


class ExportForm(PageForm):
    """An export of tickets, and the tool that it comes from."""

    source = forms.CharField(
        label=_("D’où viennent ces tickets"),
        max_length=120,
        help_text=_("Le nom de l’outil, toujours le même : un nouvel export met ses tickets à jour."),
        widget=forms.TextInput(attrs={"list": "known-sources", "autocomplete": "off"}),
    )
    file = forms.FileField(
        label=_("Export"),
        help_text=_("CSV, classeur, Parquet ou JSON, 200 Mo au plus."),
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(ENDINGS)}),
    )


@dataclass(frozen=True, slots=True)
class Choice:
    """A field that is chosen from a list, with what was answered and what is wrong with it."""

    name: str
    label: Words
    options: Sequence[tuple[str, Words]]
    value: str = ""
    mistake: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Words of the file, each to be given a meaning."""

    name: str
    label: Words
    help: Words
    fields: list[Choice] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Asking:
    """All that is asked about an export."""

    form: list[Choice]
    layout: str
    columns: list[Choice]
    groups: list[Group]
    timezone: str
    timezone_mistake: str
    zones: tuple[str, ...]
    sheet: str | None
    sheet_mistake: str
    others: list[str]


def asking(file_name: str, seen: Look, answers: Mapping[str, Any]) -> Asking:
    """The questions about an export, with the answers given so far."""
    told = {mistake.where: _sentence(mistake) for mistake in seen.asked}
    columns = answers.get("columns", {})
    is_text = file_name.lower().endswith((".csv", ".txt", ".tsv"))
    form = [_dates(answers, told)]
    if is_text:
        form += [
            Choice("delimiter", _("Séparateur"), [(one, _DELIMITER_LABELS[one]) for one in DELIMITERS], *_said("delimiter", answers, told)),
            Choice("encoding", _("Encodage"), [(one, one) for one in ENCODINGS], *_said("encoding", answers, told)),
        ]
    if columns.get("worked"):
        units = [(unit.value, label) for unit, label in _UNITS.items()]
        form.append(Choice("worked_unit", _("Temps passé compté en"), units, str(answers.get("worked_unit") or WorkUnit.MINUTES)))
    shown = {"dates", "delimiter", "encoding", "timezone", "sheet", *(f"columns.{name}" for name in COLUMNS)}
    headers = [(header, header) for header in seen.columns if header]
    return Asking(
        form=form,
        layout=answers.get("layout", "tickets"),
        columns=[
            Choice(f"column.{name}", label, headers, columns.get(name, ""), told.get(f"columns.{name}", ""))
            for name, label in COLUMN_LABELS.items()
        ]
        if headers
        else [],
        groups=list(_groups(seen.words or {}, answers)),
        timezone=answers.get("timezone") or "",
        timezone_mistake=told.get("timezone", ""),
        zones=_ZONES,
        sheet=(answers.get("sheet") or "") if file_name.lower().endswith(WORKBOOKS) else None,
        sheet_mistake=told.get("sheet", ""),
        others=[sentence for where, sentence in told.items() if where not in shown],
    )


def answers_from(posted: MultiValueDict[str, str], before: Mapping[str, Any]) -> dict[str, Any]:
    """The answers of the form, over those given before for what it does not show: the words of other exports keep their meaning."""
    plain = {
        name: value
        for name in ("layout", "dates", "delimiter", "encoding", "timezone", "sheet", "worked_unit")
        if (value := posted.get(name))
    }
    columns = {name: header for name in COLUMNS if (header := posted.get(f"column.{name}"))}
    kept = {name: before[name] for name in ("source", "interruptions", *_GROUPS) if name in before}
    for group in _GROUPS:
        words = dict(kept.get(group, {}))
        for rank, word in enumerate(posted.getlist(f"{group}.word")):
            meaning = posted.get(f"{group}.{rank}", "")
            words.pop(word, None)
            if meaning:
                words[word] = {"pause": meaning.removeprefix("pause:")} if meaning.startswith("pause:") else meaning
        if words:
            kept[group] = words
        else:
            kept.pop(group, None)
    # A file whose form is still asked about shows no columns yet.
    if not any(name.startswith("column.") for name in posted):
        columns = before.get("columns", {})
    return {**kept, **plain, **({"columns": columns} if columns else {})}


def _groups(words: Mapping[str, Iterable[str]], answers: Mapping[str, Any]) -> Iterator[Group]:
    meanings = _meanings()
    for name, (label, help_text) in _GROUPS.items():
        said = answers.get(name, {})
        # A word of ours means itself until somebody says otherwise.
        ours = {value for value, _label in meanings[name]}
        fields = [
            Choice(f"{name}.{rank}", word, meanings[name], _meant(said.get(word, word.casefold() if word.casefold() in ours else None)))
            for rank, word in enumerate(words.get(name, ()))
        ]
        if fields:
            yield Group(name, label, help_text, fields)


def _meant(meaning: Any) -> str:
    return f"pause:{meaning['pause']}" if isinstance(meaning, dict) else str(meaning or "")


def _dates(answers: Mapping[str, Any], told: Mapping[str, str]) -> Choice:
    orders: list[tuple[str, Words]] = [
        ("iso", _("2026-01-31")),
        ("day_first", _("31/01/2026, le jour d’abord")),
        ("month_first", _("01/31/2026, le mois d’abord")),
    ]
    return Choice("dates", _("Dates"), orders, *_said("dates", answers, told))


def _said(name: str, answers: Mapping[str, Any], told: Mapping[str, str]) -> tuple[str, str]:
    return str(answers.get(name) or ""), told.get(name, "")


def _sentence(mistake: Mistake) -> str:
    """A mistake without the words of a file: here one answers in a field."""
    text = mistake.message if mistake.suggestion.startswith("Écrivez") else f"{mistake.message}. {mistake.suggestion}".strip()
    return text[:1].upper() + text[1:]
