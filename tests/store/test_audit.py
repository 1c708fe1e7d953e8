from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from convenu.store import audit
from convenu.store.models import AuditEntry
from convenu.store.tenancy import OutsideTenantError, tenant_scope
from tests.web.people import NOW, House

DOORS = {
    "sqlite": ["DROP TRIGGER journal_refuses_update", "DROP TRIGGER journal_refuses_delete"],
    "postgresql": ["DROP TRIGGER journal_refuses_change ON store_auditentry"],
}


@pytest.fixture
def house(house: House) -> House:

    with tenant_scope(house.argoat):
        for hour in range(5):
            audit.append(action="signed_in", subject=house.alice.user, actor=house.alice.user, now=NOW + timedelta(hours=hour), hour=hour)
    return house


def tamper(sql: str) -> None:
    """Somebody with the database file in hand, who removes the triggers first."""
    with connection.cursor() as cursor:
        for door in DOORS[connection.vendor]:
            cursor.execute(door)
        cursor.execute(sql)


def test_each_entry_carries_the_hash_of_the_one_before(house: House) -> None:
    with tenant_scope(house.argoat):
        entries = list(AuditEntry.objects.all())
        assert [entry.number for entry in entries] == [1, 2, 3, 4, 5, 6]
        assert [entry.previous_hash for entry in entries] == [audit.FIRST_HASH, *[entry.hash for entry in entries[:-1]]]
        assert audit.verify() == ()


@pytest.mark.parametrize(
    ("sql", "number"),
    [
        ("UPDATE store_auditentry SET action = 'other' WHERE number = 3", 3),
        ("UPDATE store_auditentry SET details = '{\"hour\": 99}' WHERE number = 4", 4),
        ("UPDATE store_auditentry SET at = '2020-01-01 00:00:00' WHERE number = 2", 2),
        ("UPDATE store_auditentry SET actor_id = NULL WHERE number = 5", 5),
        ("DELETE FROM store_auditentry WHERE number = 3", 4),
        ("UPDATE store_auditentry SET hash = 'f' WHERE number = 3", 3),
    ],
)
def test_a_changed_or_missing_entry_is_named(house: House, sql: str, number: int) -> None:
    tamper(sql)
    with tenant_scope(house.argoat):
        assert number in {found.number for found in audit.verify()}


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize("sql", ["UPDATE store_auditentry SET action = 'x'", "DELETE FROM store_auditentry"])
def test_the_database_refuses_to_change_the_journal(sql: str) -> None:
    with pytest.raises(DatabaseError, match="the journal only grows"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_an_entry_is_neither_saved_again_nor_deleted(house: House) -> None:
    with tenant_scope(house.argoat):
        entry = AuditEntry.objects.get(number=2)
        with pytest.raises(audit.AppendOnlyError):
            entry.save()
        with pytest.raises(audit.AppendOnlyError):
            entry.delete()


def test_each_organisation_has_its_own_journal(house: House) -> None:
    with tenant_scope(house.brocel):
        assert [entry.action for entry in AuditEntry.objects.all()] == ["organisation_opened"]
    with pytest.raises(OutsideTenantError):
        audit.append(action="signed_in", subject=house.alice.user, actor=None, now=NOW)
