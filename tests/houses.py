"""What the tests of rows, of deeds and of pages share: two MSPs, and passwords that cost no time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import django
import pytest

if TYPE_CHECKING:
    from tests.web.people import House

# The root conftest chose the settings; pytest-django looks for them too early to see it.
django.setup()


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    """Argon2 takes its time by design."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def house(db: None) -> House:  # noqa: ARG001 - pytest's way to ask for the database
    """Alice and Bob of Argoat, Charlie of Brocel."""
    from tests.web.people import open_house

    return open_house()
