"""A conference has a title for all who are invited."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from welzijn.audit.protection.install import put_on_tables


class Migration(migrations.Migration):
    """In its history too."""

    dependencies = [
        ("referrals", "0013_dividing"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="conference",
            name="update_update",
        ),
        migrations.AddField(
            model_name="conference",
            name="title",
            field=models.CharField(
                blank=True,
                help_text="without a person: every guest reads it",
                max_length=80,
                verbose_name="titel",
            ),
        ),
        migrations.AddField(
            model_name="conferenceevent",
            name="title",
            field=models.CharField(
                blank=True,
                help_text="without a person: every guest reads it",
                max_length=80,
                verbose_name="titel",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="conference",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "referrals_conferenceevent" ("cancelled_why", "ends_at", "id", "partnership_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "proposed_at", "proposed_by_id", "sequence", "starts_at", "status", "title") VALUES (OLD."cancelled_why", OLD."ends_at", OLD."id", OLD."partnership_id", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."place", OLD."proposed_at", OLD."proposed_by_id", OLD."sequence", OLD."starts_at", OLD."status", OLD."title"); RETURN NULL;',
                    hash="b44c96b8d4bcbb26d4cf4b217dcd8f0e0d4d44ce",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_b2671",
                    table="referrals_conference",
                    when="AFTER",
                ),
            ),
        ),
        put_on_tables(),
    ]
