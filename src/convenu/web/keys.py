"""The keys, in one catalogue: the help dialog shows it, and the handler (keys.js) reads it there.

Buttons carry their chord as aria-keyshortcuts, which has no way to say « g, then a ».
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from convenu.store.models import Membership
from convenu.web.navigation import PAGES, SETTINGS_PAGES, open_to


@dataclass(frozen=True, slots=True)
class Key:
    """A key and what it does.

    `open:<dialog>`, `close`, `go:<address>`, `pane`, `choose:<number>`, `submit:<form>` or `click:<element>`, the last two found by their
    `data-key`.
    """

    keys: str
    label: str | Promise
    does: str
    # The pages where it works, by the names of their routes; none named: everywhere.
    on: tuple[str, ...] = ()

    @property
    def steps(self) -> list[str]:
        """What to press, one thing after the other."""
        return self.keys.split(" ")


EVERYWHERE: tuple[Key, ...] = (
    Key("?", _("Montrer les touches"), "open:keys"),
    Key("Control+k", _("Chercher une page, une action"), "open:palette"),
    Key("Escape", _("Fermer ce qui est ouvert"), "close"),
    Key("F6", _("Passer au volet suivant"), "pane"),
    Key("n", _("Créer"), "click:new"),
    Key("[", _("Précédent"), "click:previous"),
    Key("]", _("Suivant"), "click:next"),
    Key("Control+s", _("Enregistrer"), "submit:save"),
)

INTERVIEW: tuple[Key, ...] = (
    Key("Alt+ArrowUp", _("Question précédente"), "click:previous", on=("question",)),
    Key("Alt+ArrowDown", _("Question suivante"), "click:next", on=("question",)),
    Key("w", _("Pourquoi cette question ?"), "click:why", on=("question",)),
    Key("c", _("Laisser à confirmer"), "click:confirm", on=("question", "section")),
    Key("1-9", _("Choisir une réponse dans la liste"), "choose", on=("question",)),
)
READING: tuple[Key, ...] = (
    Key("j", _("Règle suivante"), "click:next", on=("rule",)),
    Key("k", _("Règle précédente"), "click:previous", on=("rule",)),
    Key("m", _("Marquer la règle comme relue"), "click:mark-read", on=("rule",)),
)
DOCUMENT: tuple[Key, ...] = (
    Key("j", _("Clause suivante"), "clause:next", on=("contract", "shared")),
    Key("k", _("Clause précédente"), "clause:previous", on=("contract", "shared")),
)


def keys_for(member: Membership | None, route_name: str = "") -> list[Key]:
    """The keys that work for this member on this page."""
    going = [
        Key(f"g {destination.key}", destination.label, f"go:{destination.href}")
        for destination in open_to(member, (*PAGES, *SETTINGS_PAGES))
        if destination.key
    ]
    here = [key for key in (*INTERVIEW, *DOCUMENT, *READING) if route_name in key.on]
    return [*here, *EVERYWHERE, *going]


def keys_for_a_link(route_name: str) -> list[Key]:
    """The keys that work for whoever reads by a link: there is nowhere else to go and no palette."""
    here = [key for key in DOCUMENT if route_name in key.on]
    return [*here, *(key for key in EVERYWHERE if key.keys in ("?", "Escape", "F6", "Control+s"))]
