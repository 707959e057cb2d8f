"""The table of editors goes: the return holds them."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("indicators", "0004_editors_into_returns")]

    operations = [migrations.DeleteModel(name="ReturnEditor")]
