"""What the tests of rows, of deeds and of pages share: two MSPs, passwords that cost no time, and rows that stay for a module."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import django
import pytest

if TYPE_CHECKING:
    from pytest_django.plugin import DjangoDbBlocker

    from tests.web.people import House

# The root conftest chose the settings; pytest-django looks for them too early to see it.
django.setup()


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    """Argon2 takes its time by design."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@contextmanager
def staying(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """What is written from here on stays until the block ends: a fixture of a module writes it once, each test takes back its own."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def house(db: None) -> House:  # noqa: ARG001 - pytest's way to ask for the database
    """Alice and Bob of Argoat, Charlie of Brocel."""
    from tests.web.people import open_house

    return open_house()
