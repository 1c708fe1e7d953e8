"""Rows that are written once."""

from __future__ import annotations

from typing import Any

from django.db import models

from convenu.store.tenancy import TenantModel


class ImmutableError(RuntimeError):
    """Somebody tried to change what is kept for good."""

    def __init__(self, model: type[models.Model]) -> None:
        super().__init__(f"A {model.__name__} is kept as it was: add another one.")


class KeptForGood(TenantModel):
    """A row written once."""

    class Meta(TenantModel.Meta):
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row; one that exists is never written again."""
        if not self._state.adding:
            raise ImmutableError(type(self))
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refused."""
        raise ImmutableError(type(self))
