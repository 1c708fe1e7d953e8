"""The database itself refuses to change or remove a version or a file that was kept."""

from typing import Any

from django.db import migrations

TABLES = ("store_version", "store_storedfile")


def set_triggers(_apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE FUNCTION kept_for_good() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'this is kept as it was'; END $$"
        )
    for table in TABLES:
        for statement in _setting(table)[schema_editor.connection.vendor]:
            schema_editor.execute(statement)


def drop_triggers(_apps: Any, schema_editor: Any) -> None:
    on_table = {"sqlite": "", "postgresql": " ON {table}"}[schema_editor.connection.vendor]
    for table in TABLES:
        for name in ("update", "delete"):
            schema_editor.execute(f"DROP TRIGGER {table}_refuses_{name}{on_table.format(table=table)}")
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION kept_for_good()")


def _setting(table: str) -> dict[str, list[str]]:
    return {
        "sqlite": [
            f"CREATE TRIGGER {table}_refuses_{name} BEFORE {name.upper()} ON {table} "
            "BEGIN SELECT RAISE(ABORT, 'this is kept as it was'); END"
            for name in ("update", "delete")
        ],
        "postgresql": [
            f"CREATE TRIGGER {table}_refuses_{name} BEFORE {name.upper()} ON {table} FOR EACH ROW EXECUTE FUNCTION kept_for_good()"
            for name in ("update", "delete")
        ],
    }


class Migration(migrations.Migration):
    dependencies = [("store", "0003_clients_and_contracts")]
    operations = [migrations.RunPython(set_triggers, drop_triggers)]
