"""Django system checks that keep the tenant guard whole as tables are added."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.core import checks
from django.db import models

from convenu.store.tenancy import TenantManager, TenantModel


@checks.register("models")
def tenant_tables_are_guarded(app_configs: Sequence[AppConfig] | None, **_kwargs: Any) -> list[checks.CheckMessage]:
    """Every table of an organisation derives from `TenantModel` and has no door beside the guard."""
    chosen = app_configs or list(apps.get_app_configs())
    return [message for config in chosen if config.label == "store" for model in config.get_models() for message in faults_of(model)]


def faults_of(model: type[models.Model]) -> list[checks.CheckMessage]:
    """What is wrong with one model's guard."""
    if not issubclass(model, TenantModel):
        return [
            _fault(model, f"`{field.name}` points to a tenant's table: derive from TenantModel", "E001")
            for field in _keys_to_tenants(model)
        ]
    return [*_managers_beside_the_guard(model), *_ways_round_by_relations(model)]


def _keys_to_tenants(model: type[models.Model]) -> list[models.ForeignKey[Any, Any]]:
    return [
        field for field in _foreign_keys(model) if _is_tenants(field.related_model) or _name(field.related_model) == "store.Organisation"
    ]


def _managers_beside_the_guard(model: type[models.Model]) -> list[checks.CheckMessage]:
    managers = [*model._meta.managers, model._base_manager, model._default_manager]
    faulty = [manager for manager in managers if not isinstance(manager, TenantManager)]
    return [
        _fault(model, f"manager `{manager.name}` is not a TenantManager (does Meta derive from TenantModel.Meta?)", "E002")
        for manager in faulty
    ]


def _ways_round_by_relations(model: type[models.Model]) -> list[checks.CheckMessage]:
    reverse = [
        _fault(model, f"`{field.name}` can be joined from a table without tenant: set related_name='+'", "E003")
        for field in _foreign_keys(model)
        if not _is_tenants(field.related_model) and not field.remote_field.hidden
    ]
    many = [_fault(model, f"`{field.name}`: write the joining table as a TenantModel", "E004") for field in model._meta.local_many_to_many]
    return reverse + many


def _foreign_keys(model: type[models.Model]) -> list[models.ForeignKey[Any, Any]]:
    return [field for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey)]


def _is_tenants(model: object) -> bool:
    return isinstance(model, type) and issubclass(model, TenantModel)


def _name(model: object) -> str:
    return model._meta.label if isinstance(model, type) and issubclass(model, models.Model) else str(model)


def _fault(model: type[models.Model], text: str, number: str) -> checks.CheckMessage:
    return checks.Error(f"{model.__name__}: {text}.", obj=model, id=f"store.{number}")
