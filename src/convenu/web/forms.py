"""The fields of the pages. What they mean is checked by the actions; their mistakes come back to the fields they are about."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from convenu.store.people import Language, Role, Theme
from convenu.vocabulary.days import missing_day
from convenu.vocabulary.mistakes import MistakesError


class PageForm(forms.Form):
    """A form that says what is missing in our words, and takes the mistakes that an action found."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.error_messages["required"] = _("Cette réponse manque.")
            if isinstance(field, forms.ChoiceField):
                field.error_messages["invalid_choice"] = _("Choisissez dans la liste.")
            if not isinstance(field.widget, forms.CheckboxInput | forms.CheckboxSelectMultiple | forms.RadioSelect):
                field.widget.attrs.setdefault("data-field", name)

    def take(self, error: MistakesError) -> None:
        """Show each mistake at its field, or at the top when it is about the whole."""
        for mistake in error.mistakes:
            name = mistake.where.replace(".", "__")
            text = f"{mistake.message} {mistake.suggestion}".strip()
            self.add_error(name if name in self.fields else None, text[:1].upper() + text[1:])


class DayField(forms.DateField):
    """A day, typed in the browser's own field; one that does not exist is named with how long its month is."""

    def __init__(self, **given: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **given)
        self.error_messages |= {"invalid": _("Cette date ne se lit pas."), "required": _("Cette réponse manque.")}

    def to_python(self, value: Any) -> Any:
        """The day."""
        try:
            return super().to_python(value)
        except forms.ValidationError:
            if why := missing_day(str(value)):
                raise forms.ValidationError(f"« {str(value)[:40]} » {why}.", code="invalid") from None
            raise


def _email(label: Any, autocomplete: str = "email", help_text: Any = "") -> forms.EmailField:
    return forms.EmailField(
        label=label,
        help_text=help_text,
        max_length=254,
        error_messages={"invalid": _("Cette adresse n’est pas complète. Elle a la forme prenom.nom@entreprise.fr.")},
        widget=forms.EmailInput(attrs={"autocomplete": autocomplete, "spellcheck": "false"}),
    )


def _password(label: Any, autocomplete: str, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, strip=False, max_length=500, widget=forms.PasswordInput(attrs={"autocomplete": autocomplete})
    )


def _name() -> forms.CharField:
    return forms.CharField(label=_("Votre nom"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"}))


NEW_PASSWORD_HELP = _("12 caractères au moins ; une phrase entière convient.")


class SignInForm(PageForm):
    """Address and password."""

    email = _email(_("Adresse e-mail"), "username")
    password = _password(_("Mot de passe"), "current-password")


class CodeForm(PageForm):
    """The code of the authenticator, or a recovery code."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_("Les six chiffres de votre application, ou un code de secours."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false"}),
    )


class ForgottenForm(PageForm):
    """The address that receives the link."""

    email = _email(_("Adresse e-mail"), "username")


class NewPasswordForm(PageForm):
    """A password to choose."""

    password = _password(_("Nouveau mot de passe"), "new-password", NEW_PASSWORD_HELP)


class ChangePasswordForm(PageForm):
    """The current password and the one to come."""

    current = _password(_("Mot de passe actuel"), "current-password")
    new = _password(_("Nouveau mot de passe"), "new-password", NEW_PASSWORD_HELP)


class ConfirmPasswordForm(PageForm):
    """One's own password, asked again before something grave."""

    password = _password(_("Mot de passe actuel"), "current-password")


class WelcomeForm(PageForm):
    """A new member's name and password."""

    display_name = _name()
    password = _password(_("Mot de passe"), "new-password", NEW_PASSWORD_HELP)


class OwnerForm(PageForm):
    """The first owner's account."""

    display_name = _name()
    email = _email(_("Adresse e-mail"), "username", _("Elle vous servira à vous connecter."))
    password = _password(_("Mot de passe"), "new-password", NEW_PASSWORD_HELP)


class InviteForm(PageForm):
    """Somebody to invite."""

    email = _email(_("Adresse e-mail"), "off")
    role = forms.ChoiceField(label=_("Rôle"), choices=Role.choices, initial=Role.TECHNICIAN)


class ProfileForm(PageForm):
    """How a person is named and sees the pages."""

    display_name = _name()
    language = forms.ChoiceField(label=_("Langue"), choices=Language.choices)
    theme = forms.ChoiceField(label=_("Apparence"), choices=Theme.choices)
    single_letter_keys = forms.BooleanField(
        label=_("Touches d’une seule lettre"),
        required=False,
        help_text=_("« g » puis une lettre, « n », « ? »… Elles se taisent toujours dans un champ. Ctrl-K reste actif."),
    )
