"""When a service was last confirmed and by whom, who keeps it, and a history of its room."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from welzijn.audit.protection.install import put_on_tables
from welzijn.core.sql_files import run_sql_files


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0015_rule_set_source"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ServiceEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "capacity",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="open questions it has room for; empty: no limit",
                        null=True,
                        verbose_name="plaatsen",
                    ),
                ),
                (
                    "waiting_weeks",
                    models.PositiveSmallIntegerField(default=0, verbose_name="wachttijd in weken"),
                ),
                ("since", models.DateField(blank=True, null=True, verbose_name="sinds")),
                ("until", models.DateField(blank=True, null=True, verbose_name="tot")),
                (
                    "confirmed_on",
                    models.DateField(
                        default=django.utils.timezone.localdate, verbose_name="bevestigd op"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="partnership",
            name="confirm_services_months",
            field=models.PositiveSmallIntegerField(
                default=6,
                help_text="calendar months after which somebody confirms a service anew",
                validators=[django.core.validators.MinValueValidator(1)],
            ),
        ),
        migrations.AddField(
            model_name="service",
            name="confirmed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="service",
            name="confirmed_on",
            field=models.DateField(
                default=django.utils.timezone.localdate, verbose_name="bevestigd op"
            ),
        ),
        migrations.AddField(
            model_name="service",
            name="keeper",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="kept_services",
                to=settings.AUTH_USER_MODEL,
                verbose_name="wie het bijhoudt",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="service",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "organisations_serviceevent" ("capacity", "confirmed_by_id", "confirmed_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "until", "waiting_weeks") VALUES (NEW."capacity", NEW."confirmed_by_id", NEW."confirmed_on", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."since", NEW."until", NEW."waiting_weeks"); RETURN NULL;',
                    hash="8d6de73818aabd9ad7a272366ffaa940625fb2ed",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_55812",
                    table="organisations_service",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="service",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."capacity" IS DISTINCT FROM (NEW."capacity") OR OLD."confirmed_by_id" IS DISTINCT FROM (NEW."confirmed_by_id") OR OLD."confirmed_on" IS DISTINCT FROM (NEW."confirmed_on") OR OLD."since" IS DISTINCT FROM (NEW."since") OR OLD."until" IS DISTINCT FROM (NEW."until") OR OLD."waiting_weeks" IS DISTINCT FROM (NEW."waiting_weeks"))',
                    func='INSERT INTO "organisations_serviceevent" ("capacity", "confirmed_by_id", "confirmed_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "until", "waiting_weeks") VALUES (NEW."capacity", NEW."confirmed_by_id", NEW."confirmed_on", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."since", NEW."until", NEW."waiting_weeks"); RETURN NULL;',
                    hash="65aba3548c3915e3ef3459709d235d5b9c3f87a9",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_c95d9",
                    table="organisations_service",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="serviceevent",
            name="confirmed_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="serviceevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="serviceevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="history",
                related_query_name="history",
                to="organisations.service",
            ),
        ),
        *run_sql_files(__file__, "service_history.sql"),
        put_on_tables(),
    ]
