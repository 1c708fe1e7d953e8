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
    # The page of the left bar that this one is under.
    under: str = ""

    @property
    def href(self) -> str:
        """Its address."""
        return reverse(self.name)


# The left bar, in its order.
PAGES: tuple[Destination, ...] = (
    Destination("home", _("Accueil"), "home", "a"),
    Destination("clients", _("Clients"), "user-group", "c"),
    Destination("contracts", _("Contrats"), "document-text", "k"),
    Destination("tickets", _("Tickets"), "ticket", "t"),
    Destination("audits", _("Audit"), "document-magnifying-glass", "i"),
    Destination("library", _("Bibliothèque"), "book-open", "b"),
    Destination("settings", _("Réglages"), "cog-6-tooth", "r"),
)

# The pages under « Réglages ».
SETTINGS_PAGES: tuple[Destination, ...] = (
    Destination("house", _("Entreprise"), "building-office-2", "e", Permission.CHANGE_HOUSE, under="settings"),
    Destination("own_costs", _("Coûts"), "banknotes", "o", Permission.SEE_COSTS, under="settings"),
    Destination("brand", _("Documents"), "swatch", "d", Permission.CHANGE_HOUSE, under="settings"),
    Destination("members", _("Membres"), "users", "m", Permission.MANAGE_MEMBERS, under="settings"),
    Destination("journal", _("Journal"), "clipboard-document-list", "j", Permission.MANAGE_MEMBERS, under="settings"),
    Destination("exchange", _("Export"), "archive-box-arrow-down", "x", Permission.EXPORT, under="settings"),
    Destination("profile", _("Profil"), "user-circle", "p", under="settings"),
    Destination("second_factor", _("Double authentification"), "device-phone-mobile", under="settings"),
    Destination("password", _("Mot de passe"), "key", under="settings"),
)

# Pages that stand in no list, and the page of the left bar that they are under.
UNDER: dict[str, str] = {
    **dict.fromkeys(("remove_second_factor", "change_member"), "settings"),
    **dict.fromkeys(("client", "add_client", "edit_client"), "clients"),
    **dict.fromkeys(("new_contract", "contract", "duplicate_contract", "law_day", "question", "section", "answers"), "contracts"),
    **dict.fromkeys(("findings", "preview_finding", "finding_days", "positions", "follow"), "contracts"),
    **dict.fromkeys(("versions", "comparison", "sharing", "download"), "contracts"),
    **dict.fromkeys(("replays", "replay", "replay_breaches", "replay_ticket"), "contracts"),
    **dict.fromkeys(("interview", "fleet", "fleet_preview", "provisional"), "contracts"),
    **dict.fromkeys(("ticket_export", "ticket_import"), "tickets"),
    **dict.fromkeys(("clause", "segments", "sectors", "rules", "rule", "law", "figure", "estate"), "library"),
    **dict.fromkeys(("price", "costing", "variants", "time_spent", "quantities", "revision"), "contracts"),
    "audit": "audits",
    **dict.fromkeys(("library_news", "house_clauses", "house_clause", "new_house_clause"), "library"),
    **dict.fromkeys(("house_word", "house_values", "section_values", "settle"), "library"),
}


def open_to(member: Membership | None, destinations: Sequence[Destination]) -> list[Destination]:
    """Those that this member's role opens."""
    return [destination for destination in destinations if may(member, destination.permission)]


@dataclass(frozen=True, slots=True)
class Place:
    """A line of the left bar; `current` is "page" on that page itself, "true" on one under it, as aria-current says it."""

    destination: Destination
    current: str


def left_bar(member: Membership | None, route_name: str) -> list[Place]:
    """The left bar as seen from the page of this route."""
    above = {route_name, *parents_of(route_name)}
    return [
        Place(destination, "page" if destination.name == route_name else "true" if destination.name in above else "")
        for destination in open_to(member, PAGES)
    ]


def crumbs(route_name: str) -> list[Destination]:
    """The pages above this one, the farthest first."""
    names = parents_of(route_name)
    return [destination for destination in PAGES if destination.name in names]


def parents_of(route_name: str) -> list[str]:
    """The names of the pages above a route: declared for the settings' pages, and in `UNDER` for the others."""
    declared = next((page.under for page in SETTINGS_PAGES if page.name == route_name), "")
    parent = declared or UNDER.get(route_name, "")
    return [parent] if parent else []
