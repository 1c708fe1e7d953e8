"""Where one can go: the left bar, the settings' pages, the keys and the palette all read this."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from convenu.actions.permissions import Permission, may
from convenu.store.models import Membership


@dataclass(frozen=True, slots=True)
class Destination:
    """A page one can go to from anywhere. `key` is the letter typed after « g »."""

    name: str
    label: str | Promise
    icon: str
    key: str = ""
    permission: Permission = Permission.SEE

    @property
    def href(self) -> str:
        """Its address."""
        return reverse(self.name)


# The left bar, in its order.
PAGES: tuple[Destination, ...] = (
    Destination("home", _("Accueil"), "home", "a"),
    Destination("settings", _("Réglages"), "cog-6-tooth", "r"),
)

# The pages under « Réglages ».
SETTINGS_PAGES: tuple[Destination, ...] = (
    Destination("house", _("Entreprise"), "building-office-2", "e", Permission.CHANGE_HOUSE),
    Destination("members", _("Membres"), "users", "m", Permission.MANAGE_MEMBERS),
    Destination("journal", _("Journal"), "clipboard-document-list", "j", Permission.MANAGE_MEMBERS),
    Destination("profile", _("Profil"), "user-circle", "p"),
    Destination("second_factor", _("Double authentification"), "device-phone-mobile"),
    Destination("password", _("Mot de passe"), "key"),
)


def open_to(member: Membership | None, destinations: Sequence[Destination]) -> list[Destination]:
    """Those that this member's role opens."""
    return [destination for destination in destinations if may(member, destination.permission)]
