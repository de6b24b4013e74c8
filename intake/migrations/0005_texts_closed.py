"""A number that gets no texts stays good for calling."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0004_floods"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="contactdetail",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="contactdetail",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="contactdetail",
            name="texts_closed_at",
            field=models.DateTimeField(
                help_text="when we heard that the number gets no texts; it is for calling only",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="contactdetailevent",
            name="texts_closed_at",
            field=models.DateTimeField(
                help_text="when we heard that the number gets no texts; it is for calling only",
                null=True,
            ),
        ),
        # Only texts ever closed a number.
        migrations.RunSQL(
            "UPDATE intake_contactdetail SET texts_closed_at = bounced_at, bounced_at = NULL"
            " WHERE kind = 'phone' AND bounced_at IS NOT NULL",
            migrations.RunSQL.noop,
        ),
        migrations.AlterField(
            model_name="contactdetail",
            name="bounced_at",
            field=models.DateTimeField(help_text="when we heard it doesn't exist", null=True),
        ),
        migrations.AlterField(
            model_name="contactdetail",
            name="confirmed_at",
            field=models.DateTimeField(
                help_text="when its owner first entered the code or answered a message", null=True
            ),
        ),
        migrations.AlterField(
            model_name="contactdetailevent",
            name="bounced_at",
            field=models.DateTimeField(help_text="when we heard it doesn't exist", null=True),
        ),
        migrations.AlterField(
            model_name="contactdetailevent",
            name="confirmed_at",
            field=models.DateTimeField(
                help_text="when its owner first entered the code or answered a message", null=True
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contactdetail",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "intake_contactdetailevent" ("bounced_at", "confirmed_at", "id", "kind", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "texts_closed_at", "value") VALUES (OLD."bounced_at", OLD."confirmed_at", OLD."id", OLD."kind", OLD."person_id", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."texts_closed_at", OLD."value"); RETURN NULL;',
                    hash="dfd112b5c8c9553e4c2b4611bc3c955002703a0c",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_68a38",
                    table="intake_contactdetail",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contactdetail",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "intake_contactdetailevent" ("bounced_at", "confirmed_at", "id", "kind", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "texts_closed_at", "value") VALUES (OLD."bounced_at", OLD."confirmed_at", OLD."id", OLD."kind", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."texts_closed_at", OLD."value"); RETURN NULL;',
                    hash="d2a7b8b8e2ecf0b4ef53a0930a04bd3fe8c2313c",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_a6d13",
                    table="intake_contactdetail",
                    when="AFTER",
                ),
            ),
        ),
    ]
