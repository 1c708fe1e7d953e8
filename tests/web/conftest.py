"""What the tests of the pages share."""

from __future__ import annotations

from typing import Any

import pytest

from tests.houses import house, quick_passwords

__all__ = ["house", "plain_static_files", "quick_passwords"]


@pytest.fixture(autouse=True)
def plain_static_files(settings: Any) -> None:
    """Hashed names need `collectstatic`: test_serve.py looks at them where they matter."""
    settings.WHITENOISE_AUTOREFRESH = True
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
