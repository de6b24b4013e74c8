"""How often somebody got an invitation: `invitations_sent`."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

from welzijn.audit.protection.install import put_on_tables


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0014_conference_title"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="agendaitem",
            name="update_update",
        ),
        migrations.RenameField(
            model_name="agendaitem",
            old_name="told",
            new_name="invitations_sent",
        ),
        migrations.RenameField(
            model_name="agendaitemevent",
            old_name="told",
            new_name="invitations_sent",
        ),
        migrations.RenameField(
            model_name="participant",
            old_name="told",
            new_name="invitations_sent",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agendaitem",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "referrals_agendaitemevent" ("added_at", "answers", "best", "best_words", "conference_id", "id", "invitations_sent", "minutes", "not_invited_why", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan", "question_id", "resident_invited", "version", "why", "written_at", "written_by_id") VALUES (OLD."added_at", OLD."answers", OLD."best", OLD."best_words", OLD."conference_id", OLD."id", OLD."invitations_sent", OLD."minutes", OLD."not_invited_why", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."plan", OLD."question_id", OLD."resident_invited", OLD."version", OLD."why", OLD."written_at", OLD."written_by_id"); RETURN NULL;',
                    hash="c7da3ada359a90b9777e17278ba624b3c4ad8ffb",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_05a10",
                    table="referrals_agendaitem",
                    when="AFTER",
                ),
            ),
        ),
        put_on_tables(),
    ]
