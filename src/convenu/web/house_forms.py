"""The forms in which a house writes its clauses, and brings them in from Word."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from convenu.agreement.clause import Stance
from convenu.agreement.house_clause import LONGEST_TEXT, LONGEST_TITLE, HouseAlternative, HouseClause, HouseDefinition
from convenu.agreement.library import Library
from convenu.store.contracts import ContractStatus
from convenu.store.models import Contract
from convenu.vocabulary import french, yaml_text
from convenu.vocabulary.mistakes import MistakesError
from convenu.web.forms import PageForm

MAX_WORD_FILE = 10_000_000
MAX_ALTERNATIVES = 6
ALTERNATIVES = "alternatives"


class _ChosenLater(forms.ChoiceField):
    """A choice that a draft may wait for: the checks of the house tell that it is missing."""

    def validate(self, value: Any) -> None:
        """Refuse only what is not in the list."""
        if value:
            super().validate(value)


class AlternativeForm(PageForm):
    """Another text of a clause, to negotiate; one emptied of its text is taken off."""

    key = forms.SlugField(required=False, widget=forms.HiddenInput())
    summary = forms.CharField(label=_("Ce qu’elle change, en une phrase"), required=False, max_length=300)
    stance = forms.ChoiceField(
        label=_("Elle favorise"),
        choices=[(Stance.PROVIDER, _("nous")), (Stance.BALANCED, _("ni l’un ni l’autre")), (Stance.CLIENT, _("le client"))],
        required=False,
    )
    text = forms.CharField(
        label=_("Texte"),
        required=False,
        strip=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 7, "lang": "fr", "class": "clause-text"}),
    )

    def written(self, free: Iterator[str], title: str) -> HouseAlternative | None:
        """The alternative as typed, under its key or the first free one; None when it has no text."""
        given = self.cleaned_data
        if not given.get("text", "").strip():
            return None
        return HouseAlternative(
            key=given["key"] or next(free),
            stance=Stance(given["stance"] or Stance.BALANCED),
            summary=given["summary"],
            title=title,
            text=_with_plain_ends(given["text"]),
        )


_AlternativeForms = forms.formset_factory(AlternativeForm, extra=1, max_num=MAX_ALTERNATIVES)


class ClauseForm(PageForm):
    """A clause of the house: its front matter as fields, its text in the clauses' language, and the contract it is tried on."""

    title = forms.CharField(label=_("Titre"), max_length=LONGEST_TITLE)
    provision = _ChosenLater(label=_("Article"), help_text=_("Elle s’y range après les clauses de la bibliothèque."))
    annex = forms.BooleanField(label=_("En annexe"), required=False)
    applies_when = forms.CharField(
        label=_("Elle joue quand"),
        required=False,
        help_text=_("Rien : dans tous les contrats. Sinon une ligne par condition, « client_sector: health »."),
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}),
    )
    law = forms.CharField(
        label=_("Fondement"), required=False, help_text=_("Un texte par ligne."), widget=forms.Textarea(attrs={"rows": 2})
    )
    gloss = forms.CharField(label=_("En une phrase simple"), required=False, max_length=300)
    text = forms.CharField(
        label=_("Texte"),
        strip=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 14, "lang": "fr", "class": "clause-text", "data-caret": ""}),
    )
    definitions = forms.CharField(
        label=_("Mots définis par cette clause"),
        required=False,
        help_text=_("Un par ligne, « Mot : son sens en une phrase ». Ils entrent aux définitions des contrats qui les emploient."),
        widget=forms.Textarea(attrs={"rows": 2, "lang": "fr"}),
    )
    proper_names = forms.CharField(
        label=_("Marques et produits nommés"),
        required=False,
        help_text=_("Un par ligne, comme dans le texte : « Portail Acme ». Leur majuscule n’est pas celle d’un mot défini."),
        widget=forms.Textarea(attrs={"rows": 2, "lang": "fr", "spellcheck": "false"}),
    )
    contract: forms.ModelChoiceField[Contract] = forms.ModelChoiceField(
        label=_("Aperçu sur"), queryset=None, required=False, empty_label=_("l’affaire d’exemple"), to_field_name="pk"
    )

    def __init__(self, *args: Any, clause: HouseClause, library: Library, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.clause = clause
        first = [one.model_dump() for one in clause.alternatives]
        # A page without these fields leaves the alternatives as they are.
        sent = self.data if f"{ALTERNATIVES}-TOTAL_FORMS" in self.data else None
        self.alternatives = _AlternativeForms(sent, initial=first, prefix=ALTERNATIVES)
        numbered = [(one.number, f"{one.number}. {french.typography(one.title)}") for one in library.provisions]
        choices = [("", _("Choisir un article")), *numbered]
        self.fields["provision"].choices = choices  # type: ignore[attr-defined]
        self.fields["contract"].queryset = Contract.objects.filter(status=ContractStatus.DRAFT).select_related("client")  # type: ignore[attr-defined]
        self.fields["contract"].label_from_instance = _named  # type: ignore[attr-defined]
        if not clause.own:
            for name in ("provision", "annex", "applies_when", "law", "gloss"):
                del self.fields[name]

    @staticmethod
    def initial_from(clause: HouseClause) -> dict[str, Any]:
        """The fields' first values."""
        conditions = "\n".join(f"{key}: {_written(value)}" for key, value in (clause.applies_when or {}).items())
        return {
            **clause.model_dump(),
            "applies_when": conditions,
            "law": "\n".join(clause.law),
            "definitions": "\n".join(f"{one.name} : {one.meaning}" for one in clause.definitions),
            "proper_names": "\n".join(clause.proper_names),
        }

    def is_valid(self) -> bool:
        """Whether the clause and its other texts can be read."""
        return super().is_valid() and (not self.alternatives.is_bound or self.alternatives.is_valid())

    def clean_provision(self) -> int:
        """The number of the article; 0 as long as none is chosen, which the checks of the house tell."""
        return int(self.cleaned_data["provision"] or 0)

    def clean_applies_when(self) -> dict[str, Any] | None:
        """The conditions as data."""
        typed = self.cleaned_data["applies_when"].strip()
        if not typed:
            return None
        try:
            data = yaml_text.read(typed).data
        except MistakesError as error:
            raise forms.ValidationError([str(mistake) for mistake in error.mistakes]) from error
        if not isinstance(data, dict):
            raise forms.ValidationError(_now("Une ligne par condition : « terme: valeur »."))
        return {key: value if isinstance(value, str | bool | int | list) else str(value) for key, value in data.items()}

    def clean_text(self) -> str:
        """The text with the ends of lines of the clauses' files."""
        return _with_plain_ends(str(self.cleaned_data["text"]))

    def clean_definitions(self) -> tuple[HouseDefinition, ...]:
        """Each word and its meaning."""
        return tuple(_definition(line) for line in _lines(self.cleaned_data["definitions"]))

    def clean_proper_names(self) -> tuple[str, ...]:
        """Each name once."""
        return tuple(dict.fromkeys(_lines(self.cleaned_data["proper_names"])))

    def written(self) -> HouseClause:
        """The clause as typed."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "contract"}
        if "law" in given:
            given["law"] = tuple(_lines(given["law"]))
        if self.alternatives.is_bound:
            taken = {form.cleaned_data.get("key") for form in self.alternatives.forms}
            free = (key for rank in count(1) if (key := f"redaction_{rank}") not in taken)
            given["alternatives"] = tuple(one for form in self.alternatives.forms if (one := form.written(free, given["title"])))
        return self.clause.model_copy(update=given)


class NewClauseForm(PageForm):
    """A clause of the house's own, before it has a key."""

    title = forms.CharField(label=_("Titre"), max_length=LONGEST_TITLE, help_text=_("Comme il se lira dans le contrat."))


class WordForm(PageForm):
    """A Word file to take clauses from."""

    file = forms.FileField(
        label=_("Fichier Word"),
        help_text=_("Un .docx, 10 Mo au plus. Il est lu sans être gardé."),
        widget=forms.ClearableFileInput(attrs={"accept": ".docx"}),
    )

    def clean_file(self) -> Any:
        """A file of a reasonable size."""
        given = self.cleaned_data["file"]
        if given.size > MAX_WORD_FILE:
            raise forms.ValidationError(_now("Ce fichier dépasse 10 Mo."))
        return given


def _lines(typed: str) -> list[str]:
    return [line.strip() for line in typed.splitlines() if line.strip()]


def _with_plain_ends(typed: str) -> str:
    return typed.replace("\r\n", "\n").replace("\r", "\n").rstrip() + "\n"


def _definition(line: str) -> HouseDefinition:
    name, colon, meaning = line.partition(":")
    if not colon or not name.strip() or not meaning.strip():
        raise forms.ValidationError(_now("« %(line)s » : écrivez le mot, deux-points, puis son sens.") % {"line": line})
    return HouseDefinition(name=name.strip(), meaning=meaning.strip())


def _named(contract: Contract) -> str:
    return f"{contract.client.name}, {contract.reference}"


def _written(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case list():
            return f"[{', '.join(map(str, value))}]"
        case _:
            return str(value)
