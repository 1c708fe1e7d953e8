"""What the tests of the pages share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Browser

from tests.houses import house, quick_passwords
from tests.web.served import Served, chromium, serving

if TYPE_CHECKING:
    from django.test import Client

    from tests.web.people import House

__all__ = ["house", "plain_static_files", "quick_passwords"]


@pytest.fixture(autouse=True)
def plain_static_files(settings: Any) -> None:
    """Hashed names need `collectstatic`: test_serve.py looks at them where they matter."""
    settings.WHITENOISE_AUTOREFRESH = True
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, one for a module."""
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The demo company with its contracts, its owner signed in by itself."""
    with serving(tmp_path_factory.mktemp("demo"), demo=True) as served:
        yield served


@pytest.fixture
def alice(house: House) -> Client:
    """Alice at her desk, the owner of Argoat."""
    from tests.web.people import signed_in

    return signed_in(house.alice)
