"""Published bulletins and their files, which the database never lets be changed."""

import django.core.serializers.json
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from indicators import triggers


def freeze(apps, schema_editor):
    triggers.freeze_bulletins(schema_editor.connection)


def thaw(apps, schema_editor):
    triggers.thaw_bulletins(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0006_audit_chain_in_line"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Bulletin",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("serial", models.PositiveSmallIntegerField(verbose_name="序号")),
                ("number", models.CharField(max_length=60, verbose_name="文号")),
                ("issuer", models.CharField(max_length=60, verbose_name="发文单位")),
                ("issued_on", models.DateField(verbose_name="成文日期")),
                ("has_red_head", models.BooleanField(default=False, verbose_name="红头")),
                (
                    "figures",
                    models.JSONField(
                        encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name="当时的数"
                    ),
                ),
                ("published_at", models.DateTimeField(verbose_name="发布时间")),
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bulletins",
                        to="indicators.period",
                        verbose_name="报送期",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "通报",
                "verbose_name_plural": "通报",
                "ordering": ["period", "serial"],
            },
        ),
        migrations.CreateModel(
            name="BulletinFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "edition",
                    models.CharField(
                        choices=[("FULL", "全本"), ("TOWNS", "镇区本")], max_length=8, verbose_name="版本"
                    ),
                ),
                ("size", models.PositiveIntegerField(verbose_name="字节数")),
                ("sha256", models.CharField(max_length=64, verbose_name="散列")),
                ("data", models.BinaryField(verbose_name="内容")),
                (
                    "bulletin",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="indicators.bulletin",
                        verbose_name="通报",
                    ),
                ),
            ],
            options={
                "verbose_name": "通报文件",
                "verbose_name_plural": "通报文件",
                "ordering": ["bulletin", "edition"],
            },
        ),
        migrations.AddConstraint(
            model_name="bulletin",
            constraint=models.UniqueConstraint(
                fields=("period", "serial"), name="bulletin_unique_serial_in_period"
            ),
        ),
        migrations.AddConstraint(
            model_name="bulletinfile",
            constraint=models.UniqueConstraint(
                fields=("bulletin", "edition"), name="bulletinfile_unique_edition"
            ),
        ),
        migrations.AddConstraint(
            model_name="bulletinfile",
            constraint=models.CheckConstraint(
                condition=models.Q(("edition__in", ["FULL", "TOWNS"])), name="bulletinfile_edition_known"
            ),
        ),
        migrations.RunPython(freeze, thaw),
    ]
