"""The database takes an audit event only where it continues its chain, and moves the chain's head itself."""

from django.db import migrations

from indicators import triggers


def install(apps, schema_editor):
    triggers.install_in_line(schema_editor.connection)


def remove(apps, schema_editor):
    triggers.remove_in_line(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("indicators", "0005_editors_are_on_the_return")]

    operations = [migrations.RunPython(install, remove)]
