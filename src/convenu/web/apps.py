"""The Django application of the pages."""

from __future__ import annotations

import contextlib

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages, templates, static files and their words."""

    name = "convenu.web"
    label = "web"

    def ready(self) -> None:
        """Compile the catalogues when they are missing or older than their source."""
        from convenu.web.catalogues import compile_stale  # noqa: PLC0415

        # An installation that may not be written to came with its catalogues compiled.
        with contextlib.suppress(PermissionError):
            compile_stale()
