"""The forms of a client's inventory: its files, and how their columns and words are read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from convenu.connectors.agents.reading import AGENT_FILES
from convenu.connectors.asset_files import TABLES, NamedFile, ReadInventory
from convenu.facts.assets import AssetStatus
from convenu.terms.closed_lists import AssetClass
from convenu.web.forms import DayField, PageForm

COLUMN_LABELS: dict[str, Any] = {
    "key": _("Numéro d’inventaire"),
    "name": _("Nom"),
    "asset_class": _("Classe"),
    "maker": _("Fabricant"),
    "model": _("Modèle"),
    "serial": _("Numéro de série"),
    "site": _("Site"),
    "purchased_on": _("Date d’achat"),
    "warranty_end": _("Fin de garantie"),
    "operating_system": _("Système ou produit"),
    "support_end": _("Fin de support"),
    "status": _("Statut"),
    "last_seen": _("Vu le"),
    "quantity": _("Quantité"),
}
# What a file may not tell by itself, asked for only then.
_FORM_CHOICES: dict[str, tuple[Any, tuple[tuple[str, Any], ...]]] = {
    "dates": (_("Ordre des dates"), (("day_first", _("31/01, jour puis mois")), ("month_first", _("01/31, mois puis jour")))),
    "delimiter": (_("Séparateur"), ((";", _("point-virgule")), (",", _("virgule")), ("\t", _("tabulation")), ("|", _("barre")))),
    "encoding": (_("Encodage"), (("cp1252", "Windows (cp1252)"), ("utf-8", "UTF-8"), ("utf-16", "UTF-16"), ("iso-8859-15", "ISO 8859-15"))),
}
COLUMN, CLASS, STATUS = "columns.", "classes.", "statuses."


class _SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class _FilesField(forms.FileField):
    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Each file, cleaned as one."""
        return [super(_FilesField, self).clean(one, initial) for one in (data or [None])]


class FilesForm(PageForm):
    """The files of an inventory."""

    sent = _FilesField(
        label=_("Fichiers du parc"),
        help_text=_("Un tableau CSV ou Excel, ou les fichiers XML et JSON des agents, un par machine."),
        widget=_SeveralFiles(attrs={"accept": ",".join((*TABLES, *AGENT_FILES))}),
    )

    def named_files(self) -> list[NamedFile]:
        """What was sent."""
        return [NamedFile(one.name, one.read()) for one in self.cleaned_data["sent"]]


class MappingForm(forms.Form):
    """How the columns and words of a file are read: a choice for each column of ours, one for each word met."""

    day = DayField(label=_("Jour de l’inventaire"))

    def __init__(self, posted: Any, *, read: ReadInventory, day: date) -> None:
        super().__init__(posted, initial={"day": day})
        columns, mapping = read.columns, read.mapping
        asked = {mistake.where for mistake in read.mistakes}
        for name, (label, choices) in _FORM_CHOICES.items():
            if name in asked or mapping.get(name):
                self._choice(name, label, (("", "…"), *choices), mapping.get(name, ""))
        if "sheet" in asked or mapping.get("sheet"):
            self.fields["sheet"] = forms.CharField(label=_("Feuille"), required=False, initial=mapping.get("sheet", ""))
        headers = (("", _("laissée dans le fichier")), *((one, one) for one in columns if one))
        for name, label in COLUMN_LABELS.items() if columns else ():
            self._choice(COLUMN + name, label, headers, mapping.get("columns", {}).get(name, ""))
        classes = (("", _("sans classe")), *((one.value, one.label[:1].upper() + one.label[1:]) for one in AssetClass))
        self._words(CLASS, read.words.get("asset_class", ()), classes, mapping.get("classes", {}))
        states = (("", AssetStatus.IN_SERVICE.label), *((one.value, one.label) for one in AssetStatus if one is not AssetStatus.IN_SERVICE))
        self._words(STATUS, read.words.get("status", ()), states, mapping.get("statuses", {}))

    def _words(self, prefix: str, words: Iterable[str], choices: Any, meant: dict[str, str]) -> None:
        for word in words:
            self._choice(prefix + word, word, choices, meant.get(word, ""))

    def _choice(self, name: str, label: Any, choices: Any, initial: str) -> None:
        self.fields[name] = forms.ChoiceField(label=label, choices=choices, required=False, initial=initial)

    def _named(self, prefix: str) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith(prefix)]

    @property
    def form_fields(self) -> list[forms.BoundField]:
        """What the file could not tell by itself."""
        return [self[name] for name in (*_FORM_CHOICES, "sheet") if name in self.fields]

    @property
    def column_fields(self) -> list[forms.BoundField]:
        """A column of the file for each of ours."""
        return self._named(COLUMN)

    @property
    def class_fields(self) -> list[forms.BoundField]:
        """A class for each word."""
        return self._named(CLASS)

    @property
    def status_fields(self) -> list[forms.BoundField]:
        """A status for each word."""
        return self._named(STATUS)


def answers_of(posted: Any, before: dict[str, Any]) -> dict[str, Any]:
    """The mapping that a person chose; the words of a column that changed are proposed anew."""
    chosen: dict[str, Any] = {name: before[name] for name in ("source", "support_ends") if name in before}
    chosen |= {name: posted[name] for name in (*_FORM_CHOICES, "sheet") if posted.get(name)}
    columns = _under(COLUMN, posted)
    if not columns:
        return chosen
    for name, prefix, ours in (("classes", CLASS, "asset_class"), ("statuses", STATUS, "status")):
        if columns.get(ours) == before.get("columns", {}).get(ours):
            chosen[name] = _under(prefix, posted)
    return {**chosen, "columns": columns}


def _under(prefix: str, posted: Any) -> dict[str, str]:
    return {name.removeprefix(prefix): posted[name] for name in posted if name.startswith(prefix) and posted[name]}
