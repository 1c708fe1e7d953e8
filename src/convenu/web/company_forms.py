"""What the MSP says of itself: asked in steps at the first run, on one page afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from convenu.terms.closed_lists import HolidayZone, LegalForm
from convenu.web.forms import PageForm

DAYS = (
    ("mon", _("Lundi")),
    ("tue", _("Mardi")),
    ("wed", _("Mercredi")),
    ("thu", _("Jeudi")),
    ("fri", _("Vendredi")),
    ("sat", _("Samedi")),
    ("sun", _("Dimanche")),
)
ZONE_NAMES = {
    "FR": _("France métropolitaine"),
    "FR-ALSACE-MOSELLE": _("Alsace et Moselle"),
    "FR-GP": _("Guadeloupe"),
    "FR-MQ": _("Martinique"),
    "FR-GF": _("Guyane"),
    "FR-RE": _("La Réunion"),
    "FR-YT": _("Mayotte"),
    "FR-BL": _("Saint-Barthélemy"),
    "FR-MF": _("Saint-Martin"),
    "none": _("Aucun jour férié"),
}
TIME_ZONES = {
    "FR-GP": "America/Guadeloupe",
    "FR-MQ": "America/Martinique",
    "FR-GF": "America/Cayenne",
    "FR-RE": "Indian/Reunion",
    "FR-YT": "Indian/Mayotte",
    "FR-BL": "America/Guadeloupe",
    "FR-MF": "America/Guadeloupe",
}
CALENDAR = "service_hours"


class HouseForm(PageForm):
    """A part of what the MSP says of itself. A field is named as its term, « __ » standing for the point in `provider_address.city`."""

    def terms(self) -> dict[str, Any]:
        """The terms stated by this form's fields."""
        values: dict[str, Any] = {}
        for name, value in self.cleaned_data.items():
            key, _dot, part = name.partition("__")
            if not key.startswith("provider_") or value in ("", None):
                continue
            if part:
                values.setdefault(key, {})[part] = value
            else:
                values[key] = value
        return values

    @staticmethod
    def initial_from(terms: Mapping[str, Any], hourly_cost: Decimal | None) -> dict[str, Any]:
        """The fields' first values, from what is kept."""
        values: dict[str, Any] = {"hourly_cost": hourly_cost}
        for key, value in terms.items():
            parts = {f"{key}__{part}": text for part, text in value.items()} if isinstance(value, dict) else {key: value}
            values.update(parts)
        values["provider_capital"] = str(values.get("provider_capital") or "").removesuffix(" EUR").removesuffix(".00")
        return {**values, **_hours_from(terms)}


class CompanyForm(HouseForm):
    """The company as the register knows it."""

    provider_name = forms.CharField(label=_("Dénomination"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "organization"}))
    provider_legal_form = forms.ChoiceField(label=_("Forme juridique"), choices=[(form.value, form.label) for form in LegalForm])
    provider_siren = forms.CharField(
        label=_("SIREN"),
        max_length=20,
        help_text=_("Neuf chiffres. Le numéro de TVA en est calculé."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    provider_capital = forms.CharField(
        label=_("Capital social, en euros"), required=False, max_length=30, widget=forms.TextInput(attrs={"inputmode": "decimal"})
    )
    provider_rcs_city = forms.CharField(label=_("Ville du RCS"), required=False, max_length=100)

    def clean_provider_capital(self) -> str:
        """A bare number is an amount in euros here: the label says so."""
        typed = str(self.cleaned_data["provider_capital"]).strip()
        return f"{typed} EUR" if typed and typed[-1].isdigit() else typed


class SeatForm(HouseForm):
    """Where the company is, and who signs for it."""

    provider_address__street = forms.CharField(
        label=_("Adresse du siège"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "street-address"})
    )
    provider_address__postcode = forms.CharField(
        label=_("Code postal"), max_length=12, widget=forms.TextInput(attrs={"autocomplete": "postal-code"})
    )
    provider_address__city = forms.CharField(
        label=_("Ville"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "address-level2"})
    )
    provider_email = forms.CharField(
        label=_("E-mail de l’entreprise"), required=False, max_length=200, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    provider_signatory = forms.CharField(label=_("Signataire"), max_length=150, help_text=_("La personne qui engage l’entreprise."))
    provider_signatory_quality = forms.CharField(
        label=_("Qualité du signataire"), max_length=150, help_text=_("Par exemple : président, gérante.")
    )


class HoursForm(HouseForm):
    """When the company works, and what an hour costs it."""

    days = forms.MultipleChoiceField(
        label=_("Jours travaillés"), choices=DAYS, initial=["mon", "tue", "wed", "thu", "fri"], widget=forms.CheckboxSelectMultiple
    )
    opens = forms.TimeField(label=_("Ouverture"), initial=time(8, 30), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    pause = forms.TimeField(
        label=_("Début de la pause"), required=False, initial=time(12, 30), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    resumes = forms.TimeField(
        label=_("Fin de la pause"), required=False, initial=time(13, 30), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    closes = forms.TimeField(label=_("Fermeture"), initial=time(18, 0), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    holidays = forms.ChoiceField(
        label=_("Jours fériés"), choices=[(zone.value, ZONE_NAMES.get(zone.value, zone.label)) for zone in HolidayZone], initial="FR"
    )
    hourly_cost = forms.DecimalField(
        label=_("Coût complet d’une heure de technicien, en euros HT"),
        required=False,
        localize=True,
        max_digits=8,
        decimal_places=2,
        help_text=_("Il sert à estimer vos marges. Il ne paraît dans aucun contrat."),
    )

    def clean(self) -> dict[str, Any]:
        """The hours follow one another, and the pause has two ends."""
        given = super().clean() or self.cleaned_data
        opens, pause, resumes, closes = (given.get(name) for name in ("opens", "pause", "resumes", "closes"))
        if (pause is None) != (resumes is None) and not {"pause", "resumes"} & set(self.errors):
            self.add_error("resumes" if pause else "pause", _("Donnez le début et la fin de la pause, ou aucun des deux."))
        moments = [("opens", opens), ("pause", pause), ("resumes", resumes), ("closes", closes)]
        told = [(name, moment) for name, moment in moments if moment is not None]
        for (_before, earlier), (name, later) in pairwise(told):
            if later <= earlier:
                self.add_error(name, _("Cette heure précède celle d’avant."))
        return given

    def terms(self) -> dict[str, Any]:
        """The company's terms and its calendar."""
        given = self.cleaned_data
        told = [f"{given[name]:%H:%M}" for name in ("opens", "pause", "resumes", "closes") if given[name] is not None]
        intervals = [f"{start}-{end}" for start, end in zip(told[::2], told[1::2], strict=True)]
        calendar = {
            "name": "Horaires de service",
            "timezone": TIME_ZONES.get(given["holidays"], "Europe/Paris"),
            "hours": dict.fromkeys(given["days"], intervals),
            "holidays": given["holidays"],
        }
        return {**super().terms(), CALENDAR: [calendar]}


class WholeHouseForm(CompanyForm, SeatForm, HoursForm):
    """Everything the MSP says of itself, on one page."""

    field_order = (*CompanyForm.base_fields, *SeatForm.base_fields, *HoursForm.base_fields)


def _hours_from(terms: Mapping[str, Any]) -> dict[str, Any]:
    calendars = terms.get(CALENDAR) or []
    if not calendars:
        return {}
    calendar = calendars[0]
    intervals: list[str] = next(iter(calendar["hours"].values()), [])
    edges = [edge for interval in intervals[:2] for edge in interval.split("-")]
    names = ("opens", "pause", "resumes", "closes") if len(edges) == 4 else ("opens", "closes")
    return {
        "pause": None,
        "resumes": None,
        **dict(zip(names, edges, strict=False)),
        "days": list(calendar["hours"]),
        "holidays": calendar["holidays"],
    }
