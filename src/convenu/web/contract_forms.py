"""The forms of the main job: clients, contracts, versions, findings put aside, the look of the documents."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from convenu.actions.contracts import LONGEST_VARIANT, segments
from convenu.store.models import Client
from convenu.web.forms import DayField, PageForm


class ClientForm(PageForm):
    """A client's card."""

    name = forms.CharField(label=_("Dénomination"), max_length=300, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    siren = forms.CharField(
        label=_("SIREN"),
        required=False,
        max_length=20,
        help_text=_("Neuf chiffres. Vous pourrez le donner plus tard."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class NewContractForm(PageForm):
    """Whose contract, and the offer that it starts from."""

    client: forms.ModelChoiceField[Client] = forms.ModelChoiceField(label=_("Client"), queryset=None, empty_label=_("Choisir un client"))
    segment = forms.ChoiceField(label=_("Offre de départ"), help_text=_("Ses valeurs sont proposées ; chacune se change."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["client"].queryset = Client.objects.filter(archived_at__isnull=True)  # type: ignore[attr-defined]
        self.fields["segment"].choices = [(one.key, one.label) for one in segments()]  # type: ignore[attr-defined]


class DuplicateForm(PageForm):
    """For whom a contract is taken up again."""

    client: forms.ModelChoiceField[Client] = forms.ModelChoiceField(
        label=_("Pour quel client ?"), queryset=None, empty_label=_("Choisir un client")
    )
    variant = forms.CharField(
        label=_("Nom de la variante"),
        required=False,
        max_length=LONGEST_VARIANT,
        help_text=_("Pour le même client : Essentiel, Confort, 24x7… Ce nom suit la référence."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["client"].queryset = Client.objects.filter(archived_at__isnull=True)  # type: ignore[attr-defined]


class VersionForm(PageForm):
    """What to remember of a version."""

    comment = forms.CharField(
        label=_("Commentaire"),
        required=False,
        max_length=2000,
        widget=forms.TextInput(attrs={"autocomplete": "off", "placeholder": _("Par exemple : remis en rendez-vous")}),
    )


class LawDayForm(PageForm):
    """The day whose law a contract is read with."""

    choice = forms.ChoiceField(
        label=_("Droit applicable"),
        choices=[("today", _("Celui du jour où je lis")), ("fixed", _("Celui d’un jour choisi"))],
        widget=forms.RadioSelect,
    )
    on = DayField(label=_("Jour choisi"), required=False)

    def clean(self) -> dict[str, Any]:
        """A chosen day is given."""
        given = super().clean() or {}
        if given.get("choice") == "fixed" and given.get("on") is None and "on" not in self.errors:
            self.add_error("on", _("Donnez le jour."))
        return given


class ReasonForm(PageForm):
    """Why a finding is put aside."""

    reason = forms.CharField(
        label=_("Raison"),
        max_length=2000,
        help_text=_("L’avocat la lira dans sa note. Dix caractères au moins."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class BrandForm(PageForm):
    """What the documents look like."""

    logo = forms.FileField(
        label=_("Logo"),
        required=False,
        help_text=_("PNG ou JPEG, 2 Mo au plus."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
    )
    without_logo = forms.BooleanField(label=_("Retirer le logo en place"), required=False)
    colour = forms.CharField(
        label=_("Couleur"),
        required=False,
        max_length=7,
        help_text=_("Des titres et des filets."),
        widget=forms.TextInput(attrs={"type": "color"}),
    )
    legal_footer = forms.CharField(
        label=_("Pied de page légal"),
        required=False,
        max_length=300,
        help_text=_("Laissé vide, il est écrit d’après la page « Entreprise »."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ImportForm(PageForm):
    """An exported organisation, and who opens it."""

    archive = forms.FileField(label=_("Fichier d’export"), widget=forms.FileInput(attrs={"accept": ".zip,application/zip"}))
    email = forms.EmailField(
        label=_("Adresse e-mail du propriétaire"), widget=forms.EmailInput(attrs={"autocomplete": "username", "spellcheck": "false"})
    )
    password = forms.CharField(
        label=_("Nouveau mot de passe"),
        strip=False,
        max_length=500,
        help_text=_("Aucun mot de passe ne voyage dans un export."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
