from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core import checks
from django.db import connection, models
from django.db.models import Count

from convenu.store.checks import faults_of
from convenu.store.models import AuditEntry, Invitation, Membership, Organisation, User
from convenu.store.people import Role
from convenu.store.tenancy import OtherTenantError, OutsideTenantError, TenantModel, every_tenant, tenant_scope
from tests.web.people import NOW, House


class Site(TenantModel):
    """A tenant table with a tenant table pointing to it, as clients and contracts will be."""

    name = models.CharField(max_length=50, unique=True)

    class Meta(TenantModel.Meta):
        app_label = "store"


class Machine(TenantModel):
    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="machines", null=True)
    name = models.CharField(max_length=50)

    class Meta(TenantModel.Meta):
        app_label = "store"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:  # noqa: ARG001 - the tables come after pytest-django's own
    with django_db_blocker.unblock():
        connection.disable_constraint_checking()
        with connection.schema_editor() as editor:
            editor.create_model(Site)
            editor.create_model(Machine)
        connection.enable_constraint_checking()


@pytest.fixture
def rennes(house: House) -> Any:
    with tenant_scope(house.argoat):
        return Site.objects.create(name="Rennes")


@pytest.fixture
def brest(house: House) -> Any:
    with tenant_scope(house.brocel):
        return Site.objects.create(name="Brest")


QUERIES: dict[str, Callable[[], Any]] = {
    "all": lambda: list(Site.objects.all()),
    "filter": lambda: list(Site.objects.filter(name="Rennes")),
    "get": lambda: Site.objects.get(name="Rennes"),
    "first": lambda: Site.objects.first(),  # noqa: PLW0108 - looked up when called
    "count": lambda: Site.objects.count(),  # noqa: PLW0108 - looked up when called
    "exists": lambda: Site.objects.exists(),  # noqa: PLW0108 - looked up when called
    "aggregate": lambda: Site.objects.aggregate(n=Count("id")),
    "values": lambda: list(Site.objects.values("name")),
    "in_bulk": lambda: Site.objects.in_bulk(),  # noqa: PLW0108 - looked up when called
    "iterator": lambda: list(Site.objects.iterator()),
    "create": lambda: Site.objects.create(name="Lorient"),
    "get_or_create": lambda: Site.objects.get_or_create(name="Lorient"),
    "update_or_create": lambda: Site.objects.update_or_create(name="Lorient"),
    "bulk_create": lambda: Site.objects.bulk_create([Site(name="Lorient")]),
    "bulk_update": lambda: Site.objects.bulk_update([Site(name="Lorient")], ["name"]),
    "update": lambda: Site.objects.update(name="Lorient"),
    "delete": lambda: Site.objects.all().delete(),
    "save": lambda: Site(name="Lorient").save(),
    "base manager": lambda: list(Site._base_manager.all()),
}


@pytest.mark.usefixtures("rennes")
@pytest.mark.parametrize("name", QUERIES)
def test_no_query_on_a_tenant_table_runs_outside_a_scope(name: str) -> None:
    with pytest.raises(OutsideTenantError):
        QUERIES[name]()


@pytest.mark.usefixtures("rennes", "brest")
@pytest.mark.parametrize("name", QUERIES)
def test_a_query_built_in_one_scope_does_not_run_in_another(name: str, house: House) -> None:
    with tenant_scope(house.argoat):
        built = Site.objects.all()
    lazy: dict[str, Callable[[], Any]] = {
        "all": lambda: list(built),
        "count": built.count,
        "exists": built.exists,
        "update": lambda: built.update(name="x"),
        "delete": built.delete,
        "in_bulk": built.in_bulk,
        "aggregate": lambda: built.aggregate(n=Count("id")),
    }
    with tenant_scope(house.brocel), pytest.raises(OutsideTenantError):
        lazy.get(name, lazy["all"])()


def test_a_scope_shows_its_own_rows_only(house: House, rennes: Any, brest: Any) -> None:
    with tenant_scope(house.argoat):
        assert [site.name for site in Site.objects.all()] == ["Rennes"]
        assert Site.objects.count() == 1
        assert Site.objects.aggregate(n=Count("id")) == {"n": 1}
        assert list(Site.objects.in_bulk([rennes.pk, brest.pk])) == [rennes.pk]
        assert not Site.objects.filter(pk=brest.pk).exists()
        assert Site.objects.filter(name="Brest").update(name="volé") == 0
        assert Site.objects.filter(pk=brest.pk).delete()[0] == 0


def test_a_new_row_receives_the_organisation_of_the_scope(house: House) -> None:
    with tenant_scope(house.argoat):
        made, created = Site.objects.get_or_create(name="Vannes")
        many = Site.objects.bulk_create([Site(name="Redon"), Site(name="Fougères")])
    assert created
    assert {row.organisation_id for row in [made, *many]} == {house.argoat.pk}


def test_a_related_manager_is_guarded_like_the_table(house: House, rennes: Any) -> None:
    with tenant_scope(house.argoat):
        rennes.machines.create(name="NAS")
        assert [machine.name for machine in rennes.machines.all()] == ["NAS"]
        assert Site.objects.filter(machines__name="NAS").count() == 1
    with pytest.raises(OutsideTenantError):
        list(rennes.machines.all())
    with tenant_scope(house.brocel):
        assert list(rennes.machines.all()) == []
        with pytest.raises(OtherTenantError):
            rennes.machines.create(name="espion")


def test_a_row_cannot_point_to_another_tenants_row(house: House, rennes: Any, brest: Any) -> None:
    with tenant_scope(house.argoat):
        for forged in (Machine(site=brest, name="a"), Machine(site_id=brest.pk, name="b"), Machine(site_id=uuid.uuid4(), name="c")):
            with pytest.raises(OtherTenantError):
                forged.save()
            with pytest.raises(OtherTenantError):
                Machine.objects.bulk_create([forged])
        with pytest.raises(OtherTenantError):
            Site.objects.bulk_create([Site(name="Brest")], update_conflicts=True, unique_fields=["name"], update_fields=["organisation"])
        with pytest.raises(OtherTenantError):
            Machine.objects.get_or_create(site=brest, name="d")
        own = Machine.objects.create(site=rennes, name="PC")
        with pytest.raises(OtherTenantError):
            Machine.objects.filter(pk=own.pk).update(site=brest)
        with pytest.raises(OtherTenantError):
            Machine.objects.filter(pk=own.pk).update(site_id=brest.pk)
        own.site = brest
        with pytest.raises(OtherTenantError):
            Machine.objects.bulk_update([own], ["site"])


def test_a_row_cannot_change_hands(house: House, rennes: Any) -> None:
    with tenant_scope(house.brocel):
        with pytest.raises(OtherTenantError):
            rennes.save()
        with pytest.raises(OtherTenantError):
            rennes.delete()
        with pytest.raises(OtherTenantError):
            Site.objects.bulk_update([rennes], ["name"])
    with tenant_scope(house.argoat), pytest.raises(OtherTenantError):
        Site.objects.update(organisation=house.brocel)


def test_a_foreign_key_is_followed_inside_the_scope_only(house: House, rennes: Any) -> None:
    with tenant_scope(house.argoat):
        machine = Machine.objects.create(site=rennes, name="PC")
        fresh = Machine.objects.get(pk=machine.pk)
    with pytest.raises(OutsideTenantError):
        _ = fresh.site
    with pytest.raises(OutsideTenantError):
        fresh.refresh_from_db()


def test_hand_written_sql_is_refused(house: House) -> None:
    with tenant_scope(house.argoat):
        with pytest.raises(OutsideTenantError):
            Site.objects.raw("SELECT * FROM store_site")
        with pytest.raises(OutsideTenantError):
            Site.objects.all().extra(where=["1=1"])


@pytest.mark.usefixtures("house")
def test_looking_across_tenants_never_writes() -> None:
    with every_tenant():
        assert Membership.objects.count() == 3
        with pytest.raises(OutsideTenantError):
            Site.objects.create(name="nulle part")


@pytest.mark.usefixtures("rennes")
def test_scopes_nest_and_close(house: House) -> None:
    with tenant_scope(house.argoat):
        with tenant_scope(house.brocel):
            assert Site.objects.count() == 0
        assert Site.objects.count() == 1
    with pytest.raises(OutsideTenantError):
        Site.objects.count()


def test_the_tables_of_convenu_pass_the_guards_check() -> None:
    assert checks.run_checks(tags=["models"]) == []
    assert [model.__name__ for model in (AuditEntry, Invitation, Membership) if faults_of(model)] == []


def test_the_check_names_a_table_that_escapes_the_guard() -> None:
    class Loose(models.Model):  # noqa: DJ008 - never shown
        organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")

        class Meta:
            app_label = "loose"

    class Unmanaged(TenantModel):
        objects = models.Manager()  # type: ignore[assignment]

        class Meta(TenantModel.Meta):
            app_label = "loose"

    class Joinable(TenantModel):
        user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sites")
        people: models.ManyToManyField[Any, Any] = models.ManyToManyField(Site, related_name="+")

        class Meta(TenantModel.Meta):
            app_label = "loose"

    assert {fault.id for model in (Loose, Unmanaged, Joinable) for fault in faults_of(model)} == {
        "store.E001",
        "store.E002",
        "store.E003",
        "store.E004",
    }


def test_roles_are_those_of_the_design() -> None:
    assert list(Role.values) == ["owner", "sales", "technician", "billing", "read_only"]


def test_an_organisation_remembers_when_it_was_opened(house: House) -> None:
    assert Organisation.objects.get(pk=house.argoat.pk).opened_at == NOW


def test_only_these_three_look_across_tenants() -> None:
    from pathlib import Path

    import convenu

    sources = {path.relative_to(Path(convenu.__path__[0])).as_posix(): path.read_text() for path in Path(convenu.__path__[0]).rglob("*.py")}
    # A person's own memberships at sign-in, and the invitation or the access that a link's secret names.
    assert {name for name, text in sources.items() if "every_tenant()" in text} == {
        "store/tenancy.py",
        "actions/accounts.py",
        "actions/links.py",
        "actions/members.py",
    }
