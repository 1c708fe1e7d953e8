"""The tenant guard: an organisation's rows are read and written inside its scope, or not at all.

Every table that an organisation owns derives from `TenantModel`. Inside `tenant_scope(organisation)` its queries see that
organisation's rows and new rows receive it; outside, they raise. The scope a query was built in must be the scope it runs in.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, NoReturn, Self, TypeVar, cast

from django.db import models
from django.db.models import Model

EVERY_TENANT = "every tenant"

_scope: ContextVar[uuid.UUID | str | None] = ContextVar("tenant_scope", default=None)


class OutsideTenantError(RuntimeError):
    """A tenant's table was used outside that tenant's scope."""

    def __init__(self, model: type[Model] | None, what: str = "was queried outside a tenant scope") -> None:
        name = model.__name__ if model else "A tenant table"
        super().__init__(f"{name} {what}: open `tenant_scope(organisation)` around the work.")


class OtherTenantError(RuntimeError):
    """A row, or a row it points to, belongs to another tenant than the scope's."""

    def __init__(self, model: type[Model], field: str) -> None:
        super().__init__(f"{model.__name__}.{field} names a row that this tenant does not have.")


@contextmanager
def tenant_scope(organisation: Model | uuid.UUID) -> Iterator[None]:
    """Work inside one organisation: its rows only."""
    token = _scope.set(organisation if isinstance(organisation, uuid.UUID) else organisation.pk)
    try:
        yield
    finally:
        _scope.reset(token)


@contextmanager
def every_tenant() -> Iterator[None]:
    """Look a row up before its tenant is known (a link's token, a person's memberships). A test lists who may."""
    token = _scope.set(EVERY_TENANT)
    try:
        yield
    finally:
        _scope.reset(token)


def current_tenant() -> uuid.UUID | None:
    """The organisation in scope, if one is."""
    scope = _scope.get()
    return scope if isinstance(scope, uuid.UUID) else None


M = TypeVar("M", bound="TenantModel")
F = TypeVar("F", bound=Callable[..., Any])


def _guarded(method: F) -> F:
    @wraps(method)
    def guarded(self: TenantQuerySet[Any], *args: Any, **kwargs: Any) -> Any:
        self.refuse_outside_its_scope()
        return method(self, *args, **kwargs)

    return cast("F", guarded)


class TenantQuerySet(models.QuerySet[M]):
    """A query on a tenant's table, bound to the scope it was built in."""

    built_in: uuid.UUID | str | None = None

    def refuse_outside_its_scope(self) -> None:
        """Raise unless the scope is the one this query was built in."""
        if self.built_in is None or self.built_in != _scope.get():
            raise OutsideTenantError(self.model)

    def _clone(self) -> Self:
        clone: Self = super()._clone()  # type: ignore[misc]
        clone.built_in = self.built_in
        return clone

    def _fetch_all(self) -> None:
        self.refuse_outside_its_scope()
        super()._fetch_all()

    def bulk_create(self, objs: Iterable[M], batch_size: int | None = None, *, ignore_conflicts: bool = False, **upsert: Any) -> list[M]:  # type: ignore[override]
        """Insert rows of this tenant, each checked like a single one; a conflict never overwrites, for the row may be another's."""
        self.refuse_outside_its_scope()
        if any(upsert.values()):
            raise OtherTenantError(self.model, "update_conflicts")
        rows = list(objs)
        # The rows of one insertion mostly point to the same few: each of these is looked up once.
        looked_up: set[tuple[str, Any]] = set()
        for row in rows:
            row.join_tenant(looked_up)
        return super().bulk_create(rows, batch_size, ignore_conflicts=ignore_conflicts)

    def bulk_update(self, objs: Iterable[M], fields: Iterable[str], batch_size: int | None = None) -> int:
        """Update rows of this tenant, each checked like a single one."""
        self.refuse_outside_its_scope()
        rows, names = list(objs), list(fields)
        _refuse_change_of_tenant(self.model, names)
        looked_up: set[tuple[str, Any]] = set()
        for row in rows:
            row.join_tenant(looked_up)
        return super().bulk_update(rows, names, batch_size)

    def update(self, **values: Any) -> int:
        """Update in place; a row pointed to must be this tenant's."""
        self.refuse_outside_its_scope()
        _refuse_change_of_tenant(self.model, values)
        for name, value in values.items():
            field = self.model._meta.get_field(name)
            if isinstance(field, models.ForeignKey):
                _refuse_foreign_row(self.model, field, value)
        return super().update(**values)

    def raw(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refused: SQL written by hand does not pass the guard."""
        raise OutsideTenantError(self.model, "was asked for hand-written SQL, which no scope can guard")

    def extra(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refused, as `raw`."""
        raise OutsideTenantError(self.model, "was asked for hand-written SQL, which no scope can guard")

    # Everything that reaches the database without passing through `_fetch_all`.
    iterator = _guarded(models.QuerySet.iterator)
    count = _guarded(models.QuerySet.count)
    exists = _guarded(models.QuerySet.exists)
    contains = _guarded(models.QuerySet.contains)
    aggregate = _guarded(models.QuerySet.aggregate)
    create = _guarded(models.QuerySet.create)
    delete = _guarded(models.QuerySet.delete)
    explain = _guarded(models.QuerySet.explain)
    _raw_delete = _guarded(models.QuerySet._raw_delete)  # noqa: SLF001 - how a cascade deletes
    _update = _guarded(models.QuerySet._update)  # type: ignore[attr-defined]  # noqa: SLF001 - how `save` updates


class TenantManager(models.Manager[M]):
    """The only way to a tenant's rows: filtered to the scope, or refused."""

    use_in_migrations = False

    def get_queryset(self) -> TenantQuerySet[M]:
        """The rows of the organisation in scope."""
        scope = _scope.get()
        if scope is None:
            raise OutsideTenantError(self.model)
        rows: TenantQuerySet[M] = TenantQuerySet(self.model, using=self._db)
        if isinstance(scope, uuid.UUID):
            rows = rows.filter(organisation_id=scope)
        rows.built_in = scope
        return rows

    def raw(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refused: SQL written by hand does not pass the guard."""
        raise OutsideTenantError(self.model, "was asked for hand-written SQL, which no scope can guard")


class TenantModel(models.Model):
    """A row that belongs to one organisation. Keys are random, so that an address tells nothing and cannot be counted through."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("store.Organisation", on_delete=models.PROTECT, related_name="+", editable=False)

    objects = TenantManager()

    class Meta:
        abstract = True
        # Django reaches rows through the base manager too (foreign keys, refresh, deletion): the same guard stands there.
        base_manager_name = "objects"
        default_manager_name = "objects"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the row, in the scope's organisation, pointing at its rows only."""
        self.join_tenant()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Remove the row, from inside its organisation's scope."""
        self.join_tenant()
        return super().delete(*args, **kwargs)

    def join_tenant(self, looked_up: set[tuple[str, Any]] | None = None) -> None:
        """Receive the scope's organisation; raise when the row, or one it points to, is another's.

        `looked_up` holds the rows pointed to that were already found to be this tenant's.
        """
        scope = current_tenant()
        if scope is None:
            raise OutsideTenantError(type(self), "was written outside a tenant scope")
        mine: uuid.UUID | None = self.organisation_id
        if mine is None:
            self.organisation_id = mine = scope
        if mine != scope:
            raise OtherTenantError(type(self), "organisation")
        known = set() if looked_up is None else looked_up
        for field in self._meta.concrete_fields:
            if isinstance(field, models.ForeignKey):
                place = (field.name, getattr(self, field.attname))
                if place not in known:
                    _refuse_foreign_row(type(self), field, place[1])
                    known.add(place)


def _refuse_change_of_tenant(model: type[Model], names: Collection[str]) -> None:
    if {"organisation", "organisation_id", "id", "pk"} & set(names):
        raise OtherTenantError(model, "organisation")


def _refuse_foreign_row(model: type[Model], field: models.ForeignKey[Any, Any], value: Any) -> None:
    target = field.related_model
    if value is None or not issubclass(target, TenantModel):
        return
    key = value.pk if isinstance(value, Model) else value
    if not target.objects.filter(pk=key).exists():
        raise OtherTenantError(model, field.name)
