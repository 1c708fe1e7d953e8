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

    `open:<dialog>`, `close`, `go:<address>`, `pane`, `submit:<form>` or `click:<element>`, the last two found by their `data-key`.
    """

    keys: str
    label: str | Promise
    does: str

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


def keys_for(member: Membership | None) -> list[Key]:
    """The keys that work for this member."""
    going = [
        Key(f"g {destination.key}", destination.label, f"go:{destination.href}")
        for destination in open_to(member, (*PAGES, *SETTINGS_PAGES))
        if destination.key
    ]
    return [*EVERYWHERE, *going]
