"""The forms of access by a link: to whom a contract is opened, what a reader says, what the MSP answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from convenu.actions.remarks import FREE_KINDS, LONGEST_WORDS
from convenu.store.links import LinkRole
from convenu.store.models import Version
from convenu.web.forms import DayField, PageForm

DRAFT = "projet"


class ReaderForm(PageForm):
    """Somebody to whom a contract is opened."""

    role = forms.ChoiceField(
        label=_("En tant que"),
        choices=LinkRole.choices,
        widget=forms.RadioSelect,
        help_text=_("L’avocat lit aussi les constats et la note ; le client ne lit que le contrat."),
    )
    name = forms.CharField(label=_("Nom"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    email = forms.EmailField(
        label=_("Adresse e-mail"),
        max_length=254,
        error_messages={"invalid": _("Cette adresse n’est pas complète. Elle a la forme prenom.nom@entreprise.fr.")},
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    version = forms.TypedChoiceField(label=_("Ce qu’il lit"), coerce=lambda rank: None if rank == DRAFT else int(rank))
    until = DayField(label=_("Jusqu’au"))
    with_word = forms.BooleanField(
        label=_("Le client télécharge aussi le Word"),
        required=False,
        help_text=_("Sans cela, il télécharge le PDF. L’avocat a toujours les deux."),
    )

    with_positions = forms.BooleanField(
        label=_("C’est notre avocat : il voit aussi nos positions de négociation"),
        required=False,
        help_text=_("Ce que nous cédons d’abord et ce que nous ne cédons jamais. Ni le client ni son avocat ne le voient."),
    )

    def __init__(self, *args: Any, versions: Sequence[Version], until: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"role": LinkRole.LAWYER, "until": until}, **kwargs)
        kept = [(str(version.rank), _("Version %(number)s") % {"number": version.number}) for version in versions]
        self.fields["version"].choices = [(DRAFT, _("Le projet, tel qu’il évolue")), *kept]  # type: ignore[attr-defined]


def _words(label: Any, rows: int) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONGEST_WORDS, widget=forms.Textarea(attrs={"rows": rows}))


class RemarkForm(PageForm):
    """What a reader says of an article, or of the whole contract."""

    kind = forms.ChoiceField(
        label=_("C’est"), choices=[(kind.value, kind.label) for kind in FREE_KINDS], initial=FREE_KINDS[0], widget=forms.RadioSelect
    )
    words = _words(_("Votre texte"), 5)


class AnswerForm(PageForm):
    """What the MSP answers."""

    words = _words(_("Votre réponse"), 3)
