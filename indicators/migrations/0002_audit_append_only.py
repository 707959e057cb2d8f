"""Make the audit trail append-only in the database itself."""

from django.db import migrations

from indicators import triggers


def install(apps, schema_editor):
    triggers.install(schema_editor.connection)


def remove(apps, schema_editor):
    triggers.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("indicators", "0001_schema")]

    operations = [migrations.RunPython(install, remove)]
