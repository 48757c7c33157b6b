"""Make the register append-only.

On SQLite a later migration that alters one of the tables builds it anew and loses its triggers: it must run the
statements of `triggers` again.
"""

from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from songhanh.observations import triggers


def protect(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in triggers.statements(schema_editor.connection.vendor):
        schema_editor.execute(statement)


def release(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in triggers.removal(schema_editor.connection.vendor):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("observations", "0001_register")]
    operations = [migrations.RunPython(protect, release)]
