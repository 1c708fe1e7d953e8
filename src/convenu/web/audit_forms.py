"""The forms of the audits: files to drop, and the client whose contract a file becomes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from convenu.actions.contracts import segments
from convenu.store.models import Client
from convenu.web.forms import DayField, PageForm


class SeveralFiles(forms.ClearableFileInput):
    """A field that takes several files, chosen or dropped on it."""

    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """Several files, each checked as one would be."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """The files given; at least one is asked for."""
        clean = super().clean
        return [clean(one, initial) for one in data or [None]]


class AuditForm(PageForm):
    """Files to audit, and the offer that they are set beside."""

    contracts = SeveralFilesField(
        label=_("Contrats à auditer"),
        help_text=_("Déposez un ou plusieurs fichiers : Word, PDF, OpenDocument, HTML, Markdown ou texte ; 20 à la fois, 25 Mo chacun."),
        widget=SeveralFiles(attrs={"multiple": True, "accept": ".docx,.pdf,.odt,.html,.htm,.md,.txt"}),
    )
    segment = forms.ChoiceField(label=_("Comparer à l’offre"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offers = [(one.key, one.label) for one in segments()]
        self.fields["segment"].choices = [("", _("Devinée d’après le contrat")), *offers]  # type: ignore[attr-defined]


class BecomesContractForm(PageForm):
    """Whose contract a file is, and its first day where the file does not say it."""

    client: forms.ModelChoiceField[Client] = forms.ModelChoiceField(label=_("Client"), queryset=None, empty_label="…")
    effective = DayField(
        label=_("Date d’effet"),
        required=False,
        help_text=_("Laissez vide si le fichier la dit ; sans elle, les échéances ne se calculent pas."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["client"].queryset = Client.objects.filter(archived_at__isnull=True)  # type: ignore[attr-defined]
