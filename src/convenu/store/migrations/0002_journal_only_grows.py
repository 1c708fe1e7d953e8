"""The database itself refuses to change or remove an entry of the journal."""

from typing import Any

from django.db import migrations

SQLITE = [
    "CREATE TRIGGER journal_refuses_update BEFORE UPDATE ON store_auditentry BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END",
    "CREATE TRIGGER journal_refuses_delete BEFORE DELETE ON store_auditentry BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END",
]
SQLITE_UNDO = ["DROP TRIGGER journal_refuses_update", "DROP TRIGGER journal_refuses_delete"]
POSTGRESQL = [
    "CREATE FUNCTION journal_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the journal only grows'; END $$",
    "CREATE TRIGGER journal_refuses_change BEFORE UPDATE OR DELETE ON store_auditentry FOR EACH ROW EXECUTE FUNCTION journal_only_grows()",
    "CREATE TRIGGER journal_refuses_truncate BEFORE TRUNCATE ON store_auditentry FOR EACH STATEMENT EXECUTE FUNCTION journal_only_grows()",
]
POSTGRESQL_UNDO = [
    "DROP TRIGGER journal_refuses_change ON store_auditentry",
    "DROP TRIGGER journal_refuses_truncate ON store_auditentry",
    "DROP FUNCTION journal_only_grows()",
]


def set_triggers(_apps: Any, schema_editor: Any) -> None:
    _run(schema_editor, SQLITE, POSTGRESQL)


def drop_triggers(_apps: Any, schema_editor: Any) -> None:
    _run(schema_editor, SQLITE_UNDO, POSTGRESQL_UNDO)


def _run(schema_editor: Any, sqlite: list[str], postgresql: list[str]) -> None:
    for statement in {"sqlite": sqlite, "postgresql": postgresql}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("store", "0001_first_tables")]
    operations = [migrations.RunPython(set_triggers, drop_triggers)]
