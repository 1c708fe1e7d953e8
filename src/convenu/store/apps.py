"""The Django application that holds every table of Convenu."""

from __future__ import annotations

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """All of Convenu's tables, under one label."""

    name = "convenu.store"
    label = "store"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the check that no tenant table escapes the guard."""
        from convenu.store import checks  # noqa: F401, PLC0415
