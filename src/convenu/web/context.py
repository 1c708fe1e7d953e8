"""What every page's template knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from convenu.store.models import User
from convenu.web.keys import keys_for
from convenu.web.navigation import PAGES, open_to


def page(request: HttpRequest) -> dict[str, Any]:
    """The person, the organisation, where one can go and by which keys."""
    member = getattr(request, "member", None)
    user = getattr(request, "user", None)
    person = user if isinstance(user, User) else None
    return {
        "person": person,
        "member": member,
        "navigation": open_to(member, PAGES),
        "keys": keys_for(member) if member else [],
        "theme": person.theme if person else "system",
        "languages": settings.LANGUAGES,
        "is_demo": bool(member and member.organisation.is_demo),
    }
