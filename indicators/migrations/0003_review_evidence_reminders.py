"""Beginnings of reviews, evidence files, reminders sent; editors and save keys on the return itself."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0002_audit_append_only"),
        ("towns", "0001_schema"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # Its reverse name goes to the new column.
        migrations.AlterField(
            model_name="returneditor",
            name="quarterly_return",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="indicators.quarterlyreturn",
            ),
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="文件名")),
                ("media_type", models.CharField(max_length=100, verbose_name="类型")),
                ("size", models.PositiveIntegerField(verbose_name="字节数")),
                ("sha256", models.CharField(max_length=64, verbose_name="散列")),
                ("uploaded_at", models.DateTimeField(verbose_name="上传时间")),
            ],
            options={
                "verbose_name": "佐证材料",
                "verbose_name_plural": "佐证材料",
                "ordering": ["quarterly_return", "uploaded_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("DUE_SOON", "即将到期"), ("OVERDUE", "已逾期")],
                        max_length=10,
                        verbose_name="类别",
                    ),
                ),
                ("due_on", models.DateField(verbose_name="所提醒的期限")),
                ("sent_at", models.DateTimeField(verbose_name="发送时间")),
            ],
            options={
                "verbose_name": "催报记录",
                "verbose_name_plural": "催报记录",
                "ordering": ["period", "unit__order", "sent_at"],
            },
        ),
        migrations.AddField(
            model_name="quarterlyreturn",
            name="editors",
            field=models.JSONField(blank=True, default=dict, verbose_name="填写人"),
        ),
        migrations.AddField(
            model_name="quarterlyreturn",
            name="review_begun_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="开始审核时间"),
        ),
        migrations.AddField(
            model_name="quarterlyreturn",
            name="review_begun_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="quarterlyreturn",
            name="save_keys",
            field=models.JSONField(blank=True, default=list, verbose_name="保存标识"),
        ),
        migrations.AddConstraint(
            model_name="quarterlyreturn",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("review_begun_at__isnull", True), ("review_begun_by__isnull", True)),
                    models.Q(("review_begun_at__isnull", False), ("review_begun_by__isnull", False)),
                    _connector="OR",
                ),
                name="return_review_begun_by_and_at_together",
            ),
        ),
        migrations.CreateModel(
            name="EvidenceContent",
            fields=[
                (
                    "evidence",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="content",
                        serialize=False,
                        to="indicators.evidence",
                        verbose_name="佐证材料",
                    ),
                ),
                ("data", models.BinaryField(verbose_name="内容")),
            ],
            options={
                "verbose_name": "佐证材料内容",
                "verbose_name_plural": "佐证材料内容",
            },
        ),
        migrations.AddField(
            model_name="evidence",
            name="quarterly_return",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="evidence",
                to="indicators.quarterlyreturn",
            ),
        ),
        migrations.AddField(
            model_name="evidence",
            name="uploaded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="reminder",
            name="period",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="reminders", to="indicators.period"
            ),
        ),
        migrations.AddField(
            model_name="reminder",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="towns.unit"
            ),
        ),
        migrations.AddField(
            model_name="reminder",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.UniqueConstraint(
                fields=("quarterly_return", "sha256"), name="evidence_once_a_return"
            ),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.UniqueConstraint(
                fields=("period", "unit", "user", "kind", "due_on"), name="reminder_sent_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["DUE_SOON", "OVERDUE"])), name="reminder_kind_known"
            ),
        ),
    ]
