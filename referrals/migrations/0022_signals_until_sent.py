"""Signals and bundles change until they are sent."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import welzijn.core.ids
from welzijn.audit.protection.install import put_on_tables
from welzijn.core.sql_files import run_sql_files


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0023_rule_consent"),
        ("referrals", "0021_final_months"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SignalSupport",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=welzijn.core.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "steun voor een signaal",
                "ordering": ["at"],
            },
        ),
        migrations.AddField(
            model_name="signal",
            name="edited_at",
            field=models.DateTimeField(null=True, verbose_name="gewijzigd"),
        ),
        migrations.AddField(
            model_name="signal",
            name="edited_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="signal",
            name="withdrawn_at",
            field=models.DateTimeField(null=True, verbose_name="ingetrokken"),
        ),
        migrations.AddField(
            model_name="signalbundle",
            name="apart_at",
            field=models.DateTimeField(null=True, verbose_name="uit elkaar gehaald"),
        ),
        migrations.AddField(
            model_name="signalbundle",
            name="apart_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="signal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("edited_at__isnull", True), ("edited_by__isnull", True)),
                    models.Q(("edited_at__isnull", False), ("edited_by__isnull", False)),
                    _connector="OR",
                ),
                name="signal_edited_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="signal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdrawn_at__isnull", True),
                    models.Q(("aside_at__isnull", True), ("bundle__isnull", True)),
                    _connector="OR",
                ),
                name="signal_withdrawn_free",
            ),
        ),
        migrations.AddConstraint(
            model_name="signalbundle",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("apart_at__isnull", True), ("apart_by__isnull", True)),
                    models.Q(
                        ("apart_at__isnull", False),
                        ("apart_by__isnull", False),
                        ("sent_at__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="signal_bundle_apart_whole",
            ),
        ),
        migrations.AddField(
            model_name="signalsupport",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="signalsupport",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.organisation",
            ),
        ),
        migrations.AddField(
            model_name="signalsupport",
            name="signal",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="support",
                to="referrals.signal",
            ),
        ),
        migrations.AddConstraint(
            model_name="signalsupport",
            constraint=models.UniqueConstraint(fields=("signal", "by"), name="signal_support_once"),
        ),
        *run_sql_files(__file__, "signals_until_sent.sql"),
        put_on_tables(),
    ]
