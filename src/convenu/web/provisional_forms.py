"""The forms of a provisional contract: its last day, to whom it is sent, the client's answer."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from convenu.actions.links import LONGEST_NAME
from convenu.actions.remarks import LONGEST_WORDS
from convenu.web.forms import DayField, PageForm


class PrepareForm(PageForm):
    """Until when it is offered."""

    valid_until = DayField(label=_("Valable jusqu’au"), help_text=_("Le lendemain, le client ne peut plus l’accepter."))


class SendForm(PageForm):
    """Who answers for the client."""

    name = forms.CharField(label=_("Nom"), max_length=LONGEST_NAME, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    email = forms.EmailField(
        label=_("Adresse e-mail"),
        max_length=254,
        error_messages={"invalid": _("Cette adresse n’est pas complète. Elle a la forme prenom.nom@entreprise.fr.")},
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class DecisionForm(PageForm):
    """The client's answer, under the name typed."""

    choice = forms.ChoiceField(
        label=_("Votre réponse"),
        choices=[("accept", _("J’accepte ce contrat prévisionnel")), ("refuse", _("Je le refuse"))],
        widget=forms.RadioSelect,
    )
    name = forms.CharField(
        label=_("Vos nom et qualité"),
        max_length=LONGEST_NAME,
        help_text=_("Gardés avec l’instant de votre réponse."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    words = forms.CharField(
        label=_("Un mot, si vous voulez"), required=False, max_length=LONGEST_WORDS, widget=forms.Textarea(attrs={"rows": 3})
    )
