"""What every page's template knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from convenu.store.models import User
from convenu.web.keys import keys_for, keys_for_a_link
from convenu.web.navigation import crumbs, left_bar
from convenu.web.opened_links import LETTERS_OFF


def page(request: HttpRequest) -> dict[str, Any]:
    """The person, the organisation, where one can go and by which keys."""
    member = getattr(request, "member", None)
    link = getattr(request, "link", None)
    user = getattr(request, "user", None)
    person = user if isinstance(user, User) else None
    match = request.resolver_match
    route_name = (match.url_name or "") if match else ""
    return {
        "person": person,
        "member": member,
        "navigation": left_bar(member, route_name),
        "crumbs": crumbs(route_name),
        "keys": keys_for_a_link(route_name) if link else keys_for(member, route_name) if member else [],
        "letters_on": not request.session.get(LETTERS_OFF, False) if link else bool(member and person and person.single_letter_keys),
        "theme": person.theme if person else "system",
        "languages": settings.LANGUAGES,
        "is_demo": bool(member and member.organisation.is_demo),
    }
